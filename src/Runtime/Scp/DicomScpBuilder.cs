using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Specgen.Associations;

namespace Specgen.Scp;

/// <summary>Collects the providers and filters of one hosted server.</summary>
internal sealed class DicomScpBuilder(IServiceCollection services, ScpRegistration registration) : IDicomScpBuilder
{
    public IServiceCollection Services { get; } = services;

    public string Name => registration.Name;

    public IDicomScpBuilder AddProvider<T>(T instance)
        where T : class, IDimseHandlers
    {
        ArgumentNullException.ThrowIfNull(instance);
        registration.Sources.Add(new ProviderSource(instance));
        return this;
    }

    public IDicomScpBuilder AddProvider<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>()
        where T : class, IDimseHandlers<T>
    {
        GeneratedFormat.Check(typeof(T));
        Services.TryAddScoped<T>();
        registration.Sources.Add(new ProviderSource(typeof(T), T.ServiceBindings, static scope => scope.GetRequiredService<T>()));
        return this;
    }

    public IDicomScpBuilder AddFilter(IDicomScpFilter instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        registration.Filters.Add(new FilterSource(instance));
        return this;
    }

    public IDicomScpBuilder AddFilter<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>()
        where T : class, IDicomScpFilter
    {
        Services.TryAddScoped<T>();
        registration.Filters.Add(new FilterSource(typeof(T), static scope => scope.GetRequiredService<T>()));
        return this;
    }
}
