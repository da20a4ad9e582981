using System.Globalization;
using System.Numerics;

namespace FellowOakDicom;

public enum DicomUidType
{
    TransferSyntax,
    SOPClass,
    MetaSOPClass,
    ServiceClass,
    SOPInstance,
    ApplicationContextName,
    ApplicationHostingModel,
    CodingScheme,
    FrameOfReference,
    LDAP,
    MappingResource,
    ContextGroupName,
    Unknown,
}

/// <summary>A unique identifier (PS3.5 §9); the registered ones of PS3.6 Annex A are constants.</summary>
public sealed partial class DicomUID
{
    private static readonly Dictionary<string, DicomUID> s_known = [];

    static DicomUID() => AddKnown();

    public DicomUID(string uid, string name, DicomUidType type, bool retired = false)
    {
        UID = uid;
        Name = name;
        Type = type;
        IsRetired = retired;
    }

    public string UID { get; private set; }

    public string Name { get; private set; }

    public DicomUidType Type { get; private set; }

    internal bool IsRetired { get; private set; }

    public static bool operator ==(DicomUID a, DicomUID b) => a is null ? b is null : a.Equals(b);

    public static bool operator !=(DicomUID a, DicomUID b) => !(a == b);

    /// <summary>A UID out of a UUID (PS3.5 §B.2).</summary>
    public static DicomUID Generate()
    {
        var number = new BigInteger(Guid.NewGuid().ToByteArray(), isUnsigned: true);
        return new DicomUID("2.25." + number.ToString(CultureInfo.InvariantCulture), "SOP Instance UID", DicomUidType.SOPInstance);
    }

    public static bool IsValidUid(string uid)
    {
        if (string.IsNullOrEmpty(uid) || uid.Length > 64)
        {
            return false;
        }

        foreach (var component in uid.Split('.'))
        {
            if (component.Length == 0 || (component.Length > 1 && component[0] == '0') || component.Any(c => c is < '0' or > '9'))
            {
                return false;
            }
        }

        return true;
    }

    public static DicomUID Parse(string s) => Parse(s, "Unknown", DicomUidType.Unknown);

    public static DicomUID Parse(string s, string name = "Unknown", DicomUidType type = DicomUidType.Unknown)
    {
        var uid = s.TrimEnd(' ', '\0');
        return s_known.TryGetValue(uid, out var known) ? known : new DicomUID(uid, name, type);
    }

    public override bool Equals(object obj) => obj is DicomUID other && UID == other.UID;

    public override int GetHashCode() => UID.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => $"{Name} [{UID}]";
}
