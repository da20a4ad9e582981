using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Specgen.StorageCommitment;

namespace Specgen;

/// <summary>Adds storage commitment to a hosted DICOM server.</summary>
public static class StorageCommitmentBuilderExtensions
{
    /// <summary>
    /// Makes the server a provider of storage commitment for what a catalogue holds. Followed by the store:
    /// <c>.AddStorageCommitment&lt;MyCatalogue&gt;().UseSqlite("commitments.db")</c>. Several
    /// servers of one host share catalogue, store and outbox.
    /// </summary>
    /// <typeparam name="TCatalogue">What the application holds; made by the container as a singleton, unless it is registered already.</typeparam>
    /// <param name="builder">The server's builder.</param>
    /// <param name="configure">Sets the options; called once, when the host starts.</param>
    public static IStorageCommitmentBuilder AddStorageCommitment<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TCatalogue>(
        this IDicomScpBuilder builder, Action<StorageCommitmentOptions>? configure = null)
        where TCatalogue : class, IInstanceCatalogue
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddSingleton<TCatalogue>();
        builder.Services.TryAddSingleton<IInstanceCatalogue>(static services => services.GetRequiredService<TCatalogue>());
        if (!builder.Services.Any(static s => s.ServiceType == typeof(StorageCommitmentProvider)))
        {
            builder.Services.AddSingleton(services => CreateProvider(services, configure));
            builder.Services.AddSingleton<IDicomScpObserver>(static services => services.GetRequiredService<StorageCommitmentProvider>());
            builder.Services.AddSingleton<IHostedService, StorageCommitmentHostedService>();
        }

        builder.AddProvider<StorageCommitmentProvider>();
        return new StorageCommitmentBuilder(builder);
    }

    private static StorageCommitmentProvider CreateProvider(IServiceProvider services, Action<StorageCommitmentOptions>? configure)
    {
        var options = new StorageCommitmentOptions();
        configure?.Invoke(options);
        options.LoggerFactory ??= services.GetRequiredService<ILoggerFactory>();
        var store = services.GetService<ICommitmentStore>()
            ?? throw new InvalidOperationException("Storage commitment has no store: AddStorageCommitment<…>() is followed by .UseSqlite(…), .UsePostgreSql(…) or .UseStore(…).");
        return new StorageCommitmentProvider(services.GetRequiredService<IInstanceCatalogue>(), store, options);
    }
}
