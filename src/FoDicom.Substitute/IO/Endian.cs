namespace FellowOakDicom.IO;

/// <summary>The order of the bytes of a number.</summary>
public struct Endian : IEquatable<Endian>
{
    public static readonly Endian Little = new(false);
    public static readonly Endian Big = new(true);

    private readonly bool _isBigEndian;

    private Endian(bool isBigEndian) => _isBigEndian = isBigEndian;

    public static bool operator ==(Endian a, Endian b) => a.Equals(b);

    public static bool operator !=(Endian a, Endian b) => !a.Equals(b);

    public readonly bool Equals(Endian other) => other._isBigEndian == _isBigEndian;

    public override readonly bool Equals(object obj) => obj is Endian other && Equals(other);

    public override readonly int GetHashCode() => _isBigEndian.GetHashCode();

    public override readonly string ToString() => _isBigEndian ? "Big Endian" : "Little Endian";
}
