using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Specgen.Telemetry;

namespace Specgen.Associations;

/// <summary>What associations tell about: logged and counted. Never throws.</summary>
/// <param name="logger">Where to.</param>
internal partial class AssociationEvents(ILogger logger)
{
    private readonly ILogger _logger = logger;

    public ILogger Logger => _logger;

    /// <summary>A request of the peer's is handled: its activity; null where nobody listens.</summary>
    public virtual Activity? StartRequest(DimseOperation operation, SopClass sopClass, AssociationInfo association) => SpecgenTelemetry.StartRequest(operation, sopClass, association);

    /// <summary>A request of the peer's was answered.</summary>
    public virtual void RequestCompleted(AssociationInfo association, in CompletedRequest request)
    {
        association.Count(request.Bytes);
        var tags = new TagList
        {
            { "specgen.service_class", request.SopClass.ServiceClass },
            { "specgen.operation", SpecgenTelemetry.OperationName(request.Operation) },
            { "specgen.category", request.Category.ToString() },
        };
        SpecgenTelemetry.Requests.Add(1, tags);
        SpecgenTelemetry.Durations.Record(request.Duration.TotalSeconds, tags);
        SpecgenTelemetry.ReceivedBytes.Add(request.Bytes, tags);
        if (request.Category == StatusCategory.Failure)
        {
            LogFailed(association, request.Operation, request.SopClass, request.SopInstanceUid, request.Status);
        }
        else
        {
            LogCompleted(association, request.Operation, request.SopClass, request.SopInstanceUid, request.Status);
        }
    }

    [LoggerMessage(1003, LogLevel.Debug, "{Association} {Operation} {SopClass} {SopInstanceUid}: 0x{Status:X4}")]
    private partial void LogCompleted(AssociationInfo association, DimseOperation operation, SopClass sopClass, string sopInstanceUid, ushort status);

    [LoggerMessage(1004, LogLevel.Warning, "{Association} {Operation} {SopClass} {SopInstanceUid} failed: 0x{Status:X4}")]
    private partial void LogFailed(AssociationInfo association, DimseOperation operation, SopClass sopClass, string sopInstanceUid, ushort status);
}
