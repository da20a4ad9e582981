using System.Diagnostics;
using FellowOakDicom;
using Specgen.Associations;
using Specgen.Instances;
using Specgen.Runtime.Tests.Associations;
using Specgen.Runtime.Tests.Instances;
using Specgen.Scu;
using static Specgen.Runtime.Tests.Scu.RawConnection;

namespace Specgen.Runtime.Tests.Scu;

/// <summary>C-STORE: what arrives is what was in the file.</summary>
[TestClass]
public sealed class ScuStoreTests
{
    private static readonly TestHandlers s_user = new(TestClasses.Scu(TestClasses.CT, TestClasses.MR), TestClasses.Scu(TestClasses.Commitment));

    private readonly string _folder = Directory.CreateTempSubdirectory("specgen-scu").FullName;

    [TestCleanup]
    public void Cleanup() => Directory.Delete(_folder, recursive: true);

    [TestMethod]
    [DataRow(0, 16384u)]
    [DataRow(200, 16384u)]
    [DataRow(701, 16384u)]
    [DataRow(16379, 16384u)]
    [DataRow(16378, 16384u)]
    [DataRow(16380, 16384u)]
    [DataRow(1_000_000, 4096u)]
    [DataRow(1_000_000, 0u)]
    [DataRow(700_000, 262144u)]
    public async Task A_file_goes_out_byte_by_byte_within_the_peers_PDU_length(int size, uint maxPduLength)
    {
        var data = size == 0 ? [] : EncodedDataSet.Instance(size);
        var path = WriteFile(data, "1.2.840.10008.1.2.4.70");
        (byte[] Command, byte[] Data, int LargestPdu, byte ContextId) message = ([], [], 0, 0);
        await using var peer = new RawPeer(async c =>
        {
            await c.AcceptAsync(maxPduLength);
            for (var i = 0; i < 2; i++)
            {
                message = await c.ReadMessageAsync(hasData: true);
                await ScuAssociationTests.RespondAsync(c, message.ContextId, message.Command, 0x8001, 0xB000 + i);
            }

            await c.ReadAsync();
            await c.WriteAsync(ReleaseRp, 0, 0, 0, 0);
        });
        var options = ScuAssociationTests.Options(peer.Port);
        options.ProposeFor([WriteFile(data, "1.2.840.10008.1.2.1"), path]);
        await using var association = await ScuAssociation.OpenAsync(s_user, options);

        Assert.AreEqual((ushort)0xB000, (await association.CStoreAsync<TestStatus>(path)).Code);
        Assert.AreEqual((ushort)0xB001, (await association.CStoreAsync<TestStatus>(path)).Code);

        CollectionAssert.AreEqual(data, message.Data);
        Assert.AreEqual("1.2.840.10008.1.2.4.70", association.AcceptedContexts.Single(c => c.Id == message.ContextId).TransferSyntaxUid);
        CollectionAssert.AreEqual(Uid("1.2.3.4"), Element(message.Command, 0x00001000));
        CollectionAssert.AreEqual(Uid(TestClasses.CT.Uid), Element(message.Command, 0x00000002));
        Assert.IsTrue(maxPduLength == 0 || message.LargestPdu <= maxPduLength, $"{message.LargestPdu}");
    }

    [TestMethod]
    public async Task A_trace_says_what_the_SOP_class_is_on_its_page()
    {
        var activities = new System.Collections.Concurrent.ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = static s => s.Name == "Specgen",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activities.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        var path = WriteFile(EncodedDataSet.Instance(200), "1.2.840.10008.1.2.1");
        await using var peer = new RawPeer(async c =>
        {
            await c.AcceptAsync();
            var (command, _, _, context) = await c.ReadMessageAsync(hasData: true);
            await ScuAssociationTests.RespondAsync(c, context, command, 0x8001, 0);
            await c.ReadAsync();
            await c.WriteAsync(ReleaseRp, 0, 0, 0, 0);
        });
        var options = ScuAssociationTests.Options(peer.Port);
        options.CallingAE = "TRACED-STORE";
        await using (var association = await ScuAssociation.OpenAsync(s_user, options))
        {
            await association.CStoreAsync<TestStatus>(path);
        }

        var store = activities.Single(static a => (string?)a.GetTagItem("specgen.calling_ae") == "TRACED-STORE");
        Assert.AreEqual((TestClasses.CT.Uid, TestClasses.CT.ServiceClass), (store.GetTagItem("specgen.sop_class"), store.GetTagItem("specgen.service_class")));
    }

    [TestMethod]
    public async Task Memory_does_not_grow_with_the_file()
    {
        const long Size = 300L * 1024 * 1024;
        var path = WriteFile(new EncodedDataSet(DicomTransferSyntax.ExplicitVRLittleEndian).Header(EncodedDataSet.Pixels, "OB", (uint)Size).Bytes(), "1.2.840.10008.1.2.1");
        using (var file = new FileStream(path, FileMode.Open))
        {
            file.SetLength(file.Length + Size);
        }

        await using var peer = new RawPeer(async c =>
        {
            await c.AcceptAsync(131072);
            await SwallowAsync(c);
            await c.ReadAsync();
            await c.WriteAsync(ReleaseRp, 0, 0, 0, 0);
        });
        var options = ScuAssociationTests.Options(peer.Port);
        options.ProposeFor([path]);
        await using var association = await ScuAssociation.OpenAsync(s_user, options);
        var before = GC.GetTotalMemory(forceFullCollection: true);

        var sending = association.CStoreAsync<TestStatus>(path).AsTask();
        var most = 0L;
        while (!sending.IsCompleted)
        {
            most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: false) - before);
            await Task.Delay(5);
        }

        Assert.AreEqual(TestStatus.Success, (await sending).Status);

        // The peer of this test lives in the same process and reads PDU by PDU into new arrays: that is most of it.
        Assert.IsLessThan(Size / 3, most);
    }

    [TestMethod]
    public async Task A_file_in_memory_is_sent_converted_where_the_peer_wants_it_so()
    {
        (byte[] Command, byte[] Data, int LargestPdu, byte ContextId) message = ([], [], 0, 0);
        await using var peer = new RawPeer(async c =>
        {
            await c.AcceptAsync();
            message = await c.ReadMessageAsync(hasData: true);
            await ScuAssociationTests.RespondAsync(c, message.ContextId, message.Command, 0x8001, 0);
            await c.ReadAsync();
            await c.WriteAsync(ReleaseRp, 0, 0, 0, 0);
        });
        var options = ScuAssociationTests.Options(peer.Port);
        options.PresentationContexts = [new ProposedContext(TestClasses.CT.Uid, "1.2.840.10008.1.2")];
        await using var association = await ScuAssociation.OpenAsync(s_user, options);
        var file = new DicomFile(new DicomDataset(DicomTransferSyntax.ExplicitVRLittleEndian)
        {
            { DicomTag.SOPClassUID, TestClasses.CT.Uid },
            { DicomTag.SOPInstanceUID, "1.2.3.4" },
            { DicomTag.PatientID, "ABCD" },
        });

        Assert.AreEqual(TestStatus.Success, (await association.CStoreAsync<TestStatus>(file)).Status);

        CollectionAssert.AreEqual(Text("ABCD"), Element(message.Data, 0x00100020));
        Assert.AreEqual(DicomTransferSyntax.ExplicitVRLittleEndian, file.Dataset.InternalTransferSyntax);
    }

    public static IEnumerable<object[]> FilesWhosePixelsWouldBeLost()
    {
        var fragments = new DicomOtherByteFragment(DicomTag.PixelData);
        fragments.Fragments.Add(new FellowOakDicom.IO.Buffer.MemoryByteBuffer([1, 2, 3, 4]));
        yield return [DicomUID.JPEG2000Lossless.UID, fragments];

        // They are at a server, whose address the other transfer syntaxes do not have.
        yield return [DicomUID.JPIPReferenced.UID, new DicomDataset { { DicomTag.PixelDataProviderURL, "http://jpip.example/1" } }.Single()];
    }

    [TestMethod]
    [DynamicData(nameof(FilesWhosePixelsWouldBeLost))]
    public async Task A_file_is_not_sent_without_its_pixels(string transferSyntax, DicomItem pixels)
    {
        await using var peer = new RawPeer(async c =>
        {
            await c.AcceptAsync();
            await c.ReadTypesAsync();
        });
        var options = ScuAssociationTests.Options(peer.Port);
        options.PresentationContexts = [new ProposedContext(TestClasses.CT.Uid, "1.2.840.10008.1.2")];
        var association = await ScuAssociation.OpenAsync(s_user, options);
        var file = new DicomFile(new DicomDataset(DicomTransferSyntax.Parse(transferSyntax))
        {
            { DicomTag.SOPClassUID, TestClasses.CT.Uid },
            { DicomTag.SOPInstanceUID, "1.2.3.4" },
            pixels,
        });

        var e = await Assert.ThrowsExactlyAsync<ContextNotAcceptedException>(async () => await association.CStoreAsync<TestStatus>(file));

        StringAssert.Contains(e.Message, "cannot be converted");
        Assert.IsTrue(association.IsOpen);
        await association.AbortAsync();
    }

    [TestMethod]
    public async Task Half_a_data_set_is_aborted()
    {
        List<byte> rest = [];
        using var enough = new CancellationTokenSource();
        var path = WriteFile(EncodedDataSet.Instance(64 * 1024 * 1024), "1.2.840.10008.1.2.1");
        await using (var peer = new RawPeer(async c =>
        {
            await c.AcceptAsync();
            await c.ReadAsync();
            await c.ReadAsync();
            await enough.CancelAsync();
            rest = await c.ReadTypesAsync();
        }))
        {
            var options = ScuAssociationTests.Options(peer.Port);
            options.ProposeFor([path]);
            await using var association = await ScuAssociation.OpenAsync(s_user, options);

            await Assert.ThrowsAsync<OperationCanceledException>(async () => await association.CStoreAsync<TestStatus>(path, enough.Token));

            Assert.IsFalse(association.IsOpen);
        }

        Assert.AreEqual(Abort, rest[^1]);
    }

    [TestMethod]
    public async Task A_peer_that_stops_reading_times_out()
    {
        var path = WriteFile(EncodedDataSet.Instance(64 * 1024 * 1024), "1.2.840.10008.1.2.1");
        var done = new TaskCompletionSource();
        await using var peer = new RawPeer(async c =>
        {
            await c.AcceptAsync();
            await done.Task;
        });
        var options = ScuAssociationTests.Options(peer.Port);
        options.RequestTimeout = TimeSpan.FromMilliseconds(300);
        options.ProposeFor([path]);
        var clock = Stopwatch.StartNew();
        await using var association = await ScuAssociation.OpenAsync(s_user, options);

        try
        {
            await Assert.ThrowsExactlyAsync<AssociationTimeoutException>(async () => await association.CStoreAsync<TestStatus>(path));
        }
        finally
        {
            done.SetResult();
        }

        Assert.IsLessThan(8_000, clock.ElapsedMilliseconds);
    }

    [TestMethod]
    public async Task A_file_that_is_not_DICOM_is_refused_before_anything_is_sent()
    {
        var path = Path.Combine(_folder, "text");
        await File.WriteAllTextAsync(path, "no DICOM");
        var cut = WriteFile(EncodedDataSet.Instance(1000)[..^2], "1.2.840.10008.1.2.1");
        await using var peer = new RawPeer(async c =>
        {
            await c.AcceptAsync();
            await c.ReadTypesAsync();
        });
        var options = ScuAssociationTests.Options(peer.Port);
        options.ProposeFor([cut]);
        await using var association = await ScuAssociation.OpenAsync(s_user, options);

        await Assert.ThrowsExactlyAsync<InvalidDataException>(async () => await association.CStoreAsync<TestStatus>(path));
        await Assert.ThrowsExactlyAsync<InvalidDataException>(async () => await association.CStoreAsync<TestStatus>(cut));
        await Assert.ThrowsExactlyAsync<FileNotFoundException>(async () => await association.CStoreAsync<TestStatus>(Path.Combine(_folder, "none")));

        Assert.IsTrue(association.IsOpen);
        await association.AbortAsync();
    }

    [TestMethod]
    public void Proposing_for_files_gives_a_context_of_each_kind_once_and_keeps_other_services()
    {
        var options = ScuAssociationTests.Options(104);
        options.ProposeFor([WriteFile([], "1.2.840.10008.1.2.1"), WriteFile([], "1.2.840.10008.1.2.4.70"), WriteFile([], "1.2.840.10008.1.2.4.70")]);

        var contexts = ScuContexts.For(s_user, options).Select(static c => $"{c.SopClassUid}: {string.Join(' ', c.TransferSyntaxUids)}").ToArray();

        CollectionAssert.AreEqual(
            new[]
            {
                $"{TestClasses.CT.Uid}: 1.2.840.10008.1.2.1",
                $"{TestClasses.CT.Uid}: 1.2.840.10008.1.2.1 1.2.840.10008.1.2",
                $"{TestClasses.CT.Uid}: 1.2.840.10008.1.2.4.70",
                $"{TestClasses.Commitment.Uid}: 1.2.840.10008.1.2.1 1.2.840.10008.1.2",
            },
            contexts);
    }

    [TestMethod]
    public async Task More_than_128_contexts_are_a_clear_error()
    {
        var many = Enumerable.Range(0, 129).Select(static i => TestClasses.CT with { Uid = $"1.2.3.{i}" }).ToArray();

        var e = await Assert.ThrowsExactlyAsync<DicomConfigurationException>(async () => await ScuAssociation.OpenAsync(new TestHandlers(TestClasses.Scu(many)), ScuAssociationTests.Options(1)));

        StringAssert.Contains(e.Message, "129");
        StringAssert.Contains(e.Message, "ProposeFor");
    }

    [TestMethod]
    public async Task Files_of_more_kinds_than_an_association_has_contexts_go_over_several()
    {
        const int Classes = 60;
        var received = new System.Collections.Concurrent.ConcurrentBag<(string Uid, string Syntax, long Association)>();
        var classes = Enumerable.Range(1, Classes).Select(static i => TestClasses.CT with { Uid = $"1.2.3.4.{i}" }).ToArray();
        await using var server = await TestServer.StartAsync(TestClasses.Binding(DicomRole.Scp, classes, cStore: (_, context, _) =>
        {
            received.Add((context.SopInstanceUid, context.TransferSyntax.UID.UID, context.Association.Id));
            return ValueTask.FromResult(new DimseResponse(0));
        }));
        string[] syntaxes = ["1.2.840.10008.1.2", "1.2.840.10008.1.2.1", "1.2.840.10008.1.2.1.99"];
        var files = new List<string>();
        for (var i = 1; i <= Classes; i++)
        {
            for (var s = 0; s < syntaxes.Length; s++)
            {
                var dataset = new DicomDataset { { DicomTag.SOPClassUID, $"1.2.3.4.{i}" }, { DicomTag.SOPInstanceUID, $"1.2.{i}.{s}" } };
                files.Add(Path.Combine(server.Folder, $"{i}.{s}.dcm"));
                var syntax = DicomTransferSyntax.Parse(syntaxes[s]);
                await File.WriteAllBytesAsync(files[^1], [.. Part10Header.Create(System.Text.Encoding.ASCII.GetBytes($"1.2.3.4.{i}"), System.Text.Encoding.ASCII.GetBytes($"1.2.{i}.{s}"), syntaxes[s], "TEST"), .. DataSetCodec.Encode(dataset, syntax)]);
            }
        }

        var parts = ScuOptions.Divide(files);
        CollectionAssert.AreEquivalent(files, parts.SelectMany(static p => p).ToList());
        Assert.IsGreaterThan(1, parts.Count);
        foreach (var part in parts)
        {
            var options = new ScuOptions("127.0.0.1", server.Port) { CalledAE = "SERVER" };
            options.ProposeFor(part);
            await using var association = await ScuAssociation.OpenAsync(new TestHandlers(TestClasses.Scu(classes)), options);
            foreach (var file in part)
            {
                Assert.AreEqual(TestStatus.Success, (await association.CStoreAsync<TestStatus>(file)).Status, file);
            }
        }

        Assert.HasCount(files.Count, received.Select(static r => r.Uid).Distinct());
        Assert.IsTrue(received.All(r => syntaxes[int.Parse(r.Uid.Split('.')[^1], System.Globalization.CultureInfo.InvariantCulture)] == r.Syntax), "Each as it is.");
    }

    [TestMethod]
    public void Of_too_many_contexts_for_files_those_remain_that_files_go_out_in_as_they_are()
    {
        var options = ScuAssociationTests.Options(1);
        foreach (var i in Enumerable.Range(0, 100))
        {
            ProposedContexts.AddFor($"1.2.3.{i}", "1.2.840.10008.1.2.1", options.PresentationContexts);
        }

        Assert.HasCount(200, options.PresentationContexts);
        var contexts = ScuContexts.For(null, options);

        Assert.HasCount(128, contexts);
        Assert.HasCount(100, contexts.Where(static c => c.TransferSyntaxUids.Count == 1));
    }

    private static async Task SwallowAsync(RawConnection c)
    {
        byte[] command = [];
        while (true)
        {
            var (_, body) = await c.ReadAsync();
            var flags = body[5];
            if ((flags & 1) != 0)
            {
                command = body[6..];
            }
            else if (flags == 2)
            {
                await ScuAssociationTests.RespondAsync(c, body[4], command, 0x8001, 0);
                return;
            }
        }
    }

    private string WriteFile(byte[] data, string transferSyntax)
    {
        var path = Path.Combine(_folder, Guid.NewGuid().ToString("N") + ".dcm");
        using var file = new FileStream(path, FileMode.CreateNew);
        file.Write(new byte[128]);
        file.Write("DICM"u8);
        Write(0x0002, Uid(TestClasses.CT.Uid));
        Write(0x0003, Uid("1.2.3.4"));
        Write(0x0010, Uid(transferSyntax));
        file.Write(data);
        return path;

        void Write(ushort element, byte[] value) => file.Write([2, 0, (byte)element, (byte)(element >> 8), (byte)'U', (byte)'I', (byte)value.Length, 0, .. value]);
    }
}
