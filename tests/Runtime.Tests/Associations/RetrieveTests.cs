using System.Runtime.CompilerServices;
using System.Text;
using FellowOakDicom;
using Specgen.Runtime.Tests.Scu;
using Specgen.Runtime.Tests.Wire;
using Specgen.Wire;
using static Specgen.Runtime.Tests.Wire.Requestor;

namespace Specgen.Runtime.Tests.Associations;

/// <summary>C-MOVE and C-GET as a provider: what is sent where, what is counted, what is answered.</summary>
[TestClass]
public sealed class RetrieveTests
{
    public static readonly SopClass Move = new("1.2.840.10008.5.1.4.1.2.2.2", "StudyRootQueryRetrieveInformationModelMove", "Study Root MOVE", "Query/Retrieve Service Class", null, false);
    public static readonly SopClass Get = new("1.2.840.10008.5.1.4.1.2.2.3", "StudyRootQueryRetrieveInformationModelGet", "Study Root GET", "Query/Retrieve Service Class", null, false);

    private static readonly Proposal s_move = new(1, Move.Uid, Implicit);
    private static readonly Proposal s_get = new(1, Get.Uid, Implicit);
    private static readonly Proposal s_verification = new(3, TestClasses.Verification.Uid, Implicit);

    private enum Status : ushort
    {
        Success = 0x0000,
        IdentifierDoesNotMatch = 0xA900,
    }

    [TestMethod]
    public async Task Everything_is_sent_to_the_destination_byte_by_byte_and_counted()
    {
        using var files = new InstanceFiles();
        await using var destination = await DestinationAsync(files.Folder);
        string? level = null;
        await using var server = await ServerAsync(destination.Port, (context, _) =>
        {
            level = context.Level + " " + context.MoveDestination;
            return Instances(files, 5);
        });
        using var peer = await server.AssociateAsync(s_move);

        await AskAsync(peer, 7, "DEST");
        var first = await peer.ReadCommandAsync();
        var last = await ReadLastAsync(peer, first);

        Assert.AreEqual((0x8021, (ushort)7, (ushort?)0xFF00, (ushort?)5, (ushort?)0), (first.Field, first.MessageIdBeingRespondedTo, first.GetUInt16(0x0900), first.GetUInt16(0x1020), first.GetUInt16(0x1021)));
        Assert.AreEqual(((ushort?)0, false), (last.Command.GetUInt16(0x0900), last.Command.HasDataSet));
        Assert.AreEqual((null, 5, 0, 0), Counts(last.Command));
        Assert.AreEqual("STUDY DEST", level);
        files.AssertReceived(5);
        await TestServer.EventuallyAsync(() => destination.Ends.Count == 1, "released");
        Assert.AreEqual(AssociationEnd.Released, destination.Ends[0]);
    }

    [TestMethod]
    public async Task The_destination_is_told_who_asked()
    {
        using var files = new InstanceFiles();
        CommandSet? seen = null;
        await using var destination = new RawPeer(async c =>
        {
            await c.AcceptAsync();
            var (command, _, _, id) = await c.ReadMessageAsync(hasData: true);
            seen = CommandSet.Read(command);
            await ScuAssociationTests.RespondAsync(c, id, command, 0x8001, 0xB007);
            await c.ReadAsync();
            await c.WriteAsync(RawConnection.ReleaseRp, 0, 0, 0, 0);
        });
        await using var server = await ServerAsync(destination.Port, (_, _) => Instances(files, 1));
        using var peer = await server.AssociateAsync(s_move);

        await AskAsync(peer, 77, "DEST");
        var last = await ReadLastAsync(peer);

        Assert.AreEqual(("CLIENT", (ushort?)77), (seen!.GetText(CommandElement.MoveOriginatorAETitle), seen.GetUInt16(CommandElement.MoveOriginatorMessageId)));
        Assert.AreEqual((ushort?)0xB000, last.Command.GetUInt16(0x0900));
        Assert.AreEqual((null, 0, 0, 1), Counts(last.Command));
    }

    [TestMethod]
    public async Task An_unknown_destination_is_refused_before_the_handler_is_asked()
    {
        await using var server = await ServerAsync(1, (_, _) => throw new InvalidOperationException("asked"));
        using var peer = await server.AssociateAsync(s_move, s_verification);

        await AskAsync(peer, 1, "NOBODY");
        var last = await ReadLastAsync(peer);

        Assert.AreEqual(((ushort?)0xA801, "Move destination NOBODY is unknown"), (last.Command.GetUInt16(0x0900), last.Command.GetText(CommandElement.ErrorComment)));
        await peer.AssertLivesAsync(3);
    }

    [TestMethod]
    public async Task Nothing_to_send_is_a_success_without_an_association()
    {
        await using var server = await ServerAsync(1, static (_, _) => None());
        using var peer = await server.AssociateAsync(s_move);

        await AskAsync(peer, 1, "DEST");
        var last = await ReadLastAsync(peer);

        Assert.AreEqual((ushort?)0, last.Command.GetUInt16(0x0900));
        Assert.AreEqual((null, 0, 0, 0), Counts(last.Command));
    }

    [TestMethod]
    public async Task A_failure_of_the_handlers_ends_it_without_anything_being_sent()
    {
        using var files = new InstanceFiles();
        var isThrowing = false;
        await using var server = await ServerAsync(1, (_, _) => Failing());
        using var peer = await server.AssociateAsync(s_move);

        await AskAsync(peer, 1, "DEST");
        Assert.AreEqual((ushort?)0xA900, (await ReadLastAsync(peer)).Command.GetUInt16(0x0900));
        isThrowing = true;
        await AskAsync(peer, 2, "DEST");
        var last = (await ReadLastAsync(peer)).Command;
        Assert.AreEqual(((ushort?)0xC000, "An error of the server"), (last.GetUInt16(0x0900), last.GetText(CommandElement.ErrorComment)));

        async IAsyncEnumerable<RetrieveResult<Status>> Failing()
        {
            await foreach (var next in Instances(files, 3))
            {
                yield return next;
            }

            if (isThrowing)
            {
                throw new InvalidOperationException("no index");
            }

            yield return Status.IdentifierDoesNotMatch;
        }
    }

    [TestMethod]
    public async Task A_destination_that_is_not_there_fails_all_and_their_UIDs_are_told()
    {
        using var files = new InstanceFiles();
        await using var server = await ServerAsync(ScuAssociationTests.FreePort(), (_, _) => Instances(files, 3));
        using var peer = await server.AssociateAsync(s_move, s_verification);

        await AskAsync(peer, 1, "DEST");
        var last = await ReadLastAsync(peer);

        Assert.AreEqual((ushort?)0xA702, last.Command.GetUInt16(0x0900));
        StringAssert.Contains(last.Command.GetText(CommandElement.ErrorComment), "DEST cannot be reached");
        Assert.AreEqual((null, 0, 3, 0), Counts(last.Command));
        CollectionAssert.AreEqual(new[] { "1.2.3.1", "1.2.3.2", "1.2.3.3" }, FailedUids(last.Data));
        await peer.AssertLivesAsync(3);
    }

    [TestMethod]
    public async Task A_destination_that_dies_half_way_fails_the_rest()
    {
        using var files = new InstanceFiles();
        await using var destination = new RawPeer(async c =>
        {
            await c.AcceptAsync();
            for (var i = 0; i < 2; i++)
            {
                var (command, _, _, id) = await c.ReadMessageAsync(hasData: true);
                await ScuAssociationTests.RespondAsync(c, id, command, 0x8001, 0);
            }

            await c.ReadAsync();
        });
        await using var server = await ServerAsync(destination.Port, (_, _) => Instances(files, 5));
        using var peer = await server.AssociateAsync(s_move);

        await AskAsync(peer, 1, "DEST");
        var last = await ReadLastAsync(peer);

        Assert.AreEqual((ushort?)0xB000, last.Command.GetUInt16(0x0900));
        Assert.AreEqual((null, 2, 3, 0), Counts(last.Command));
        CollectionAssert.AreEqual(new[] { "1.2.3.3", "1.2.3.4", "1.2.3.5" }, FailedUids(last.Data));
    }

    [TestMethod]
    public async Task What_the_destination_does_not_take_and_files_that_are_gone_fail_alone()
    {
        using var files = new InstanceFiles();
        await using var destination = await DestinationAsync(files.Folder);
        await using var server = await ServerAsync(destination.Port, (_, _) => Mixed());
        using var peer = await server.AssociateAsync(s_move);

        await AskAsync(peer, 1, "DEST");
        var last = await ReadLastAsync(peer);

        Assert.AreEqual((ushort?)0xB000, last.Command.GetUInt16(0x0900));
        Assert.AreEqual((null, 2, 3, 0), Counts(last.Command));
        CollectionAssert.AreEqual(new[] { "1.2.3.10", "1.2.3.11", "1.2.3.12" }, FailedUids(last.Data));
        files.AssertReceived(2);

        async IAsyncEnumerable<RetrieveResult<Status>> Mixed()
        {
            await Task.Yield();
            yield return files.Instance(1);
            yield return new InstanceReference(TestClasses.MR.Uid, "1.2.3.10", Explicit, files.Write(10, TestClasses.MR.Uid));
            yield return new InstanceReference(TestClasses.CT.Uid, "1.2.3.11", Explicit, Path.Combine(files.Folder, "none.dcm"));
            yield return new InstanceReference(TestClasses.CT.Uid, "1.2.3.12", Explicit, static _ => throw new InvalidOperationException("no store"));
            yield return files.Instance(2);
        }
    }

    [TestMethod]
    public async Task What_is_uncompressed_is_sent_as_the_destination_takes_it_and_nothing_is_decompressed()
    {
        using var files = new InstanceFiles();
        await using var destination = await TestServer.StartAsync(
            static options =>
            {
                options.AETitle = "DEST";
                options.TransferSyntaxes = [Implicit];
            },
            TestClasses.Binding(DicomRole.Scp, [TestClasses.CT], cStore: async (_, context, token) =>
            {
                await context.SaveAsync(Path.Combine(files.Folder, context.SopInstanceUid + ".received"), token);
                return new DimseResponse(0);
            }));
        await using var server = await ServerAsync(destination.Port, static (_, _) => Two());
        using var peer = await server.AssociateAsync(s_move);

        await AskAsync(peer, 1, "DEST");
        var last = await ReadLastAsync(peer);

        Assert.AreEqual((null, 1, 1, 0), Counts(last.Command));
        CollectionAssert.AreEqual(new[] { "1.2.3.2" }, FailedUids(last.Data));
        var received = await DicomFile.OpenAsync(Path.Combine(files.Folder, "1.2.3.1.received"));
        Assert.AreEqual(("P", DicomTransferSyntax.ImplicitVRLittleEndian), (received.Dataset.GetString(DicomTag.PatientID), received.Dataset.InternalTransferSyntax));

        static async IAsyncEnumerable<RetrieveResult<Status>> Two()
        {
            await Task.Yield();
            yield return new DicomFile(new DicomDataset { { DicomTag.SOPClassUID, TestClasses.CT.Uid }, { DicomTag.SOPInstanceUID, "1.2.3.1" }, { DicomTag.PatientID, "P" } });
            var pixels = new DicomOtherByteFragment(DicomTag.PixelData);
            pixels.Fragments.Add(new FellowOakDicom.IO.Buffer.MemoryByteBuffer([1, 2, 3, 4]));
            yield return new DicomFile(new DicomDataset(DicomTransferSyntax.RLELossless) { { DicomTag.SOPClassUID, TestClasses.CT.Uid }, { DicomTag.SOPInstanceUID, "1.2.3.2" }, pixels });
        }
    }

    [TestMethod]
    public async Task Cancel_stops_between_two_instances_and_tells_what_remains()
    {
        using var files = new InstanceFiles();
        var isFirst = new TaskCompletionSource();
        var isCancelled = new TaskCompletionSource();
        var seen = default(CancellationToken);
        await using var destination = new RawPeer(async c =>
        {
            await c.AcceptAsync();
            var (command, _, _, id) = await c.ReadMessageAsync(hasData: true);
            isFirst.SetResult();
            await isCancelled.Task;
            await ScuAssociationTests.RespondAsync(c, id, command, 0x8001, 0);
            await c.ReadAsync();
            await c.WriteAsync(RawConnection.ReleaseRp, 0, 0, 0, 0);
        });
        await using var server = await ServerAsync(destination.Port, (_, token) =>
        {
            seen = token;
            return Instances(files, 4);
        });
        using var peer = await server.AssociateAsync(s_move, s_verification);

        await AskAsync(peer, 5, "DEST");
        await isFirst.Task.WaitAsync(TimeSpan.FromSeconds(10));
        await peer.SendCommandAsync(1, Cancel(5));
        await TestServer.EventuallyAsync(() => seen.IsCancellationRequested, "cancelled");
        isCancelled.SetResult();
        var last = await ReadLastAsync(peer);

        Assert.AreEqual((ushort?)0xFE00, last.Command.GetUInt16(0x0900));
        Assert.AreEqual((3, 1, 0, 0), Counts(last.Command));
        await peer.AssertLivesAsync(3);
    }

    [TestMethod]
    public async Task Cancel_does_not_wait_for_a_destination_that_has_gone_silent()
    {
        using var files = new InstanceFiles();
        var isFirst = new TaskCompletionSource();
        await using var destination = new RawPeer(async c =>
        {
            await c.AcceptAsync();
            await c.ReadMessageAsync(hasData: true);
            isFirst.SetResult();
            await c.ReadTypesAsync();
        });
        await using var server = await ServerAsync(destination.Port, (_, _) => Instances(files, 4));
        using var peer = await server.AssociateAsync(s_move, s_verification);

        await AskAsync(peer, 5, "DEST");
        await isFirst.Task.WaitAsync(TimeSpan.FromSeconds(10));
        await peer.SendCommandAsync(1, Cancel(5));
        var last = await ReadLastAsync(peer);

        Assert.AreEqual((ushort?)0xFE00, last.Command.GetUInt16(0x0900));
        Assert.AreEqual((3, 0, 1, 0), Counts(last.Command));
        await peer.AssertLivesAsync(3);
    }

    [TestMethod]
    public async Task Cancel_while_the_handler_collects()
    {
        var started = new TaskCompletionSource();
        await using var server = await ServerAsync(1, (_, token) => Collecting(token));
        using var peer = await server.AssociateAsync(s_move);

        await AskAsync(peer, 5, "DEST");
        await started.Task.WaitAsync(TimeSpan.FromSeconds(10));
        await peer.SendCommandAsync(1, Cancel(5));

        Assert.AreEqual((ushort?)0xFE00, (await ReadLastAsync(peer)).Command.GetUInt16(0x0900));

        async IAsyncEnumerable<RetrieveResult<Status>> Collecting([EnumeratorCancellation] CancellationToken token)
        {
            started.SetResult();
            await Task.Delay(Timeout.Infinite, token);
            yield break;
        }
    }

    [TestMethod]
    public async Task More_kinds_than_an_association_has_room_for_go_over_several()
    {
        using var files = new InstanceFiles();
        var classes = Enumerable.Range(1, 150).Select(static i => $"1.2.840.10008.5.1.4.1.1.999.{i}").ToArray();
        await using var destination = await DestinationAsync(files.Folder, classes);
        await using var server = await ServerAsync(destination.Port, (_, _) => Many());
        using var peer = await server.AssociateAsync(s_move);

        await AskAsync(peer, 1, "DEST");
        var last = await ReadLastAsync(peer);

        Assert.AreEqual((ushort?)0, last.Command.GetUInt16(0x0900));
        Assert.AreEqual((null, 150, 0, 0), Counts(last.Command));
        await TestServer.EventuallyAsync(() => destination.Ends.Count == 3, "three associations");

        async IAsyncEnumerable<RetrieveResult<Status>> Many()
        {
            await Task.Yield();
            for (var i = 0; i < classes.Length; i++)
            {
                yield return InstanceReference.FromFile(files.Write(i + 1, classes[i]));
            }
        }
    }

    [TestMethod]
    public async Task CGet_sends_over_the_same_association_where_the_peer_has_the_role()
    {
        using var files = new InstanceFiles();
        await using var server = await ServerAsync(1, (_, _) => Mixed());
        using var peer = await Requestor.ConnectAsync(server.Port);
        await peer.Stream.WriteAsync(AssociateRequest(
            [s_get, new Proposal(3, TestClasses.CT.Uid, Explicit), new Proposal(5, TestClasses.Verification.Uid, Implicit)], roles: [(TestClasses.CT.Uid, 0, 1)]));
        var (_, accept) = await peer.ReadAsync();
        CollectionAssert.AreEqual(new byte[] { 0, 1 }, UserItems(accept, 0x54).Single()[^2..]);

        await peer.SendCommandAsync(1, Command(0x0010, 9, Get.Uid, WithDataSet).UInt16(0x0700, 0).ToArray());
        await peer.SendDataAsync(1, FindTests.Identifier("STUDY "));
        Assert.AreEqual(((ushort?)0xFF00, (ushort?)3), (await peer.ReadCommandAsync()) is var pending ? (pending.GetUInt16(0x0900), pending.GetUInt16(0x1020)) : default);
        for (var i = 1; i <= 2; i++)
        {
            var (command, data, _, context) = await peer.Wire.ReadMessageAsync(hasData: true);
            var store = CommandSet.Read(command)!;
            Assert.AreEqual((0x0001, $"1.2.3.{i}", (byte)3, (ushort?)null), (store.Field, Encoding.ASCII.GetString(store.SopInstanceUid), context, store.GetUInt16(CommandElement.MoveOriginatorMessageId)));
            CollectionAssert.AreEqual(InstanceFiles.Data(i), data);

            // The server still reads what has nothing to do with it.
            await peer.SendCommandAsync(5, Cancel(999));
            await peer.SendCommandAsync(3, Response(store, (ushort)(i == 1 ? 0 : 0xA700)));
        }

        var last = await ReadLastAsync(peer);
        Assert.AreEqual((0x8010, (ushort?)0xB000), (last.Command.Field, last.Command.GetUInt16(0x0900)));
        Assert.AreEqual((null, 1, 2, 0), Counts(last.Command));
        CollectionAssert.AreEqual(new[] { "1.2.3.2", "1.2.3.10" }, FailedUids(last.Data));
        await peer.AssertLivesAsync(5);

        async IAsyncEnumerable<RetrieveResult<Status>> Mixed()
        {
            await Task.Yield();
            yield return files.Instance(1);
            yield return files.Instance(2);
            yield return new InstanceReference(TestClasses.MR.Uid, "1.2.3.10", Explicit, files.Write(10, TestClasses.MR.Uid));
        }
    }

    [TestMethod]
    public async Task The_SCP_role_is_given_for_storage_only_and_only_beside_CGet()
    {
        await using var server = await ServerAsync(1, static (_, _) => None());
        using var peer = await Requestor.ConnectAsync(server.Port);
        await peer.Stream.WriteAsync(AssociateRequest([s_move, new Proposal(3, TestClasses.CT.Uid, Explicit)], roles: [(TestClasses.CT.Uid, 0, 1)]));
        Assert.AreEqual((0, 3), (await peer.ReadAsync()) is var (_, alone) ? (Result(alone, 1), Result(alone, 3)) : default);

        using var other = await Requestor.ConnectAsync(server.Port);
        await other.Stream.WriteAsync(AssociateRequest([s_get, new Proposal(3, TestClasses.CT.Uid, Explicit), new Proposal(5, TestClasses.Commitment.Uid, Explicit)], roles: [(TestClasses.CT.Uid, 0, 1), (TestClasses.Commitment.Uid, 0, 1)]));
        Assert.AreEqual((0, 0, 3), (await other.ReadAsync()) is var (_, beside) ? (Result(beside, 1), Result(beside, 3), Result(beside, 5)) : default);
    }

    private static async IAsyncEnumerable<RetrieveResult<Status>> Instances(InstanceFiles files, int count)
    {
        await Task.Yield();
        for (var i = 1; i <= count; i++)
        {
            yield return files.Instance(i);
        }
    }

    private static async IAsyncEnumerable<RetrieveResult<Status>> None()
    {
        await Task.Yield();
        yield break;
    }

    /// <summary>Takes CT images, or what is said, in every transfer syntax.</summary>
    private static Task<TestServer> DestinationAsync(string folder, params string[] classes) => TestServer.StartAsync(
        static options => options.AETitle = "DEST",
        TestClasses.Binding(DicomRole.Scp, classes.Length == 0 ? [TestClasses.CT] : [.. classes.Select(static uid => TestClasses.CT with { Uid = uid })], cStore: async (_, context, token) =>
        {
            await context.SaveAsync(Path.Combine(folder, context.SopInstanceUid + ".received"), token);
            return new DimseResponse(0);
        }));

    private static Task<TestServer> ServerAsync(int destination, Func<CMoveContext, CancellationToken, IAsyncEnumerable<RetrieveResult<Status>>> handler) => TestServer.StartAsync(
        options => options.Peers["DEST"] = new DicomPeer("127.0.0.1", destination),
        new ServiceBinding
        {
            Role = DicomRole.Scp,
            ServiceClass = Move.ServiceClass,
            SopClasses = [Move],
            FindStatus = FindStatus,
            CMove = (_, context, token) => RetrieveResult<Status>.ToSteps(handler(context, token), token),
        },
        new ServiceBinding
        {
            Role = DicomRole.Scp,
            ServiceClass = Move.ServiceClass,
            SopClasses = [Get],
            FindStatus = FindStatus,
            FindSopClass = static uid => new[] { TestClasses.CT, TestClasses.MR, TestClasses.Commitment }.FirstOrDefault(sopClass => sopClass.Uid == uid),
            CGet = (_, context, token) => RetrieveResult<Status>.ToSteps(handler(null!, token), token),
        });

    private static StatusInfo? FindStatus(DimseOperation operation, ushort code) =>
        code is 0xA702 or 0xA801 or 0xA900 or (>= 0xC000 and <= 0xCFFF) ? new StatusInfo(code, StatusCategory.Failure, "", "Query/Retrieve") : null;

    private static async Task AskAsync(Requestor peer, ushort id, string destination)
    {
        await peer.SendCommandAsync(1, new CommandWriter().Uid(0x0002, Move.Uid).UInt16(0x0100, 0x0021).UInt16(0x0110, id).Text(0x0600, destination).UInt16(0x0700, 0).UInt16(0x0800, WithDataSet).ToArray());
        await peer.SendDataAsync(1, FindTests.Identifier("STUDY "));
    }

    /// <summary>The response that is not pending.</summary>
    private static async Task<(CommandSet Command, byte[] Data)> ReadLastAsync(Requestor peer, CommandSet? before = null)
    {
        var command = before is not null && before.GetUInt16(0x0900) != 0xFF00 ? before : await peer.ReadCommandAsync();
        while (command.GetUInt16(0x0900) == 0xFF00)
        {
            Assert.IsFalse(command.HasDataSet);
            command = await peer.ReadCommandAsync();
        }

        return (command, command.HasDataSet ? (await peer.ReadAsync()).Body[6..] : []);
    }

    private static (int? Remaining, int Completed, int Failed, int Warning) Counts(CommandSet command) =>
        (command.GetUInt16(0x1020), command.GetUInt16(0x1021) ?? -1, command.GetUInt16(0x1022) ?? -1, command.GetUInt16(0x1023) ?? -1);

    /// <summary>Of an identifier in implicit VR with the one element.</summary>
    private static string[] FailedUids(byte[] data)
    {
        CollectionAssert.AreEqual(new byte[] { 8, 0, 0x58, 0 }, data[..4]);
        return Encoding.ASCII.GetString(data[8..]).TrimEnd('\0').Split('\\');
    }
}
