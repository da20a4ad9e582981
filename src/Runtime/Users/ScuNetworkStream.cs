using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using FellowOakDicom.Network;

namespace Specgen;

/// <summary>A user's TCP connection.</summary>
internal sealed class ScuNetworkStream : INetworkStream
{
    private readonly TcpClient _client;

    private ScuNetworkStream(TcpClient client, ScuStream stream)
    {
        _client = client;
        Stream = stream;
        var local = (IPEndPoint)client.Client.LocalEndPoint!;
        var remote = (IPEndPoint)client.Client.RemoteEndPoint!;
        (LocalHost, LocalPort) = (local.Address.ToString(), local.Port);
        (RemoteHost, RemotePort) = (remote.Address.ToString(), remote.Port);
    }

    public ScuStream Stream { get; }

    public string RemoteHost { get; }

    public string LocalHost { get; }

    public int RemotePort { get; }

    public int LocalPort { get; }

    /// <exception cref="AssociationTimeoutException">It takes longer than the options allow.</exception>
    /// <exception cref="AssociationException">The peer cannot be reached, or TLS does not come about.</exception>
    public static async Task<ScuNetworkStream> ConnectAsync(ScuOptions options, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(options.ConnectTimeout);

        // Nagle's algorithm holds back the end of every message until the peer acknowledges what came before.
        var client = new TcpClient { NoDelay = true };
        try
        {
            await client.ConnectAsync(options.Host, options.Port, timeout.Token).ConfigureAwait(false);
            Stream stream = client.GetStream();
            if (options.Tls is { } tls)
            {
                tls.TargetHost ??= options.Host;
                var secured = new SslStream(stream);
                await secured.AuthenticateAsClientAsync(tls, timeout.Token).ConfigureAwait(false);
                stream = secured;
            }

            return new ScuNetworkStream(client, new ScuStream(stream, options.MaxPduLength, options.RequestTimeout));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            client.Dispose();
            throw new AssociationTimeoutException($"{options.Peer} did not connect within {options.ConnectTimeout}.");
        }
        catch (Exception e) when (e is SocketException or IOException or AuthenticationException)
        {
            client.Dispose();
            throw new AssociationException($"{options.Peer} cannot be reached: {e.Message}", e);
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    public Stream AsStream() => Stream;

    public void Dispose()
    {
        Stream.Dispose();
        _client.Dispose();
    }
}
