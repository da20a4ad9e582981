using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;

namespace Specgen.Network;

/// <summary>Connects to a peer.</summary>
internal static class Connector
{
    /// <exception cref="AssociationTimeoutException">It takes longer than the options allow.</exception>
    /// <exception cref="AssociationException">The peer cannot be reached, or TLS does not come about.</exception>
    public static async Task<(Socket Socket, Stream Stream)> ConnectAsync(ScuOptions options, CancellationToken cancellationToken)
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

            return (client.Client, stream);
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
}
