using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Specgen;
using Spectre.Console;

namespace Archive;

/// <summary>What the archive says: a line for each association, and on a terminal a count that runs below them.</summary>
internal sealed class Display(IAnsiConsole console) : IDicomScpObserver, ILoggerProvider, ILogger
{
    private readonly ConcurrentDictionary<long, int[]> _tallies = new();
    private long _stored;
    private long _refused;

    public void Line(string text) => console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{DateTime.Now:HH:mm:ss} {text}"));

    /// <summary>Keeps the count running until the archive stops. Lines in a file or a pipe carry it themselves.</summary>
    public Task RunAsync(Task stopped) => !console.Profile.Capabilities.Interactive || Console.IsOutputRedirected ? stopped : console.Status().StartAsync(Summary(), async status =>
    {
        while (!stopped.IsCompleted)
        {
            status.Status(Summary());
            await Task.WhenAny(stopped, Task.Delay(200));
        }
    });

    public void Started(DicomScp scp)
    {
        foreach (var service in scp.SopClasses.GroupBy(static c => c.ServiceClass))
        {
            Line($"{service.Key}: {service.Count()} SOP classes");
        }
        Line($"AE title {scp.AETitle}, port {scp.Port}");
    }

    public void AssociationOpened(AssociationInfo association)
    {
        _tallies[association.Id] = new int[2];
        Line($"{Who(association)}: associated; {Summary()}");
    }

    public void AssociationClosed(AssociationInfo association, AssociationEnd end)
    {
        _tallies.TryRemove(association.Id, out var tally);
        Line(string.Create(CultureInfo.InvariantCulture,
            $"{Who(association)}: {end switch { AssociationEnd.Released => "released", AssociationEnd.ConnectionLost => "connection lost", AssociationEnd.AbortedByPeer => "aborted by the peer", _ => "aborted" }}, {tally?[0]} stored, {tally?[1]} refused, {association.Bytes / 1e6:0.0} MB in {(DateTimeOffset.UtcNow - association.OpenedAt).TotalSeconds:0.0} s; {Summary()}"));
    }

    public void RequestCompleted(AssociationInfo association, in CompletedRequest request)
    {
        if (request.Operation == DimseOperation.CStore)
        {
            var isStored = request.Category is StatusCategory.Success or StatusCategory.Warning;
            Interlocked.Increment(ref isStored ? ref _stored : ref _refused);
            if (_tallies.TryGetValue(association.Id, out var tally))
            {
                Interlocked.Increment(ref tally[isStored ? 0 : 1]);
            }
        }
    }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            Line($"{logLevel}: {formatter(state, exception)}{(exception is null ? "" : $" ({exception.Message})")}");
        }
    }

    public void Dispose()
    {
    }

    private string Summary() => $"{_tallies.Count} associations, {Interlocked.Read(ref _stored)} stored, {Interlocked.Read(ref _refused)} refused";

    private static string Who(AssociationInfo association) => $"#{association.Id} {association.CallingAE} ({association.RemoteHost})";
}
