using Microsoft.Extensions.Logging;
using Specgen.Associations;
using Specgen.Telemetry;

namespace Specgen.Scp;

/// <summary>What a server tells about: logged, counted and passed on to the observers. Never throws.</summary>
internal sealed partial class ScpEvents(DicomScpOptions options, ILoggerFactory loggerFactory) : AssociationEvents(loggerFactory.CreateLogger(Category))
{
    private const string Category = "Specgen.Scp";

    private readonly ILogger _logger = loggerFactory.CreateLogger(Category);

    public void Started(DicomScp scp) => Tell(scp, static (o, s, _) => o.Started(s), 0);

    public void AssociationOpened(AssociationInfo association)
    {
        SpecgenTelemetry.OpenAssociations.Add(1);
        LogOpened(association);
        Tell(association, static (o, a, _) => o.AssociationOpened(a), 0);
    }

    public void AssociationClosed(AssociationInfo association, AssociationEnd end)
    {
        SpecgenTelemetry.OpenAssociations.Add(-1);
        SpecgenTelemetry.Associations.Add(1, new KeyValuePair<string, object?>("specgen.end", end.ToString()));
        LogClosed(association, end, association.Requests, association.Bytes);
        Tell(association, static (o, a, e) => o.AssociationClosed(a, e), end);
    }

    public void AssociationRejected(AssociationInfo association, string reason)
    {
        SpecgenTelemetry.Associations.Add(1, new KeyValuePair<string, object?>("specgen.end", "Rejected"));
        LogRejected(association, reason);
        Tell(association, static (o, a, r) => o.AssociationRejected(a, r), reason);
    }

    public override void RequestCompleted(AssociationInfo association, in CompletedRequest request)
    {
        base.RequestCompleted(association, request);
        Tell(association, static (o, a, r) => o.RequestCompleted(a, r), request);
    }

    private void Tell<TSubject, T>(TSubject subject, Action<IDicomScpObserver, TSubject, T> tell, T argument)
    {
        foreach (var observer in options.Observers)
        {
            try
            {
                tell(observer, subject, argument);
            }
            catch (Exception e)
            {
                LogObserverFailed(e, observer.GetType().ToString());
            }
        }
    }

    [LoggerMessage(1000, LogLevel.Information, "Association {Association} opened")]
    private partial void LogOpened(AssociationInfo association);

    [LoggerMessage(1001, LogLevel.Information, "Association {Association} closed: {End}, {Requests} requests, {Bytes} bytes")]
    private partial void LogClosed(AssociationInfo association, AssociationEnd end, long requests, long bytes);

    [LoggerMessage(1002, LogLevel.Warning, "Association {Association} rejected: {Reason}")]
    private partial void LogRejected(AssociationInfo association, string reason);

    [LoggerMessage(1005, LogLevel.Error, "The observer {Observer} threw")]
    private partial void LogObserverFailed(Exception exception, string observer);
}
