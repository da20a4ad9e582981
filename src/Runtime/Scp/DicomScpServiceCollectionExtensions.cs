using FellowOakDicom;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Specgen.Scp;

namespace Specgen;

/// <summary>Puts DICOM servers into a generic host.</summary>
public static class DicomScpServiceCollectionExtensions
{
    /// <summary>
    /// Adds a DICOM server that starts and stops with the host; called several times, several servers. It logs to the host's logging, makes providers in the host's container, and tells
    /// every registered <see cref="IDicomScpObserver"/>. fo-dicom's services are added unless the host has them already.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">Sets the options; called when the host starts, and when its conformance statement is asked for.</param>
    /// <returns>What to add the providers to.</returns>
    public static IDicomScpBuilder AddDicomScp(this IServiceCollection services, Action<DicomScpOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        return services.AddDicomScp((options, _) => configure(options));
    }

    /// <summary>The same, with the container at hand for the options.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">Sets the options; called when the host starts, and when its conformance statement is asked for.</param>
    /// <returns>What to add the providers to.</returns>
    public static IDicomScpBuilder AddDicomScp(this IServiceCollection services, Action<DicomScpOptions, IServiceProvider> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);

        services.AddLogging();
        var builder = new DicomScpBuilder(services);
        services.AddSingleton(new ScpRegistration(builder.Sources, configure));
        services.AddSingleton<IHostedService>(provider => new DicomScpHostedService(builder.Sources, configure, provider));
        return builder;
    }
}
