using System.Collections.Concurrent;
using FellowOakDicom;
using Microsoft.Extensions.Logging;
using Specgen.Associations;
using Specgen.Instances;

namespace Specgen.Scp;

/// <summary>Runs the connections of a server, whoever accepts them: limits how many associations there are, looks at their time-outs, and ends them.</summary>
internal sealed partial class ScpConnections : IAsyncDisposable
{
    /// <summary>Between two looks at who is still busy.</summary>
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(50);

    /// <summary>For aborts to be written and handlers to see their token, once the time for ending in order is over.</summary>
    private static readonly TimeSpan s_lastTime = TimeSpan.FromSeconds(2);

    private static bool s_isRehearsed;

    private readonly ScpConfiguration _configuration;
    private readonly ILogger _logger;
    private readonly AssociationLimits _limits;
    private readonly AssociationServices _services;
    private readonly ConcurrentDictionary<ScpConnection, Task> _connections = [];
    private readonly CancellationTokenSource _closing = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly object _lock = new();
    private readonly ReceiveFolder _folder;
    private readonly RepeatedEvents _tooMany;
    private readonly Task _watching;
    private Task? _stop;
    private int _associations;

    /// <exception cref="DicomConfigurationException">The folder for what arrives cannot be used.</exception>
    public ScpConnections(ScpConfiguration configuration)
    {
        // The first association would pay for it.
        _ = DicomDictionary.Default;
        _configuration = configuration;
        _logger = configuration.Events.Logger;
        PreferredTransferSyntaxes = Negotiation.Preferred(configuration.Options.TransferSyntaxes);
        try
        {
            _folder = ReceiveFolder.Open(Options.ReceiveFolder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DicomConfigurationException($"ReceiveFolder '{Options.ReceiveFolder}' cannot be used: {e.Message}");
        }

        Pending = new PendingConnections(Options.MaxPendingConnections, TellTooMany);
        _tooMany = new RepeatedEvents(configuration.Time, said: 1);
        _limits = ScpConnection.LimitsOf(configuration.Options);
        _services = new AssociationServices
        {
            Providers = configuration.Providers,
            Events = configuration.Events,
            Peers = configuration.Peers,
            Filters = configuration.Filters,
            IncludeExceptionMessages = configuration.Options.IncludeExceptionMessages,
            RequestTimeout = configuration.Options.RequestTimeout,
            DataSetLimits = configuration.Options.DataSetLimits,
            HeaderAttributes = configuration.Options.HeaderAttributes,
            DataSetObserver = configuration.Options.DataSetObserver,
            UidCheck = configuration.Options.UidCheck,
            Memory = configuration.Memory,
            Time = configuration.Time,
            ReceiveFolder = () => _folder,
            Transcoders = configuration.Transcoders,
            ScopeFactory = configuration.ScopeFactory,
            Stopping = _stopping.Token,
        };
        _watching = WatchAsync();
    }

    /// <summary>UIDs, best first; null for no preference.</summary>
    public IReadOnlyList<string>? PreferredTransferSyntaxes { get; }

    /// <summary>Connections that have no association.</summary>
    public PendingConnections Pending { get; }

    /// <summary>Associations that are open now.</summary>
    public int AssociationCount => Volatile.Read(ref _associations);

    /// <summary>Cancelled when no more connections are taken.</summary>
    public CancellationToken Closing => _closing.Token;

    private DicomScpOptions Options => _configuration.Options;

    /// <summary>Loads what would be loaded at its first use, by handlers and, once in a process, by associations. Does not throw.</summary>
    public async Task RehearseAsync()
    {
        try
        {
            var loading = Task.Run(() => ReferencedAssemblies.Load(_configuration.Providers.Sources.Select(static source => source.Type.Assembly).Append(typeof(ScpConnections).Assembly)));
            var handled = Volatile.Read(ref s_isRehearsed) ? Rehearsal.Count : await Rehearsal.RunAsync(_folder, ServerTls.CertificateOf(Options)).ConfigureAwait(false);
            await loading.ConfigureAwait(false);
            Volatile.Write(ref s_isRehearsed, handled == Rehearsal.Count);
            if (handled != Rehearsal.Count)
            {
                LogNotRehearsed(null);
            }
        }
        catch (Exception e)
        {
            LogNotRehearsed(e);
        }
    }

    /// <summary>Runs a connection to its end, and until its last handler has returned; closes it. Does not throw.</summary>
    public async Task RunAsync(Transport transport)
    {
        using var pending = Pending.Add(transport.Dispose);
        await RunAsync(transport, pending).ConfigureAwait(false);
    }

    /// <inheritdoc cref="RunAsync(Transport)"/>
    public async Task RunAsync(Transport transport, PendingConnections.Entry pending)
    {
        var connection = new ScpConnection(this, _configuration, transport, pending, _limits, _services);
        var run = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _connections[connection] = run.Task;
        try
        {
            if (_closing.IsCancellationRequested)
            {
                connection.Close();
            }

            await connection.RunAsync().ConfigureAwait(false);
        }
        catch (Exception e)
        {
            LogConnectionFailed(e);
        }
        finally
        {
            connection.Close();
            _connections.TryRemove(connection, out _);
            run.SetResult();
        }
    }

    /// <summary>Takes no more, lets requests under way end, and aborts the associations that are left.</summary>
    /// <param name="cancellationToken">Ends the waiting for requests under way.</param>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return _stop ??= StopOnceAsync(cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None).ConfigureAwait(false);
        _folder.Dispose();
    }

    /// <summary>One more association, or why not.</summary>
    public Rejection? TakeSlot()
    {
        if (_closing.IsCancellationRequested)
        {
            return Rejection.Stopping;
        }

        if (Interlocked.Increment(ref _associations) is var count && Options.MaxAssociations > 0 && count > Options.MaxAssociations)
        {
            ReturnSlot();
            return Rejection.LimitExceeded(Options.MaxAssociations);
        }

        if (_configuration.Memory.IsFull)
        {
            ReturnSlot();
            return Rejection.NoMemory;
        }

        return null;
    }

    public void ReturnSlot() => Interlocked.Decrement(ref _associations);

    private async Task WatchAsync()
    {
        using var timer = new PeriodicTimer(_limits.WatchInterval, _configuration.Time);
        try
        {
            while (await timer.WaitForNextTickAsync(_stopping.Token).ConfigureAwait(false))
            {
                foreach (var connection in _connections.Keys)
                {
                    try
                    {
                        connection.Watch();
                    }
                    catch (Exception e)
                    {
                        LogConnectionFailed(e);
                    }
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The server is stopped: all connections are.
        }
    }

    private async Task StopOnceAsync(CancellationToken cancellationToken)
    {
        await _closing.CancelAsync().ConfigureAwait(false);
        await EndInOrderAsync(cancellationToken).ConfigureAwait(false);
        await _stopping.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_connections.Keys.Select(static c => c.StopAsync("the server is being stopped"))).ConfigureAwait(false);
        foreach (var connection in _connections.Keys)
        {
            connection.Close();
        }

        try
        {
            await Task.WhenAll(_connections.Values).WaitAsync(s_lastTime, CancellationToken.None).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            LogHandlersLeft(_connections.Count);
        }

        await _watching.ConfigureAwait(false);
    }

    /// <summary>Who has nothing under way is aborted at once, the others when they are through: there is no way for an acceptor to ask for a release (PS3.8 §7.2).</summary>
    private async Task EndInOrderAsync(CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Options.StopTimeout, _configuration.Time);
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            while (!_connections.IsEmpty)
            {
                var busy = false;
                foreach (var connection in _connections.Keys)
                {
                    if (connection.IsBusy || connection.IsReceiving)
                    {
                        busy = true;
                    }
                    else
                    {
                        await connection.StopAsync("the server is being stopped").ConfigureAwait(false);
                    }
                }

                if (!busy)
                {
                    return;
                }

                await Task.Delay(s_pause, time.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // Time is up.
        }
    }

    private void TellTooMany()
    {
        if (_tooMany.Happened(out var unsaid))
        {
            LogTooMany(Options.MaxPendingConnections, unsaid);
        }
    }

    [LoggerMessage(1035, LogLevel.Warning, "There are more than {Limit} connections without an association: one was closed, and {Unsaid} before it of which nothing was said")]
    private partial void LogTooMany(int limit, int unsaid);

    [LoggerMessage(1036, LogLevel.Warning, "An association in memory did not go as it should: what it needs is loaded when it is needed")]
    private partial void LogNotRehearsed(Exception? exception);

    [LoggerMessage(1032, LogLevel.Error, "A connection ended in an error of the server")]
    private partial void LogConnectionFailed(Exception exception);

    [LoggerMessage(1033, LogLevel.Warning, "{Count} handlers were still running when the server stopped")]
    private partial void LogHandlersLeft(int count);
}
