using System.Buffers.Binary;
using System.Globalization;
using Specgen.Interop.Tests.Data;
using Specgen.Interop.Tests.Peers;
using Specgen.Testing;

namespace Specgen.Interop.Tests;

/// <summary>What the archive is told to allow, and what it needs.</summary>
[TestClass]
public sealed class LimitsTests
{
    private const string ExplicitLittleEndian = "1.2.840.10008.1.2.1";
    private const string Verification = "1.2.840.10008.1.1";

    [TestMethod]
    public async Task OneAssociationTooMany()
    {
        using var folder = new TemporaryFolder();
        await using var archive = await ArchiveProcess.StartAsync(folder.Sub("archive"), "--max-associations", "1");
        var context = new Proposal(1, Verification, ExplicitLittleEndian);
        using (var first = await RoughPeer.AssociateAsync("127.0.0.1", archive.Port, ArchiveProcess.AETitle, context))
        {
            using var second = await RoughPeer.ConnectAsync("127.0.0.1", archive.Port);
            await second.SendAsync(Pdu.RequestAssociation(ArchiveProcess.AETitle, "RAW", context));
            // PS3.8 §9.3.4: rejected-transient, by the presentation related service provider, local limit exceeded.
            CollectionAssert.AreEqual(new byte[] { 0, 2, 3, 2 }, (await second.TryReadAsync())?.Body);
            await first.ReleaseAsync();
        }

        await archive.AssertEchoesAsync();
    }

    [TestMethod]
    public async Task OnlyThoseWhoMayCall()
    {
        using var folder = new TemporaryFolder();
        await using var archive = await ArchiveProcess.StartAsync(folder.Sub("archive"), "--caller", "ECHOSCU", "--caller", "ANOTHER");
        await archive.AssertEchoesAsync();
        using var peer = await RoughPeer.ConnectAsync("127.0.0.1", archive.Port);
        await peer.SendAsync(Pdu.RequestAssociation(ArchiveProcess.AETitle, "RAW", new Proposal(1, Verification, ExplicitLittleEndian)));

        // PS3.8 §9.3.4: rejected-permanent, by the service user, calling AE title not recognized.
        CollectionAssert.AreEqual(new byte[] { 0, 1, 1, 3 }, (await peer.TryReadAsync())?.Body);
    }

    [TestMethod]
    public async Task StartsAgainOnItsPortAtOnce()
    {
        using var folder = new TemporaryFolder();
        int port;
        await using (var archive = await ArchiveProcess.StartAsync(folder.Sub("archive")))
        {
            port = archive.Port;
            // Rejected, so that the archive's side closes first, and its end of the connection outlives it.
            using var peer = await RoughPeer.ConnectAsync("127.0.0.1", port);
            await peer.SendAsync(Pdu.RequestAssociation("SOMEONE", "RAW", new Proposal(1, Verification, ExplicitLittleEndian)));
            Assert.AreEqual(Pdu.AssociateReject, (await peer.TryReadAsync())?.Type);
        }

        await using var next = await ArchiveProcess.StartAsync(folder["archive"], "--port", $"{port}");

        await Tool.OutputAsync("echoscu", "-aec", ArchiveProcess.AETitle, "127.0.0.1", $"{port}");
    }

    [TestMethod]
    public async Task MemoryDoesNotGrowWithTheInstance()
    {
        const int Megabytes = 400;
        using var folder = new TemporaryFolder();
        await using var archive = await ArchiveProcess.StartAsync(folder.Sub("archive"));
        var file = await TestFiles.GetAsync("ct");
        using var peer = await RoughPeer.AssociateAsync("127.0.0.1", archive.Port, ArchiveProcess.AETitle, new Proposal(1, TestFiles.CTImageStorage, ExplicitLittleEndian));
        // The CT's elements, and pixel data without end.
        var head = Part10.Read(file.Path).DataSet.ToArray();
        var pixels = head.AsSpan().LastIndexOf((ReadOnlySpan<byte>)[0xE0, 0x7F, 0x10, 0x00, (byte)'O', (byte)'W']);
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(pixels + 8), Megabytes * 1024 * 1024);
        await peer.SendAsync(1, DimseCommand.Store(1, file.SopClassUid, file.InstanceUid));
        await peer.SendAsync(Pdu.Fragment(1, isCommand: false, isLast: false, head.AsSpan(0, pixels + 12)));
        var part = new byte[128 * 1024];
        for (var i = 1; i <= Megabytes * 8; i++)
        {
            await peer.SendAsync(Pdu.Fragment(1, isCommand: false, isLast: i == Megabytes * 8, part));
        }

        peer.Patience = TimeSpan.FromSeconds(60);
        Assert.AreEqual(0, (await peer.ReadMessageAsync()).Command.Status);

        await peer.ReleaseAsync();
        Assert.AreEqual(pixels + 12 + (Megabytes * 1024L * 1024), new FileInfo(file.ArchivedIn(archive.Folder)).Length - DataSetOffset(file.ArchivedIn(archive.Folder)));
        var peak = archive.Process.PeakMemory();
        Assert.IsLessThan(200 * 1024 * 1024L, peak, string.Create(CultureInfo.InvariantCulture, $"{peak / 1e6:0} MB"));
    }

    private static long DataSetOffset(string path)
    {
        // The group length (0002,0000) is the first element after the prefix; its value is 4 bytes at 140 (PS3.10 §7.1).
        using var file = File.OpenRead(path);
        file.Position = 140;
        Span<byte> length = stackalloc byte[4];
        file.ReadExactly(length);
        return 144 + BinaryPrimitives.ReadUInt32LittleEndian(length);
    }
}
