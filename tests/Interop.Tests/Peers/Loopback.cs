using System.Net;
using System.Net.Sockets;

namespace Specgen.Interop.Tests.Peers;

internal static class Loopback
{
    private static readonly HashSet<int> s_given = [];

    /// <summary>A port that is free now and that no other test of this run was given.</summary>
    public static int FreePort()
    {
        lock (s_given)
        {
            while (true)
            {
                using var listener = new TcpListener(IPAddress.Loopback, 0);
                listener.Start();
                var port = ((IPEndPoint)listener.LocalEndpoint).Port;
                if (s_given.Add(port))
                {
                    return port;
                }
            }
        }
    }

    public static async Task<bool> AcceptsAsync(int port)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
