namespace FellowOakDicom;

/// <summary>Group and element number of a data element (PS3.5 §7.1).</summary>
public sealed partial class DicomTag : IEquatable<DicomTag>, IComparable<DicomTag>, IComparable, IFormattable
{
    public static readonly DicomTag Unknown = new(0xFFFF, 0xFFFF);

    public DicomTag(ushort group, ushort element)
    {
        Group = group;
        Element = element;
    }

    public ushort Group { get; private set; }

    public ushort Element { get; private set; }

    public bool IsPrivate => (Group & 1) != 0;

    public DicomDictionaryEntry DictionaryEntry => DicomDictionary.Default[this];

    public static bool operator ==(DicomTag a, DicomTag b) => a is null ? b is null : a.Equals(b);

    public static bool operator !=(DicomTag a, DicomTag b) => !(a == b);

    public static explicit operator uint(DicomTag tag) => ((uint)tag.Group << 16) | tag.Element;

    public static DicomTag Parse(string s)
    {
        var digits = s?.Trim().Trim('(', ')').Replace(",", "") ?? throw new ArgumentNullException(nameof(s));
        return digits.Length == 8 && uint.TryParse(digits, System.Globalization.NumberStyles.HexNumber, null, out var number)
            ? new DicomTag((ushort)(number >> 16), (ushort)number)
            : throw new DicomDataException($"\"{s}\" is no tag");
    }

    public bool Equals(DicomTag other) => other is not null && Group == other.Group && Element == other.Element;

    public override bool Equals(object obj) => Equals(obj as DicomTag);

    public override int GetHashCode() => (Group << 16) | Element;

    public int CompareTo(DicomTag other) => other is null ? 1 : ((uint)this).CompareTo((uint)other);

    public int CompareTo(object obj) => CompareTo(obj as DicomTag);

    public override string ToString() => $"({Group:x4},{Element:x4})";

    public string ToString(string format, IFormatProvider formatProvider) => ToString();
}
