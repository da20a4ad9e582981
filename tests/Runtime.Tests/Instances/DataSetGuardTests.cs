using System.Globalization;
using FellowOakDicom;
using Specgen.Instances;

namespace Specgen.Runtime.Tests.Instances;

/// <summary>All encodings, all ways in, all limits: what passes the guard, and what does not.</summary>
[TestClass]
public sealed class DataSetGuardTests
{
    private static readonly DataSetLimits s_small = new() { MaxDepth = 5, MaxElements = 40, MaxInflatedLength = 20_000_000, MaxInflationRatio = 50 };

    private static IEnumerable<object[]> Everything => EncodedDataSet.Syntaxes.SelectMany(static syntax => WaysIn.All.Keys.Select(way => new object[] { syntax.UID.UID, way }));

    private static IEnumerable<object[]> Encodings => EncodedDataSet.Syntaxes.Select(static syntax => new object[] { syntax.UID.UID });

    [TestMethod]
    [DynamicData(nameof(Everything))]
    public async Task What_is_in_order_comes_in(string uid, string way)
    {
        var syntax = DicomTransferSyntax.Parse(uid);
        foreach (var (name, dataSet) in Good(syntax))
        {
            Assert.AreEqual("1.2.3.4", await TakeAsync(way, dataSet, syntax), name);
        }
    }

    [TestMethod]
    [DynamicData(nameof(Everything))]
    public async Task What_is_malformed_or_too_much_does_not(string uid, string way)
    {
        var syntax = DicomTransferSyntax.Parse(uid);
        foreach (var (name, dataSet) in Bad(syntax))
        {
            try
            {
                await TakeAsync(way, dataSet, syntax);
            }
            catch (RefusedDataSetException)
            {
                continue;
            }

            Assert.Fail($"{name} was taken.");
        }
    }

    [TestMethod]
    [DynamicData(nameof(Everything))]
    public async Task What_ends_a_stack_does_not_come_near_it(string uid, string way)
    {
        var syntax = DicomTransferSyntax.Parse(uid);
        foreach (var lengths in Enum.GetValues<Lengths>())
        {
            var deep = new EncodedDataSet(syntax).Identity().Raw(Deep(syntax, lengths, 20_000));
            await Assert.ThrowsExactlyAsync<RefusedDataSetException>(() => WaysIn.All[way](deep.Bytes(syntax), syntax, DataSetLimits.Default), lengths.ToString());
        }
    }

    [TestMethod]
    [DynamicData(nameof(Encodings))]
    public void Every_cut_that_does_not_fall_between_elements_is_noticed(string uid)
    {
        var syntax = DicomTransferSyntax.Parse(uid);
        if (syntax.IsDeflate)
        {
            return;
        }

        var dataSet = new EncodedDataSet(syntax).Identity().Sequence(EncodedDataSet.ReferencedSeries, Lengths.Undefined, new EncodedDataSet(syntax).Text(EncodedDataSet.Study, "UI", "9.9").Bytes());
        var whole = (syntax.IsEncapsulated ? dataSet.Fragments([1, 2, 3, 4, 5, 6]) : dataSet.Element(EncodedDataSet.Pixels, "OW", new byte[600])).Bytes();
        var boundaries = 0;
        for (var length = 1; length < whole.Length; length++)
        {
            boundaries += Passes(whole[..length], syntax, length) ? 1 : 0;
        }

        Assert.AreEqual(5, boundaries, "Five of the six elements end before the last byte.");
    }

    [TestMethod]
    [DynamicData(nameof(Encodings))]
    public void It_does_not_matter_how_the_bytes_are_cut(string uid)
    {
        var syntax = DicomTransferSyntax.Parse(uid);
        foreach (var (name, dataSet) in Good(syntax).Concat(Bad(syntax).Where(static bad => !bad.Name.StartsWith("inflated", StringComparison.Ordinal))))
        {
            var bytes = dataSet.Bytes();
            var whole = Scan(bytes, syntax, bytes.Length, null).Problem;
            foreach (var piece in new[] { 1, 2, 3, 5, 8, 13 })
            {
                Assert.AreEqual(whole, Scan(bytes, syntax, piece, null).Problem, $"{name}, {piece} bytes at a time");
                Assert.AreEqual(whole is null, Scan(bytes, syntax, piece, bytes.Length).Problem is null, $"{name}, {piece} bytes at a time, length known");
            }
        }
    }

    [TestMethod]
    public void Noise_is_no_data_set()
    {
        var random = new Random(7);
        var noise = new byte[4096];
        for (var i = 0; i < 200; i++)
        {
            random.NextBytes(noise);
            foreach (var syntax in EncodedDataSet.Syntaxes)
            {
                Assert.IsFalse(Passes(noise, syntax, noise.Length));
            }
        }

        Assert.IsFalse(Passes(new byte[4096], DicomTransferSyntax.ImplicitVRLittleEndian, 4096));
    }

    [TestMethod]
    public void The_identity_is_that_of_the_data_set_itself()
    {
        foreach (var syntax in EncodedDataSet.Syntaxes.Where(static syntax => !syntax.IsDeflate))
        {
            var inner = new EncodedDataSet(syntax).Identity("9", "9.1", "9.2", "9.3").Bytes();
            var scanner = Scan(new EncodedDataSet(syntax).Sequence(EncodedDataSet.ReferencedSeries, Lengths.Defined, inner).Identity().Bytes(), syntax, 5, null);
            Assert.AreEqual(new InstanceIdentity("1.2.3", "1.2.3.4", "1.2.3.5", "1.2.3.6"), scanner.Identity);
            Assert.AreEqual(new InstanceIdentity("", "", "", ""), Scan([], syntax, 1, null).Identity);
        }
    }

    [TestMethod]
    public void A_look_at_an_image_allocates_next_to_nothing()
    {
        var syntax = DicomTransferSyntax.ImplicitVRLittleEndian;
        var dataSet = new EncodedDataSet(syntax).Identity();
        for (var i = 0; i < 200; i++)
        {
            dataSet.Element((uint)(0x00280030 + i), "US", [1, 0]);
        }

        var bytes = dataSet.Nested(20, Lengths.Alternating).Element(EncodedDataSet.Pixels, "OW", new byte[500_000]).Bytes();
        Scan(bytes, syntax, 16_000, null);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var scanner = Scan(bytes, syntax, 16_000, null);
        Assert.IsNull(scanner.Problem);
        Assert.IsLessThan(5_000L, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [TestMethod]
    public async Task A_file_whose_header_can_be_read_in_two_ways_is_not_read()
    {
        var deep = new EncodedDataSet(DicomTransferSyntax.ExplicitVRLittleEndian).Identity().Bytes();
        var one = WaysIn.Header(DicomTransferSyntax.ExplicitVRLittleEndian);
        var meta = new EncodedDataSet(DicomTransferSyntax.ExplicitVRLittleEndian);
        foreach (var more in new[]
        {
            meta.New().Text(0x00020010, "UI", "1.2.840.10008.1.2").Bytes(),
            meta.New().Element(0x00020100, "ZZ", [0, 0]).Bytes(),
            meta.New().Sequence(0x00020102, Lengths.Defined, []).Bytes(),
        })
        {
            await Assert.ThrowsAsync<DicomDataException>(async () => await DicomFiles.OpenAsync(new MemoryStream([.. one, .. more, .. deep])));
        }
    }

    [TestMethod]
    [DataRow("1.2.840.10008.1.1", true, true)]
    [DataRow("0", true, true)]
    [DataRow("1.0.3", true, true)]
    [DataRow("1.02.3", true, false)]
    [DataRow("01.2", true, false)]
    [DataRow("1.00", true, false)]
    [DataRow("", false, false)]
    [DataRow(null, false, false)]
    [DataRow(".1", false, false)]
    [DataRow("1.", false, false)]
    [DataRow("1..2", false, false)]
    [DataRow("..", false, false)]
    [DataRow("../1", false, false)]
    [DataRow("1/2", false, false)]
    [DataRow("1.2a", false, false)]
    [DataRow("1.2 ", false, false)]
    [DataRow("1.2\u0663", false, false)]
    [DataRow("1.23456789.123456789.123456789.123456789.123456789.123456789.123", true, true)]
    [DataRow("1.23456789.123456789.123456789.123456789.123456789.123456789.1234", false, false)]
    public void IsUid(string? value, bool characters, bool full)
    {
        Assert.AreEqual(characters, InstanceIdentity.IsUid(value));
        Assert.AreEqual(full, InstanceIdentity.IsUid(value, UidCheck.Full));
        Assert.AreEqual(!string.IsNullOrEmpty(value), InstanceIdentity.IsUid(value, UidCheck.None));
    }

    private static IEnumerable<(string Name, EncodedDataSet DataSet)> Good(DicomTransferSyntax syntax)
    {
        var start = () => new EncodedDataSet(syntax).Identity();
        var inner = new EncodedDataSet(syntax).Text(EncodedDataSet.PatientId, "LO", "Q").Bytes();
        var implicitInner = EncodedDataSet.ImplicitLittleEndian().Text(EncodedDataSet.PatientId, "LO", "Q").Bytes();
        yield return ("plain", start());
        yield return ("odd", start().Element(EncodedDataSet.Pixels, "OB", new byte[3]));
        yield return ("empty sequence", start().Sequence(EncodedDataSet.ReferencedSeries, Lengths.Defined));
        yield return ("40 elements", Many(start(), 36));
        foreach (var lengths in Enum.GetValues<Lengths>())
        {
            yield return ($"nested {lengths}", start().Nested(s_small.MaxDepth, lengths));
            yield return ($"items {lengths}", start().Sequence(EncodedDataSet.ReferencedSeries, lengths, inner, [], inner).Text(0x00400253, "SH", "P"));
        }

        if (!syntax.IsExplicitVR)
        {
            yield return ("private, that nobody knows", start().Text(EncodedDataSet.PrivateCreator, "LO", "ACME").Element(EncodedDataSet.Private, "UN", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]));
            yield return ("private, that looks like a sequence and is one", start().Sequence(EncodedDataSet.Private, Lengths.Defined, implicitInner));
            yield break;
        }

        yield return ("unknown of defined length", start().Element(EncodedDataSet.Private, "UN", new byte[10]));
        yield return ("private sequence", start().Sequence(EncodedDataSet.Private, Lengths.Undefined, inner));
        if (syntax != DicomTransferSyntax.ExplicitVRBigEndian)
        {
            // In big endian fo-dicom takes what is in private UN for big endian too.
            yield return ("unknown of undefined length", start().Unknown(EncodedDataSet.Private, implicitInner));
        }

        if (syntax.IsEncapsulated)
        {
            yield return ("fragments", start().Fragments([1, 2, 3, 4], [5, 6]));
        }
    }

    private static IEnumerable<(string Name, EncodedDataSet DataSet)> Bad(DicomTransferSyntax syntax)
    {
        var start = () => new EncodedDataSet(syntax).Identity();
        var inner = new EncodedDataSet(syntax).Text(EncodedDataSet.PatientId, "LO", "Q").Bytes();
        foreach (var lengths in Enum.GetValues<Lengths>())
        {
            yield return ($"nested {lengths}", start().Nested(s_small.MaxDepth + 1, lengths));
        }

        yield return ("41 elements", Many(start(), 37));
        yield return ("41 items", start().Sequence(EncodedDataSet.ReferencedSeries, Lengths.Defined, [.. Enumerable.Repeat<byte[]>([], 36)]));
        yield return ("longer than what there is", start().Header(EncodedDataSet.Pixels, "OW", 1000).Raw(new byte[998]));
        yield return ("sequence longer than what there is", start().Header(EncodedDataSet.ReferencedSeries, "SQ", 1000));
        yield return ("element longer than its item", start().Header(EncodedDataSet.ReferencedSeries, "SQ", 24).Tag(EncodedDataSet.Item).UInt32(16).Header(EncodedDataSet.PatientId, "LO", 40).Raw(new byte[80]));
        yield return ("item longer than its sequence", start().Header(EncodedDataSet.ReferencedSeries, "SQ", 24).Tag(EncodedDataSet.Item).UInt32(40).Raw(inner).Raw(new byte[40]));
        yield return ("sequence of undefined length that its item does not hold", start().Header(EncodedDataSet.ReferencedSeries, "SQ", 40).Tag(EncodedDataSet.Item).UInt32(32)
            .Header(EncodedDataSet.ReferencedInstances, "SQ", EncodedDataSet.Undefined).Tag(EncodedDataSet.Item).UInt32(EncodedDataSet.Undefined).Raw(inner).Raw(inner)
            .Tag(EncodedDataSet.ItemEnd).UInt32(0).Tag(EncodedDataSet.SequenceEnd).UInt32(0));
        yield return ("no end of a sequence", start().Header(EncodedDataSet.ReferencedSeries, "SQ", EncodedDataSet.Undefined).Tag(EncodedDataSet.Item).UInt32((uint)inner.Length).Raw(inner));
        yield return ("no end of an item", start().Header(EncodedDataSet.ReferencedSeries, "SQ", EncodedDataSet.Undefined).Tag(EncodedDataSet.Item).UInt32(EncodedDataSet.Undefined).Raw(inner));
        yield return ("text in a sequence", start().Element(EncodedDataSet.ReferencedSeries, "SQ", "not a sequence, but text"u8.ToArray()));
        yield return ("an item where an element is due", start().Tag(EncodedDataSet.Item).UInt32(0));
        yield return ("an end that has no beginning", start().Tag(EncodedDataSet.SequenceEnd).UInt32(0));
        yield return ("an end of an item that has a length", start().Header(EncodedDataSet.ReferencedSeries, "SQ", 16).Tag(EncodedDataSet.Item).UInt32(8).Tag(EncodedDataSet.ItemEnd).UInt32(0));
        yield return ("a command", new EncodedDataSet(syntax).Text(0x00000002, "UI", "1.2").Identity());
        yield return ("file meta information", new EncodedDataSet(syntax).Text(0x00020010, "UI", "1.2.840.10008.1.2.1.99").Identity());
        yield return ("undefined length of text", start().Header(EncodedDataSet.PatientId, "LT", EncodedDataSet.Undefined).Raw(new byte[16]).Tag(EncodedDataSet.SequenceEnd).UInt32(0));
        if (syntax.IsDeflate)
        {
            yield return ("inflated to too much", start().Element(EncodedDataSet.Pixels, "OW", Noise(21_000_000)));
            yield return ("inflated too well", start().Element(EncodedDataSet.Pixels, "OW", new byte[17_000_000]));
        }

        if (!syntax.IsExplicitVR)
        {
            yield return ("private, that looks like a sequence and is none", start().Element(EncodedDataSet.Private, "UN", [0xFE, 0xFF, 0x00, 0xE0, 1, 0, 0, 0, 9, 9]));
            yield return ("private, that is nested", start().Nested(s_small.MaxDepth + 1, Lengths.Defined, EncodedDataSet.Private));
            yield break;
        }

        yield return ("a VR that is none", start().Header(EncodedDataSet.PatientId, "ZZ", 4).Raw(new byte[4]));
        yield return ("no VR", start().Tag(EncodedDataSet.PatientId).UInt32(4).Raw(new byte[4]));
        yield return ("a length in reserved bytes", start().Tag(0x00720082).Raw("SV"u8.ToArray()).UInt16(8).Raw(new byte[8]).Raw(new byte[4]));
        yield return ("unknown, nested", start().Unknown(EncodedDataSet.Private, EncodedDataSet.ImplicitLittleEndian().Nested(s_small.MaxDepth, Lengths.Defined).Bytes()));
        yield return ("unknown of defined length, nested", start().Element(
            EncodedDataSet.ReferencedSeries, "UN", Contents(EncodedDataSet.ImplicitLittleEndian().Nested(s_small.MaxDepth + 1, Lengths.Defined).Bytes())));
        yield return ("private and unknown of defined length, nested", start().Element(
            EncodedDataSet.Private, "UN", Contents(EncodedDataSet.ImplicitLittleEndian().Nested(s_small.MaxDepth + 1, Lengths.Defined).Bytes())));
        yield return ("unknown, whose lengths read as VRs", start().Unknown(EncodedDataSet.Private, EncodedDataSet.ImplicitLittleEndian().Element(0x00420011, "OB", new byte['S' | ('Q' << 8)]).Bytes()));
        yield return ("a fragment of undefined length", start().Header(EncodedDataSet.Pixels, "OB", EncodedDataSet.Undefined).Tag(EncodedDataSet.Item).UInt32(EncodedDataSet.Undefined).Raw(new byte[8]).Tag(EncodedDataSet.SequenceEnd).UInt32(0));
        yield return ("fragments without an end", start().Header(EncodedDataSet.Pixels, "OB", EncodedDataSet.Undefined).Tag(EncodedDataSet.Item).UInt32(4).Raw(new byte[4]));
    }

    private static byte[] Contents(byte[] implicitSequence) => implicitSequence[8..];

    private static byte[] Deep(DicomTransferSyntax syntax, Lengths lengths, int depth)
    {
        // From the inside outwards, without a copy for each level.
        var isExplicit = syntax.IsExplicitVR;
        var parts = new List<byte[]>();
        var tails = new List<byte[]>();
        var length = 0;
        for (var level = 0; level < depth; level++)
        {
            var here = lengths == Lengths.Alternating ? (Lengths)(level % 4) : lengths;
            var (hasSequence, hasItem) = (here is Lengths.Defined or Lengths.DefinedSequences, here is Lengths.Defined or Lengths.DefinedItems);
            var item = length + (hasItem ? 0 : 8);
            var all = item + 8 + (hasSequence ? 0 : 8);
            parts.Add(new EncodedDataSet(syntax).Header(EncodedDataSet.ReferencedSeries, "SQ", hasSequence ? (uint)(item + 8) : EncodedDataSet.Undefined)
                .Tag(EncodedDataSet.Item).UInt32(hasItem ? (uint)length : EncodedDataSet.Undefined).Bytes());
            var tail = new EncodedDataSet(syntax);
            _ = hasItem ? tail : tail.Tag(EncodedDataSet.ItemEnd).UInt32(0);
            tails.Add((hasSequence ? tail : tail.Tag(EncodedDataSet.SequenceEnd).UInt32(0)).Bytes());
            length = all + (isExplicit ? 12 : 8);
        }

        return [.. Enumerable.Reverse(parts).SelectMany(static part => part), .. tails.SelectMany(static tail => tail)];
    }

    private static byte[] Noise(int length)
    {
        var noise = new byte[length];
        new Random(5).NextBytes(noise);
        return noise;
    }

    private static EncodedDataSet Many(EncodedDataSet dataSet, int count)
    {
        for (var i = 0; i < count; i++)
        {
            dataSet.Text((uint)(0x00400254 + (i * 0x100)), "LO", i.ToString(CultureInfo.InvariantCulture));
        }

        return dataSet;
    }

    private static Task<string> TakeAsync(string way, EncodedDataSet dataSet, DicomTransferSyntax syntax) => WaysIn.All[way](dataSet.Bytes(syntax), syntax, s_small);

    private static bool Passes(byte[] bytes, DicomTransferSyntax syntax, int piece) => Scan(bytes, syntax, piece, null).Problem is null;

    private static DataSetScanner Scan(byte[] bytes, DicomTransferSyntax syntax, int piece, long? length)
    {
        var scanner = new DataSetScanner(syntax, s_small with { MaxElements = 1000, MaxDepth = Math.Max(s_small.MaxDepth, 30) }, length);
        for (var at = 0; at < bytes.Length; at += piece)
        {
            scanner.Write(bytes.AsSpan(at, Math.Min(piece, bytes.Length - at)));
        }

        scanner.Complete();
        return scanner;
    }
}
