using System.Globalization;
using System.Runtime.InteropServices;
using FellowOakDicom;

namespace Specgen.Runtime.Tests.Queries;

/// <summary>Data sets of one attribute, whatever its VR.</summary>
internal static class Values
{
    private static readonly Dictionary<string, DicomTag> s_tags = new()
    {
        ["AE"] = new(0x0040, 0x0001),
        ["AS"] = new(0x0010, 0x1010),
        ["AT"] = new(0x0028, 0x0009),
        ["CS"] = new(0x0008, 0x0060),
        ["DA"] = new(0x0008, 0x0020),
        ["DS"] = new(0x0010, 0x1030),
        ["DT"] = new(0x0040, 0x4005),
        ["FD"] = new(0x0018, 0x9073),
        ["FL"] = new(0x0008, 0x9459),
        ["IS"] = new(0x0020, 0x0013),
        ["LO"] = new(0x0010, 0x0020),
        ["LT"] = new(0x0010, 0x4000),
        ["OB"] = new(0x0042, 0x0011),
        ["OD"] = new(0x7FE0, 0x0009),
        ["OF"] = new(0x7FE0, 0x0008),
        ["OL"] = new(0x0066, 0x0040),
        ["OV"] = new(0x7FE0, 0x0001),
        ["OW"] = new(0x7FE0, 0x0010),
        ["PN"] = new(0x0010, 0x0010),
        ["SH"] = new(0x0008, 0x0050),
        ["SL"] = new(0x0018, 0x6020),
        ["SS"] = new(0x0018, 0x9219),
        ["ST"] = new(0x0008, 0x0081),
        ["SV"] = new(0x0072, 0x0082),
        ["TM"] = new(0x0008, 0x0030),
        ["UC"] = new(0x0008, 0x0119),
        ["UI"] = new(0x0020, 0x000D),
        ["UL"] = new(0x0018, 0x6016),
        ["UN"] = new(0x0008, 0x00FE),
        ["UR"] = new(0x0008, 0x1190),
        ["US"] = new(0x0028, 0x0010),
        ["UT"] = new(0x0040, 0x0031),
        ["UV"] = new(0x0072, 0x0083),
    };

    public static DicomTag TagOf(string vr) => s_tags[vr];

    public static bool IsText(string vr) => DicomVR.Parse(vr).IsString;

    /// <summary>Values with backslashes between them; "" for an attribute without value.</summary>
    public static DicomDataset Of(string vr, string text)
    {
        var (dataset, tag) = (new DicomDataset().NotValidated(), s_tags[vr]);
        var values = text.Length == 0 ? [] : text.Split('\\');
        return vr switch
        {
            _ when IsText(vr) => dataset.Add(DicomVR.Parse(vr), tag, text),
            _ when values.Length == 0 => Bulk(vr),
            "AT" => dataset.Add(DicomVR.AT, tag, Array.ConvertAll(values, Tag)),
            "US" => dataset.Add(DicomVR.US, tag, Array.ConvertAll(values, static v => ushort.Parse(v, CultureInfo.InvariantCulture))),
            "SS" => dataset.Add(DicomVR.SS, tag, Array.ConvertAll(values, static v => short.Parse(v, CultureInfo.InvariantCulture))),
            "UL" => dataset.Add(DicomVR.UL, tag, Array.ConvertAll(values, static v => uint.Parse(v, CultureInfo.InvariantCulture))),
            "SL" => dataset.Add(DicomVR.SL, tag, Array.ConvertAll(values, static v => int.Parse(v, CultureInfo.InvariantCulture))),
            "UV" => dataset.Add(DicomVR.UV, tag, Array.ConvertAll(values, static v => ulong.Parse(v, CultureInfo.InvariantCulture))),
            "SV" => dataset.Add(DicomVR.SV, tag, Array.ConvertAll(values, static v => long.Parse(v, CultureInfo.InvariantCulture))),
            "FL" => dataset.Add(DicomVR.FL, tag, Array.ConvertAll(values, static v => float.Parse(v, CultureInfo.InvariantCulture))),
            _ => dataset.Add(DicomVR.FD, tag, Array.ConvertAll(values, static v => double.Parse(v, CultureInfo.InvariantCulture))),
        };
    }

    /// <summary>Bulk data; without any, an attribute of any VR without value.</summary>
    public static DicomDataset Bulk(string vr, params byte[] bytes)
    {
        var (dataset, tag) = (new DicomDataset().NotValidated(), s_tags[vr]);
        return vr switch
        {
            _ when bytes.Length == 0 => dataset.Add(DicomVR.Parse(vr), tag, (string[])null!),
            "OW" => dataset.Add(DicomVR.OW, tag, MemoryMarshal.Cast<byte, ushort>(bytes).ToArray()),
            "OL" => dataset.Add(DicomVR.OL, tag, MemoryMarshal.Cast<byte, uint>(bytes).ToArray()),
            "OV" => dataset.Add(DicomVR.OV, tag, MemoryMarshal.Cast<byte, ulong>(bytes).ToArray()),
            "OF" => dataset.Add(DicomVR.OF, tag, MemoryMarshal.Cast<byte, float>(bytes).ToArray()),
            "OD" => dataset.Add(DicomVR.OD, tag, MemoryMarshal.Cast<byte, double>(bytes).ToArray()),
            _ => dataset.Add(DicomVR.Parse(vr), tag, bytes),
        };
    }

    private static DicomTag Tag(string text)
    {
        var number = uint.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return new DicomTag((ushort)(number >> 16), (ushort)number);
    }
}
