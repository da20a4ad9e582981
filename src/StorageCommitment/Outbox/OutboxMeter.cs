using System.Diagnostics.Metrics;

namespace Specgen.Outbox;

/// <summary>What an outbox counts, by the Meter named <c>Specgen</c>; docs/storage-commitment.md lists it.</summary>
internal sealed class OutboxMeter : IDisposable
{
    private readonly Meter _meter = new("Specgen");
    private readonly Counter<long> _attempts;
    private readonly Counter<long> _expired;
    private OutboxCounts _counts;

    public OutboxMeter()
    {
        _attempts = _meter.CreateCounter<long>("specgen.outbox.attempts", "{message}", "Messages sent or tried, by specgen.kind, specgen.outcome");
        _expired = _meter.CreateCounter<long>("specgen.outbox.expirations", "{message}", "Messages that were given up, by specgen.kind");
        _meter.CreateObservableGauge("specgen.outbox.waiting", () => _counts.Waiting, "{message}", "Messages that are owed");
        _meter.CreateObservableGauge("specgen.outbox.expired", () => _counts.Expired, "{message}",
            "Messages that were given up and wait to be revived");
        _meter.CreateObservableGauge("specgen.outbox.set_aside", () => _counts.SetAside, "{message}", "Messages that cannot be sent as they are");
        _meter.CreateObservableGauge("specgen.outbox.oldest", () => _counts.OldestWaiting.TotalSeconds, "s",
            "Age of the oldest message that is owed");
    }

    public void Attempted(string kind, string outcome) =>
        _attempts.Add(1, new KeyValuePair<string, object?>("specgen.kind", kind), new KeyValuePair<string, object?>("specgen.outcome", outcome));

    public void Expired(string kind) => _expired.Add(1, new KeyValuePair<string, object?>("specgen.kind", kind));

    public void Set(OutboxCounts counts) => _counts = counts;

    public void Dispose() => _meter.Dispose();
}
