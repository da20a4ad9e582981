using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Specgen.Runtime.Tests.Scu;

namespace Specgen.Runtime.Tests.Scp;

/// <summary>What a host can say about its servers.</summary>
[TestClass]
public sealed class HealthTests
{
    [TestMethod]
    public async Task A_server_is_healthy_while_it_listens_and_degraded_when_it_is_full()
    {
        var services = new ServiceCollection();
        var port = ScuAssociationTests.FreePort();
        services.AddDicomScp("main", o => (o.Address, o.Port, o.AETitle, o.MaxAssociations) = ("127.0.0.1", port, "MAIN", 1));
        await using var provider = services.BuildServiceProvider();
        var hosted = provider.GetRequiredService<IHostedService>();

        Assert.AreEqual((HealthStatus.Unhealthy, "main does not listen."), await CheckAsync(provider));
        await hosted.StartAsync(default);
        Assert.AreEqual(HealthStatus.Healthy, (await CheckAsync(provider)).Status);
        var options = ScuAssociationTests.Options(port);
        options.CalledAE = "MAIN";
        await using (await ScuAssociation.OpenAsync(new TestHandlers(TestClasses.Scu(TestClasses.Verification)), options))
        {
            Assert.AreEqual((HealthStatus.Degraded, "MAIN has as many associations as it may have."), await CheckAsync(provider));
        }

        await hosted.StopAsync(default);
        Assert.AreEqual((HealthStatus.Unhealthy, "MAIN does not listen."), await CheckAsync(provider));
        Assert.AreEqual(HealthStatus.Unhealthy, (await CheckAsync(new ServiceCollection().BuildServiceProvider())).Status);
    }

    private static async Task<(HealthStatus Status, string? Description)> CheckAsync(IServiceProvider services)
    {
        var check = new DicomScpHealthCheck(services);
        var result = await check.CheckHealthAsync(new HealthCheckContext { Registration = new HealthCheckRegistration("dicom", check, HealthStatus.Unhealthy, null) });
        return (result.Status, result.Description);
    }
}
