using FellowOakDicom.Imaging.Codec;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Specgen.Associations;
using Specgen.Runtime.Tests.Associations;
using Specgen.Scp;

namespace Specgen.Runtime.Tests.Scp;

/// <summary>What a host gets registered, and what of its own it keeps.</summary>
[TestClass]
public sealed class AddDicomScpTests
{
    [TestMethod]
    public void FoDicoms_services_are_added_where_they_are_missing()
    {
        var services = new ServiceCollection();

        services.AddDicomScp(static _ => { });

        using var provider = services.BuildServiceProvider();
        Assert.HasCount(1, provider.GetServices<IHostedService>());
    }

    [TestMethod]
    public void A_host_that_has_set_up_fo_dicom_keeps_what_it_chose()
    {
        var chosen = new DefaultTranscoderManager();
        var services = new ServiceCollection();
        services.AddSingleton<ITranscoderManager>(chosen);
        var before = services.ToList();

        services.AddDicomScp(static _ => { });

        CollectionAssert.IsSubsetOf(before, services.ToList());
        using var provider = services.BuildServiceProvider();
        Assert.AreSame(chosen, DicomScpStartup.Configure(new DicomScpOptions(), [], [], provider, NullLoggerFactory.Instance, null).Transcoders);
        Assert.IsNotNull(DicomScpStartup.Configure(new DicomScpOptions(), []).Transcoders);
    }

    [TestMethod]
    public void Each_call_is_a_server_of_its_own()
    {
        var services = new ServiceCollection();

        services.AddDicomScp(static _ => { }).AddProvider<Scoped>();
        services.AddDicomScp(static _ => { }).AddProvider(new TestHandlers());

        using var provider = services.BuildServiceProvider();
        Assert.HasCount(2, provider.GetServices<IHostedService>());
    }

    [TestMethod]
    public async Task A_wrong_option_stops_the_host_from_starting()
    {
        var services = new ServiceCollection();
        services.AddDicomScp(static (o, p) =>
        {
            Assert.IsNotNull(p.GetService<ILoggerFactory>());
            o.AETitle = "MUCH TOO LONG AN AE TITLE";
        });
        await using var provider = services.BuildServiceProvider();

        var e = await Assert.ThrowsExactlyAsync<DicomConfigurationException>(() => provider.GetRequiredService<IHostedService>().StartAsync(default));

        StringAssert.Contains(e.Message, "MUCH TOO LONG AN AE TITLE");
    }

    [TestMethod]
    public async Task Each_association_has_its_own_objects_and_they_end_with_it()
    {
        var services = new ServiceCollection();
        services.AddScoped<Dependency>();
        services.AddDicomScp(static _ => { }).AddProvider<Scoped>();
        await using var provider = services.BuildServiceProvider(validateScopes: true);
        var source = new ProviderSource(typeof(Scoped), Scoped.ServiceBindings, static p => p.GetRequiredService<Scoped>());
        var factory = provider.GetRequiredService<IServiceScopeFactory>();

        var first = new AssociationScope(factory);
        var second = new AssociationScope(factory);
        var one = (Scoped)first.Get(source);
        var two = (Scoped)second.Get(source);

        Assert.AreSame(one, first.Get(source));
        Assert.AreNotSame(one, two);
        Assert.AreNotSame(one.Dependency, two.Dependency);
        await first.DisposeAsync();
        await first.DisposeAsync();
        Assert.IsTrue(one.Dependency.IsDisposed);
        Assert.IsFalse(two.Dependency.IsDisposed);
        await second.DisposeAsync();
    }

    [TestMethod]
    public async Task A_shared_object_is_the_same_for_all_and_is_not_disposed_of()
    {
        var shared = new TestHandlers();
        var source = new ProviderSource(shared);
        var scope = new AssociationScope(null);

        Assert.AreSame(shared, scope.Get(source));
        await scope.DisposeAsync();
        Assert.AreSame(shared, new AssociationScope(null).Get(source));
    }

    private sealed class Dependency : IDisposable
    {
        public bool IsDisposed { get; private set; }

        public void Dispose() => IsDisposed = true;
    }

    private sealed class Scoped(Dependency dependency) : IDimseHandlers<Scoped>
    {
        public static IReadOnlyList<ServiceBinding> ServiceBindings { get; } = [TestClasses.Binding(DicomRole.Scp, [TestClasses.CT])];

        public Dependency Dependency { get; } = dependency;

        public IReadOnlyList<ServiceBinding> Bindings => ServiceBindings;
    }
}
