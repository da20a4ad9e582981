using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Specgen.Associations;

namespace Specgen.Scp;

/// <summary>What one AddDicomScp says.</summary>
/// <param name="name">The name of its options; empty for the one that has none.</param>
internal sealed class ScpRegistration(string name)
{
    public string Name { get; } = name;

    public List<ProviderSource> Sources { get; } = [];

    public List<FilterSource> Filters { get; } = [];

    /// <summary>"Server 'X': " where it has a name.</summary>
    public string Prefix => Name.Length == 0 ? "" : $"Server '{Name}': ";

    /// <summary>What the host would run.</summary>
    /// <param name="services">The host's.</param>
    /// <param name="loggerFactory">Where to log to, unless the options say so.</param>
    /// <param name="scopeFactory">For associations; null where there will be none.</param>
    /// <exception cref="DicomConfigurationException">Something is wrong: all of it is said.</exception>
    public ScpConfiguration Configure(IServiceProvider services, ILoggerFactory loggerFactory, IServiceScopeFactory? scopeFactory)
    {
        DicomScpOptions options;
        try
        {
            options = services.GetRequiredService<IOptionsMonitor<DicomScpOptions>>().Get(Name).Clone();
        }
        catch (OptionsValidationException e)
        {
            throw new DicomConfigurationException([.. e.Failures], e);
        }

        // Where nothing will run there is nothing to observe, and what the container would make for it may not be there yet.
        foreach (var observer in scopeFactory is null ? [] : services.GetServices<IDicomScpObserver>())
        {
            options.Observers.Add(observer);
        }

        return DicomScpStartup.Configure(options, Sources, Filters, services, options.LoggerFactory ?? loggerFactory, scopeFactory);
    }
}
