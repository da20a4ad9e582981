using System.Diagnostics;
using System.Runtime.CompilerServices;
using FellowOakDicom;
using Microsoft.Extensions.Logging;
using Specgen.Associations;
using Specgen.Instances;
using Specgen.Runtime.Tests.Instances;
using Specgen.Runtime.Tests.Scu;
using Specgen.Runtime.Tests.Wire;
using Specgen.Wire;
using static Specgen.Runtime.Tests.Wire.Requestor;

namespace Specgen.Runtime.Tests.Associations;

/// <summary>What peers send costs a server no more memory than it may have, however many they are; and what they ask for otherwise is answered meanwhile.</summary>
[TestClass]
public sealed class MemoryTests
{
    private const int Megabyte = 1024 * 1024;
    private const ushort OutOfResources = 0xA700, ResourceLimitation = 0x0213;

    private static readonly SopClass s_class = new("1.2.3.99", "Anything", "Anything", "Anything Service Class", null, false);

    private static readonly Proposal s_anything = new(1, s_class.Uid, Explicit), s_verification = new(3, TestClasses.Verification.Uid, Implicit);

    private static readonly (ushort Field, ushort ClassElement, ushort InstanceElement)[] s_kept =
        [(0x0020, 0x0002, 0x1000), (0x0120, 0x0003, 0x1001), (0x0130, 0x0003, 0x1001), (0x0140, 0x0002, 0x1000)];

    private static readonly (ushort Field, ushort ClassElement, ushort InstanceElement) s_store = (0x0001, 0x0002, 0x1000);

    [TestMethod]
    [DataRow(OutOfResources)]
    [DataRow(ResourceLimitation)]
    public async Task Eight_peers_with_large_data_sets_take_no_more_than_there_is_and_the_others_go_on(int status)
    {
        await using var server = await StartAsync((ushort)status, static options => options.MaxMemory = 32 * Megabyte);
        server.Scp.Memory.Patience = TimeSpan.FromSeconds(1);
        using var over = new CancellationTokenSource();
        var ordinary = OrdinaryAsync(server, over.Token);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(async () =>
        {
            var statuses = new List<int>();
            using var peer = await server.AssociateAsync(s_anything, s_verification);
            for (var round = 0; round < 5; round++)
            {
                // Of one value; of many small ones.
                var data = i % 2 == 0 ? OneValue(3 * Megabyte) : Small(15_000);
                statuses.Add((await AskAsync(peer, i % 4 == 3 ? s_store : s_kept[i % 4], data)).Status);
            }

            await peer.AssertLivesAsync(3);
            return statuses;
        })));

        await over.CancelAsync();
        Assert.IsGreaterThan(3, await ordinary);
        Assert.IsLessThanOrEqualTo(32 * Megabyte, server.Scp.Memory.Peak);
        var all = answers.SelectMany(static a => a).ToList();
        Assert.Contains(0, all, "Some are answered.");
        Assert.IsTrue(all.TrueForAll(s => s == 0 || s == status), string.Join(' ', all.Select(static s => s.ToString("X4"))));
        await TestServer.EventuallyAsync(() => server.Scp.Memory.Used == 0, "everything is returned");
        Assert.IsEmpty(server.Parts());
    }

    [TestMethod]
    [DataRow("1.2.840.10008.1.2")]
    [DataRow("1.2.840.10008.1.2.1")]
    [DataRow("1.2.840.10008.1.2.2")]
    [DataRow("1.2.840.10008.1.2.1.99")]
    public async Task What_would_become_too_large_is_refused_at_once_and_the_association_lives(string uid)
    {
        var syntax = DicomTransferSyntax.Parse(uid);
        var log = new CapturedLog();
        await using var server = await StartAsync(OutOfResources, options => (options.MaxMemory, options.LoggerFactory, options.MaxMemoryPerAssociation) = (64 * Megabyte, log, 4 * Megabyte), syntax.UID.UID);
        using var peer = await server.AssociateAsync(new Proposal(1, s_class.Uid, uid));
        var items = Enumerable.Repeat(Array.Empty<byte>(), 10_000).ToArray();
        var expensive = new EncodedDataSet(syntax).Text(EncodedDataSet.SopInstance, "UI", "1.2.3").Sequence(EncodedDataSet.ReferencedSeries, Lengths.Defined, items).Bytes(syntax);
        var clock = Stopwatch.StartNew();
        foreach (var operation in s_kept.Append(s_store))
        {
            var (status, comment) = await AskAsync(peer, operation, expensive);
            Assert.AreEqual(OutOfResources, status, $"{operation.Field:X4}");
            Assert.IsFalse(string.IsNullOrEmpty(comment));
            Assert.AreEqual(0, (await AskAsync(peer, operation, Small(10, syntax))).Status, $"{operation.Field:X4}");
        }

        Assert.IsLessThan(TimeSpan.FromSeconds(8), clock.Elapsed, "What can never be had is not waited for.");
        Assert.IsFalse(log.Lines.Any(static line => line.Level >= LogLevel.Error), "What a peer does is no error of ours.");
        await peer.ReleaseAsync();
        peer.Dispose();
        await TestServer.EventuallyAsync(() => server.Scp.Memory.Used == 0, "everything is returned");
    }

    [TestMethod]
    public async Task Who_sends_without_an_end_holds_others_up_for_a_while_only()
    {
        await using var server = await StartAsync(OutOfResources, static options => options.MaxMemory = 32 * Megabyte);
        server.Scp.Memory.Patience = TimeSpan.FromSeconds(1);
        var peers = new List<Requestor>();
        try
        {
            for (var i = 0; i < 8; i++)
            {
                var peer = await server.AssociateAsync(s_anything, s_verification);
                peers.Add(peer);
                await peer.SendCommandAsync(1, Command(s_kept[1]));
            }

            // None of them ever says that it was the last fragment.
            _ = Task.WhenAll(peers.Select(peer => peer.SendDataAsync(1, OneValue(6 * Megabyte), finish: false)));
            await TestServer.EventuallyAsync(() => server.Scp.Memory.Used > 24 * Megabyte, "they hold what they can");

            using var other = await server.AssociateAsync(s_anything, s_verification);
            await other.AssertLivesAsync(3);
            Assert.AreEqual(0, (await AskAsync(other, s_kept[1], Small(20))).Status, "A small one finds room.");
            Assert.IsLessThanOrEqualTo(32 * Megabyte, server.Scp.Memory.Peak);
        }
        finally
        {
            peers.ForEach(static peer => peer.Dispose());
        }

        await TestServer.EventuallyAsync(() => server.Scp.Memory.Used < Megabyte, "what they held is returned when they are gone");
    }

    [TestMethod]
    public async Task Association_requests_are_charged_as_well()
    {
        await using var server = await StartAsync(OutOfResources, static options => options.MaxMemory = 32 * Megabyte);
        server.Scp.Memory.Patience = TimeSpan.FromSeconds(1);
        var peers = new List<Requestor>();
        try
        {
            for (var i = 0; i < 80; i++)
            {
                var peer = await ConnectAsync(server.Port);
                peers.Add(peer);
                _ = peer.Stream.WriteAsync(new byte[] { 1, 0, 0, 0x0F, 0xFF, 0xFF }.Concat(new byte[900_000]).ToArray()).AsTask().ContinueWith(static t => t.Exception, TaskScheduler.Default);
            }

            await TestServer.EventuallyAsync(() => server.Scp.Memory.Used > 24 * Megabyte, "they hold what they can");
            Assert.IsLessThanOrEqualTo(33 * Megabyte, server.Scp.Memory.Peak, "The budget, and two small buffers for each of them.");
            await TestServer.EventuallyAsync(() => server.Scp.Memory.Used < 28 * Megabyte, "who finds no room is disconnected");
        }
        finally
        {
            peers.ForEach(static peer => peer.Dispose());
        }

        await TestServer.EventuallyAsync(() => server.Scp.Memory.Used == 0, "what they held is returned when they are gone");
    }

    [TestMethod]
    public async Task An_answer_to_a_user_that_would_become_too_large_is_refused_and_the_association_lives()
    {
        await using var peer = new RawPeer(async c =>
        {
            await c.AcceptAsync();
            for (var i = 0; i < 2; i++)
            {
                var (command, _, _, id) = await c.ReadMessageAsync(hasData: false);
                await c.WriteCommandAsync(id, (0x00000100, RawConnection.Us(0x8110)), (0x00000120, RawConnection.Element(command, 0x00000110)), (0x00000800, RawConnection.Us(1)), (0x00000900, RawConnection.Us(0)));
                await c.WriteAsync(RawConnection.Data, Fragment(id, isCommand: false, isLast: true, Small(i == 0 ? 5_000 : 5)));
            }

            await c.ReadAsync();
            await c.WriteAsync(RawConnection.ReleaseRp, 0, 0, 0, 0);
        });
        var options = ScuAssociationTests.Options(peer.Port);
        options.MaxMemory = Megabyte;
        options.PresentationContexts.Add(new ProposedContext(s_class.Uid, Explicit));
        await using var association = await ScuAssociation.OpenAsync(new TestHandlers(TestClasses.Scu(s_class)), options);

        var e = await Assert.ThrowsExactlyAsync<AssociationException>(async () => await association.NGetAsync<TestStatus>(s_class, "1.2.3", []));

        StringAssert.Contains(e.Message, "memory", StringComparison.Ordinal);
        Assert.IsNotNull((await association.NGetAsync<TestStatus>(s_class, "1.2.3", [])).Dataset);
    }

    /// <summary>The estimate, against what is really there when fo-dicom has decoded, and all texts have been looked at.</summary>
    [TestMethod]
    public void Decoding_takes_no_more_than_was_reserved()
    {
        var wrong = new List<string>();
        foreach (var syntax in EncodedDataSet.Syntaxes)
        {
            foreach (var (name, dataSet) in Kinds(syntax))
            {
                var bytes = dataSet.Bytes(syntax);
                var file = DataSetCodec.AsFile(syntax, bytes.Length, out var place);
                bytes.CopyTo(place);
                var scanned = DataSetCodec.Scan(file, bytes.Length, syntax, DataSetLimits.Default);
                var taken = Taken(file, scanned);
                var line = $"{syntax.UID.Name}: {name}: {taken} of {scanned.DecodedLength}, {bytes.Length}";
                Console.WriteLine(line);
                if (taken > scanned.DecodedLength)
                {
                    wrong.Add(line);
                }
            }
        }

        Assert.IsEmpty(wrong, string.Join('\n', wrong));
    }

    /// <summary>Bytes for each of some copies, so that what else happens meanwhile does not matter; in a method of its own, so that nothing of those before is left.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static long Taken(byte[] file, DataSetScanner scanned)
    {
        var copies = new DicomDataset[4];
        LookAt(DataSetCodec.Open(file, scanned));
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < copies.Length; i++)
        {
            copies[i] = DataSetCodec.Open(file, scanned);
            LookAt(copies[i]);
        }

        var taken = GC.GetTotalMemory(forceFullCollection: true) - before;
        GC.KeepAlive(copies);
        return taken / copies.Length;
    }

    private static void LookAt(DicomDataset dataset)
    {
        foreach (var item in dataset)
        {
            if (item is DicomSequence sequence)
            {
                foreach (var inner in sequence.Items)
                {
                    LookAt(inner);
                }
            }
            else if (item is DicomElement { ValueRepresentation.IsString: true } text)
            {
                _ = text.Get<string>();
            }
        }
    }

    /// <summary>Of all kinds of things that a data set is made of, very many.</summary>
    private static IEnumerable<(string Name, EncodedDataSet DataSet)> Kinds(DicomTransferSyntax syntax)
    {
        const int Count = 5_000;
        EncodedDataSet New() => new(syntax);
        var (values, texts) = (New(), New());
        for (var i = 0u; i < Count / 5; i++)
        {
            var tag = 0x12000010 + (i << 17);
            values.Element(tag, "UL", [1, 2, 3, 4]);
            texts.Text(tag, "LO", "a text of some length\\and another");
        }

        var (own, nested) = (New(), New());
        for (var i = 0u; i < Count / 5; i++)
        {
            own.Text(0x00090010 + (i << 17), "LO", "ACME").Element(0x00091001 + (i << 17), "UN", [1, 2]);
        }

        for (var i = 0u; i < Count / 50; i++)
        {
            nested.Nested(50, Lengths.Undefined, EncodedDataSet.ReferencedSeries + (i << 17));
        }

        if (syntax.IsEncapsulated)
        {
            yield return ("fragments", New().Fragments([.. Enumerable.Repeat(new byte[] { 1, 2 }, Count)]));
        }

        yield return ("private values", own);
        yield return ("sequences in one another", nested);
        yield return ("values", values);
        yield return ("texts", texts);
        var nothing = Enumerable.Repeat(Array.Empty<byte>(), Count).ToArray();
        var item = New().Text(0x00080104, "LO", "meaning").Bytes();
        foreach (var lengths in new[] { Lengths.Defined, Lengths.Undefined })
        {
            yield return ($"empty items, {lengths}", New().Sequence(EncodedDataSet.ReferencedSeries, lengths, nothing));
            yield return ($"items of one element, {lengths}", New().Sequence(EncodedDataSet.ReferencedSeries, lengths, [.. nothing.Select(_ => item)]));
            var sequences = New().Sequence(EncodedDataSet.ReferencedInstances, lengths, []).Bytes();
            yield return ($"items of an empty sequence, {lengths}", New().Sequence(EncodedDataSet.ReferencedSeries, lengths, [.. nothing.Select(_ => sequences)]));
        }
    }

    private static byte[] OneValue(int length) => new EncodedDataSet(DicomTransferSyntax.ExplicitVRLittleEndian).Text(EncodedDataSet.SopInstance, "UI", "1.2.3").Element(0x00420011, "OB", new byte[length]).Bytes();

    private static byte[] Small(int count, DicomTransferSyntax? syntax = null)
    {
        syntax ??= DicomTransferSyntax.ExplicitVRLittleEndian;
        var dataSet = new EncodedDataSet(syntax).Text(EncodedDataSet.SopInstance, "UI", "1.2.3");
        for (var i = 0u; i < count; i++)
        {
            dataSet.Element(0x00120010 + (i % 16_000 << 17) + (i / 16_000), "US", [1, 0]);
        }

        return dataSet.Bytes(syntax);
    }

    /// <summary>A peer as there are many: verification, small requests, small instances. Gives how many were answered.</summary>
    private static async Task<int> OrdinaryAsync(TestServer server, CancellationToken over)
    {
        using var peer = await server.AssociateAsync(s_anything, s_verification);
        var count = 0;
        while (!over.IsCancellationRequested)
        {
            await peer.AssertLivesAsync(3);
            foreach (var operation in s_kept.Append(s_store))
            {
                var (status, comment) = await AskAsync(peer, operation, Small(50));
                Assert.AreEqual(0, status, $"{operation.Field:X4}: {comment}");
                count++;
            }
        }

        return count;
    }

    private static byte[] Command((ushort Field, ushort ClassElement, ushort InstanceElement) operation) => new CommandWriter()
        .Uid(operation.ClassElement, s_class.Uid).UInt16(0x0100, operation.Field).UInt16(0x0110, 1).UInt16(0x0800, WithDataSet).Uid(operation.InstanceElement, "1.2.3").UInt16(0x1008, 1).ToArray();

    private static async Task<(int Status, string? Comment)> AskAsync(Requestor peer, (ushort Field, ushort ClassElement, ushort InstanceElement) operation, byte[] data)
    {
        await peer.SendCommandAsync(1, Command(operation));
        await peer.SendDataAsync(1, data);
        var response = await peer.ReadCommandAsync();
        return (response.GetUInt16(CommandElement.Status)!.Value, response.GetText(CommandElement.ErrorComment));
    }

    private static Task<TestServer> StartAsync(ushort status, Action<DicomScpOptions> configure, string syntax = Explicit)
    {
        return TestServer.StartAsync(
            options =>
            {
                options.TransferSyntaxes.Add(syntax);
                configure(options);
            },
            new ServiceBinding
            {
                Role = DicomRole.Scp,
                ServiceClass = s_class.ServiceClass,
                SopClasses = [s_class],
                FindStatus = (_, code) => code == status ? new StatusInfo(code, StatusCategory.Failure, "", "") : null,
                CStore = static async (_, context, token) =>
                {
                    _ = (await context.OpenAsync(token)).Dataset.Count();
                    return new DimseResponse(0);
                },
                CFind = static (_, _, _) => Nothing(),
                NSet = Answer<NSetContext>(),
                NAction = Answer<NActionContext>(),
                NCreate = Answer<NCreateContext>(),
            });

        // The data set is there for a while.
        static DimseHandler<TContext> Answer<TContext>()
            where TContext : DimseContext => static async (_, _, token) =>
        {
            await Task.Delay(20, token);
            return new DimseResponse(0);
        };

        static async IAsyncEnumerable<DimseResponse> Nothing()
        {
            await Task.Delay(20);
            yield break;
        }
    }
}
