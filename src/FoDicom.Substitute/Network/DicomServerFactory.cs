using System.Text;
using FellowOakDicom.Network.Tls;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FellowOakDicom.Network;

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
        where T : DicomService, IDicomServiceProvider => Factory.Create<T>(port, tlsAcceptor, fallbackEncoding, logger, userState, configure);

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
