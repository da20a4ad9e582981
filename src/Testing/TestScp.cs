using Specgen.Testing;
using Specgen.Testing.Wire;

namespace Specgen;

/// <summary>
/// A DICOM server in memory, for tests: without a port or a socket, but with everything else – negotiation, PDUs, commands, encoded data sets, time-outs. <c>await using var scp =
/// await TestScp.StartAsync(new ImageStore(folder));</c> and then <c>await using var user = await scp.ConnectAsync&lt;StorageUser&gt;();</c>. What went over the wire is in the
/// message of an <see cref="AssociationException"/>, and in <see cref="Transcript"/> for the messages of assertions.
/// </summary>
public sealed class TestScp : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    private readonly DicomScpConnections _connections;
    private readonly DicomScpOptions _options;
    private int _lastPort = 49151;

    private TestScp(DicomScpOptions options, DicomScpConnections connections) => (_options, _connections) = (options, connections);

    /// <summary>Its AE title.</summary>
    public string AETitle => _options.AETitle;

    /// <summary>Associations that are open now.</summary>
    public int AssociationCount => _connections.AssociationCount;

    /// <summary>What went over the wire, of all connections.</summary>
    public Transcript Transcript { get; } = new();

    private TimeProvider Time => _options.TimeProvider ?? TimeProvider.System;

    /// <summary>Starts a server with the default options.</summary>
    /// <param name="providers">Objects of [Scp] classes, and of [Scu] classes that take notifications.</param>
    /// <exception cref="DicomConfigurationException">Two providers have the same DIMSE service of the same SOP class (SPG1100).</exception>
    public static Task<TestScp> StartAsync(params IDimseHandlers[] providers) => StartAsync(static _ => { }, providers);

    /// <summary>Starts a server.</summary>
    /// <param name="configure">Changes the options. Those about listening and TLS have no effect here.</param>
    /// <param name="providers">Objects of [Scp] classes, and of [Scu] classes that take notifications.</param>
    /// <exception cref="DicomConfigurationException">An option is wrong, or two providers have the same DIMSE service of the same SOP class (SPG1100).</exception>
    public static Task<TestScp> StartAsync(Action<DicomScpOptions> configure, params IDimseHandlers[] providers)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var options = new DicomScpOptions();
        configure(options);
        return Task.FromResult(new TestScp(options, new DicomScpConnections(options, providers)));
    }

    /// <summary>Options for a user to connect to it with; also for the untyped <see cref="ScuAssociation.OpenAsync"/>. They can be used for several connections.</summary>
    /// <param name="wire">What the connection does to what is sent; <see langword="null"/> for nothing.</param>
    public ScuOptions UserOptions(TestWire? wire = null) => new("127.0.0.1", 104)
    {
        CallingAE = "CLIENT",
        CalledAE = AETitle,
        TimeProvider = Time,
        FailureDetails = Transcript.ToString,
        ConnectCallback = _ => ValueTask.FromResult<Stream>(Connect(wire)),
    };

    /// <summary>Opens an association for a user.</summary>
    /// <typeparam name="TUser">A [Scu] class.</typeparam>
    /// <param name="user">The user; it is the caller's to dispose.</param>
    /// <param name="configure">Changes the options.</param>
    /// <param name="wire">What the connection does to what is sent; <see langword="null"/> for nothing.</param>
    /// <param name="cancellationToken">Cancels the attempt.</param>
    /// <returns>The user.</returns>
    /// <exception cref="AssociationException">The server rejects it, or the wire breaks. The message has the transcript.</exception>
    public async Task<TUser> ConnectAsync<TUser>(TUser user, Action<ScuOptions>? configure = null, TestWire? wire = null, CancellationToken cancellationToken = default)
        where TUser : IDimseUser
    {
        var options = UserOptions(wire);
        configure?.Invoke(options);
        await user.ConnectAsync(options, cancellationToken).ConfigureAwait(false);
        return user;
    }

    /// <summary>Makes a user and opens an association for it.</summary>
    /// <typeparam name="TUser">A [Scu] class.</typeparam>
    /// <param name="configure">Changes the options.</param>
    /// <param name="wire">What the connection does to what is sent; <see langword="null"/> for nothing.</param>
    /// <param name="cancellationToken">Cancels the attempt.</param>
    /// <returns>The user, for the caller to dispose.</returns>
    /// <exception cref="AssociationException">The server rejects it, or the wire breaks. The message has the transcript.</exception>
    public Task<TUser> ConnectAsync<TUser>(Action<ScuOptions>? configure = null, TestWire? wire = null, CancellationToken cancellationToken = default)
        where TUser : IDimseUser, new() => ConnectAsync(new TUser(), configure, wire, cancellationToken);

    /// <summary>A peer of bytes on a new connection, with no association yet.</summary>
    public RoughPeer ConnectRough()
    {
        var end = Connect(null);
        return new RoughPeer(end, end.EndSending, Transcript);
    }

    /// <summary>This server as a peer of another: where that sends what a C-MOVE asks for, and notifications. <c>o.Peers["DESTINATION"] = destination.AsPeer();</c></summary>
    public DicomPeer AsPeer() => new("127.0.0.1", 104) { ConnectCallback = _ => ValueTask.FromResult<Stream>(Connect(null)) };

    /// <inheritdoc cref="DicomScp.LinkTo"/>
    public PeerLink LinkTo(string aeTitle) => _connections.LinkTo(aeTitle);

    /// <inheritdoc cref="DicomScp.StopAsync"/>
    public Task StopAsync(CancellationToken cancellationToken = default) => _connections.StopAsync(cancellationToken);

    /// <summary>Stops the server. A handler that does not end is aborted after ten seconds, whatever clock the server has.</summary>
    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(s_patience);
        await _connections.StopAsync(patience.Token).ConfigureAwait(false);
        await _connections.DisposeAsync().ConfigureAwait(false);
    }

    private WireEnd Connect(TestWire? wire)
    {
        var (user, provider) = WireEnd.Connect(wire ?? new TestWire(), Time, Transcript);

        // It does not throw, and stopping waits for it.
        _ = Task.Run(() => _connections.RunAsync(provider, "127.0.0.1", Interlocked.Increment(ref _lastPort), provider.EndSending));
        return user;
    }
}
