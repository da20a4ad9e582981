using System.IO.Compression;
using System.Text;
using FellowOakDicom;
using FellowOakDicom.IO;

namespace Specgen.Runtime.Tests.Instances;

/// <summary>Whether sequences and items say their length or end with a delimiter (PS3.5 §7.5.2).</summary>
public enum Lengths
{
    Defined,
    Undefined,

    /// <summary>Sequences of defined length with items of undefined one.</summary>
    DefinedSequences,

    /// <summary>Sequences of undefined length with items of defined one.</summary>
    DefinedItems,

    /// <summary>By turns, from level to level.</summary>
    Alternating,
}

/// <summary>PS3.5 §7.1 and §7.5 by hand, right and wrong, so that nothing of what is tested tests itself.</summary>
internal sealed class EncodedDataSet
{
    public const uint SopClass = 0x00080016, SopInstance = 0x00080018, Study = 0x0020000D, Series = 0x0020000E, PatientId = 0x00100020, Pixels = 0x7FE00010;
    public const uint ReferencedSeries = 0x00081115, ReferencedInstances = 0x00081199, PrivateCreator = 0x00090010, Private = 0x00091001;
    public const uint Undefined = 0xFFFFFFFF, Item = 0xFFFEE000, ItemEnd = 0xFFFEE00D, SequenceEnd = 0xFFFEE0DD;

    private static readonly HashSet<string> s_long = ["OB", "OD", "OF", "OL", "OV", "OW", "SQ", "SV", "UC", "UN", "UR", "UT", "UV"];

    private readonly MemoryStream _bytes = new();
    private readonly bool _isExplicit;
    private readonly bool _isBigEndian;

    public EncodedDataSet(DicomTransferSyntax syntax)
        : this(syntax.IsExplicitVR, syntax.Endian == Endian.Big)
    {
    }

    private EncodedDataSet(bool isExplicit, bool isBigEndian) => (_isExplicit, _isBigEndian) = (isExplicit, isBigEndian);

    /// <summary>All encodings of data sets there are, and one of those that differ from them by their pixels only.</summary>
    public static IReadOnlyList<DicomTransferSyntax> Syntaxes { get; } =
    [
        DicomTransferSyntax.ImplicitVRLittleEndian, DicomTransferSyntax.ExplicitVRLittleEndian, DicomTransferSyntax.ExplicitVRBigEndian,
        DicomTransferSyntax.DeflatedExplicitVRLittleEndian, DicomTransferSyntax.JPEGProcess14SV1,
    ];

    /// <summary>Another data set of the same encoding.</summary>
    public EncodedDataSet New() => new(_isExplicit, _isBigEndian);

    public static EncodedDataSet ImplicitLittleEndian() => new(isExplicit: false, isBigEndian: false);

    public byte[] Bytes() => _bytes.ToArray();

    /// <summary>As it is sent and stored.</summary>
    public byte[] Bytes(DicomTransferSyntax syntax) => syntax.IsDeflate ? Deflate(Bytes()) : Bytes();

    public EncodedDataSet Raw(byte[] bytes)
    {
        _bytes.Write(bytes);
        return this;
    }

    public EncodedDataSet Identity(string sopClass = "1.2.3", string instance = "1.2.3.4", string study = "1.2.3.5", string series = "1.2.3.6") =>
        Text(SopClass, "UI", sopClass).Text(SopInstance, "UI", instance).Text(Study, "UI", study).Text(Series, "UI", series);

    public EncodedDataSet Text(uint tag, string vr, string value)
    {
        var padding = value.Length % 2 == 0 ? "" : vr == "UI" ? "\0" : " ";
        return Element(tag, vr, Encoding.Latin1.GetBytes(value + padding));
    }

    public EncodedDataSet Element(uint tag, string vr, byte[] value) => Header(tag, vr, (uint)value.Length).Raw(value);

    public EncodedDataSet Header(uint tag, string vr, uint length)
    {
        Tag(tag);
        if (!_isExplicit)
        {
            return UInt32(length);
        }

        _bytes.Write(Encoding.ASCII.GetBytes(vr));
        return s_long.Contains(vr) ? UInt16(0).UInt32(length) : UInt16((ushort)length);
    }

    /// <summary>A sequence of these items.</summary>
    public EncodedDataSet Sequence(uint tag, Lengths lengths, params byte[][] items) => Sequence(tag, "SQ", lengths, items);

    public EncodedDataSet Sequence(uint tag, string vr, Lengths lengths, params byte[][] items)
    {
        var hasSequenceLength = lengths is Lengths.Defined or Lengths.DefinedSequences;
        var hasItemLength = lengths is Lengths.Defined or Lengths.DefinedItems;
        var content = New();
        foreach (var item in items)
        {
            content.Tag(Item).UInt32(hasItemLength ? (uint)item.Length : Undefined).Raw(item);
            if (!hasItemLength)
            {
                content.Tag(ItemEnd).UInt32(0);
            }
        }

        Header(tag, vr, hasSequenceLength ? (uint)content._bytes.Length : Undefined).Raw(content.Bytes());
        return hasSequenceLength ? this : Tag(SequenceEnd).UInt32(0);
    }

    /// <summary>UN with a sequence in it, which is implicit VR little endian wherever it is (PS3.5 §6.2.2).</summary>
    public EncodedDataSet Unknown(uint tag, params byte[][] items)
    {
        var inner = ImplicitLittleEndian();
        foreach (var item in items)
        {
            inner.Tag(Item).UInt32((uint)item.Length).Raw(item);
        }

        return Header(tag, "UN", Undefined).Raw(inner.Tag(SequenceEnd).UInt32(0).Bytes());
    }

    /// <summary>Encapsulated pixels (PS3.5 §A.4).</summary>
    public EncodedDataSet Fragments(params byte[][] fragments)
    {
        Header(Pixels, "OB", Undefined).Tag(Item).UInt32(0);
        foreach (var fragment in fragments)
        {
            Tag(Item).UInt32((uint)fragment.Length).Raw(fragment);
        }

        return Tag(SequenceEnd).UInt32(0);
    }

    /// <summary>Sequences in sequences: <paramref name="depth"/> items deep.</summary>
    public EncodedDataSet Nested(int depth, Lengths lengths, uint tag = ReferencedSeries, string vr = "SQ")
    {
        byte[] inner = [];
        for (var level = 0; level < depth; level++)
        {
            var here = lengths == Lengths.Alternating ? (Lengths)(level % 4) : lengths;
            inner = New().Sequence(tag, level == depth - 1 ? vr : "SQ", here, inner).Bytes();
        }

        return Raw(inner);
    }

    public EncodedDataSet Tag(uint tag) => UInt16((ushort)(tag >> 16)).UInt16((ushort)tag);

    public EncodedDataSet UInt32(uint value) =>
        _isBigEndian ? UInt16((ushort)(value >> 16)).UInt16((ushort)value) : UInt16((ushort)value).UInt16((ushort)(value >> 16));

    public EncodedDataSet UInt16(ushort value) => Raw(_isBigEndian ? [(byte)(value >> 8), (byte)value] : [(byte)value, (byte)(value >> 8)]);

    public static byte[] Deflate(byte[] bytes)
    {
        using var to = new MemoryStream();
        using (var deflate = new DeflateStream(to, CompressionLevel.Optimal))
        {
            deflate.Write(bytes);
        }

        return to.ToArray();
    }

    /// <summary>An instance in explicit little endian of as many bytes, with noise for pixels.</summary>
    public static byte[] Instance(int length, string sopClass = "1.2.3", string instance = "1.2.3.4")
    {
        var dataSet = new EncodedDataSet(DicomTransferSyntax.ExplicitVRLittleEndian).Text(SopClass, "UI", sopClass).Text(SopInstance, "UI", instance);
        var pixels = new byte[length - dataSet._bytes.Length - 12];
        new Random(length).NextBytes(pixels);
        return dataSet.Element(Pixels, "OB", pixels).Bytes();
    }
}
