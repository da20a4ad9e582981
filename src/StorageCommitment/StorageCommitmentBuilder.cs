using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;

namespace Specgen.StorageCommitment;

/// <summary>The server's builder with a store beside.</summary>
internal sealed class StorageCommitmentBuilder(IDicomScpBuilder server) : IStorageCommitmentBuilder
{
    public IServiceCollection Services => server.Services;

    public string Name => server.Name;

    public IStorageCommitmentBuilder UseStore(Func<IServiceProvider, ICommitmentStore> store)
    {
        ArgumentNullException.ThrowIfNull(store);
        Services.AddSingleton(store);
        return this;
    }

    public IDicomScpBuilder AddProvider<T>(T instance)
        where T : class, IDimseHandlers => server.AddProvider(instance);

    public IDicomScpBuilder AddProvider<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>()
        where T : class, IDimseHandlers<T> => server.AddProvider<T>();

    public IDicomScpBuilder AddFilter(IDicomScpFilter instance) => server.AddFilter(instance);

    public IDicomScpBuilder AddFilter<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>()
        where T : class, IDicomScpFilter => server.AddFilter<T>();
}
