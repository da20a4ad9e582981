using FellowOakDicom.IO;

namespace FellowOakDicom;

/// <summary>How a data set is encoded (PS3.5 §10, Annex A).</summary>
public partial class DicomTransferSyntax
{
    private static readonly Dictionary<string, DicomTransferSyntax> s_entries = [];

    public static readonly DicomTransferSyntax ImplicitVRLittleEndian = Add(DicomUID.ImplicitVRLittleEndian, isExplicit: false);
    public static readonly DicomTransferSyntax ExplicitVRLittleEndian = Add(DicomUID.ExplicitVRLittleEndian);
    public static readonly DicomTransferSyntax ExplicitVRBigEndian = Add(DicomUID.ExplicitVRBigEndianRETIRED, endian: Endian.Big);
    public static readonly DicomTransferSyntax DeflatedExplicitVRLittleEndian = Add(DicomUID.DeflatedExplicitVRLittleEndian, isDeflate: true);
    public static readonly DicomTransferSyntax JPEGProcess1 = Add(DicomUID.JPEGBaseline8Bit, isEncapsulated: true, isLossy: true);
    public static readonly DicomTransferSyntax JPEGProcess2_4 = Add(DicomUID.JPEGExtended12Bit, isEncapsulated: true, isLossy: true);
    public static readonly DicomTransferSyntax JPEGProcess14 = Add(DicomUID.JPEGLossless, isEncapsulated: true);
    public static readonly DicomTransferSyntax JPEGProcess14SV1 = Add(DicomUID.JPEGLosslessSV1, isEncapsulated: true);
    public static readonly DicomTransferSyntax JPEGLSLossless = Add(DicomUID.JPEGLSLossless, isEncapsulated: true);
    public static readonly DicomTransferSyntax JPEGLSNearLossless = Add(DicomUID.JPEGLSNearLossless, isEncapsulated: true, isLossy: true);
    public static readonly DicomTransferSyntax JPEG2000Lossless = Add(DicomUID.JPEG2000Lossless, isEncapsulated: true);
    public static readonly DicomTransferSyntax JPEG2000Lossy = Add(DicomUID.JPEG2000, isEncapsulated: true, isLossy: true);
    public static readonly DicomTransferSyntax RLELossless = Add(DicomUID.RLELossless, isEncapsulated: true);

    private DicomTransferSyntax(DicomUID uid)
    {
        UID = uid;
        IsRetired = uid.IsRetired;
    }

    public static IEnumerable<DicomTransferSyntax> KnownEntries => s_entries.Values;

    public DicomUID UID { get; }

    public bool IsRetired { get; private set; }

    public bool IsExplicitVR { get; private set; }

    public bool IsEncapsulated { get; private set; }

    public bool IsLossy { get; private set; }

    public bool IsDeflate { get; private set; }

    public Endian Endian { get; private set; }

    public static bool operator ==(DicomTransferSyntax a, DicomTransferSyntax b) => a is null ? b is null : a.Equals(b);

    public static bool operator !=(DicomTransferSyntax a, DicomTransferSyntax b) => !(a == b);

    public static DicomTransferSyntax Parse(string uid) => Lookup(DicomUID.Parse(uid, "Unknown Transfer Syntax", DicomUidType.TransferSyntax));

    /// <summary>A transfer syntax that is not known is taken for an encapsulated one: all others have been known since 1993.</summary>
    public static DicomTransferSyntax Lookup(DicomUID uid) => s_entries.TryGetValue(uid.UID, out var known)
        ? known
        : new DicomTransferSyntax(uid) { IsExplicitVR = true, IsEncapsulated = true, Endian = Endian.Little };

    public override bool Equals(object obj) => obj is DicomTransferSyntax other && other.UID == UID;

    public override int GetHashCode() => UID.GetHashCode();

    public override string ToString() => UID.Name;

    private static DicomTransferSyntax Add(
        DicomUID uid, bool isExplicit = true, Endian? endian = null, bool isEncapsulated = false, bool isLossy = false, bool isDeflate = false) =>
        s_entries[uid.UID] = new DicomTransferSyntax(uid)
        {
            IsExplicitVR = isExplicit,
            Endian = endian ?? Endian.Little,
            IsEncapsulated = isEncapsulated,
            IsLossy = isLossy,
            IsDeflate = isDeflate,
        };
}
