using System.Net;
using System.Net.Sockets;
using Specgen.Testing.Wire;

namespace Specgen.Testing;

/// <summary>
/// A provider for tests of users, which follows a script: for everything that a well-behaved provider does not do. Each connection plays the script anew. An exception from the
/// script is thrown by <see cref="WhenOverAsync"/> and when the provider is disposed; that the user closes the connection to such a provider is not a failure.
/// </summary>
public sealed class RoughProvider : IAsyncDisposable
{
    private readonly Func<RoughPeer, Task> _script;
    private readonly CancellationTokenSource _stopping = new();
    private readonly object _lock = new();
    private readonly List<Task> _runs = [];
    private readonly List<RoughPeer> _peers = [];
    private readonly Socket? _listener;
    private readonly Task _accepting;

    private RoughProvider(Func<RoughPeer, Task> script, Socket? listener)
    {
        (_script, _listener) = (script, listener);
        _accepting = listener is null ? Task.CompletedTask : AcceptAsync(listener);
    }

    /// <summary>What went over the wire, of all connections in memory. Over TCP each <see cref="RoughPeer"/> has its own.</summary>
    public Transcript Transcript { get; } = new();

    /// <summary>The TCP port; 0 for a provider in memory.</summary>
    public int Port => (_listener?.LocalEndPoint as IPEndPoint)?.Port ?? 0;

    /// <summary>A provider in memory: <see cref="Options"/> lead to it.</summary>
    /// <param name="script">What it does with a connection.</param>
    public static RoughProvider Start(Func<RoughPeer, Task> script)
    {
        ArgumentNullException.ThrowIfNull(script);
        return new RoughProvider(script, null);
    }

    /// <summary>A provider that listens on a port of this machine's own.</summary>
    /// <param name="script">What it does with a connection.</param>
    public static RoughProvider Listen(Func<RoughPeer, Task> script)
    {
        ArgumentNullException.ThrowIfNull(script);
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        return new RoughProvider(script, listener);
    }

    /// <summary>Options for a user to connect to it.</summary>
    /// <param name="wire">What the connection does to what is sent; <see langword="null"/> for nothing. In memory only.</param>
    public ScuOptions Options(TestWire? wire = null)
    {
        var options = new ScuOptions("127.0.0.1", _listener is null ? 104 : Port) { CallingAE = "CLIENT", CalledAE = "ROUGH" };
        if (_listener is null)
        {
            options.FailureDetails = Transcript.ToString;
            options.ConnectCallback = _ => ValueTask.FromResult<Stream>(Connect(wire ?? new TestWire(), options.TimeProvider));
        }

        return options;
    }

    /// <summary>Connects a user that has no association yet.</summary>
    /// <typeparam name="TUser">A [Scu] class.</typeparam>
    /// <param name="user">The user; it is the caller's to dispose.</param>
    /// <param name="configure">Changes the options.</param>
    /// <param name="cancellationToken">Cancels the attempt.</param>
    /// <returns>The user.</returns>
    /// <exception cref="AssociationException">What the script made of it.</exception>
    public async Task<TUser> ConnectAsync<TUser>(TUser user, Action<ScuOptions>? configure = null, CancellationToken cancellationToken = default)
        where TUser : IDimseUser
    {
        var options = Options();
        configure?.Invoke(options);
        await user.ConnectAsync(options, cancellationToken).ConfigureAwait(false);
        return user;
    }

    /// <inheritdoc cref="ConnectAsync{TUser}(TUser, Action{ScuOptions}?, CancellationToken)"/>
    public Task<TUser> ConnectAsync<TUser>(Action<ScuOptions>? configure = null, CancellationToken cancellationToken = default)
        where TUser : IDimseUser, new() => ConnectAsync(new TUser(), configure, cancellationToken);

    /// <summary>Waits until the script has been played to its end on every connection that has come.</summary>
    /// <exception cref="TimeoutException">It takes longer than 20 seconds.</exception>
    public Task WhenOverAsync()
    {
        lock (_lock)
        {
            return Task.WhenAll(_runs).WaitAsync(TimeSpan.FromSeconds(20));
        }
    }

    /// <summary>Waits a moment for the script, and closes the connections that are left. Throws what the script threw.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        _listener?.Dispose();
        await _accepting.ConfigureAwait(false);
        Task runs;
        lock (_lock)
        {
            runs = Task.WhenAll(_runs);
        }

        // A failed test must not wait for a script that waits for the test.
        if (await Task.WhenAny(runs, Task.Delay(TimeSpan.FromSeconds(3))).ConfigureAwait(false) != runs)
        {
            lock (_lock)
            {
                _peers.ForEach(static peer => peer.Dispose());
            }
        }

        await runs.WaitAsync(TimeSpan.FromSeconds(20)).ConfigureAwait(false);
        _stopping.Dispose();
    }

    private WireEnd Connect(TestWire wire, TimeProvider time)
    {
        var (user, provider) = WireEnd.Connect(wire, time, Transcript);
        Run(new RoughPeer(provider, provider.EndSending, Transcript));
        return user;
    }

    private async Task AcceptAsync(Socket listener)
    {
        try
        {
            while (true)
            {
                var socket = await listener.AcceptAsync(_stopping.Token).ConfigureAwait(false);
                socket.NoDelay = true;
                Run(RoughPeer.Over(socket, isUser: false));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // Disposed.
        }
    }

    private void Run(RoughPeer peer)
    {
        lock (_lock)
        {
            _peers.Add(peer);
            _runs.Add(Task.Run(() => PlayAsync(peer)));
        }
    }

    private async Task PlayAsync(RoughPeer peer)
    {
        try
        {
            await using (peer.ConfigureAwait(false))
            {
                await _script(peer).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The other side is free to hang up on a peer like this.
        }
    }
}
