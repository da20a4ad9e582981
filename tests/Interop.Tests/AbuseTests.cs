using System.Diagnostics;
using System.Text;
using Specgen.Interop.Tests.Data;
using Specgen.Interop.Tests.Peers;
using Specgen.Interop.Tests.Wire;

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
        using var peer = await RawPeer.ConnectAsync(s_archive.Port);
        await peer.SendAsync(Pdu.AssociateRequest(ArchiveProcess.AETitle, "RAW",
            new Context(1, WorklistFind, ExplicitLittleEndian),
            new Context(3, "1.2.826.0.1.3680043.10.1467.7.9999", ExplicitLittleEndian),
            new Context(5, Verification, ExplicitLittleEndian)));

        var results = (await peer.ReceiveAsync())!.Results();

        Assert.AreEqual(3, results[1]);
        Assert.AreEqual(3, results[3]);
        Assert.AreEqual(0, results[5]);
        await peer.ReleaseAsync();
    }

    [TestMethod]
    public async Task AnAssociationForNothingButUnknownSopClassesGetsResult3Too()
    {
        using var peer = await RawPeer.ConnectAsync(s_archive.Port);
        await peer.SendAsync(Pdu.AssociateRequest(ArchiveProcess.AETitle, "RAW", new Context(1, WorklistFind, ExplicitLittleEndian)));

        Assert.AreEqual(3, (await peer.ReceiveAsync())!.Results()[1]);
        await peer.ReleaseAsync();
    }

    [TestMethod]
    public async Task UnknownTransferSyntaxForVerificationGetsResult4()
    {
        using var peer = await RawPeer.ConnectAsync(s_archive.Port);
        await peer.SendAsync(Pdu.AssociateRequest(ArchiveProcess.AETitle, "RAW", new Context(1, Verification, "1.2.826.0.1.3680043.10.1467.7.8888")));

        Assert.AreEqual(4, (await peer.ReceiveAsync())!.Results()[1]);
    }

    [TestMethod]
    public async Task WrongCalledAETitleIsRejected()
    {
        using var peer = await RawPeer.ConnectAsync(s_archive.Port);
        await peer.SendAsync(Pdu.AssociateRequest("SOMEONE", "RAW", new Context(1, Verification, ExplicitLittleEndian)));

        var answer = await peer.ReceiveAsync();

        Assert.AreEqual(PduType.AssociateReject, answer?.Type);
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
        var request = Pdu.AssociateRequest(ArchiveProcess.AETitle, "RAW", new Context(1, Verification, ExplicitLittleEndian));
        foreach (var length in (int[])[0, 1, 5, 6, 7, 74, request.Length - 1])
        {
            using var peer = await RawPeer.ConnectAsync(s_archive.Port);
            await peer.SendAsync(request.AsMemory(0, length));
        }
    }

    [TestMethod]
    public async Task AssociationRequestWhoseItemsOverrunIt()
    {
        var request = Pdu.AssociateRequest(ArchiveProcess.AETitle, "RAW", new Context(1, Verification, ExplicitLittleEndian));
        // The application context item (PS3.8 Table 9-12) says that it is longer than the whole PDU.
        request[6 + 68 + 2] = 0xFF;
        request[6 + 68 + 3] = 0xFF;
        using var peer = await RawPeer.ConnectAsync(s_archive.Port);
        await peer.SendAsync(request);

        await AssertNotAcceptedAsync(peer);
    }

    [TestMethod]
    public async Task UnknownPduType()
    {
        using var peer = await AssociateAsync();
        await peer.SendAsync(Pdu.Encode(0x7F, 4, new byte[4]));

        await AssertAbortedAsync(peer, reason: 1);
    }

    [TestMethod]
    public async Task UnknownPduTypeBeforeAnything()
    {
        using var peer = await RawPeer.ConnectAsync(s_archive.Port);
        await peer.SendAsync("GET / HTTP/1.1\r\nHost: archive\r\n\r\n"u8.ToArray());

        await AssertNotAcceptedAsync(peer);
    }

    [TestMethod]
    public async Task DataBeforeAnAssociation()
    {
        using var peer = await RawPeer.ConnectAsync(s_archive.Port);
        await peer.SendCommandAsync(1, CommandSet.Echo(1));

        await AssertNotAcceptedAsync(peer);
    }

    [TestMethod]
    public async Task ASecondAssociationRequest()
    {
        using var peer = await AssociateAsync();
        await peer.SendAsync(Pdu.AssociateRequest(ArchiveProcess.AETitle, "RAW", new Context(1, Verification, ExplicitLittleEndian)));

        await AssertAbortedAsync(peer, reason: 2);
    }

    [TestMethod]
    [DataRow(0xFFFFFFFFu)]
    [DataRow(0x7FFFFFFFu)]
    [DataRow(0x10000000u)]
    public async Task OversizedPdu(uint length)
    {
        using var peer = await AssociateAsync();
        await peer.SendAsync(Pdu.Encode((byte)PduType.Data, length, new byte[64]));

        await AssertAbortedAsync(peer, reason: 6);
    }

    [TestMethod]
    public async Task FragmentThatOverrunsItsPdu()
    {
        using var peer = await AssociateAsync();
        var pdu = Pdu.Data(1, isCommand: true, isLast: true, CommandSet.Echo(1).Encode());
        pdu[6 + 2] = 0x7F;
        await peer.SendAsync(pdu);

        await AssertAbortedAsync(peer, reason: 6);
    }

    [TestMethod]
    public async Task DataOnAPresentationContextThatDoesNotExist()
    {
        using var peer = await AssociateAsync();
        await peer.SendCommandAsync(99, CommandSet.Echo(1));

        await AssertEndsAsync(peer);
    }

    [TestMethod]
    public async Task GarbageInsteadOfACommandSet()
    {
        using var peer = await AssociateAsync();
        await peer.SendAsync(Pdu.Data(1, isCommand: true, isLast: true, [.. Enumerable.Repeat((byte)0xEE, 300)]));

        await AssertEndsAsync(peer);
    }

    [TestMethod]
    public async Task ConnectionLostInTheMiddleOfADataSet()
    {
        var file = await TestFiles.GetAsync("ct");
        var data = Part10.Read(file.Path).DataSet.ToArray();
        using (var peer = await AssociateAsync())
        {
            await peer.SendCommandAsync(3, CommandSet.Store(1, file.SopClassUid, file.InstanceUid));
            await peer.SendAsync(Pdu.Data(3, isCommand: false, isLast: false, data.AsSpan(0, data.Length / 2)));
        }
        using (var peer = await AssociateAsync())
        {
            await peer.SendCommandAsync(3, CommandSet.Store(1, file.SopClassUid, file.InstanceUid));
            // In the middle of a PDU.
            await peer.SendAsync(Pdu.Data(3, isCommand: false, isLast: true, data).AsMemory(0, data.Length / 2));
        }
        using (var peer = await AssociateAsync())
        {
            await peer.SendCommandAsync(3, CommandSet.Store(1, file.SopClassUid, file.InstanceUid));
            await peer.SendAsync(Pdu.Data(3, isCommand: false, isLast: false, data.AsSpan(0, data.Length / 2)));
            await peer.SendAsync(Pdu.Abort());
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
        await peer.SendCommandAsync(3, CommandSet.Store(1, file.SopClassUid, file.InstanceUid));
        await peer.SendDataSetAsync(3, data.AsMemory(0, length > 0 ? length : data.Length + length));

        var (response, _) = await peer.ReceiveMessageAsync();

        AssertCannotUnderstand(response);
        await peer.SendCommandAsync(1, CommandSet.Echo(2));
        Assert.AreEqual(0, (await peer.ReceiveMessageAsync()).Command.Status);
        await peer.ReleaseAsync();
    }

    [TestMethod]
    public async Task DataSetOfNoise()
    {
        using var peer = await AssociateAsync();
        var noise = new byte[50_000];
        new Random(1).NextBytes(noise);
        await peer.SendCommandAsync(3, CommandSet.Store(1, TestFiles.CTImageStorage, "1.2.3.4"));
        await peer.SendDataSetAsync(3, noise);

        AssertCannotUnderstand((await peer.ReceiveMessageAsync()).Command);
        await peer.ReleaseAsync();
    }

    [TestMethod]
    public async Task DataSetOfAnotherInstanceThanTheCommandSays()
    {
        var file = await TestFiles.GetAsync("ct");
        using var peer = await AssociateAsync();
        await peer.SendCommandAsync(3, CommandSet.Store(1, file.SopClassUid, file.InstanceUid + ".1"));
        await peer.SendDataSetAsync(3, Part10.Read(file.Path).DataSet.ToArray());

        var (response, _) = await peer.ReceiveMessageAsync();

        Assert.AreEqual(0xA9, response.Status >> 8, $"{response.Status:X4} {response.ErrorComment}");
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
        await peer.SendCommandAsync(3, CommandSet.Store(1, file.SopClassUid, file.InstanceUid));
        await peer.SendDataSetAsync(3, bytes);

        var (response, _) = await peer.ReceiveMessageAsync();

        Assert.IsTrue(response.Status >> 12 is 0xA or 0xC, $"{response.Status:X4} {response.ErrorComment}");
        await peer.ReleaseAsync();
    }

    [TestMethod]
    public async Task APeerThatNeverSpeaksIsDropped()
    {
        using var peer = await RawPeer.ConnectAsync(s_archive.Port);
        var time = Stopwatch.StartNew();

        Assert.IsNull(await peer.ReceiveAsync(IdleSeconds * 5));
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
        await peer.SendCommandAsync(3, CommandSet.Store(1, file.SopClassUid, file.InstanceUid));
        await peer.SendAsync(Pdu.Data(3, isCommand: false, isLast: false, Part10.Read(file.Path).DataSet[..1000]));

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
            await peer.SendCommandAsync(1, CommandSet.Echo(1));
            Assert.AreEqual(0, (await peer.ReceiveMessageAsync()).Command.Status);
            await peer.SendCommandAsync(3, CommandSet.Store(2, files[i].SopClassUid, files[i].InstanceUid));
            await peer.SendDataSetAsync(3, Part10.Read(files[i].Path).DataSet.ToArray());
            Assert.AreEqual(0, (await peer.ReceiveMessageAsync()).Command.Status);
            await peer.ReleaseAsync();
            peer.Dispose();
        }));

        s_archive.AssertHolds(files);
        foreach (var file in files)
        {
            File.Delete(file.ArchivedIn(s_archive.Folder));
        }
    }

    private static Task<RawPeer> AssociateAsync() =>
        RawPeer.AssociateAsync(s_archive.Port, ArchiveProcess.AETitle, new Context(1, Verification, ExplicitLittleEndian), new Context(3, TestFiles.CTImageStorage, ExplicitLittleEndian));

    // PS3.4 Table B.2-1: Error: Cannot understand, Cxxx.
    private static void AssertCannotUnderstand(CommandSet response)
    {
        Assert.AreEqual(CommandSet.CStoreRequest | 0x8000, response.CommandField);
        Assert.AreEqual(0xC, response.Status >> 12, $"{response.Status:X4} {response.ErrorComment}");
    }

    // PS3.8 §9.3.8: source 2 is the service provider; reasons 1 unrecognized PDU, 2 unexpected PDU, 6 invalid PDU parameter value.
    private static async Task AssertAbortedAsync(RawPeer peer, byte? reason)
    {
        var answer = await peer.ReceiveAsync();
        Assert.AreEqual(PduType.Abort, answer?.Type);
        Assert.AreEqual(ServiceProvider, answer!.Body[2]);
        if (reason is { } expected)
        {
            Assert.AreEqual(expected, answer.Body[3]);
        }
        Assert.IsNull(await peer.ReceiveAsync(), "After an abort the connection is closed (PS3.8 §9.2.2, AA-8 and ARTIM).");
    }

    // An abort, a rejection or a closed connection, but no association.
    private static async Task AssertNotAcceptedAsync(RawPeer peer)
    {
        var answer = await peer.ReceiveAsync();
        Assert.IsTrue(answer?.Type is null or PduType.Abort or PduType.AssociateReject, $"{answer?.Type}");
        Assert.IsNull(answer is null ? null : await peer.ReceiveAsync());
    }

    private static async Task AssertEndsAsync(RawPeer peer)
    {
        var answer = await peer.ReceiveAsync();
        Assert.IsTrue(answer?.Type is null or PduType.Abort, $"{answer?.Type}");
        Assert.IsNull(answer is null ? null : await peer.ReceiveAsync());
    }

    private static string ReplaceFirst(string text, string what, string with)
    {
        // The Study Instance UID stands before the series' and the instance's in value, but the SOP Instance UID (0008,0018) begins with it.
        var at = text.IndexOf("\x20\x00\x0d\x00UI", StringComparison.Ordinal) + 8;
        Assert.AreEqual(what, text.Substring(at, what.Length));
        return string.Concat(text.AsSpan(0, at), with, text.AsSpan(at + what.Length));
    }
}
