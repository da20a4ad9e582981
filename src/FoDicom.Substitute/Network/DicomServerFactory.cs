using System.Text;
using FellowOakDicom.Network.Tls;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FellowOakDicom.Network;

public interface IDicomServerFactory
{
    IDicomServer Create<T>(
        string ipAddress,
        int port,
        ITlsAcceptor tlsAcceptor = null,
        Encoding fallbackEncoding = null,
        ILogger logger = null,
        object userState = null,
        Action<DicomServerOptions> configure = null)
        where T : DicomService, IDicomServiceProvider;
}

/// <summary>The factory of the services that <see cref="DicomSetupBuilder"/> was given.</summary>
public static class DicomServerFactory
{
    private static IDicomServerFactory Factory => DicomSetupBuilder.ServiceProvider.GetRequiredService<IDicomServerFactory>();

    public static IDicomServer Create<T>(
        int port,
        ITlsAcceptor tlsAcceptor = null,
        Encoding fallbackEncoding = null,
        ILogger logger = null,
        object userState = null,
        Action<DicomServerOptions> configure = null)
        where T : DicomService, IDicomServiceProvider => Create<T>(null, port, tlsAcceptor, fallbackEncoding, logger, userState, configure);

    public static IDicomServer Create<T>(
        string ipAddress,
        int port,
        ITlsAcceptor tlsAcceptor = null,
        Encoding fallbackEncoding = null,
        ILogger logger = null,
        object userState = null,
        Action<DicomServerOptions> configure = null)
        where T : DicomService, IDicomServiceProvider => Factory.Create<T>(ipAddress, port, tlsAcceptor, fallbackEncoding, logger, userState, configure);
}

internal sealed class DefaultDicomServerFactory(IServiceScopeFactory scopes, ILoggerFactory loggers) : IDicomServerFactory
{
    public IDicomServer Create<T>(
        string ipAddress,
        int port,
        ITlsAcceptor tlsAcceptor,
        Encoding fallbackEncoding,
        ILogger logger,
        object userState,
        Action<DicomServerOptions> configure)
        where T : DicomService, IDicomServiceProvider
    {
        configure?.Invoke(new DicomServerOptions());
        var server = new DicomServer<T>(
            scopes.CreateScope(), logger ?? loggers.CreateLogger("FellowOakDicom.Network"), tlsAcceptor, fallbackEncoding, userState);
        server.Start(ipAddress, port);
        return server.Exception is null ? server : throw new DicomNetworkException("Failed to start DICOM server", server.Exception);
    }
}
