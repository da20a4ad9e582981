using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Specgen.Conformance;
using Specgen.Scp;

namespace Specgen;

/// <summary>Makes the conformance statement of a server that need not run.</summary>
public static class DicomScpConformance
{
    /// <summary>What <see cref="DicomScp.StartAsync(DicomScpOptions, IDimseHandlers[])"/> with the same would do.</summary>
    /// <param name="options">What the server is and allows.</param>
    /// <param name="handlers">Its providers, and the users ([Scu] classes) of the same application entity.</param>
    /// <exception cref="DicomConfigurationException">An option is wrong, or two providers have the same DIMSE service of the same SOP class (SPG1100).</exception>
    public static ConformanceStatement Of(DicomScpOptions options, params IDimseHandlers[] handlers)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(handlers);
        return Of(DicomScpStartup.Configure(options, handlers));
    }

    /// <summary>What a host with these services would run: every server of <see cref="DicomScpServiceCollectionExtensions.AddDicomScp(IServiceCollection, Action{DicomScpOptions})"/> is an application entity.</summary>
    /// <param name="services">The host's services; nothing is started, and no provider is made.</param>
    /// <exception cref="DicomConfigurationException">As when the host starts.</exception>
    public static ConformanceStatement Of(IServiceProvider services)
    {
        ArgumentNullException.ThrowIfNull(services);
        return new ConformanceStatement(
        [
            .. services.GetServices<ScpRegistration>().Select(registration => EntityModel.Of(registration.Configure(services, NullLoggerFactory.Instance, null))),
        ]);
    }

    internal static ConformanceStatement Of(ScpConfiguration configuration) => new([EntityModel.Of(configuration)]);
}
