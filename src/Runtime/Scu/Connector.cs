using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using Specgen.Associations;
using Specgen.Instances;
using Specgen.Security;

namespace Specgen.Scu;

/// <summary>Connects to a peer.</summary>
internal static class Connector
{
    /// <exception cref="AssociationTimeoutException">It takes longer than the options allow.</exception>
    /// <exception cref="AssociationException">The peer cannot be reached, or TLS does not come about.</exception>
    public static async Task<Transport> ConnectAsync(ScuOptions options, CancellationToken cancellationToken)
    {
        using var time = new CancellationTokenSource(options.ConnectTimeout, options.TimeProvider);
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, time.Token);
        Socket? socket = null;
        Stream? stream = null;
        var (isReached, isConnected) = (false, false);
        try
        {
            if (options.ConnectCallback is { } connect)
            {
                stream = await connect(timeout.Token).ConfigureAwait(false);
            }
            else
            {
                socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                Descriptors.Checked(socket.SafeHandle);
                await socket.ConnectAsync(options.Host, options.Port, timeout.Token).ConfigureAwait(false);
                stream = SocketTransport.Open(socket);
            }

            isReached = true;
            if (options.Tls is { } tls)
            {
                var secured = new SslStream(stream);
                stream = secured;
                var rules = TlsRules.Of(options.TlsProfile);
                await secured.AuthenticateAsClientAsync(TlsOptions.For(tls, rules, options.Host), timeout.Token).ConfigureAwait(false);
                rules?.Check(secured);
            }

            isConnected = true;
            return socket is null ? new Transport(stream, options.Host, options.Port) { Details = options.FailureDetails } : SocketTransport.Create(socket, stream, options.FailureDetails);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            Close();
            throw new AssociationTimeoutException($"{options.Peer} did not connect within {options.ConnectTimeout}.");
        }
        catch (Exception e) when (e is SocketException or IOException or AuthenticationException)
        {
            Close();

            // By TLS 1.3 a peer looks at our certificate when for us the connection is there.
            throw new AssociationException(
                isConnected ? $"{options.Peer} closed the connection at once: {e.Message}"
                : isReached ? $"{options.Peer} was reached, but TLS with it did not come about: {(e.InnerException ?? e).Message}"
                : $"{options.Peer} cannot be reached: {e.Message}",
                e);
        }
        catch
        {
            Close();
            throw;
        }

        void Close()
        {
            stream?.Dispose();
            socket?.Dispose();
        }
    }
}
