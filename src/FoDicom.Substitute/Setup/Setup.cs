using FellowOakDicom.Imaging.Codec;
using FellowOakDicom.Memory;
using FellowOakDicom.Network;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace FellowOakDicom;

public static class IServiceCollectionExtension
{
    public static IServiceCollection AddFellowOakDicom(this IServiceCollection services)
    {
        services.AddLogging();
        services.AddOptions();
        services.TryAddSingleton<INetworkManager, DesktopNetworkManager>();
        services.TryAddSingleton<ITranscoderManager, DefaultTranscoderManager>();
        services.TryAddSingleton<IMemoryProvider, ArrayPoolMemoryProvider>();
        services.TryAddSingleton<DicomServiceDependencies>();
        services.TryAddSingleton<DicomServerDependencies>();
        services.TryAddSingleton<IDicomServerFactory, DefaultDicomServerFactory>();
        return services;
    }
}

public class DicomSetupBuilder
{
    internal static IServiceProvider ServiceProvider { get; private set; }

    /// <summary>Sets the services that what is not made by a container uses.</summary>
    public static void UseServiceProvider(IServiceProvider provider) => ServiceProvider = provider;
}
