using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Specgen.Runtime.Tests.Associations;
using Specgen.Runtime.Tests.Scu;

namespace Specgen.Runtime.Tests.Scp;

/// <summary>A server in a container: what a generic host does to its hosted services, without one.</summary>
[TestClass]
public sealed class HostedScpTests
{
    [TestMethod]
    public async Task Each_association_gets_its_own_provider_which_ends_with_it()
    {
        var services = new ServiceCollection();
        services.AddSingleton<Log>();
        services.AddScoped<Session>();
        var written = new CapturedLog();
        services.AddSingleton<Microsoft.Extensions.Logging.ILoggerFactory>(written);
        var port = ScuAssociationTests.FreePort();
        services.AddDicomScp(o =>
        {
            o.Address = "127.0.0.1";
            o.Port = port;
            o.AETitle = "HOSTED";
        }).AddProvider<Echo>();
        await using var provider = services.BuildServiceProvider(validateScopes: true);
        var log = provider.GetRequiredService<Log>();
        var hosted = provider.GetRequiredService<IHostedService>();
        await hosted.StartAsync(default);
        CollectionAssert.Contains(written.Lines, (Microsoft.Extensions.Logging.LogLevel.Information, $"HOSTED listens on 127.0.0.1, port {port}, without TLS"));

        // The first was made to see that it can be.
        var user = new TestHandlers(TestClasses.Scu(TestClasses.Verification));
        var options = ScuAssociationTests.Options(port);
        options.CalledAE = "HOSTED";
        await using var first = await ScuAssociation.OpenAsync(user, options);
        await using (var second = await ScuAssociation.OpenAsync(user, options))
        {
            await first.CEchoAsync<TestStatus>();
            await first.CEchoAsync<TestStatus>();
            await second.CEchoAsync<TestStatus>();
        }

        await DicomScpTests.WaitForAsync(() => log.Lines.Contains("end 3"));
        CollectionAssert.AreEqual(new[] { "end 1", "echo 2", "echo 2", "echo 3", "end 3" }, log.Lines.ToArray());
        await first.DisposeAsync();
        await hosted.StopAsync(default);

        CollectionAssert.Contains(log.Lines, "end 2");
        await Assert.ThrowsExactlyAsync<AssociationException>(async () => await ScuAssociation.OpenAsync(user, options));
    }

    [TestMethod]
    public async Task Observers_of_the_container_are_told_and_the_container_ends_a_server_that_nobody_stopped()
    {
        var services = new ServiceCollection();
        var observer = new Observer();
        services.AddSingleton<IDicomScpObserver>(observer);
        services.AddDicomScp(static o =>
        {
            o.Address = "127.0.0.1";
            o.Port = 0;
        });
        var provider = services.BuildServiceProvider();
        await provider.GetRequiredService<IHostedService>().StartAsync(default);
        var port = observer.Scp!.Port;

        provider.Dispose();

        await Assert.ThrowsExactlyAsync<AssociationException>(async () =>
            await ScuAssociation.OpenAsync(new TestHandlers(TestClasses.Scu(TestClasses.Verification)), ScuAssociationTests.Options(port)));
    }

    private sealed class Log
    {
        private int _sessions;

        public ConcurrentQueue<string> Lines { get; } = new();

        public int NextSession() => Interlocked.Increment(ref _sessions);
    }

    private sealed class Session(Log log) : IAsyncDisposable
    {
        public int Id { get; } = log.NextSession();

        public ValueTask DisposeAsync()
        {
            log.Lines.Enqueue($"end {Id}");
            return ValueTask.CompletedTask;
        }
    }

    private sealed class Echo(Session session, Log log) : IDimseHandlers<Echo>
    {
        public static IReadOnlyList<ServiceBinding> ServiceBindings { get; } =
        [
            TestClasses.Binding(DicomRole.Scp, [TestClasses.Verification], cEcho: static (self, _, _) => ((Echo)self).AnswerAsync()),
        ];

        public IReadOnlyList<ServiceBinding> Bindings => ServiceBindings;

        private ValueTask<DimseResponse> AnswerAsync()
        {
            log.Lines.Enqueue($"echo {session.Id}");
            return ValueTask.FromResult(default(DimseResponse));
        }
    }

    private sealed class Observer : IDicomScpObserver
    {
        public DicomScp? Scp { get; private set; }

        public void Started(DicomScp scp) => Scp = scp;
    }
}
