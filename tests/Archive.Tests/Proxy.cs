using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Archive.Tests;

/// <summary>A way to a port of this machine that can be cut and mended.</summary>
internal sealed class Proxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentBag<TcpClient> _ends = [];
    private readonly int _target;
    private volatile bool _isCut;

    public Proxy(int target)
    {
        _target = target;
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void Cut()
    {
        _isCut = true;
        while (_ends.TryTake(out var end))
        {
            end.Dispose();
        }
    }

    public void Mend() => _isCut = false;

    public void Dispose()
    {
        _listener.Dispose();
        Cut();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var one = await _listener.AcceptTcpClientAsync();
                var other = new TcpClient();
                _ends.Add(one);
                _ends.Add(other);
                if (_isCut)
                {
                    Cut();
                    continue;
                }
                await other.ConnectAsync(IPAddress.Loopback, _target);
                _ = CopyAsync(one, other);
                _ = CopyAsync(other, one);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Disposed of, or nobody is there: then everybody sees that.
        }
    }

    private static async Task CopyAsync(TcpClient from, TcpClient to)
    {
        try
        {
            await from.GetStream().CopyToAsync(to.GetStream());
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException or SocketException)
        {
            // Cut.
        }
        from.Dispose();
        to.Dispose();
    }
}
