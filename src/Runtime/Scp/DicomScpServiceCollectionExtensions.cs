using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Specgen.Scp;

namespace Specgen;

/// <summary>
/// Adds DICOM servers to a generic host. Each starts and stops with it, logs to its logging, gets its providers from its container, and notifies every registered
/// <see cref="IDicomScpObserver"/>. Their options are those of .NET: <c>services.Configure&lt;DicomScpOptions&gt;</c>, <c>IConfigureOptions</c> and <c>IValidateOptions</c> count.
/// Everything that is wrong with any of the servers is reported before the host starts anything.
/// </summary>
public static class DicomScpServiceCollectionExtensions
{
    /// <summary>Adds a DICOM server; called several times, several servers.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">Sets the options; called when the host starts, or its conformance statement is asked for.</param>
    /// <returns>A builder for adding the providers.</returns>
    public static IDicomScpBuilder AddDicomScp(this IServiceCollection services, Action<DicomScpOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        return Add(services, null, options => options.Configure(configure));
    }

    /// <summary>The same, with the container at hand for the options.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">Sets the options; called when the host starts, or its conformance statement is asked for.</param>
    /// <returns>A builder for adding the providers.</returns>
    public static IDicomScpBuilder AddDicomScp(this IServiceCollection services, Action<DicomScpOptions, IServiceProvider> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        return Add(services, null, options => options.Configure(configure));
    }

    /// <summary>
    /// Adds a DICOM server with the options of a section: <c>services.AddDicomScp(configuration.GetSection("Dicom"))</c>. Its keys are named as the options are; a key that is not
    /// an option is an error.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configuration">The section.</param>
    /// <param name="configure">Sets what a configuration cannot say, after it.</param>
    /// <returns>A builder for adding the providers.</returns>
    public static IDicomScpBuilder AddDicomScp(this IServiceCollection services, IConfiguration configuration, Action<DicomScpOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return Add(services, null, options => Bind(options, configuration, configure));
    }

    /// <summary>Adds a named DICOM server, whose options have the same name.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="name">The name, unique among the servers.</param>
    /// <param name="configure">Sets the options; called when the host starts, or its conformance statement is asked for.</param>
    /// <returns>A builder for adding the providers.</returns>
    /// <exception cref="ArgumentException">There is already a server with this name.</exception>
    public static IDicomScpBuilder AddDicomScp(this IServiceCollection services, string name, Action<DicomScpOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(configure);
        return Add(services, name, options => options.Configure(configure));
    }

    /// <summary>Adds a named DICOM server with the options of a section.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="name">The name, unique among the servers.</param>
    /// <param name="configuration">The section.</param>
    /// <param name="configure">Sets what a configuration cannot say, after it.</param>
    /// <returns>A builder for adding the providers.</returns>
    /// <exception cref="ArgumentException">There is already a server with this name.</exception>
    public static IDicomScpBuilder AddDicomScp(this IServiceCollection services, string name, IConfiguration configuration, Action<DicomScpOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(configuration);
        return Add(services, name, options => Bind(options, configuration, configure));
    }

    private static void Bind(OptionsBuilder<DicomScpOptions> options, IConfiguration configuration, Action<DicomScpOptions>? configure)
    {
        options.Configure(target => DicomScpOptionsBinder.Bind(configuration, target));
        if (configure is not null)
        {
            options.Configure(configure);
        }
    }

    private static DicomScpBuilder Add(IServiceCollection services, string? name, Action<OptionsBuilder<DicomScpOptions>> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        var taken = services.Select(static s => s.ServiceType == typeof(ScpRegistration) ? (s.ImplementationInstance as ScpRegistration)?.Name : null).OfType<string>().ToHashSet(StringComparer.Ordinal);
        name ??= taken.Contains(Options.DefaultName) ? $"#{taken.Count + 1}" : Options.DefaultName;
        if (taken.Contains(name))
        {
            throw new ArgumentException($"There is a server '{name}' already.", nameof(name));
        }

        services.AddLogging();
        services.TryAddSingleton<HostedServers>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<DicomScpOptions>, DicomScpOptionsValidator>());
        configure(services.AddOptions<DicomScpOptions>(name));
        var registration = new ScpRegistration(name);
        services.AddSingleton(registration);
        services.AddSingleton<IHostedService>(provider => new DicomScpHostedService(registration, provider.GetRequiredService<HostedServers>()));
        return new DicomScpBuilder(services, registration);
    }
}
