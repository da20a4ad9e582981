using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Specgen.Associations;

namespace Specgen.Scp;

/// <summary>Collects the providers of one hosted server.</summary>
internal sealed class DicomScpBuilder(IServiceCollection services) : IDicomScpBuilder
{
    public IServiceCollection Services { get; } = services;

    public List<ProviderSource> Sources { get; } = [];

    public IDicomScpBuilder AddProvider<T>(T instance)
        where T : class, IDimseHandlers
    {
        ArgumentNullException.ThrowIfNull(instance);
        Sources.Add(new ProviderSource(instance));
        return this;
    }

    public IDicomScpBuilder AddProvider<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>()
        where T : class, IDimseHandlers<T>
    {
        GeneratedFormat.Check(typeof(T));
        Services.TryAddScoped<T>();
        Sources.Add(new ProviderSource(typeof(T), T.ServiceBindings, static scope => scope.GetRequiredService<T>()));
        return this;
    }
}
