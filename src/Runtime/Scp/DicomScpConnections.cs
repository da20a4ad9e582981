using Specgen.Associations;
using Specgen.Scp;

namespace Specgen;

/// <summary>
/// A DICOM server whose connections are accepted elsewhere: by another server, over a pipe in a test, by anything that carries bytes in both directions. Associations, providers
/// and limits are those of <see cref="DicomScp"/>; what concerns listening and TLS (<see cref="DicomScpOptions.Address"/>, <see cref="DicomScpOptions.Port"/>,
/// <see cref="DicomScpOptions.TlsCertificate"/>) is left to whoever accepts them.
/// </summary>
public sealed class DicomScpConnections : IAsyncDisposable
{
    private readonly ScpConfiguration _configuration;
    private readonly ScpConnections _connections;
    private readonly Task _rehearsed;

    /// <summary>Makes a server.</summary>
    /// <param name="options">What it is and allows.</param>
    /// <param name="providers">Objects of [Scp] classes, and of [Scu] classes that take notifications. They are shared by all associations: several threads call them at once.</param>
    /// <exception cref="DicomConfigurationException">An option is wrong, or two providers have the same DIMSE service of the same SOP class (SPG1100).</exception>
    public DicomScpConnections(DicomScpOptions options, params IDimseHandlers[] providers)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(providers);
        _configuration = DicomScpStartup.Configure(options, providers);
        _connections = new ScpConnections(_configuration);
        _rehearsed = Task.Run(_connections.RehearseAsync);
    }

    /// <summary>Associations that are open now.</summary>
    public int AssociationCount => _connections.AssociationCount;

    /// <summary>The SOP classes that it provides, Verification among them.</summary>
    public IReadOnlyList<SopClass> SopClasses => [.. _configuration.Providers.Provided.Select(static p => p.SopClass)];

    /// <inheritdoc cref="DicomScp.LinkTo"/>
    public PeerLink LinkTo(string aeTitle) => _configuration.LinkTo(aeTitle);

    /// <summary>Runs the association that a peer asks for on a connection, to its end and until its last handler has returned. Closes the connection, and does not throw.</summary>
    /// <param name="stream">The connection: reading and writing at the same time have to be possible.</param>
    /// <param name="remoteHost">The peer's address or host name, as <see cref="DimseContext.RemoteHost"/> and the log have it.</param>
    /// <param name="remotePort">The peer's port.</param>
    /// <param name="endSending">Ends our side of the connection, so that the peer reads what was sent and then an end; <see langword="null"/> where that cannot be done.</param>
    public Task RunAsync(Stream stream, string remoteHost, int remotePort, Action? endSending = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(remoteHost);
        return RunAsync(new Transport(stream, remoteHost, remotePort, endSending));
    }

    /// <summary>
    /// Accepts no more connections, lets requests under way end for <see cref="DicomScpOptions.StopTimeout"/>, aborts the associations that are left (A-ABORT, PS3.8 §9.3.8).
    /// </summary>
    /// <param name="cancellationToken">Ends the waiting for requests under way: they are aborted at once.</param>
    public Task StopAsync(CancellationToken cancellationToken = default) => _connections.StopAsync(cancellationToken);

    /// <summary>Stops if it runs.</summary>
    public async ValueTask DisposeAsync()
    {
        await _rehearsed.ConfigureAwait(false);
        await _connections.DisposeAsync().ConfigureAwait(false);
    }

    private async Task RunAsync(Transport transport)
    {
        await _rehearsed.ConfigureAwait(false);
        await _connections.RunAsync(transport).ConfigureAwait(false);
    }
}
