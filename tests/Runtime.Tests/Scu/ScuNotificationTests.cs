using FellowOakDicom;
using Specgen.Runtime.Tests.Associations;
using static Specgen.Runtime.Tests.Scu.RawConnection;

namespace Specgen.Runtime.Tests.Scu;

/// <summary>N-EVENT-REPORT over an association that the user opened.</summary>
[TestClass]
public sealed class ScuNotificationTests
{
    [TestMethod]
    public async Task A_notification_in_the_middle_of_a_request_is_answered_at_once()
    {
        NEventReportContext? seen = null;
        var user = User((_, context, _) =>
        {
            seen = context;
            return ValueTask.FromResult(new DimseResponse(0x0000));
        });
        int status = -1;
        await using var peer = new RawPeer(async c =>
        {
            await c.AcceptAsync();
            var (command, data, _, id) = await c.ReadMessageAsync(hasData: true);
            CollectionAssert.AreEqual(Uid("1.2.3"), Element(data, 0x00081195));
            CollectionAssert.AreEqual(Us(1), Element(command, 0x00001008));
            await NotifyAsync(c, id, 1, data);
            status = await ReadStatusAsync(c);
            await ScuAssociationTests.RespondAsync(c, id, command, 0x8130, 0x0000);
            await c.ReadAsync();
            await c.WriteAsync(ReleaseRp, 0, 0, 0, 0);
        });
        await using var association = await ScuAssociation.OpenAsync(user, Options(peer.Port));

        var result = await association.NActionAsync<TestStatus>(TestClasses.Commitment, TestClasses.CommitmentInstance, 1, new DicomDataset { { DicomTag.TransactionUID, "1.2.3" } });

        Assert.AreEqual(TestStatus.Success, result.Status);
        Assert.AreEqual(0, status);
        Assert.AreEqual((ushort)1, seen!.EventTypeId);
        Assert.AreEqual("1.2.3", seen.Dataset!.GetSingleValue<string>(DicomTag.TransactionUID));
        Assert.AreEqual(TestClasses.CommitmentInstance, seen.SopInstanceUid);
        Assert.AreSame(TestClasses.Commitment, seen.SopClass);
        Assert.AreEqual(("TESTER", "PEER", (ushort)9), (seen.CallingAE, seen.CalledAE, seen.MessageId));
        Assert.AreEqual(DicomTransferSyntax.ImplicitVRLittleEndian, seen.TransferSyntax);
    }

    [TestMethod]
    public async Task A_handler_may_make_requests_of_its_own()
    {
        var opened = new TaskCompletionSource<ScuAssociation>();
        var followed = new TaskCompletionSource<ushort>();
        var user = User(async (_, context, _) =>
        {
            context.AfterResponse(async ct => followed.SetResult((await (await opened.Task).CEchoAsync<TestStatus>(ct)).Code));
            return new DimseResponse((await (await opened.Task).CEchoAsync<TestStatus>()).Code);
        });
        int status = -1;
        await using var peer = new RawPeer(async c =>
        {
            await c.AcceptAsync();
            await NotifyAsync(c, 1, 2, []);
            await AnswerEchoAsync(c, 0xB000);
            status = await ReadStatusAsync(c);
            await AnswerEchoAsync(c, 0x0110);
            await c.ReadAsync();
            await c.WriteAsync(ReleaseRp, 0, 0, 0, 0);
        });
        await using var association = await ScuAssociation.OpenAsync(user, Options(peer.Port));
        opened.SetResult(association);

        Assert.AreEqual((ushort)0x0110, await followed.Task.WaitAsync(TimeSpan.FromSeconds(10)));
        Assert.AreEqual(0xB000, status);
    }

    [TestMethod]
    [DataRow(1, 7, "1.2.840.10008.1.20.1", 0x0113)]
    [DataRow(1, 1, "1.2.3.4.5.6", 0x0118)]
    [DataRow(1, 1, "1.2.840.10008.1.1", 0x0118)]
    [DataRow(1, 2, "1.2.840.10008.1.20.1", 0x0110)]
    [DataRow(3, 1, "1.2.840.10008.1.1", 0x0211)]
    public async Task What_cannot_be_handled_gets_the_standards_answer(int context, int eventType, string sopClass, int expected)
    {
        var user = User((_, _, _) => throw new InvalidOperationException(@"no \ way"));
        int status = -1;
        await using var peer = new RawPeer(async c =>
        {
            await c.AcceptAsync();
            await NotifyAsync(c, (byte)context, eventType, [], sopClass);
            status = await ReadStatusAsync(c);
            await c.ReadAsync();
            await c.WriteAsync(ReleaseRp, 0, 0, 0, 0);
        });
        await using (var association = await ScuAssociation.OpenAsync(user, Options(peer.Port)))
        {
            while (status < 0)
            {
                await Task.Delay(5);
            }

            Assert.IsTrue(association.IsOpen);
        }

        Assert.AreEqual(expected, status);
    }

    [TestMethod]
    public async Task A_handler_is_told_when_the_association_ends()
    {
        var told = new TaskCompletionSource();
        var user = User(async (_, _, ct) =>
        {
            await Task.Delay(Timeout.Infinite, ct).ContinueWith(_ => told.SetResult(), TaskScheduler.Default);
            return default;
        });
        await using var peer = new RawPeer(async c =>
        {
            await c.AcceptAsync();
            await NotifyAsync(c, 1, 1, []);
            await Task.Delay(100);
            await c.WriteAsync(Abort, 0, 0, 0, 0);
        });
        await using var association = await ScuAssociation.OpenAsync(user, Options(peer.Port));

        await told.Task.WaitAsync(TimeSpan.FromSeconds(10));

        Assert.IsFalse(association.IsOpen);
    }

    internal static async Task<int> ReadStatusAsync(RawConnection c)
    {
        var (command, _, _, _) = await c.ReadMessageAsync(hasData: false);
        CollectionAssert.AreEqual(Us(0x8100), Element(command, 0x00000100));
        CollectionAssert.AreEqual(Us(9), Element(command, 0x00000120));
        var status = Element(command, 0x00000900);
        return status[0] | status[1] << 8;
    }

    internal static async Task NotifyAsync(RawConnection c, byte contextId, int eventType, byte[] data, string sopClass = "1.2.840.10008.1.20.1")
    {
        await c.WriteCommandAsync(
            contextId,
            (0x00000002, Uid(sopClass)),
            (0x00000100, Us(0x0100)),
            (0x00000110, Us(9)),
            (0x00000800, Us(data.Length > 0 ? 1 : 0x0101)),
            (0x00001000, Uid(TestClasses.CommitmentInstance)),
            (0x00001002, Us(eventType)));
        if (data.Length > 0)
        {
            await c.WriteAsync(Data, [0, 0, 0, (byte)(data.Length + 2), contextId, 2, .. data]);
        }
    }

    private static async Task AnswerEchoAsync(RawConnection c, int status)
    {
        var (command, _, _, id) = await c.ReadMessageAsync(hasData: false);
        CollectionAssert.AreEqual(Us(0x0030), Element(command, 0x00000100));
        await ScuAssociationTests.RespondAsync(c, id, command, 0x8030, status);
    }

    internal static ScuOptions Options(int port)
    {
        var options = ScuAssociationTests.Options(port);
        options.PresentationContexts =
        [
            new ProposedContext(TestClasses.Commitment.Uid, "1.2.840.10008.1.2"),
            new ProposedContext(TestClasses.Verification.Uid, "1.2.840.10008.1.2"),
        ];
        return options;
    }

    internal static TestHandlers User(DimseHandler<NEventReportContext> handler) => new(
        TestClasses.Scu(TestClasses.Verification),
        TestClasses.Binding(DicomRole.Scu, [TestClasses.Commitment], nEventReport: handler, eventTypes: [1, 2]));
}
