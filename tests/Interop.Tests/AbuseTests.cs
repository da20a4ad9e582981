using System.Diagnostics;
using System.Text;
using Specgen.Interop.Tests.Data;
using Specgen.Interop.Tests.Peers;
using Specgen.Testing;

namespace Specgen.Interop.Tests;

/// <summary>Peers that are wrong, broken or hostile: each gets what the standard says, and the next one is served.</summary>
[TestClass]
public sealed class AbuseTests
{
    private const string ExplicitLittleEndian = "1.2.840.10008.1.2.1";
    private const string Verification = "1.2.840.10008.1.1";
    private const string WorklistFind = "1.2.840.10008.5.1.4.31";
    private const byte RejectedPermanent = 1;
    private const byte ServiceUser = 1;
    private const byte ServiceProvider = 2;
    private const int IdleSeconds = 2;

    private static TemporaryFolder s_folder = null!;
    private static ArchiveProcess s_archive = null!;

    [ClassInitialize]
    public static async Task StartAsync(TestContext _)
    {
        s_folder = new TemporaryFolder();
        s_archive = await ArchiveProcess.StartAsync(s_folder.Sub("archive"), "--association-timeout", $"{IdleSeconds}", "--idle-timeout", $"{IdleSeconds}");
    }

    [ClassCleanup]
    public static async Task StopAsync()
    {
        await s_archive.DisposeAsync();
        s_folder.Dispose();
    }

    [TestCleanup]
    public async Task TheNextPeerIsServedAndNothingIsLeftBehindAsync()
    {
        await s_archive.AssertEchoesAsync();
        s_archive.AssertHolds();
    }

    [TestMethod]
    public async Task UnknownSopClassesGetResult3()
    {
        using var peer = await RoughPeer.ConnectAsync("127.0.0.1", s_archive.Port);
        await peer.SendAsync(Pdu.RequestAssociation(ArchiveProcess.AETitle, "RAW",
            new Proposal(1, WorklistFind, ExplicitLittleEndian),
            new Proposal(3, "1.2.826.0.1.3680043.10.1467.7.9999", ExplicitLittleEndian),
            new Proposal(5, Verification, ExplicitLittleEndian)));

        var results = (await peer.TryReadAsync())!.Results;

        Assert.AreEqual(3, results[1]);
        Assert.AreEqual(3, results[3]);
        Assert.AreEqual(0, results[5]);
        await peer.ReleaseAsync();
    }

    [TestMethod]
    public async Task AnAssociationForNothingButUnknownSopClassesGetsResult3Too()
    {
        using var peer = await RoughPeer.ConnectAsync("127.0.0.1", s_archive.Port);
        await peer.SendAsync(Pdu.RequestAssociation(ArchiveProcess.AETitle, "RAW", new Proposal(1, WorklistFind, ExplicitLittleEndian)));

        Assert.AreEqual(3, (await peer.TryReadAsync())!.Results[1]);
        await peer.ReleaseAsync();
    }

    [TestMethod]
    public async Task UnknownTransferSyntaxForVerificationGetsResult4()
    {
        using var peer = await RoughPeer.ConnectAsync("127.0.0.1", s_archive.Port);
        await peer.SendAsync(Pdu.RequestAssociation(ArchiveProcess.AETitle, "RAW", new Proposal(1, Verification, "1.2.826.0.1.3680043.10.1467.7.8888")));

        Assert.AreEqual(4, (await peer.TryReadAsync())!.Results[1]);
    }

    [TestMethod]
    public async Task WrongCalledAETitleIsRejected()
    {
        using var peer = await RoughPeer.ConnectAsync("127.0.0.1", s_archive.Port);
        await peer.SendAsync(Pdu.RequestAssociation("SOMEONE", "RAW", new Proposal(1, Verification, ExplicitLittleEndian)));

        var answer = await peer.TryReadAsync();

        Assert.AreEqual(Pdu.AssociateReject, answer?.Type);
        // PS3.8 §9.3.4: reserved, result, source, reason 7 = called AE title not recognized.
        CollectionAssert.AreEqual(new byte[] { 0, RejectedPermanent, ServiceUser, 7 }, answer!.Body);
    }

    [TestMethod]
    public async Task EchoscuSeesTheRejection()
    {
        var result = await Tool.RunAsync("echoscu", "-v", "-aec", "SOMEONE", "127.0.0.1", $"{s_archive.Port}");

        Assert.AreNotEqual(0, result.ExitCode);
        StringAssert.Contains(result.Output, "Called AE Title Not Recognized");
    }

    [TestMethod]
    public async Task AssociationRequestCutShort()
    {
        var request = Pdu.RequestAssociation(ArchiveProcess.AETitle, "RAW", new Proposal(1, Verification, ExplicitLittleEndian)).ToArray();
        foreach (var length in (int[])[0, 1, 5, 6, 7, 74, request.Length - 1])
        {
            using var peer = await RoughPeer.ConnectAsync("127.0.0.1", s_archive.Port);
            await peer.SendAsync(request.AsMemory(0, length));
        }
    }

    [TestMethod]
    public async Task AssociationRequestWhoseItemsOverrunIt()
    {
        var request = Pdu.RequestAssociation(ArchiveProcess.AETitle, "RAW", new Proposal(1, Verification, ExplicitLittleEndian)).ToArray();
        // The application context item (PS3.8 Table 9-12) says that it is longer than the whole PDU.
        request[6 + 68 + 2] = 0xFF;
        request[6 + 68 + 3] = 0xFF;
        using var peer = await RoughPeer.ConnectAsync("127.0.0.1", s_archive.Port);
        await peer.SendAsync(request);

        await AssertNotAcceptedAsync(peer);
    }

    [TestMethod]
    public async Task UnknownPduType()
    {
        using var peer = await AssociateAsync();
        await peer.SendAsync(new Pdu(0x7F, new byte[4]));

        await AssertAbortedAsync(peer, reason: 1);
    }

    [TestMethod]
    public async Task UnknownPduTypeBeforeAnything()
    {
        using var peer = await RoughPeer.ConnectAsync("127.0.0.1", s_archive.Port);
        await peer.SendAsync("GET / HTTP/1.1\r\nHost: archive\r\n\r\n"u8.ToArray());

        await AssertNotAcceptedAsync(peer);
    }

    [TestMethod]
    public async Task DataBeforeAnAssociation()
    {
        using var peer = await RoughPeer.ConnectAsync("127.0.0.1", s_archive.Port);
        await peer.SendAsync(1, DimseCommand.Echo(1));

        await AssertNotAcceptedAsync(peer);
    }

    [TestMethod]
    public async Task ASecondAssociationRequest()
    {
        using var peer = await AssociateAsync();
        await peer.SendAsync(Pdu.RequestAssociation(ArchiveProcess.AETitle, "RAW", new Proposal(1, Verification, ExplicitLittleEndian)));

        await AssertAbortedAsync(peer, reason: 2);
    }

    [TestMethod]
    [DataRow(0xFFFFFFFFu)]
    [DataRow(0x7FFFFFFFu)]
    [DataRow(0x10000000u)]
    public async Task OversizedPdu(uint length)
    {
        using var peer = await AssociateAsync();
        await peer.SendAsync(new Pdu(Pdu.Data, new byte[64]).ToArray(length));

        await AssertAbortedAsync(peer, reason: 6);
    }

    [TestMethod]
    public async Task FragmentThatOverrunsItsPdu()
    {
        using var peer = await AssociateAsync();
        var pdu = Pdu.Fragment(1, isCommand: true, isLast: true, DimseCommand.Echo(1).ToArray()).ToArray();
        pdu[6 + 2] = 0x7F;
        await peer.SendAsync(pdu);

        await AssertAbortedAsync(peer, reason: 6);
    }

    [TestMethod]
    public async Task DataOnAPresentationContextThatDoesNotExist()
    {
        using var peer = await AssociateAsync();
        await peer.SendAsync(99, DimseCommand.Echo(1));

        await AssertEndsAsync(peer);
    }

    [TestMethod]
    public async Task GarbageInsteadOfACommandSet()
    {
        using var peer = await AssociateAsync();
        await peer.SendAsync(Pdu.Fragment(1, isCommand: true, isLast: true, [.. Enumerable.Repeat((byte)0xEE, 300)]));

        await AssertEndsAsync(peer);
    }

    [TestMethod]
    public async Task ConnectionLostInTheMiddleOfADataSet()
    {
        var file = await TestFiles.GetAsync("ct");
        var data = Part10.Read(file.Path).DataSet.ToArray();
        using (var peer = await AssociateAsync())
        {
            await peer.SendAsync(3, DimseCommand.Store(1, file.SopClassUid, file.InstanceUid));
            await peer.SendAsync(Pdu.Fragment(3, isCommand: false, isLast: false, data.AsSpan(0, data.Length / 2)));
        }
        using (var peer = await AssociateAsync())
        {
            await peer.SendAsync(3, DimseCommand.Store(1, file.SopClassUid, file.InstanceUid));
            // In the middle of a PDU.
            await peer.SendAsync(Pdu.Fragment(3, isCommand: false, isLast: true, data).ToArray().AsMemory(0, data.Length / 2));
        }
        using (var peer = await AssociateAsync())
        {
            await peer.SendAsync(3, DimseCommand.Store(1, file.SopClassUid, file.InstanceUid));
            await peer.SendAsync(Pdu.Fragment(3, isCommand: false, isLast: false, data.AsSpan(0, data.Length / 2)));
            await peer.SendAsync(Pdu.Short(Pdu.Abort));
        }
        await Task.Delay(300);
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(40)]
    [DataRow(150)]
    [DataRow(-1000)]
    [DataRow(-1)]
    public async Task DataSetThatEndsEarlyIsRefusedAndTheAssociationGoesOn(int length)
    {
        var file = await TestFiles.GetAsync("ct");
        var data = Part10.Read(file.Path).DataSet.ToArray();
        using var peer = await AssociateAsync();
        await peer.SendAsync(3, DimseCommand.Store(1, file.SopClassUid, file.InstanceUid));
        await peer.SendDataSetAsync(3, data.AsMemory(0, length > 0 ? length : data.Length + length));

        var (_, response, _) = await peer.ReadMessageAsync();

        AssertCannotUnderstand(response);
        await peer.SendAsync(1, DimseCommand.Echo(2));
        Assert.AreEqual(0, (await peer.ReadMessageAsync()).Command.Status);
        await peer.ReleaseAsync();
    }

    [TestMethod]
    public async Task DataSetOfNoise()
    {
        using var peer = await AssociateAsync();
        var noise = new byte[50_000];
        new Random(1).NextBytes(noise);
        await peer.SendAsync(3, DimseCommand.Store(1, TestFiles.CTImageStorage, "1.2.3.4"));
        await peer.SendDataSetAsync(3, noise);

        AssertCannotUnderstand((await peer.ReadMessageAsync()).Command);
        await peer.ReleaseAsync();
    }

    [TestMethod]
    public async Task DataSetOfAnotherInstanceThanTheCommandSays()
    {
        var file = await TestFiles.GetAsync("ct");
        using var peer = await AssociateAsync();
        await peer.SendAsync(3, DimseCommand.Store(1, file.SopClassUid, file.InstanceUid + ".1"));
        await peer.SendDataSetAsync(3, Part10.Read(file.Path).DataSet.ToArray());

        var (_, response, _) = await peer.ReadMessageAsync();

        Assert.AreEqual(0xA9, response.Status >> 8, $"{response.Status:X4} {response.Text(0x0902)}");
        await peer.ReleaseAsync();
    }

    [TestMethod]
    [DataRow("../../../../tmp/x")]
    [DataRow("..")]
    [DataRow("1.2..3")]
    [DataRow("1.2.3/4")]
    public async Task UidsThatAreNoneNeverBecomePaths(string uid)
    {
        var file = await TestFiles.GetAsync("ct");
        var data = Encoding.Latin1.GetString(Part10.Read(file.Path).DataSet);
        // The study's UID in the data set, replaced by one of the same length, which keeps the encoding whole.
        Assert.IsGreaterThanOrEqualTo(uid.Length, file.StudyUid.Length);
        var bytes = Encoding.Latin1.GetBytes(ReplaceFirst(data, file.StudyUid, uid.PadRight(file.StudyUid.Length, '\0')));
        using var peer = await AssociateAsync();
        await peer.SendAsync(3, DimseCommand.Store(1, file.SopClassUid, file.InstanceUid));
        await peer.SendDataSetAsync(3, bytes);

        var (_, response, _) = await peer.ReadMessageAsync();

        Assert.IsTrue(response.Status >> 12 is 0xA or 0xC, $"{response.Status:X4} {response.Text(0x0902)}");
        await peer.ReleaseAsync();
    }

    [TestMethod]
    public async Task APeerThatNeverSpeaksIsDropped()
    {
        using var peer = await RoughPeer.ConnectAsync("127.0.0.1", s_archive.Port);
        var time = Stopwatch.StartNew();

        peer.Patience = TimeSpan.FromSeconds(IdleSeconds * 5);
        Assert.IsNull(await peer.TryReadAsync());
        Assert.IsLessThan(IdleSeconds * 4, time.Elapsed.TotalSeconds);
    }

    [TestMethod]
    public async Task APeerThatGoesSilentOnItsAssociationIsAborted()
    {
        using var peer = await AssociateAsync();

        await AssertAbortedAsync(peer, reason: null);
    }

    [TestMethod]
    public async Task APeerThatGoesSilentInADataSetIsAborted()
    {
        var file = await TestFiles.GetAsync("ct");
        using var peer = await AssociateAsync();
        await peer.SendAsync(3, DimseCommand.Store(1, file.SopClassUid, file.InstanceUid));
        await peer.SendAsync(Pdu.Fragment(3, isCommand: false, isLast: false, Part10.Read(file.Path).DataSet[..1000]));

        await AssertAbortedAsync(peer, reason: null);
    }

    [TestMethod]
    public async Task FiftyAssociationsAtOnce()
    {
        const int Count = 50;
        using var folder = new TemporaryFolder();
        var files = new List<TestFile>();
        for (var i = 0; i < Count; i++)
        {
            files.Add(await TestFiles.MakeCTAsync(folder, $"many-{i}", kilobytes: 64));
        }
        var peers = await Task.WhenAll(Enumerable.Range(0, Count).Select(_ => AssociateAsync()));

        await Task.WhenAll(peers.Select(async (peer, i) =>
        {
            await peer.SendAsync(1, DimseCommand.Echo(1));
            Assert.AreEqual(0, (await peer.ReadMessageAsync()).Command.Status);
            await peer.SendAsync(3, DimseCommand.Store(2, files[i].SopClassUid, files[i].InstanceUid));
            await peer.SendDataSetAsync(3, Part10.Read(files[i].Path).DataSet.ToArray());
            Assert.AreEqual(0, (await peer.ReadMessageAsync()).Command.Status);
            await peer.ReleaseAsync();
            peer.Dispose();
        }));

        s_archive.AssertHolds(files);
        foreach (var file in files)
        {
            File.Delete(file.ArchivedIn(s_archive.Folder));
        }
    }

    private static Task<RoughPeer> AssociateAsync() =>
        RoughPeer.AssociateAsync("127.0.0.1", s_archive.Port, ArchiveProcess.AETitle, new Proposal(1, Verification, ExplicitLittleEndian), new Proposal(3, TestFiles.CTImageStorage, ExplicitLittleEndian));

    // PS3.4 Table B.2-1: Error: Cannot understand, Cxxx.
    private static void AssertCannotUnderstand(DimseCommand response)
    {
        Assert.AreEqual(0x8001, response.Field);
        Assert.AreEqual(0xC, response.Status >> 12, $"{response.Status:X4} {response.Text(0x0902)}");
    }

    // PS3.8 §9.3.8: source 2 is the service provider; reasons 1 unrecognized PDU, 2 unexpected PDU, 6 invalid PDU parameter value.
    private static async Task AssertAbortedAsync(RoughPeer peer, byte? reason)
    {
        var answer = await peer.TryReadAsync();
        Assert.AreEqual(Pdu.Abort, answer?.Type);
        Assert.AreEqual(ServiceProvider, answer!.Body[2]);
        if (reason is { } expected)
        {
            Assert.AreEqual(expected, answer.Body[3]);
        }
        Assert.IsNull(await peer.TryReadAsync(), "After an abort the connection is closed (PS3.8 §9.2.2, AA-8 and ARTIM).");
    }

    // An abort, a rejection or a closed connection, but no association.
    private static async Task AssertNotAcceptedAsync(RoughPeer peer)
    {
        var answer = await peer.TryReadAsync();
        Assert.IsTrue(answer?.Type is null or Pdu.Abort or Pdu.AssociateReject, $"{answer?.Type}");
        Assert.IsNull(answer is null ? null : await peer.TryReadAsync());
    }

    private static async Task AssertEndsAsync(RoughPeer peer)
    {
        var answer = await peer.TryReadAsync();
        Assert.IsTrue(answer?.Type is null or Pdu.Abort, $"{answer?.Type}");
        Assert.IsNull(answer is null ? null : await peer.TryReadAsync());
    }

    private static string ReplaceFirst(string text, string what, string with)
    {
        // The Study Instance UID stands before the series' and the instance's in value, but the SOP Instance UID (0008,0018) begins with it.
        var at = text.IndexOf("\x20\x00\x0d\x00UI", StringComparison.Ordinal) + 8;
        Assert.AreEqual(what, text.Substring(at, what.Length));
        return string.Concat(text.AsSpan(0, at), with, text.AsSpan(at + what.Length));
    }
}
