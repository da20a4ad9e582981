namespace FellowOakDicom;

/// <summary>A value representation (PS3.5 §6.2).</summary>
public sealed class DicomVR
{
    public static readonly DicomVR AE = new("AE", "Application Entity", text: true, max: 16);
    public static readonly DicomVR AS = new("AS", "Age String", text: true, max: 4);
    public static readonly DicomVR AT = new("AT", "Attribute Tag", unit: 2, value: 4);
    public static readonly DicomVR CS = new("CS", "Code String", text: true, max: 16);
    public static readonly DicomVR DA = new("DA", "Date", text: true, max: 18);
    public static readonly DicomVR DS = new("DS", "Decimal String", text: true, max: 16);
    public static readonly DicomVR DT = new("DT", "Date Time", text: true, max: 54);
    public static readonly DicomVR FD = new("FD", "Floating Point Double", unit: 8, value: 8);
    public static readonly DicomVR FL = new("FL", "Floating Point Single", unit: 4, value: 4);
    public static readonly DicomVR IS = new("IS", "Integer String", text: true, max: 12);
    public static readonly DicomVR LO = new("LO", "Long String", text: true, max: 64);
    public static readonly DicomVR LT = new("LT", "Long Text", text: true, max: 10240, single: true);
    public static readonly DicomVR OB = new("OB", "Other Byte", longLength: true);
    public static readonly DicomVR OD = new("OD", "Other Double", unit: 8, longLength: true);
    public static readonly DicomVR OF = new("OF", "Other Float", unit: 4, longLength: true);
    public static readonly DicomVR OL = new("OL", "Other Long", unit: 4, longLength: true);
    public static readonly DicomVR OV = new("OV", "Other 64-bit Very Long", unit: 8, longLength: true);
    public static readonly DicomVR OW = new("OW", "Other Word", unit: 2, longLength: true);
    public static readonly DicomVR PN = new("PN", "Person Name", text: true, max: 194);
    public static readonly DicomVR SH = new("SH", "Short String", text: true, max: 16);
    public static readonly DicomVR SL = new("SL", "Signed Long", unit: 4, value: 4);
    public static readonly DicomVR SQ = new("SQ", "Sequence of Items", longLength: true);
    public static readonly DicomVR SS = new("SS", "Signed Short", unit: 2, value: 2);
    public static readonly DicomVR ST = new("ST", "Short Text", text: true, max: 1024, single: true);
    public static readonly DicomVR SV = new("SV", "Signed 64-bit Very Long", unit: 8, value: 8, longLength: true);
    public static readonly DicomVR TM = new("TM", "Time", text: true, max: 28);
    public static readonly DicomVR UC = new("UC", "Unlimited Characters", text: true, longLength: true);
    public static readonly DicomVR UI = new("UI", "Unique Identifier", text: true, max: 64);
    public static readonly DicomVR UL = new("UL", "Unsigned Long", unit: 4, value: 4);
    public static readonly DicomVR UN = new("UN", "Unknown", longLength: true);
    public static readonly DicomVR UR = new("UR", "Universal Resource Identifier or Locator", text: true, single: true, longLength: true);
    public static readonly DicomVR US = new("US", "Unsigned Short", unit: 2, value: 2);
    public static readonly DicomVR UT = new("UT", "Unlimited Text", text: true, single: true, longLength: true);
    public static readonly DicomVR UV = new("UV", "Unsigned 64-bit Very Long", unit: 8, value: 8, longLength: true);

    private static readonly Dictionary<string, DicomVR> s_all = new[]
    {
        AE, AS, AT, CS, DA, DS, DT, FD, FL, IS, LO, LT, OB, OD, OF, OL, OV, OW, PN, SH, SL, SQ, SS, ST, SV, TM, UC, UI, UL, UN, UR, US, UT, UV,
    }.ToDictionary(vr => vr.Code, StringComparer.Ordinal);

    private DicomVR(string code, string name, bool text = false, uint max = 0, int unit = 1, int value = 0, bool single = false, bool longLength = false)
    {
        Code = code;
        Name = name;
        IsString = text;
        MaximumLength = max;
        UnitSize = unit;
        ValueSize = value;
        IsMultiValue = !single;
        Is16bitLength = !longLength;
    }

    public string Code { get; }

    internal string Name { get; }

    public bool IsString { get; }

    /// <summary>Text in the data set's character set (PS3.5 §6.1.2.3); other text is of the default repertoire.</summary>
    internal bool IsEncodedText => Code is "LO" or "LT" or "PN" or "SH" or "ST" or "UC" or "UT";

    public bool IsMultiValue { get; }

    /// <summary>Whether an explicit VR header has a length of 16 bits (PS3.5 §7.1.2).</summary>
    internal bool Is16bitLength { get; }

    internal uint MaximumLength { get; }

    internal int UnitSize { get; }

    internal int ValueSize { get; }

    /// <summary>The character that makes a value of odd length even (PS3.5 §6.2).</summary>
    internal byte Padding => IsString && this != UI ? (byte)' ' : (byte)0;

    public static DicomVR Parse(string vr) => TryParse(vr, out var result) ? result : throw new DicomDataException($"Unknown VR: '{vr}'");

    internal static bool TryParse(string vr, out DicomVR result) => s_all.TryGetValue(vr, out result);

    public override string ToString() => Code;
}
