namespace Specgen.Associations;

/// <summary>A connection as an association sees it: bytes in both directions, and two ways to end it.</summary>
/// <param name="stream">The bytes; disposed with this.</param>
/// <param name="remoteHost">The peer's address or host name.</param>
/// <param name="remotePort">The peer's port.</param>
/// <param name="endSending">Ends our side of the connection: the peer reads what was sent, and then an end. Null where that cannot be done.</param>
/// <param name="close">What else is to be closed.</param>
internal sealed class Transport(Stream stream, string remoteHost, int remotePort, Action? endSending = null, Action? close = null) : IDisposable
{
    private int _isClosed;

    public Stream Stream { get; } = stream;

    public string RemoteHost { get; } = remoteHost;

    public int RemotePort { get; } = remotePort;

    /// <summary>What is said beside why the association ended, by who knows more about the connection.</summary>
    public Func<string>? Details { get; init; }

    public void EndSending() => endSending?.Invoke();

    public override string ToString() => $"{RemoteHost}:{RemotePort}";

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isClosed, 1) != 0)
        {
            return;
        }

        try
        {
            Stream.Dispose();
        }
        finally
        {
            close?.Invoke();
        }
    }
}
