namespace FellowOakDicom.IO;

/// <summary>The order of the bytes of a number.</summary>
public struct Endian
{
    public static readonly Endian Little = new(false);
    public static readonly Endian Big = new(true);

    private readonly bool _isBigEndian;

    private Endian(bool isBigEndian) => _isBigEndian = isBigEndian;

    public static bool operator ==(Endian e1, Endian e2) => e1._isBigEndian == e2._isBigEndian;

    public static bool operator !=(Endian e1, Endian e2) => !(e1 == e2);

    public override readonly bool Equals(object obj) => obj is Endian other && other == this;

    public override readonly int GetHashCode() => _isBigEndian.GetHashCode();

    public override readonly string ToString() => _isBigEndian ? "Big Endian" : "Little Endian";
}
