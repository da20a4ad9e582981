using System.Collections.Concurrent;
using FellowOakDicom;
using Specgen.Standard;

namespace Specgen.Interop.Tests.Services;

/// <summary>Prints nothing, and says how that goes: the job's events, and the printer's (PS3.4 §H.4.5, §H.4.6).</summary>
[Scp<PrintManagementServiceClass>(SopClasses = new[] { SopClassUids.BasicGrayscalePrintManagementMeta, SopClassUids.PrintJob })]
internal sealed partial class PrintServer
{
    private readonly ConcurrentDictionary<string, DicomDataset> _made = [];

    /// <summary>What the events were answered.</summary>
    public BlockingCollection<PrintManagementNEventReportStatus> Answers { get; } = [];

    /// <summary>What is there: film sessions, film boxes.</summary>
    public IEnumerable<string> Made => _made.Keys;

    public partial ValueTask<DimseResult<PrintManagementNCreateStatus>> OnNCreateAsync(NCreateContext context, CancellationToken cancellationToken)
    {
        var made = context.Dataset ?? [];
        _made[context.SopInstanceUid] = made;
        if (context.SopClass.Uid != SopClassUids.BasicFilmBox)
        {
            return new(PrintManagementNCreateStatus.Success);
        }

        // The image boxes are the provider's to make (PS3.4 §H.4.2.2.1).
        var box = new DicomDataset { { DicomTag.ReferencedSOPClassUID, SopClassUids.BasicGrayscaleImageBox }, { DicomTag.ReferencedSOPInstanceUID, context.SopInstanceUid + ".1" } };
        _made[context.SopInstanceUid + ".1"] = [];
        return new(new DimseResult<PrintManagementNCreateStatus>(PrintManagementNCreateStatus.Success) { Dataset = new DicomDataset { new DicomSequence(DicomTag.ReferencedImageBoxSequence, box) } });
    }

    public partial ValueTask<DimseResult<PrintManagementNSetStatus>> OnNSetAsync(NSetContext context, CancellationToken cancellationToken) =>
        new(_made.ContainsKey(context.SopInstanceUid) ? PrintManagementNSetStatus.Success : PrintManagementNSetStatus.NoSuchSopInstance);

    public partial ValueTask<DimseResult<PrintManagementNDeleteStatus>> OnNDeleteAsync(NDeleteContext context, CancellationToken cancellationToken) =>
        new(_made.TryRemove(context.SopInstanceUid, out _) ? PrintManagementNDeleteStatus.Success : PrintManagementNDeleteStatus.NoSuchSopInstance);

    public partial ValueTask<DimseResult<PrintManagementNGetStatus>> OnNGetAsync(NGetContext context, CancellationToken cancellationToken) =>
        new(new DimseResult<PrintManagementNGetStatus>(PrintManagementNGetStatus.Success) { Dataset = new PrinterModule(new DicomDataset()) { PrinterStatus = "NORMAL", PrinterName = "NOWHERE" }.Dataset });

    public partial ValueTask<DimseResult<PrintManagementNActionStatus>> OnNActionAsync(NActionContext context, CancellationToken cancellationToken)
    {
        var job = context.SopInstanceUid + ".99";
        context.AfterResponse(async stopping =>
        {
            var state = new PrintJobModule(new DicomDataset()) { ExecutionStatusInfo = "NORMAL", PrinterName = "NOWHERE" };
            Answers.Add((await NotifyPendingAsync(context.Peer, job, state, stopping)).Status, stopping);
            Answers.Add((await NotifyPrintingAsync(context.Peer, job, state, stopping)).Status, stopping);
            Answers.Add((await NotifyDoneAsync(context.Peer, job, state, stopping)).Status, stopping);
            // With its last film.
            Answers.Add(await WarnAsync(context.Peer, stopping), stopping);
        });
        var reference = new DicomDataset { { DicomTag.ReferencedSOPClassUID, SopClassUids.PrintJob }, { DicomTag.ReferencedSOPInstanceUID, job } };
        return new(new DimseResult<PrintManagementNActionStatus>(PrintManagementNActionStatus.Success) { Dataset = new DicomDataset { new DicomSequence(DicomTag.ReferencedPrintJobSequenceRETIRED, reference) } });
    }

    /// <summary>Tells a peer that the printer has no films.</summary>
    public async Task<PrintManagementNEventReportStatus> WarnAsync(PeerLink peer, CancellationToken cancellationToken = default)
    {
        var warning = new PrinterModule(new DicomDataset()) { PrinterStatusInfo = "SUPPLY EMPTY", PrinterName = "NOWHERE" };
        return (await NotifyWarningAsync(peer, WellKnownSopInstanceUids.PrinterInstance, warning, cancellationToken)).Status;
    }
}
