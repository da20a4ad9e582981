using System.Diagnostics;
using FellowOakDicom;
using Specgen.Associations;
using Specgen.Instances;
using Specgen.Runtime.Tests.Instances;
using Specgen.Runtime.Tests.Wire;
using Specgen.Wire;
using static Specgen.Runtime.Tests.Wire.Requestor;

namespace Specgen.Runtime.Tests.Associations;

/// <summary>Instances from the network to their place.</summary>
[TestClass]
public sealed class ReceiveTests
{
    private static readonly Proposal s_verification = new(1, TestClasses.Verification.Uid, Implicit);
    private static readonly Proposal s_ct = new(3, TestClasses.CT.Uid, Explicit);

    [TestMethod]
    [DataRow(0, 16_000)]
    [DataRow(200, 16_000)]
    [DataRow(20_000, 16_000)]
    [DataRow(20_001, 7)]
    [DataRow(130_000, 100_000)]
    [DataRow(131_072, 16_384)]
    [DataRow(500_000, 16_384)]
    [DataRow(500_000, 999)]
    [DataRow(3_000_000, 262_138)]
    public async Task A_saved_file_has_a_header_and_then_the_bytes_that_came(int length, int fragment)
    {
        string? path = null;
        long? told = null;
        await using var server = await TestServer.StartAsync(Storage(async (context, ct) =>
        {
            told = context.Length;
            await context.SaveAsync(path!, ct);
        }));
        path = Path.Combine(server.Folder, "a", "b", "c.dcm");
        var data = length == 0 ? [] : EncodedDataSet.Instance(length);
        using var peer = await server.AssociateAsync(s_ct);

        await peer.SendCommandAsync(3, Store(1, TestClasses.CT.Uid, "1.2.3.4"));
        await SendAsync(peer, data, fragment);

        Assert.AreEqual(0, await peer.ReadStatusAsync());
        Assert.AreEqual(length, told);
        var header = DicomFileHeader.Read(path);
        Assert.AreEqual((TestClasses.CT.Uid, "1.2.3.4", Explicit), (header.SopClassUid, header.SopInstanceUid, header.TransferSyntaxUid));
        CollectionAssert.AreEqual(data, File.ReadAllBytes(path)[(int)header.DataSetOffset..]);
        Assert.IsEmpty(server.Parts());
        await TestServer.EventuallyAsync(() => server.Completed.Count == 1, "Told of after the response.");
        Assert.AreEqual(length, server.Completed[0].Bytes);
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(200)]
    [DataRow(500_000)]
    public async Task A_file_that_is_handed_over_is_whole_and_the_handlers_own(int length)
    {
        string? path = null;
        string? saved = null;
        var failures = new List<Exception>();
        await using var server = await TestServer.StartAsync(Storage(async (context, ct) =>
        {
            if (path is not null)
            {
                await context.SaveAsync(saved = path + ".saved", ct);
                failures.Add(Assert.ThrowsExactly<InvalidOperationException>(() => context.TakeFile()));
                return;
            }

            path = context.TakeFile();
            failures.Add(Assert.ThrowsExactly<InvalidOperationException>(() => context.TakeFile()));
            failures.Add(await Assert.ThrowsExactlyAsync<InvalidOperationException>(async () => await context.SaveAsync(path + "2", ct)));
            failures.Add(await Assert.ThrowsExactlyAsync<InvalidOperationException>(async () => await context.OpenReadAsync(ct)));
        }));
        var data = length == 0 ? [] : EncodedDataSet.Instance(length);
        using var peer = await server.AssociateAsync(s_ct);

        for (ushort message = 1; message <= 2; message++)
        {
            await peer.SendCommandAsync(3, Store(message, TestClasses.CT.Uid, "1.2.3.4"));
            await SendAsync(peer, data, 16_000);
            Assert.AreEqual(0, await peer.ReadStatusAsync());
        }

        Assert.HasCount(4, failures);
        CollectionAssert.AreEqual(File.ReadAllBytes(saved!), File.ReadAllBytes(path!));
        Assert.IsFalse(File.Exists(path + "2"));
        Assert.AreEqual(Path.GetFullPath(path!), path);
        File.Move(path!, path + ".moved");
    }

    [TestMethod]
    public async Task The_file_is_one_that_fo_dicom_reads()
    {
        string? path = null;
        await using var server = await TestServer.StartAsync(Storage((context, ct) => context.SaveAsync(path!, ct)));
        path = Path.Combine(server.Folder, "x.dcm");
        using var peer = await server.AssociateAsync(s_ct);

        await peer.SendCommandAsync(3, Store(1, TestClasses.CT.Uid, "1.2.3"));
        await peer.SendDataAsync(3, Instance("1.2.3", 100));

        Assert.AreEqual(0, await peer.ReadStatusAsync());
        var file = await DicomFile.OpenAsync(path);
        Assert.AreEqual("1.2.3", file.Dataset.GetSingleValue<string>(DicomTag.SOPInstanceUID));
        Assert.AreEqual(("1.2.3", "CLIENT", Part10Header.ImplementationClassUid, "SPECGEN"), (
            file.FileMetaInfo.MediaStorageSOPInstanceUID.UID, file.FileMetaInfo.SourceApplicationEntityTitle, file.FileMetaInfo.ImplementationClassUID.UID, file.FileMetaInfo.ImplementationVersionName));
    }

    [TestMethod]
    [DataRow(100)]
    [DataRow(400_000)]
    public async Task It_can_be_read_before_and_after_it_is_saved(int pixels)
    {
        var problems = new List<string>();
        string? path = null;
        await using var server = await TestServer.StartAsync(Storage(async (context, ct) =>
        {
            var identity = await context.IdentifyAsync(ct);
            var before = await context.OpenAsync(ct);
            await context.SaveAsync(path!, ct);
            var after = await context.OpenAsync(ct);
            foreach (var file in new[] { before, after })
            {
                if (file.Dataset.GetSingleValue<string>(DicomTag.SOPInstanceUID) != identity.SopInstanceUid || file.Dataset.GetValues<byte>(DicomTag.PixelData).Length != pixels)
                {
                    problems.Add("different");
                }
            }

            if (await Assert.ThrowsAsync<InvalidOperationException>(async () => await context.SaveAsync(path + "2", ct)) is null)
            {
                problems.Add("twice");
            }
        }));
        path = Path.Combine(server.Folder, "x.dcm");
        using var peer = await server.AssociateAsync(s_ct);

        await peer.SendCommandAsync(3, Store(1, TestClasses.CT.Uid, "1.2.3"));
        await peer.SendDataAsync(3, Instance("1.2.3", pixels));

        Assert.AreEqual(0, await peer.ReadStatusAsync());
        Assert.IsEmpty(problems);
        Assert.IsTrue(File.Exists(path));
    }

    [TestMethod]
    public async Task What_is_not_saved_leaves_nothing()
    {
        await using var server = await TestServer.StartAsync(Storage(static (_, _) => ValueTask.CompletedTask));
        using var peer = await server.AssociateAsync(s_ct);
        foreach (var length in new[] { 200, 1_000_000 })
        {
            await peer.SendCommandAsync(3, Store(1, TestClasses.CT.Uid, "1.2.3"));
            await peer.SendDataAsync(3, EncodedDataSet.Instance(length));
            Assert.AreEqual(0, await peer.ReadStatusAsync());
        }

        await TestServer.EventuallyAsync(() => server.Parts().Length == 0, "deleted");
    }

    [TestMethod]
    public async Task A_broken_association_leaves_nothing()
    {
        await using var server = await TestServer.StartAsync(Storage(static (_, _) => ValueTask.CompletedTask));
        using (var peer = await server.AssociateAsync(s_ct))
        {
            await peer.SendCommandAsync(3, Store(1, TestClasses.CT.Uid, "1.2.3"));
            await peer.SendDataAsync(3, EncodedDataSet.Instance(1_000_000), finish: false);
            await TestServer.EventuallyAsync(() => server.Parts().Length == 1, "on its way");
        }

        await TestServer.EventuallyAsync(() => server.Parts().Length == 0, "deleted");
        Assert.IsEmpty(server.Completed);
    }

    [TestMethod]
    public async Task A_file_of_the_same_name_is_replaced_at_once()
    {
        string? path = null;
        var sawHalf = 0;
        await using var server = await TestServer.StartAsync(Storage((context, ct) => context.SaveAsync(path!, ct)));
        path = Path.Combine(server.Folder, "x.dcm");
        using var peer = await server.AssociateAsync(s_ct);
        using var done = new CancellationTokenSource();
        var watch = Task.Run(() =>
        {
            var sizes = new HashSet<long>();
            while (!done.IsCancellationRequested)
            {
                if (new FileInfo(path) is { Exists: true } file)
                {
                    sizes.Add(file.Length);
                }
            }

            Interlocked.Exchange(ref sawHalf, sizes.Count);
        });
        for (var i = 0; i < 20; i++)
        {
            await peer.SendCommandAsync(3, Store(1, TestClasses.CT.Uid, "1.2.3"));
            await peer.SendDataAsync(3, EncodedDataSet.Instance(i % 2 == 0 ? 1_000 : 1_000_000));
            Assert.AreEqual(0, await peer.ReadStatusAsync());
        }

        await done.CancelAsync();
        await watch;

        Assert.IsLessThanOrEqualTo(2, sawHalf, "One size or the other, nothing in between.");
    }

    [TestMethod]
    [DataRow(1_000)]
    [DataRow(1_000_000)]
    public async Task Another_volume_is_no_hindrance(int length)
    {
        const string Other = "/dev/shm";
        if (!Directory.Exists(Other))
        {
            Assert.Inconclusive("There is no second volume here.");
        }

        var folder = Directory.CreateDirectory(Path.Combine(Other, "specgen-tests-" + Guid.NewGuid().ToString("N"))).FullName;
        try
        {
            var path = Path.Combine(folder, "new", "x.dcm");
            await using var server = await TestServer.StartAsync(Storage((context, ct) => context.SaveAsync(path, ct)));
            using var peer = await server.AssociateAsync(s_ct);
            for (var i = 0; i < 2; i++)
            {
                await peer.SendCommandAsync(3, Store(1, TestClasses.CT.Uid, "1.2.3"));
                await peer.SendDataAsync(3, EncodedDataSet.Instance(length));
                Assert.AreEqual(0, await peer.ReadStatusAsync());
            }

            Assert.AreEqual(length, new FileInfo(path).Length - DicomFileHeader.Read(path).DataSetOffset);
            CollectionAssert.AreEqual(new[] { path }, Directory.GetFiles(folder, "*", SearchOption.AllDirectories));
            Assert.IsEmpty(server.Parts());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [TestMethod]
    [DataRow(1_000)]
    [DataRow(1_000_000)]
    public async Task What_cannot_be_written_is_answered_and_the_association_lives_on(int length)
    {
        string? path = null;
        await using var server = await TestServer.StartAsync(
            new ServiceBinding
            {
                Role = DicomRole.Scp,
                ServiceClass = "Storage",
                SopClasses = [TestClasses.CT],
                FindStatus = static (_, code) => code is >= 0xA700 and <= 0xA7FF ? new StatusInfo(code, StatusCategory.Failure, "", "") : null,
                CStore = async (_, context, ct) =>
                {
                    await context.SaveAsync(path!, ct);
                    return new DimseResponse(0);
                },
            });
        path = Path.Combine(server.Folder, "x.dcm");
        using var peer = await server.AssociateAsync(s_verification, s_ct);
        Directory.Delete(Directory.GetDirectories(server.Receiving).Single(), recursive: true);

        await peer.SendCommandAsync(3, Store(1, TestClasses.CT.Uid, "1.2.3"));
        await peer.SendDataAsync(3, EncodedDataSet.Instance(length));

        Assert.AreEqual(0xA700, await peer.ReadStatusAsync());
        Assert.IsFalse(File.Exists(path));
        await peer.AssertLivesAsync(1);
    }

    [TestMethod]
    public void A_start_clears_away_what_a_server_left_and_nothing_else()
    {
        var parent = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "specgen-tests-" + Guid.NewGuid().ToString("N"))).FullName;
        try
        {
            using var living = ReceiveFolder.Open(parent);
            File.WriteAllBytes(living.NextPath(), [1]);
            var dead = Path.Combine(parent, "specgen-" + Guid.NewGuid().ToString("N"));
            Directory.CreateDirectory(dead);
            File.WriteAllBytes(Path.Combine(dead, "1.part"), [1]);
            File.WriteAllBytes(dead + ".lock", []);
            File.WriteAllBytes(Path.Combine(parent, "mine.dcm"), [1]);

            using (var next = ReceiveFolder.Open(parent))
            {
                Assert.IsFalse(Directory.Exists(dead));
                Assert.IsFalse(File.Exists(dead + ".lock"));
                Assert.HasCount(2, Directory.GetFiles(parent, "*", SearchOption.AllDirectories).Where(static f => f.EndsWith(".part", StringComparison.Ordinal) || f.EndsWith(".dcm", StringComparison.Ordinal)));
            }

            Assert.HasCount(1, Directory.GetDirectories(parent));
        }
        finally
        {
            Directory.Delete(parent, recursive: true);
        }
    }

    [TestMethod]
    public async Task Memory_does_not_grow_with_the_instance()
    {
        const int Piece = 262_138;
        const long Length = 1_200L * Piece;
        string? path = null;
        await using var server = await TestServer.StartAsync(Storage((context, ct) => context.SaveAsync(path!, ct)));
        path = Path.Combine(server.Folder, "large.dcm");
        using var peer = await server.AssociateAsync(s_ct);
        var pdu = Pdu(PduType.Data, Fragment(3, isCommand: false, isLast: false, new byte[Piece]));
        await peer.SendCommandAsync(3, Store(1, TestClasses.CT.Uid, "1.2.3"));
        var pixels = new EncodedDataSet(DicomTransferSyntax.ExplicitVRLittleEndian).Header(EncodedDataSet.Pixels, "OB", (uint)(Length - 12)).Bytes();
        await peer.SendDataAsync(3, (byte[])[.. pixels, .. new byte[Piece - 12]], Piece, finish: false);
        await Task.Delay(100);
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var working = Process.GetCurrentProcess().WorkingSet64;
        var sent = (long)Piece;
        while (sent < Length)
        {
            await peer.Stream.WriteAsync(pdu);
            sent += Piece;
        }

        await peer.Wire.WriteAsync(PduType.Data, Fragment(3, isCommand: false, isLast: true, []));
        Assert.AreEqual(0, await peer.ReadStatusAsync());

        Assert.IsLessThan(20L * 1024 * 1024, GC.GetTotalAllocatedBytes(precise: true) - allocated);
        Assert.IsLessThan(100L * 1024 * 1024, Process.GetCurrentProcess().WorkingSet64 - working);
        Assert.AreEqual(sent, new FileInfo(path).Length - DicomFileHeader.Read(path).DataSetOffset);
    }

    [TestMethod]
    public async Task A_C_STORE_without_data_set_cannot_be_understood()
    {
        await using var server = await TestServer.StartAsync(Storage(static (_, _) => ValueTask.CompletedTask));
        using var peer = await server.AssociateAsync(s_verification, s_ct);

        await peer.SendCommandAsync(3, Command(0x0001, 1, TestClasses.CT.Uid, NoDataSet).Uid(0x1000, "1.2.3").ToArray());

        Assert.AreEqual(0x0110, await peer.ReadStatusAsync());
        await peer.AssertLivesAsync(1);
    }

    private static ServiceBinding Storage(Func<CStoreContext, CancellationToken, ValueTask> handler) => TestClasses.Binding(DicomRole.Scp, [TestClasses.CT], cStore: async (_, context, ct) =>
    {
        await handler(context, ct);
        return new DimseResponse(0);
    });

    private static async Task SendAsync(Requestor peer, byte[] data, int fragment)
    {
        if (data.Length == 0)
        {
            await peer.Wire.WriteAsync(PduType.Data, Fragment(3, isCommand: false, isLast: true, []));
            return;
        }

        await peer.SendDataAsync(3, data, fragment);
    }

    /// <summary>An explicit little endian data set of three elements.</summary>
    private static byte[] Instance(string uid, int pixels)
    {
        using var stream = new MemoryStream();
        Write([0x08, 0, 0x16, 0], TestClasses.CT.Uid);
        Write([0x08, 0, 0x18, 0], uid);
        stream.Write([0xE0, 0x7F, 0x10, 0, (byte)'O', (byte)'B', 0, 0]);
        stream.Write(BitConverter.GetBytes(pixels));
        stream.Write(new byte[pixels]);
        return stream.ToArray();

        void Write(byte[] tag, string value)
        {
            value += value.Length % 2 == 0 ? "" : "\0";
            stream.Write([.. tag, (byte)'U', (byte)'I', (byte)value.Length, 0, .. System.Text.Encoding.ASCII.GetBytes(value)]);
        }
    }
}
