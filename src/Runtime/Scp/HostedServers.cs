using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Specgen.Scp;

/// <summary>The servers of a host: what all of them are to be is looked at before the first one starts.</summary>
internal sealed class HostedServers(IServiceProvider services)
{
    private readonly SemaphoreSlim _lock = new(1, 1);
    private Dictionary<ScpRegistration, ScpConfiguration>? _configurations;

    /// <summary>Where it is said that a server listens.</summary>
    public ILogger Logger { get; } = services.GetRequiredService<ILoggerFactory>().CreateLogger("Specgen.Scp");

    /// <summary>Those that have been started, by their options' name.</summary>
    public ConcurrentDictionary<string, DicomScp> Started { get; } = new(StringComparer.Ordinal);

    /// <summary>The names of all.</summary>
    public IEnumerable<string> Names => services.GetServices<ScpRegistration>().Select(static registration => registration.Name);

    /// <exception cref="DicomConfigurationException">Something is wrong with one of the servers, or several: all of it is said.</exception>
    public async ValueTask<ScpConfiguration> ConfigureAsync(ScpRegistration registration, CancellationToken cancellationToken)
    {
        await _lock.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return (_configurations ??= await ConfigureAllAsync().ConfigureAwait(false))[registration];
        }
        finally
        {
            _lock.Release();
        }
    }

    private async ValueTask<Dictionary<ScpRegistration, ScpConfiguration>> ConfigureAllAsync()
    {
        var (configurations, failures) = (new Dictionary<ScpRegistration, ScpConfiguration>(), new List<(ScpRegistration Server, DicomConfigurationException Failure)>());
        foreach (var registration in services.GetServices<ScpRegistration>())
        {
            try
            {
                var unresolved = await FindUnresolvedAsync(registration).ConfigureAwait(false);
                var configuration = Configure(registration, unresolved);
                configurations.Add(registration, configuration);
            }
            catch (DicomConfigurationException e)
            {
                failures.Add((registration, e));
            }
        }

        return failures.Count switch
        {
            0 => configurations,
            1 when failures[0].Server.Prefix.Length == 0 => throw failures[0].Failure,
            _ => throw new DicomConfigurationException([.. failures.SelectMany(static f => f.Failure.Problems.Select(problem => f.Server.Prefix + problem))], failures[0].Failure),
        };
    }

    private ScpConfiguration Configure(ScpRegistration registration, List<string> unresolved)
    {
        ScpConfiguration configuration;
        try
        {
            configuration = registration.Configure(services, services.GetRequiredService<ILoggerFactory>(), services.GetRequiredService<IServiceScopeFactory>());
        }
        catch (DicomConfigurationException e) when (unresolved.Count > 0)
        {
            throw new DicomConfigurationException([.. e.Problems, .. unresolved], e);
        }

        return unresolved.Count == 0 ? configuration : throw new DicomConfigurationException(unresolved);
    }

    /// <summary>What associations would make is made once, in a scope that ends at once: a dependency that is missing is found now, and not by the first peer.</summary>
    private async ValueTask<List<string>> FindUnresolvedAsync(ScpRegistration registration)
    {
        var problems = new List<string>();
        var scope = services.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
        {
            Func<IServiceProvider> get = () => scope.ServiceProvider;
            var made = registration.Sources.Where(static s => !s.IsShared).Select(source => (Added: $"AddProvider<{source.Type.Name}>()", Make: (Action)(() => source.Get(get))))
                .Concat(registration.Filters.Where(static f => !f.IsShared).Select(filter => (Added: $"AddFilter<{filter.Type.Name}>()", Make: (Action)(() => filter.Get(get)))));
            foreach (var (added, make) in made)
            {
                try
                {
                    make();
                }
                catch (Exception e)
                {
                    problems.Add($"{added}: it cannot be made: {e.Message}");
                }
            }
        }

        return problems;
    }
}
