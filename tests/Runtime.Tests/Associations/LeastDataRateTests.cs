using FellowOakDicom;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Specgen.Associations;
using Specgen.Runtime.Tests.Instances;
using Specgen.Runtime.Tests.Scu;
using Specgen.Runtime.Tests.Wire;
using static Specgen.Runtime.Tests.Wire.Requestor;

namespace Specgen.Runtime.Tests.Associations;

/// <summary>Who sends a byte now and then holds nothing for ever.</summary>
[TestClass]
public sealed class LeastDataRateTests
{
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(10), s_short = TimeSpan.FromMilliseconds(400);

    private readonly FakeTimeProvider _time = new();

    [TestMethod]
    public void Too_little_in_any_period_within_a_message_is_too_slow()
    {
        var rate = new LeastDataRate(100, s_grace, _time);
        rate.Came(10_000, isInMidst: true);
        Pass(rate, seconds: 9, bytes: 1);
        Assert.IsNull(rate.TooSlowFor(), "It may pause for less than the period.");
        Pass(rate, seconds: 1, bytes: 1);
        Assert.AreEqual(s_grace, rate.TooSlowFor(), "What came at once with the beginning does not count for what comes then.");

        rate.Came(1, isInMidst: false);
        rate.Came(1, isInMidst: true);
        for (var i = 0; i < 50; i++)
        {
            Pass(rate, seconds: 1, bytes: 100);
            Assert.IsNull(rate.TooSlowFor());
        }

        // Having been fast does not help.
        rate.Came(1_000_000, isInMidst: true);
        Pass(rate, seconds: 10, bytes: 0);
        Assert.IsNull(rate.TooSlowFor());
        Pass(rate, seconds: 10, bytes: 90);
        Assert.IsNotNull(rate.TooSlowFor());
    }

    [TestMethod]
    public void Between_messages_and_while_we_do_not_read_nothing_is_measured()
    {
        var rate = new LeastDataRate(100, s_grace, _time);
        Pass(rate, seconds: 100, bytes: 0);
        Assert.IsNull(rate.TooSlowFor());
        rate.Came(1, isInMidst: true);
        rate.Came(1, isInMidst: false);
        Pass(rate, seconds: 100, bytes: 0);
        Assert.IsNull(rate.TooSlowFor());
        rate.Came(1, isInMidst: true);
        rate.Pause();
        Pass(rate, seconds: 100, bytes: 0);
        Assert.IsNull(rate.TooSlowFor());
        rate.Came(1, isInMidst: true);
        Pass(rate, seconds: 10, bytes: 0);
        Assert.IsNotNull(rate.TooSlowFor());

        var any = new LeastDataRate(0, s_grace, _time);
        any.Came(1, isInMidst: true);
        Pass(any, seconds: 100, bytes: 0);
        Assert.IsNull(any.TooSlowFor());
    }

    /// <summary>Where in a message the bytes come slowly: PDU header, header of a fragment, command, between command and data set, data set, between its PDUs.</summary>
    [TestMethod]
    [DataRow(3, DisplayName = "header of a PDU")]
    [DataRow(8, DisplayName = "header of a fragment")]
    [DataRow(40, DisplayName = "command")]
    [DataRow(-1, DisplayName = "behind the command")]
    [DataRow(-500, DisplayName = "data set")]
    public async Task A_peer_that_sends_a_byte_now_and_then_is_aborted_wherever_it_is(int at)
    {
        var log = new CapturedLog();
        await using var server = await StartAsync(log, static _ => { });
        using var peer = await server.AssociateAsync(new Proposal(1, TestClasses.CT.Uid, Explicit), new Proposal(3, TestClasses.Verification.Uid, Implicit));
        await peer.AssertLivesAsync(3);
        var command = Pdu(RawConnection.Data, Fragment(1, isCommand: true, isLast: true, Store(1, TestClasses.CT.Uid, "1.2.3")));
        byte[] message = [.. command, .. Pdu(RawConnection.Data, Fragment(1, isCommand: false, isLast: true, EncodedDataSet.Instance(4_000, TestClasses.CT.Uid, "1.2.3")))];
        var first = at > 0 ? at : at == -1 ? command.Length : message.Length + at;
        await peer.Stream.WriteAsync(message.AsMemory(0, first));
        using var over = new CancellationTokenSource();
        var dripping = DripAsync(peer, message.AsMemory(first), over.Token);

        Assert.AreEqual((byte)2, (await peer.ReadAbortAsync()).Source);
        await over.CancelAsync();
        await dripping;
        Assert.IsTrue(log.Lines.Any(static line => line.Level == LogLevel.Warning && line.Text.Contains("bytes a second", StringComparison.Ordinal)));
        Assert.IsEmpty(server.Parts());
    }

    [TestMethod]
    public async Task A_slow_one_that_is_fast_enough_and_a_silent_one_between_messages_are_served()
    {
        await using var server = await StartAsync(new CapturedLog(), static _ => { });
        using var peer = await server.AssociateAsync(new Proposal(1, TestClasses.CT.Uid, Explicit), new Proposal(3, TestClasses.Verification.Uid, Implicit));
        byte[] message =
        [
            .. Pdu(RawConnection.Data, Fragment(1, isCommand: true, isLast: true, Store(1, TestClasses.CT.Uid, "1.2.3"))),
            .. Pdu(RawConnection.Data, Fragment(1, isCommand: false, isLast: true, EncodedDataSet.Instance(8_000, TestClasses.CT.Uid, "1.2.3"))),
        ];
        for (var sent = 0; sent < message.Length; sent += 200)
        {
            await peer.Stream.WriteAsync(message.AsMemory(sent, Math.Min(200, message.Length - sent)));
            await Task.Delay(30);
        }

        Assert.AreEqual(0, await peer.ReadStatusAsync());
        await Task.Delay(s_short * 4);
        await peer.AssertLivesAsync(3);
    }

    [TestMethod]
    public async Task A_server_that_answers_a_byte_now_and_then_is_aborted_by_a_user()
    {
        await using var peer = new RawPeer(static async c =>
        {
            await c.AcceptAsync();
            var (_, _, _, id) = await c.ReadMessageAsync(hasData: false);
            await c.WriteHeaderAsync(RawConnection.Data, 100);

            // One presentation data value of the PDU's own length, and then a byte of it now and then.
            await c.WriteRawAsync([0, 0, 0, 96, id]);
            while (true)
            {
                await c.WriteRawAsync([id]);
                await Task.Delay(50);
            }
        });
        var options = ScuAssociationTests.Options(peer.Port);
        (options.MinDataRate, options.MinDataRateGracePeriod) = (1000, s_short);
        await using var association = await ScuAssociation.OpenAsync(new TestHandlers(TestClasses.Scu(TestClasses.Verification)), options);

        var e = await Assert.ThrowsAsync<AssociationException>(async () => await association.CEchoAsync<TestStatus>());

        StringAssert.Contains(e.Message, "bytes a second");
    }

    private void Pass(LeastDataRate rate, int seconds, int bytes)
    {
        _time.Advance(TimeSpan.FromSeconds(seconds));
        if (bytes > 0)
        {
            rate.Came(bytes, isInMidst: true);
        }
    }

    private static async Task DripAsync(Requestor peer, ReadOnlyMemory<byte> bytes, CancellationToken over)
    {
        try
        {
            for (var i = 0; i < bytes.Length; i++)
            {
                await peer.Stream.WriteAsync(bytes.Slice(i, 1), over);
                await Task.Delay(50, over);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // It has been aborted.
        }
    }

    private static Task<TestServer> StartAsync(CapturedLog log, Action<DicomScpOptions> configure) => TestServer.StartAsync(
        options =>
        {
            (options.MinDataRate, options.MinDataRateGracePeriod, options.LoggerFactory) = (1000, s_short, log);
            configure(options);
        },
        TestClasses.Binding(DicomRole.Scp, [TestClasses.CT], cStore: static (_, _, _) => ValueTask.FromResult(new DimseResponse(0))));
}
