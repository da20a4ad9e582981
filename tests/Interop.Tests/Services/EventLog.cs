using FellowOakDicom;
using Specgen.Standard;

namespace Specgen.Interop.Tests.Services;

/// <summary>Logs events of procedures, and says which study they went to (PS3.4 Table P.2-3).</summary>
[Scp<ApplicationEventLoggingServiceClass>]
internal sealed partial class EventLog
{
    private partial ValueTask<DimseResult<ApplicationEventLoggingNActionStatus, ProceduralEventLoggingReplyModule>> OnRecordProceduralEventAsync(
        NActionContext context, ProceduralEventLoggingModule information, CancellationToken cancellationToken) =>
        new(new ProceduralEventLoggingReplyModule(new DicomDataset()) { StudyInstanceUid = "1.2.3.4", PatientId = information.PatientId });

    private partial ValueTask<DimseResult<ApplicationEventLoggingNActionStatus>> OnRecordSubstanceAdministrationEventAsync(
        NActionContext context, SubstanceAdministrationLoggingModule information, CancellationToken cancellationToken) => new(ApplicationEventLoggingNActionStatus.Success);
}

/// <summary>Has events logged.</summary>
[Scu<ApplicationEventLoggingServiceClass>]
internal sealed partial class EventLogUser;
