using Specgen.Standard;

namespace Specgen.Interop.Tests.Conformance;

/// <summary>A provider of a private SOP class, whose author says when it sends what, and what is done about the answers to its reports.</summary>
[Scp<AcmeArchivingServiceClass>]
[OnStatus(AcmeArchivingNEventReportStatus.Success, "The report is done with")]
[OtherStatuses<AcmeArchivingNEventReportStatus>("Logged | and *forgotten* <for ever>")]
internal sealed partial class TapeArchive
{
    [Sends(AcmeArchivingNActionStatus.Success, "The tape is in its drive")]
    [Sends(AcmeArchivingNActionStatus.NoSuchTape, "The tape is unknown", RelatedFields = "Error Comment (0000,0902)")]
    [Sends((AcmeArchivingNActionStatus)0xC1FF, "The tape is in use")]
    private partial ValueTask<DimseResult<AcmeArchivingNActionStatus>> OnNActionAsync(NActionContext context, CancellationToken cancellationToken) => new(AcmeArchivingNActionStatus.NoSuchTape);
}
