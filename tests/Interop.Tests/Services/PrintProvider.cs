using FellowOakDicom;
using Specgen.Standard;

namespace Specgen.Interop.Tests.Services;

/// <summary>Prints to nowhere, with print jobs (PS3.4 Annex H): each SOP class has its module.</summary>
[Scp<PrintManagementServiceClass>(SopClasses = new[] { SopClassUids.BasicGrayscalePrintManagementMeta, SopClassUids.PrintJob })]
internal sealed partial class PrintProvider
{
    public const string Job = "1.2.3.4.5";

    /// <summary>What was asked for, in order.</summary>
    public List<string> Asked { get; } = [];

    private partial ValueTask<DimseResult<PrintManagementNCreateStatus, BasicFilmSessionModule>> OnNCreateBasicFilmSessionAsync(NCreateContext context, BasicFilmSessionModule session, CancellationToken cancellationToken)
    {
        Asked.Add($"session {session.FilmSessionLabel}");
        return new(new BasicFilmSessionModule(new DicomDataset()) { NumberOfCopies = "1", FilmSessionLabel = session.FilmSessionLabel });
    }

    private partial ValueTask<DimseResult<PrintManagementNCreateStatus, BasicFilmBoxModule>> OnNCreateBasicFilmBoxAsync(NCreateContext context, BasicFilmBoxModule box, CancellationToken cancellationToken)
    {
        if (box.Missing(DimseOperation.NCreate, DicomRole.Scu) is [var missing, ..])
        {
            return new(new DimseResult<PrintManagementNCreateStatus>(PrintManagementNCreateStatus.MissingAttribute) { AttributeIdentifiers = [missing.Tag] });
        }

        Asked.Add($"box {box.ImageDisplayFormat}");
        var image = box.ReferencedImageBoxSequence.Add();
        (image.ReferencedSopClassUid, image.ReferencedSopInstanceUid) = (SopClassUids.BasicGrayscaleImageBox, "1.2.3.4.6");
        return new(box);
    }

    private partial ValueTask<DimseResult<PrintManagementNSetStatus, BasicFilmSessionModule>> OnNSetBasicFilmSessionAsync(NSetContext context, BasicFilmSessionModule changes, CancellationToken cancellationToken)
    {
        Asked.Add($"copies {changes.NumberOfCopies}");
        return new(changes);
    }

    private partial ValueTask<DimseResult<PrintManagementNSetStatus>> OnNSetBasicGrayscaleImageBoxAsync(NSetContext context, BasicGrayscaleImageBoxModule changes, CancellationToken cancellationToken)
    {
        Asked.Add($"image {changes.ImageBoxPosition}");
        return new(PrintManagementNSetStatus.Success);
    }

    private partial ValueTask<DimseResult<PrintManagementNDeleteStatus>> OnNDeleteAsync(NDeleteContext context, CancellationToken cancellationToken) => new(PrintManagementNDeleteStatus.Success);

    private async partial ValueTask<DimseResult<PrintManagementNActionStatus, PrintReplyModule>> OnPrintAsync(NActionContext context, CancellationToken cancellationToken)
    {
        await Task.Yield();
        Asked.Add($"print {context.SopClass.Keyword}");
        if (context.SopInstanceUid.EndsWith('9'))
        {
            return new DimseResult<PrintManagementNActionStatus>(PrintManagementNActionStatus.NoSuchSopInstance) { ErrorComment = "There is no such film" };
        }

        var reply = new PrintReplyModule(new DicomDataset());
        if (!context.SopInstanceUid.EndsWith('8'))
        {
            var job = reply.ReferencedPrintJobSequence.Add();
            (job.ReferencedSopClassUid, job.ReferencedSopInstanceUid) = (SopClassUids.PrintJob, Job);
        }

        return reply;
    }

    private partial ValueTask<DimseResult<PrintManagementNGetStatus, PrinterModule>> OnNGetPrinterAsync(NGetContext context, CancellationToken cancellationToken) =>
        new(new PrinterModule(new DicomDataset()) { PrinterStatus = "NORMAL", PrinterStatusInfo = "NORMAL" });

    private partial ValueTask<DimseResult<PrintManagementNGetStatus, PrintJobModule>> OnNGetPrintJobAsync(NGetContext context, CancellationToken cancellationToken) => new(context.SopInstanceUid == Job
        ? new PrintJobModule(new DicomDataset()) { ExecutionStatus = "PRINTING", ExecutionStatusInfo = "NORMAL", PrintPriority = "MED" }
        : PrintManagementNGetStatus.NoSuchSopInstance);
}
