using System.Data.Common;
using System.Net;
using Archive.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;
using Specgen.Outbox;

namespace Archive.Web;

/// <summary>For those who run the archive: whether it lives and serves, its figures for Prometheus, and a page where one is wanted.</summary>
internal sealed class Operations(IPEndPoint endPoint, ArchiveSettings settings, InstanceStore store, OutboxPump reports, Display display) : IHostedService
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(3);

    private WebApplication? _web;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        // It listens where it is told to here, and not to what a file in the current folder says to web servers.
        builder.Configuration.Sources.Clear();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(endPoint));
        builder.Services.AddOpenTelemetry().WithMetrics(static metrics => metrics.AddMeter("Specgen", "System.Runtime", ArchiveMeter.Name).AddPrometheusExporter());
        // On this machine alone, by its own names alone: a page of somebody else's, in a browser here, may have a name that leads here.
        builder.Services.AddHostFiltering(filter => filter.AllowedHosts = IPAddress.IsLoopback(endPoint.Address) ? ["localhost", new UriBuilder("http", $"{endPoint.Address}").Host] : ["*"]);
        _web = builder.Build();
        _web.UseHostFiltering();
        _web.MapPrometheusScrapingEndpoint("/metrics");
        _web.MapGet("/health/live", static () => Results.Text("live"));
        _web.MapGet("/health/ready", async () => await ProblemAsync() is { } problem ? Results.Text(problem, statusCode: StatusCodes.Status503ServiceUnavailable) : Results.Text(State()));
        if (settings.Web)
        {
            Page.Map(_web, settings, store, reports, display);
        }
        try
        {
            await _web.StartAsync(cancellationToken);
        }
        catch (IOException e)
        {
            throw new IOException($"HTTP on {endPoint}: {e.Message}", e);
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_web is not null)
        {
            await _web.StopAsync(cancellationToken);
            await _web.DisposeAsync();
        }
    }

    private string State() => store.Upkeep.IsFilling ? $"ready; the database is being filled: {store.Upkeep.FilledCount} instances so far" : "ready";

    /// <summary>What keeps it from serving; not where and why, which the log has.</summary>
    private async Task<string?> ProblemAsync()
    {
        using var limit = new CancellationTokenSource(s_patience);
        try
        {
            await Task.Run(() => store.Index.PingAsync(limit.Token), limit.Token).WaitAsync(limit.Token);
        }
        catch (Exception e) when (e is DbException or OperationCanceledException or TimeoutException or IOException or InvalidOperationException or System.Net.Sockets.SocketException)
        {
            return "the database does not answer";
        }
        try
        {
            // Of nobody: that there is nothing is an answer.
            await store.Bytes.SizeAsync("ready", limit.Token).AsTask().WaitAsync(limit.Token);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or OperationCanceledException)
        {
            return "what the instances are kept in does not answer";
        }
        return store.Upkeep.Problem is not null ? "upkeep fails: see the log" : reports.Health.IsHealthy ? null : "reports of storage commitment cannot be sent: see the log";
    }
}
