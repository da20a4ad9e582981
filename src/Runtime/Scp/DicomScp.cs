using Specgen.Conformance;
using Specgen.Instances;
using Specgen.Scp;

namespace Specgen;

/// <summary>
/// A running DICOM server. Verification (C-ECHO) is always answered; presentation contexts are accepted for exactly the SOP classes of the providers. With a generic host use
/// <see cref="DicomScpServiceCollectionExtensions.AddDicomScp(Microsoft.Extensions.DependencyInjection.IServiceCollection, Action{DicomScpOptions})"/> instead.
/// </summary>
public sealed class DicomScp : IAsyncDisposable
{
    private readonly ScpServer _server;
    private readonly ScpConfiguration _configuration;

    private DicomScp(ScpServer server, ScpConfiguration configuration)
    {
        _server = server;
        _configuration = configuration;
    }

    /// <summary>The TCP port that it listens on.</summary>
    public int Port => _server.Port;

    /// <summary>Its AE title.</summary>
    public string AETitle => _configuration.Options.AETitle;

    /// <summary>Whether it accepts new connections: since it was started, and until it is stopped.</summary>
    public bool IsListening => _server.IsListening;

    /// <summary>Associations that are open now.</summary>
    public int AssociationCount => _server.AssociationCount;

    /// <summary>The SOP classes that it provides, Verification among them.</summary>
    public IReadOnlyList<SopClass> SopClasses => [.. _configuration.Providers.Provided.Select(static p => p.SopClass)];

    /// <summary>What it does, as a conformance statement (PS3.2 Annex N): <c>scp.Conformance.WriteHtmlAsync(stream)</c>. Made when it is asked for.</summary>
    public ConformanceStatement Conformance => DicomScpConformance.Of(_configuration);

    /// <summary>
    /// The way to a peer that has no association with this server: for notifications that are still owed when the server is started again. They go over a new association to the
    /// peer's address in <see cref="DicomScpOptions.Peers"/>, which is looked up when one is sent.
    /// </summary>
    /// <param name="aeTitle">The peer's AE title.</param>
    public PeerLink LinkTo(string aeTitle) => _configuration.LinkTo(aeTitle);

    /// <summary>Starts a server; it listens when the task completes.</summary>
    /// <param name="options">What it is and allows.</param>
    /// <param name="providers">Objects of [Scp] classes, and of [Scu] classes that take notifications. They are shared by all associations: several threads call them at once.</param>
    /// <exception cref="DicomConfigurationException">An option is wrong, two providers have the same DIMSE service of the same SOP class (SPG1100), all of them are users that take no notifications, or the port is in use.</exception>
    public static Task<DicomScp> StartAsync(DicomScpOptions options, params IDimseHandlers[] providers) => StartAsync(options, providers, CancellationToken.None);

    /// <summary>Starts a server; it listens when the task completes.</summary>
    /// <param name="options">What it is and allows.</param>
    /// <param name="providers">Objects of [Scp] classes, and of [Scu] classes that take notifications. They are shared by all associations: several threads call them at once.</param>
    /// <param name="cancellationToken">Ends the starting. To end the server, stop or dispose it.</param>
    /// <exception cref="DicomConfigurationException">An option is wrong, two providers have the same DIMSE service of the same SOP class (SPG1100), all of them are users that take no notifications, or the port is in use.</exception>
    public static Task<DicomScp> StartAsync(DicomScpOptions options, IEnumerable<IDimseHandlers> providers, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(providers);
        return StartAsync(DicomScpStartup.Configure(options, [.. providers]), cancellationToken);
    }

    internal DicomScpOptions Options => _configuration.Options;

    /// <summary>What its associations keep.</summary>
    internal MemoryBudget Memory => _configuration.Memory;

    internal static async Task<DicomScp> StartAsync(ScpConfiguration configuration, CancellationToken cancellationToken)
    {
        // Who wants to know what would be served, and not have it served: `specgen conformance`.
        if (AppContext.GetData("Specgen.Scp.Starting") is Action<object> told)
        {
            told(DicomScpConformance.Of(configuration));
        }

        var server = new ScpServer(configuration);
        try
        {
            await server.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await server.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        var scp = new DicomScp(server, configuration);
        configuration.Events.Started(scp);
        return scp;
    }

    /// <summary>
    /// Stops the server: accepts nothing more, lets requests under way end for <see cref="DicomScpOptions.StopTimeout"/>, aborts the associations that are left (A-ABORT, PS3.8 §9.3.8).
    /// </summary>
    /// <param name="cancellationToken">Ends the waiting for requests under way: they are aborted at once.</param>
    public Task StopAsync(CancellationToken cancellationToken = default) => _server.StopAsync(cancellationToken);

    /// <summary>Stops the server if it runs.</summary>
    public async ValueTask DisposeAsync()
    {
        await _server.StopAsync(CancellationToken.None).ConfigureAwait(false);
        await _server.DisposeAsync().ConfigureAwait(false);
    }
}
