using System.Text;
using FellowOakDicom;
using Specgen.Runtime.Tests.Scp;
using Specgen.Runtime.Tests.Scu;
using Specgen.Runtime.Tests.Wire;
using Specgen.Wire;
using static Specgen.Runtime.Tests.Wire.Requestor;

namespace Specgen.Runtime.Tests.Associations;

/// <summary>From a request to its answer: handlers, statuses, order.</summary>
[TestClass]
public sealed class DispatchTests
{
    private static readonly Proposal s_verification = new(1, TestClasses.Verification.Uid, Implicit);
    private static readonly Proposal s_ct = new(3, TestClasses.CT.Uid, Explicit);
    private static readonly Proposal s_commitment = new(5, TestClasses.Commitment.Uid, Implicit);
    private static readonly byte[] s_dataSet = [8, 0, 0x16, 0, (byte)'U', (byte)'I', 2, 0, (byte)'1', 0];

    /// <summary>As the storage page has it, and the commitment page.</summary>
    private static StatusInfo? FindStatus(DimseOperation operation, ushort code) => (operation, code) switch
    {
        (DimseOperation.CStore, >= 0xA700 and <= 0xA7FF) => new(code, StatusCategory.Failure, "Out of resources", "Storage"),
        (DimseOperation.CStore, >= 0xC000 and <= 0xCFFF) => new(code, StatusCategory.Failure, "Cannot understand", "Storage"),
        (DimseOperation.NAction, 0x0110 or 0x0213) => new(code, StatusCategory.Failure, "", "Commitment"),
        _ => null,
    };

    [TestMethod]
    public async Task Verification_is_always_answered()
    {
        await using var server = await TestServer.StartAsync();
        using var peer = await server.AssociateAsync(s_verification);

        await peer.SendCommandAsync(1, Echo(77));
        var response = await peer.ReadCommandAsync();

        Assert.AreEqual((0x8030, 77, (ushort?)0), (response.Field, response.MessageIdBeingRespondedTo, response.GetUInt16(CommandElement.Status)));
        Assert.AreEqual(TestClasses.Verification.Uid, Encoding.ASCII.GetString(response.SopClassUid));
        Assert.IsFalse(response.HasDataSet);
        await peer.ReleaseAsync();
        await TestServer.EventuallyAsync(() => server.Ends.Count == 1, "closed");
        Assert.AreEqual(AssociationEnd.Released, server.Ends[0]);
    }

    [TestMethod]
    public async Task A_handler_sees_its_request_and_its_answer_arrives_with_all_that_it_has()
    {
        NActionContext? seen = null;
        await using var server = await TestServer.StartAsync(Commitment((_, context, _) =>
        {
            seen = context;
            return ValueTask.FromResult(new DimseResponse(0xB123)
            {
                ErrorComment = "half of it",
                ErrorId = 7,
                OffendingElements = [DicomTag.TransactionUID],
                Dataset = new DicomDataset { { DicomTag.TransactionUID, "1.2.99" } },
            });
        }));
        using var peer = await server.AssociateAsync(s_commitment);

        await peer.SendCommandAsync(5, Action(9, TestClasses.Commitment.Uid, TestClasses.CommitmentInstance, 1, hasData: true));
        await peer.SendDataAsync(5, ImplicitElement(0x00081195, "1.2.3\0"), fragment: 5);
        var (command, data, _, _) = await peer.Wire.ReadMessageAsync(hasData: true);

        Assert.AreEqual(("CLIENT", "SERVER", "127.0.0.1", (ushort)9, (ushort)1), (seen!.CallingAE, seen.CalledAE, seen.RemoteHost, seen.MessageId, seen.ActionTypeId));
        Assert.AreEqual((TestClasses.CommitmentInstance, DicomTransferSyntax.ImplicitVRLittleEndian), (seen.SopInstanceUid, seen.TransferSyntax));
        Assert.AreSame(TestClasses.Commitment, seen.SopClass);
        Assert.AreEqual("1.2.3", seen.Dataset!.GetSingleValue<string>(DicomTag.TransactionUID));
        var response = CommandSet.Read(command)!;
        Assert.AreEqual((0x8130, (ushort?)0xB123, (ushort?)7, "half of it", (ushort?)1), (
            response.Field, response.GetUInt16(CommandElement.Status), response.GetUInt16(CommandElement.ErrorId), response.GetText(CommandElement.ErrorComment), response.GetUInt16(CommandElement.ActionTypeId)));
        CollectionAssert.AreEqual(new byte[] { 8, 0, 0x95, 0x11 }, response.Get(CommandElement.OffendingElement).ToArray());
        Assert.AreEqual(TestClasses.CommitmentInstance, Encoding.ASCII.GetString(response.SopInstanceUid));
        CollectionAssert.AreEqual(ImplicitElement(0x00081195, "1.2.99"), data);
    }

    [TestMethod]
    public async Task Exceptions_become_failures_of_the_own_table()
    {
        var next = new Queue<Exception>(
        [
            new InvalidOperationException("back\\slash\r\nand more"), new IOException("/srv/patients/1: no space left"), new UnauthorizedAccessException("/srv/patients/2"), new OutOfMemoryException(),
            new DicomDataException("no such thing"), new FileNotFoundException("gone"),
        ]);
        await using var server = await TestServer.StartAsync(Storage((_, _, _) => throw next.Dequeue()), Commitment(static (_, _, _) => throw new IOException("full")));
        using var peer = await server.AssociateAsync(s_verification, s_ct, s_commitment);

        Assert.AreEqual((0xC000, "An error of the server"), await StoreAsync(peer));
        Assert.AreEqual((0xA700, "It could not be kept"), await StoreAsync(peer));
        Assert.AreEqual((0xA700, "It could not be kept"), await StoreAsync(peer));
        Assert.AreEqual(0xA700, (await StoreAsync(peer)).Status);
        Assert.AreEqual((0xC000, "The data set was not understood"), await StoreAsync(peer));
        Assert.AreEqual(0xC000, (await StoreAsync(peer)).Status);
        await peer.SendCommandAsync(5, Action(1, TestClasses.Commitment.Uid, TestClasses.CommitmentInstance, 1, hasData: false));
        Assert.AreEqual(0x0213, await peer.ReadStatusAsync());
        await peer.AssertLivesAsync(1);
        await TestServer.EventuallyAsync(() => server.Completed.Count == 8, "Told of after the response.");
        CollectionAssert.AreEqual(Enumerable.Repeat(StatusCategory.Failure, 7).Append(StatusCategory.Success).ToArray(), server.Completed.Select(static c => c.Category).ToArray());

        static async Task<(int Status, string? Comment)> StoreAsync(Requestor peer)
        {
            await peer.SendCommandAsync(3, Store(1, TestClasses.CT.Uid, "1.2.3"));
            await peer.SendDataAsync(3, s_dataSet);
            var response = await peer.ReadCommandAsync();
            return (response.GetUInt16(CommandElement.Status)!.Value, response.GetText(CommandElement.ErrorComment));
        }
    }

    [TestMethod]
    public async Task What_is_not_served_gets_the_standards_answer()
    {
        await using var server = await TestServer.StartAsync(
            Storage(static (_, _, _) => ValueTask.FromResult(new DimseResponse(0))), Commitment(static (_, _, _) => ValueTask.FromResult(new DimseResponse(0)), actionTypes: [1]));
        using var peer = await server.AssociateAsync(s_verification, s_ct, s_commitment);

        await AssertStatusAsync(0x0211, 3, Action(1, TestClasses.CT.Uid, "1.2.3", 1, hasData: true), s_dataSet);
        await AssertStatusAsync(0x0211, 1, Store(1, TestClasses.Verification.Uid, "1.2.3"), s_dataSet);
        await AssertStatusAsync(0x0122, 3, Store(1, TestClasses.MR.Uid, "1.2.3"), s_dataSet);
        await AssertStatusAsync(0x0118, 5, Action(1, "1.2.3.4", TestClasses.CommitmentInstance, 1, hasData: false), null);
        await AssertStatusAsync(0x0118, 5, Event(1, TestClasses.Commitment.Uid, TestClasses.CommitmentInstance, 1), null);
        await AssertStatusAsync(0x0123, 5, Action(1, TestClasses.Commitment.Uid, TestClasses.CommitmentInstance, 2, hasData: false), null);
        await AssertStatusAsync(0x0211, 1, Command(0x0020, 1, TestClasses.Verification.Uid, WithDataSet).ToArray(), s_dataSet);
        await AssertStatusAsync(0x0211, 1, Command(0x0BAD & 0x7FFF, 1, TestClasses.Verification.Uid, NoDataSet).ToArray(), null);
        await peer.AssertLivesAsync(1);

        async Task AssertStatusAsync(int status, byte context, byte[] command, byte[]? data)
        {
            await peer.SendCommandAsync(context, command);
            if (data is not null)
            {
                await peer.SendDataAsync(context, data);
            }

            Assert.AreEqual(status, await peer.ReadStatusAsync());
        }
    }

    [TestMethod]
    public async Task A_notification_is_handled_in_the_users_role()
    {
        await using var server = await TestServer.StartAsync(TestClasses.Binding(
            DicomRole.Scu, [TestClasses.Commitment], nEventReport: static (_, c, _) => ValueTask.FromResult(new DimseResponse(c.EventTypeId == 2 ? (ushort)0x0000 : (ushort)0x0110)), eventTypes: [1, 2]));
        using var peer = await ConnectAsync(server.Port);
        await peer.Stream.WriteAsync(AssociateRequest([s_commitment], roles: (TestClasses.Commitment.Uid, 0, 1)));
        Assert.AreEqual(RawConnection.Ac, (await peer.ReadAsync()).Type);

        await peer.SendCommandAsync(5, Event(3, TestClasses.Commitment.Uid, TestClasses.CommitmentInstance, 2));
        var response = await peer.ReadCommandAsync();
        Assert.AreEqual((0x8100, (ushort?)0x0000, (ushort?)2), (response.Field, response.GetUInt16(CommandElement.Status), response.GetUInt16(CommandElement.EventTypeId)));
        await peer.SendCommandAsync(5, Event(4, TestClasses.Commitment.Uid, TestClasses.CommitmentInstance, 3));
        Assert.AreEqual(0x0113, await peer.ReadStatusAsync());
        await peer.SendCommandAsync(5, Action(5, TestClasses.Commitment.Uid, TestClasses.CommitmentInstance, 1, hasData: false));
        Assert.AreEqual(0x0118, await peer.ReadStatusAsync());
    }

    [TestMethod]
    [DataRow(new byte[] { 8, 0, 0x95, 0x11, 0xFF, 0, 0, 0, 1 })]
    [DataRow(new byte[] { 8, 0 })]
    [DataRow(new byte[] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13 })]
    public async Task An_undecodable_data_set_does_not_end_the_association(byte[] data)
    {
        await using var server = await TestServer.StartAsync(Commitment(static (_, _, _) => ValueTask.FromResult(new DimseResponse(0))));
        using var peer = await server.AssociateAsync(s_verification, s_commitment);

        await peer.SendCommandAsync(5, Action(1, TestClasses.Commitment.Uid, TestClasses.CommitmentInstance, 1, hasData: true));
        await peer.SendDataAsync(5, data);

        Assert.AreEqual(0x0110, await peer.ReadStatusAsync());
        await peer.AssertLivesAsync(1);
    }

    [TestMethod]
    public async Task Sloppy_UIDs_are_given_back_as_they_came()
    {
        await using var server = await TestServer.StartAsync(
            static options => options.UidCheck = UidCheck.None,
            Storage(static (_, c, _) => ValueTask.FromResult(new DimseResponse(c.SopInstanceUid == "1.02.x" ? (ushort)0 : (ushort)0xC001))));
        using var peer = await server.AssociateAsync(s_ct);

        await peer.SendCommandAsync(3, Store(1, TestClasses.CT.Uid + " ", "1.02.x"));
        await peer.SendDataAsync(3, s_dataSet);
        var response = await peer.ReadCommandAsync();

        Assert.AreEqual((ushort?)0, response.GetUInt16(CommandElement.Status));
        Assert.AreEqual("1.02.x", Encoding.ASCII.GetString(response.SopInstanceUid));
    }

    [TestMethod]
    public async Task Requests_are_answered_one_after_the_other_in_their_order()
    {
        var running = 0;
        await using var server = await TestServer.StartAsync(Commitment(async (_, context, _) =>
        {
            Assert.AreEqual(1, Interlocked.Increment(ref running));
            await Task.Delay(context.MessageId % 3 * 20);
            Interlocked.Decrement(ref running);
            return new DimseResponse(0);
        }));
        using var peer = await server.AssociateAsync(s_commitment);
        for (ushort id = 1; id <= 12; id++)
        {
            await peer.SendCommandAsync(5, Action(id, TestClasses.Commitment.Uid, TestClasses.CommitmentInstance, 1, hasData: false));
        }

        for (ushort id = 1; id <= 12; id++)
        {
            var response = await peer.ReadCommandAsync();
            Assert.AreEqual((id, (ushort?)0), (response.MessageIdBeingRespondedTo, response.GetUInt16(CommandElement.Status)));
        }
    }

    [TestMethod]
    public async Task A_flood_of_requests_is_stopped()
    {
        var release = new TaskCompletionSource();
        await using var server = await TestServer.StartAsync(Commitment(async (_, _, ct) =>
        {
            await release.Task.WaitAsync(ct);
            return new DimseResponse(0);
        }));
        using var peer = await server.AssociateAsync(s_commitment);
        for (ushort id = 1; id <= 30; id++)
        {
            await peer.SendCommandAsync(5, Action(id, TestClasses.Commitment.Uid, TestClasses.CommitmentInstance, 1, hasData: false));
        }

        Assert.AreEqual(((byte)2, (byte)0), await peer.ReadAbortAsync());
        Assert.IsEmpty(server.Completed);
    }

    private static ServiceBinding Storage(DimseHandler<CStoreContext> handler) => new()
    {
        Role = DicomRole.Scp,
        ServiceClass = "Storage",
        SopClasses = [TestClasses.CT],
        FindStatus = FindStatus,
        CStore = handler,
    };

    private static ServiceBinding Commitment(DimseHandler<NActionContext> handler, ushort[]? actionTypes = null) => new()
    {
        Role = DicomRole.Scp,
        ServiceClass = "Commitment",
        SopClasses = [TestClasses.Commitment],
        FindStatus = FindStatus,
        NAction = handler,
        ActionTypes = actionTypes,
    };

    private static byte[] ImplicitElement(uint tag, string value) =>
        [(byte)(tag >> 16), (byte)(tag >> 24), (byte)tag, (byte)(tag >> 8), (byte)value.Length, 0, 0, 0, .. Encoding.ASCII.GetBytes(value)];
}
