using System.Net.Security;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Specgen.Runtime.Tests.Associations;
using Specgen.Runtime.Tests.Wire;
using Specgen.Scp;

namespace Specgen.Runtime.Tests.Scp;

/// <summary>Connections that have no association keep nobody out.</summary>
[TestClass]
public sealed class PendingConnectionsTests
{
    private static readonly Proposal s_verification = new(1, TestClasses.Verification.Uid, Requestor.Implicit);

    [TestMethod]
    public void The_one_that_has_been_silent_for_the_longest_time_goes_and_else_the_oldest()
    {
        var closed = new List<int>();
        var told = 0;
        var pending = new PendingConnections(3, () => told++);
        var entries = Enumerable.Range(0, 3).Select(i => pending.Add(() => closed.Add(i))).ToList();
        entries[0].Heard();

        entries.Add(pending.Add(() => closed.Add(3)));
        CollectionAssert.AreEqual(new[] { 1 }, closed);
        entries[2].Heard();
        entries[3].Heard();
        entries.Add(pending.Add(() => closed.Add(4)));
        CollectionAssert.AreEqual(new[] { 1, 0 }, closed);
        Assert.AreEqual((3, 2), (pending.Count, told));

        // Who has an association is left alone, until it has none any more.
        entries[2].Leave();
        entries.Add(pending.Add(() => closed.Add(5)));
        entries[3].Leave();
        Assert.HasCount(2, closed);
        entries[2].Enter();
        Assert.HasCount(2, closed);
        entries[3].Enter();
        CollectionAssert.AreEqual(new[] { 1, 0, 4 }, closed);

        entries[5].Dispose();
        entries[5].Enter();
        Assert.AreEqual(2, pending.Count, "What is closed does not come back.");
        Assert.IsFalse(pending.TryCloseSilent(), "All have said something.");
        entries.Add(pending.Add(() => closed.Add(6)));
        Assert.IsTrue(pending.TryCloseSilent());
        Assert.AreEqual(6, closed[^1]);
    }

    [TestMethod]
    public void Without_a_limit_none_is_closed()
    {
        var pending = new PendingConnections(0, static () => Assert.Fail());
        for (var i = 0; i < 1000; i++)
        {
            pending.Add(static () => Assert.Fail());
        }

        Assert.AreEqual(1000, pending.Count);
    }

    [TestMethod]
    [DataRow(0, DisplayName = "silent")]
    [DataRow(3, DisplayName = "in the midst of a PDU")]
    public async Task Two_hundred_connections_that_ask_for_nothing_keep_nobody_out(int bytes)
    {
        var log = new CapturedLog();
        await using var server = await TestServer.StartAsync(options => (options.MaxPendingConnections, options.LoggerFactory) = (8, log));
        using var before = await server.AssociateAsync(s_verification);
        var silent = new List<Requestor>();
        var closed = 0;
        try
        {
            for (var i = 0; i < 200; i++)
            {
                Requestor next;
                try
                {
                    next = await Requestor.ConnectAsync(server.Port);
                }
                catch (SocketException)
                {
                    // Made room for others before it knew that it was there.
                    closed++;
                    continue;
                }

                silent.Add(next);
                if (bytes > 0)
                {
                    await TryWriteAsync(next, Requestor.AssociateRequest([s_verification])[..bytes]);
                }

                if (i % 50 == 49)
                {
                    using var peer = await server.AssociateAsync(s_verification);
                    await peer.AssertLivesAsync(1);
                }
            }

            await TestServer.EventuallyAsync(() => closed + silent.Count(IsClosed) >= 190, "all but a few are closed");
            await before.AssertLivesAsync(1);
            Assert.AreEqual(1, log.Lines.Count(static line => line.Level == LogLevel.Warning && line.Text.Contains("without an association", StringComparison.Ordinal)), "Said once.");
        }
        finally
        {
            silent.ForEach(static s => s.Dispose());
        }
    }

    [TestMethod]
    public async Task Who_leaves_its_connection_open_after_its_association_counts_again()
    {
        await using var server = await TestServer.StartAsync(static options => options.MaxPendingConnections = 4);
        var left = new List<Requestor>();
        try
        {
            for (var i = 0; i < 20; i++)
            {
                var peer = await server.AssociateAsync(s_verification);
                left.Add(peer);
                await peer.ReleaseAsync();
            }

            await TestServer.EventuallyAsync(() => left.Count(IsClosed) >= 16, "the oldest are closed");
            using var last = await server.AssociateAsync(s_verification);
            await last.AssertLivesAsync(1);
        }
        finally
        {
            left.ForEach(static s => s.Dispose());
        }
    }

    [TestMethod]
    public async Task Over_TLS_who_never_begins_the_handshake_keeps_nobody_out()
    {
        using var certificate = TlsTests.Certificate("localhost");
        await using var server = await TestServer.StartAsync(options => (options.MaxPendingConnections, options.TlsCertificate) = (4, certificate));
        var silent = new List<Requestor>();
        var closed = 0;
        try
        {
            for (var i = 0; i < 30; i++)
            {
                try
                {
                    silent.Add(await Requestor.ConnectAsync(server.Port));
                }
                catch (SocketException)
                {
                    // Made room for others before it knew that it was there.
                    closed++;
                }
            }

            await TestServer.EventuallyAsync(() => closed + silent.Count(IsClosed) >= 26, "the oldest are closed");
            var options = new ScuOptions("127.0.0.1", server.Port) { CalledAE = "SERVER", Tls = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = static (_, _, _, _) => true } };
            await using var association = await ScuAssociation.OpenAsync(new TestHandlers(TestClasses.Scu(TestClasses.Verification)), options);
            Assert.AreEqual(TestStatus.Success, (await association.CEchoAsync<TestStatus>()).Status);
        }
        finally
        {
            silent.ForEach(static s => s.Dispose());
        }
    }

    [TestMethod]
    public async Task Where_no_descriptor_is_left_accepting_waits_says_so_once_and_goes_on()
    {
        var (log, time) = (new CapturedLog(), new FakeTimeProvider());
        await using var services = new ServiceCollection().AddSingleton<TimeProvider>(time).BuildServiceProvider();
        var options = new DicomScpOptions { Address = "127.0.0.1", Port = 0, AETitle = "SERVER", LoggerFactory = log };
        var configuration = DicomScpStartup.Configure(options, [], [], services, log, null);
        var (failures, error) = (12, SocketError.TooManyOpenSockets);
        await using var server = new ScpServer(configuration)
        {
            Accept = (listener, token) => Interlocked.Decrement(ref failures) >= 0 ? throw new SocketException((int)error) : listener.AcceptAsync(token),
        };
        await server.StartAsync(CancellationToken.None);

        using (var peer = await Requestor.AssociateAsync(server.Port, s_verification))
        {
            await peer.AssertLivesAsync(1);
        }

        Assert.AreEqual(1, Count(log, LogLevel.Warning, "could not be accepted"));
        Assert.AreEqual(1, Count(log, LogLevel.Information, "accepted again, after 12"));

        // A minute later it is said again, with those of which nothing was said. Of another kind, for which nobody has to go: the next peer is accepted before, and may have said nothing yet.
        error = SocketError.ProcessLimit;
        time.Advance(RepeatedEvents.Interval);
        Volatile.Write(ref failures, 3);
        using (var peer = await Requestor.AssociateAsync(server.Port, s_verification))
        {
            await peer.AssertLivesAsync(1);
        }

        using (var peer = await Requestor.AssociateAsync(server.Port, s_verification))
        {
            await peer.AssertLivesAsync(1);
        }

        Assert.AreEqual(2, Count(log, LogLevel.Warning, "could not be accepted"));
        Assert.AreEqual(1, Count(log, LogLevel.Warning, "and 11 before it"));
    }

    [TestMethod]
    public async Task Handshakes_that_fail_by_the_thousand_do_not_flood_the_log()
    {
        using var certificate = TlsTests.Certificate("localhost");
        var log = new CapturedLog();
        await using var server = await TestServer.StartAsync(options => (options.TlsCertificate, options.LoggerFactory) = (certificate, log));
        for (var i = 0; i < 100; i++)
        {
            using var peer = await Requestor.ConnectAsync(server.Port);
            await TryWriteAsync(peer, new byte[64]);
            await peer.AssertClosedAsync();
        }

        Assert.AreEqual(5, log.Lines.Count(static line => line.Text.Contains("could not be secured", StringComparison.Ordinal)));
    }

    private static int Count(CapturedLog log, LogLevel level, string text) => log.Lines.Count(line => line.Level == level && line.Text.Contains(text, StringComparison.Ordinal));

    private static bool IsClosed(Requestor peer)
    {
        try
        {
            return peer.Stream.Socket.Poll(0, SelectMode.SelectRead) && (peer.Stream.Socket.Available == 0 || !peer.Stream.Socket.Connected);
        }
        catch (Exception e) when (e is SocketException or InvalidOperationException)
        {
            return true;
        }
    }

    private static async Task TryWriteAsync(Requestor peer, byte[] bytes)
    {
        try
        {
            await peer.Stream.WriteAsync(bytes);
        }
        catch (IOException)
        {
            // It is closed already.
        }
    }
}
