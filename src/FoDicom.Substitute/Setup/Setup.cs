using FellowOakDicom.Imaging.Codec;
using FellowOakDicom.Network;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace FellowOakDicom;

public static class IServiceCollectionExtension
{
    public static IServiceCollection AddFellowOakDicom(this IServiceCollection services)
    {
        services.AddLogging();
        services.AddOptions();
        services.TryAddSingleton<ITranscoderManager, DefaultTranscoderManager>();
        services.TryAddSingleton(static provider => new DicomServiceDependencies(provider.GetRequiredService<ILoggerFactory>()));
        services.TryAddSingleton<IDicomServerFactory, DefaultDicomServerFactory>();
        return services;
    }
}

public static class DicomSetupBuilder
{
    private static readonly object s_lock = new();
    private static IServiceProvider s_provider;

    internal static IServiceProvider ServiceProvider
    {
        get
        {
            lock (s_lock)
            {
                return s_provider ??= new ServiceCollection().AddFellowOakDicom().BuildServiceProvider();
            }
        }
    }

    /// <summary>Sets the services that what is not made by a container uses.</summary>
    public static void UseServiceProvider(IServiceProvider provider)
    {
        lock (s_lock)
        {
            s_provider = provider;
        }
    }
}
