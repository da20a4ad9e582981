using System.Collections.Concurrent;
using Specgen.Standard;

namespace Specgen.Interop.Tests.Services;

/// <summary>Prints, and keeps what it is told of the job and the printer.</summary>
[Scu<PrintManagementServiceClass>(SopClasses = new[] { SopClassUids.BasicGrayscalePrintManagementMeta, SopClassUids.PrintJob })]
internal sealed partial class PrintUser
{
    public BlockingCollection<NEventReportContext> Told { get; } = [];

    public partial ValueTask<DimseResult<PrintManagementNEventReportStatus>> OnNEventReportAsync(NEventReportContext context, CancellationToken cancellationToken)
    {
        Told.Add(context, cancellationToken);
        return new(PrintManagementNEventReportStatus.Success);
    }
}
