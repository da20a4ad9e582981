using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Specgen.Interop.Tests.Data;
using Specgen.Interop.Tests.Peers;
using Specgen.Interop.Tests.Wire;
using Specgen.Testing;

namespace Specgen.Interop.Tests;

/// <summary>Storage commitment by the byte: what the archive answers and reports, and where to (PS3.4 Annex J).</summary>
[TestClass]
public sealed partial class CommitmentTests
{
    private const string ImplicitLittleEndian = "1.2.840.10008.1.2";
    private const string PushModel = "1.2.840.10008.1.20.1";
    private const string PushModelInstance = "1.2.840.10008.1.20.1.1";
    private const ushort RequestStorageCommitment = 1;
    private const ushort Successful = 1;
    private const ushort FailuresExist = 2;

    private static int s_transactions;

    [TestMethod]
    public async Task ReportOnTheSameAssociation()
    {
        using var folder = new TemporaryFolder();
        await using var archive = await ArchiveProcess.StartAsync(folder.Sub("archive"));
        var files = await StoreAsync(archive, "ct", "mr");
        using var peer = await AssociateAsync(archive);
        var transaction = NewTransaction();

        var status = await RequestAsync(peer, transaction, files.Select(static f => (f.SopClassUid, f.InstanceUid)));
        var (type, report) = await AnswerReportAsync(peer);

        Assert.AreEqual(0, status);
        Assert.AreEqual(Successful, type);
        StringAssert.Contains(report, transaction);
        CollectionAssert.AreEquivalent(files.Select(static f => f.InstanceUid).ToList(), References(report, "ReferencedSOPInstanceUID"));
        Assert.IsFalse(report.Contains("FailedSOPSequence", StringComparison.Ordinal), report);
        await peer.ReleaseAsync();
    }

    [TestMethod]
    public async Task EachFailureHasItsReason()
    {
        using var folder = new TemporaryFolder();
        await using var archive = await ArchiveProcess.StartAsync(folder.Sub("archive"));
        var file = (await StoreAsync(archive, "ct"))[0];
        using var peer = await AssociateAsync(archive);

        await RequestAsync(peer, NewTransaction(),
            [(file.SopClassUid, file.InstanceUid), (TestFiles.MRImageStorage, file.InstanceUid), (TestFiles.CTImageStorage, "1.2.3.4.5"), ("1.2.826.0.1.3680043.10.1467.7.9999", "1.2.3.4.6")]);
        var (type, report) = await AnswerReportAsync(peer);

        Assert.AreEqual(FailuresExist, type);
        // PS3.3 C.14.1.1: class/instance conflict, no such object instance, referenced SOP class not supported.
        CollectionAssert.AreEquivalent(new[] { 0x0119, 0x0112, 0x0122 }, Reasons(report), report);
        StringAssert.Contains(report, "ReferencedSOPSequence");
        CollectionAssert.AreEquivalent(new[] { file.InstanceUid, file.InstanceUid, "1.2.3.4.5", "1.2.3.4.6" }, References(report, "ReferencedSOPInstanceUID"));
        await peer.ReleaseAsync();
    }

    [TestMethod]
    public async Task ATransactionUidIsUsedOnce()
    {
        using var folder = new TemporaryFolder();
        await using var archive = await ArchiveProcess.StartAsync(folder.Sub("archive"));
        var file = (await StoreAsync(archive, "ct"))[0];
        using var peer = await AssociateAsync(archive);
        var transaction = NewTransaction();
        await RequestAsync(peer, transaction, [(file.SopClassUid, file.InstanceUid)]);
        Assert.AreEqual(Successful, (await AnswerReportAsync(peer)).Type);

        await RequestAsync(peer, transaction, [(file.SopClassUid, file.InstanceUid)]);
        var (type, report) = await AnswerReportAsync(peer);

        Assert.AreEqual(FailuresExist, type);
        CollectionAssert.AreEqual(new[] { 0x0131 }, Reasons(report), report);
        Assert.IsFalse(report.Contains("ReferencedSOPSequence", StringComparison.Ordinal), report);
        await peer.ReleaseAsync();
    }

    [TestMethod]
    public async Task RequestsThatCannotBeProcessedAreRefused()
    {
        using var folder = new TemporaryFolder();
        await using var archive = await ArchiveProcess.StartAsync(folder.Sub("archive"));
        using var peer = await AssociateAsync(archive);

        // PS3.7 §10.1.4.1.10: no such SOP instance, no such action, invalid argument value.
        Assert.AreEqual(0x0112, await RequestAsync(peer, NewTransaction(), [("1.2", "1.3")], instance: "1.2.3"));
        Assert.AreEqual(0x0123, await RequestAsync(peer, NewTransaction(), [("1.2", "1.3")], action: 9));
        Assert.AreEqual(0x0115, await RequestAsync(peer, NewTransaction(), []));
        Assert.AreEqual(0x0115, await RequestAsync(peer, "", [("1.2", "1.3")]));
        await peer.ReleaseAsync();
    }

    [TestMethod]
    public async Task ReportOnANewAssociationWhenTheFirstIsGone()
    {
        using var folder = new TemporaryFolder();
        using var user = new TcpListener(IPAddress.Loopback, 0);
        user.Start();
        await using var archive = await ArchiveProcess.StartAsync(folder.Sub("archive"), "--peer", $"ROUGH=127.0.0.1:{((IPEndPoint)user.LocalEndpoint).Port}");
        var file = (await StoreAsync(archive, "ct"))[0];
        var transaction = NewTransaction();
        using (var peer = await AssociateAsync(archive))
        {
            Assert.AreEqual(0, await RequestAsync(peer, transaction, [(file.SopClassUid, file.InstanceUid)]));
            // Gone without an answer to the report, which may or may not be on its way already.
            await peer.SendAsync(Pdu.Short(Pdu.ReleaseRequest));
        }

        var (type, report) = await TakeReportAsync(user);

        Assert.AreEqual(Successful, type);
        StringAssert.Contains(report, transaction);
    }

    [TestMethod]
    public async Task APendingReportOutlivesTheProcess()
    {
        using var folder = new TemporaryFolder();
        var port = Loopback.FreePort();
        var transaction = NewTransaction();
        TestFile file;
        await using (var archive = await ArchiveProcess.StartAsync(folder.Sub("archive"), "--peer", $"ROUGH=127.0.0.1:{port}"))
        {
            file = (await StoreAsync(archive, "ct"))[0];
            using var peer = await AssociateAsync(archive);
            await peer.SendAsync(1, DimseCommand.Action(1, PushModel, PushModelInstance, RequestStorageCommitment));
            await peer.SendDataSetAsync(1, DataSetText.CommitmentRequest(transaction, (file.SopClassUid, file.InstanceUid)));
            Assert.AreEqual(0, (await peer.ReadMessageAsync()).Command.Status);
            // Nobody answers the report, here or on the peer's port.
            await peer.SendAsync(Pdu.Short(Pdu.Abort));
            await archive.Process.WaitForOutputAsync(transaction);
        }
        using var user = new TcpListener(IPAddress.Loopback, port);
        user.Start();

        await using var next = await ArchiveProcess.StartAsync(folder["archive"], "--peer", $"ROUGH=127.0.0.1:{port}");
        var (type, report) = await TakeReportAsync(user);

        Assert.AreEqual(Successful, type);
        StringAssert.Contains(report, transaction);
        CollectionAssert.AreEqual(new[] { file.InstanceUid }, References(report, "ReferencedSOPInstanceUID"));
    }

    [TestMethod]
    public async Task CommitAgainstTheArchive()
    {
        using var folder = new TemporaryFolder();
        await using var archive = await ArchiveProcess.StartAsync(folder.Sub("archive"));
        var files = await StoreAsync(archive, "ct", "mr", "pdf");
        var missing = await TestFiles.GetAsync("multi-frame");

        var good = await ArchiveProcess.RunAsync(["commit", "--port", $"{archive.Port}", .. files.Select(static f => f.Path)]);
        var bad = await ArchiveProcess.RunAsync("commit", "--port", $"{archive.Port}", files[0].Path, missing.Path);

        good.Succeeded();
        StringAssert.Contains(good.Output, "3 of 3");
        Assert.AreNotEqual(0, bad.ExitCode, bad.Output);
        StringAssert.Contains(bad.Output, "1 of 2");
        StringAssert.Contains(bad.Output, missing.InstanceUid);
    }

    private static string NewTransaction() => $"1.2.826.0.1.3680043.10.1467.7.1.{Environment.ProcessId}.{Interlocked.Increment(ref s_transactions)}";

    private static async Task<IReadOnlyList<TestFile>> StoreAsync(ArchiveProcess archive, params IEnumerable<string> names)
    {
        var files = await Task.WhenAll(names.Select(TestFiles.GetAsync));
        await Tool.OutputAsync("storescu", ["-aec", ArchiveProcess.AETitle, "127.0.0.1", $"{archive.Port}", .. files.Select(static f => f.Path)]);
        archive.AssertHolds(files);
        return files;
    }

    private static Task<RoughPeer> AssociateAsync(ArchiveProcess archive) =>
        RoughPeer.AssociateAsync("127.0.0.1", archive.Port, ArchiveProcess.AETitle, new Proposal(1, PushModel, ImplicitLittleEndian));

    private static async Task<int> RequestAsync(
        RoughPeer peer, string transaction, IEnumerable<(string ClassUid, string InstanceUid)> references, string instance = PushModelInstance, ushort action = RequestStorageCommitment)
    {
        await peer.SendAsync(1, DimseCommand.Action(1, PushModel, instance, action));
        await peer.SendDataSetAsync(1, DataSetText.CommitmentRequest(transaction, references));
        var (_, response, _) = await peer.ReadMessageAsync();
        Assert.AreEqual(0x8130, response.Field);
        return response.Status;
    }

    private static async Task<(ushort Type, string Report)> AnswerReportAsync(RoughPeer peer, byte context = 1)
    {
        var (_, request, dataSet) = await peer.ReadMessageAsync();
        Assert.AreEqual(0x0100, request.Field);
        await peer.SendAsync(context, DimseCommand.Response(request, 0));
        return (request.UInt16(0x1002)!.Value, await DataSetText.DumpAsync(dataSet));
    }

    // The user's side of a new association: the archive proposes itself as SCP of the push model (PS3.4 J.3.3.1.3, PS3.7 D.3.3.4).
    private static async Task<(ushort Type, string Report)> TakeReportAsync(TcpListener listener)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        using var peer = await RoughPeer.AcceptAsync(listener, limit.Token);
        var request = await peer.TryReadAsync();
        Assert.AreEqual(Pdu.AssociateRequest, request?.Type);
        var (context, uid, isScu, isScp) = RoleSelection(request!.Body);
        Assert.AreEqual((PushModel, (byte)0, (byte)1), (uid, isScu, isScp));
        await peer.SendAsync(Pdu.AcceptAssociation(request, ImplicitLittleEndian, userItems: Pdu.Role(PushModel, scu: false, scp: true)));
        var report = await AnswerReportAsync(peer, context);
        var release = await peer.TryReadAsync();
        Assert.AreEqual(Pdu.ReleaseRequest, release?.Type);
        await peer.SendAsync(Pdu.Short(Pdu.ReleaseResponse));
        return report;
    }

    private static (byte Context, string Uid, byte IsScu, byte IsScp) RoleSelection(byte[] body)
    {
        byte context = 0;
        for (var at = 68; at + 4 <= body.Length;)
        {
            var length = BinaryPrimitives.ReadUInt16BigEndian(body.AsSpan(at + 2));
            switch (body[at])
            {
                case 0x20:
                    context = body[at + 4];
                    at += 4 + length;
                    break;
                case 0x50:
                    // The sub-items follow: step inside.
                    at += 4;
                    break;
                case 0x54:
                    var uidLength = BinaryPrimitives.ReadUInt16BigEndian(body.AsSpan(at + 4));
                    return (context, System.Text.Encoding.ASCII.GetString(body, at + 6, uidLength).TrimEnd('\0'), body[at + 6 + uidLength], body[at + 7 + uidLength]);
                default:
                    at += 4 + length;
                    break;
            }
        }
        throw new AssertFailedException("The association request carries no role selection.");
    }

    private static List<int> Reasons(string dump) =>
        [.. FailureReason().Matches(dump).Select(static m => int.Parse(m.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture))];

    private static List<string> References(string dump, string keyword) =>
        [.. dump.Split('\n').Where(line => line.TrimEnd().EndsWith(keyword, StringComparison.Ordinal)).Select(static line => line.Split('[', ']')[1])];

    [GeneratedRegex(@"\(0008,1197\) US (\d+)")]
    private static partial Regex FailureReason();
}
