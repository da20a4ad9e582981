using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;

namespace Specgen.Telemetry;

/// <summary>The ActivitySource and the Meter named <c>Specgen</c>; docs/telemetry.md lists what they carry.</summary>
internal static class SpecgenTelemetry
{
    public const string Name = "Specgen";

    /// <summary>Of the names of activities, instruments and tags: the first number changes when one of them goes or means something else, the second when some are added.</summary>
    public const string Version = "1.0";

    public static readonly ActivitySource Activities = new(Name, Version);

    private static readonly Meter s_meter = new(Name, Version);

    /// <summary>An echo is answered in a tenth of a millisecond, a large study's C-MOVE in a minute.</summary>
    private static readonly InstrumentAdvice<double> s_durations = new()
    {
        HistogramBucketBoundaries = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
    };

    public static readonly UpDownCounter<int> OpenAssociations =
        s_meter.CreateUpDownCounter<int>("specgen.associations.open", "{association}", "Associations that are open");

    public static readonly Counter<long> Associations =
        s_meter.CreateCounter<long>("specgen.associations", "{association}", "Associations that ended or were rejected, by specgen.end");

    public static readonly Counter<long> Requests =
        s_meter.CreateCounter<long>("specgen.requests", "{request}", "Requests answered, by specgen.service_class, specgen.operation, specgen.category");

    public static readonly Counter<long> ReceivedBytes =
        s_meter.CreateCounter<long>("specgen.received", "By", "Bytes of encoded data sets received with requests");

    public static readonly Histogram<double> Durations =
        s_meter.CreateHistogram("specgen.request.duration", "s", "From a command being received to its response being sent", tags: null, s_durations);

    /// <summary>The activity of a request that we received; null when nobody listens.</summary>
    public static Activity? StartRequest(DimseOperation operation, SopClass sopClass, AssociationInfo association) => Start(operation, sopClass, association, ActivityKind.Server);

    /// <summary>The activity of a request that we make; null when nobody listens.</summary>
    public static Activity? StartClientRequest(DimseOperation operation, SopClass sopClass, AssociationInfo association) => Start(operation, sopClass, association, ActivityKind.Client);

    /// <summary>Says what a request was answered.</summary>
    public static void Answered(Activity? activity, ushort status, StatusCategory category)
    {
        if (activity is null)
        {
            return;
        }

        activity.SetTag("specgen.status", status.ToString("X4", CultureInfo.InvariantCulture));
        if (category == StatusCategory.Failure && activity.Status == ActivityStatusCode.Unset)
        {
            activity.SetStatus(ActivityStatusCode.Error);
        }
    }

    /// <summary>Says by what a request failed: by the exception's type, since its message may quote values of the data set.</summary>
    public static void Failed(Activity? activity, Exception why) => activity?.SetStatus(ActivityStatusCode.Error, why.GetType().Name).SetTag("error.type", why.GetType().FullName);

    private static Activity? Start(DimseOperation operation, SopClass sopClass, AssociationInfo association, ActivityKind kind)
    {
        var activity = Activities.HasListeners() ? Activities.StartActivity(OperationName(operation), kind) : null;
        activity?.SetTag("specgen.sop_class", sopClass.Uid)
            .SetTag("specgen.service_class", sopClass.ServiceClass)
            .SetTag("specgen.calling_ae", association.CallingAE)
            .SetTag("specgen.called_ae", association.CalledAE)
            .SetTag("network.peer.address", association.RemoteHost);
        return activity;
    }

    /// <summary>As the standard writes it.</summary>
    public static string OperationName(DimseOperation operation) => operation switch
    {
        DimseOperation.CEcho => "C-ECHO",
        DimseOperation.CStore => "C-STORE",
        DimseOperation.CFind => "C-FIND",
        DimseOperation.CGet => "C-GET",
        DimseOperation.CMove => "C-MOVE",
        DimseOperation.NEventReport => "N-EVENT-REPORT",
        DimseOperation.NGet => "N-GET",
        DimseOperation.NSet => "N-SET",
        DimseOperation.NAction => "N-ACTION",
        DimseOperation.NCreate => "N-CREATE",
        DimseOperation.NDelete => "N-DELETE",
        _ => operation.ToString(),
    };
}
