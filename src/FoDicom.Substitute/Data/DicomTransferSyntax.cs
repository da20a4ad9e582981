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
    public static readonly DicomTransferSyntax JPEGProcess1 = Add(DicomUID.JPEGBaseline8Bit, isEncapsulated: true);
    public static readonly DicomTransferSyntax JPEGProcess2_4 = Add(DicomUID.JPEGExtended12Bit, isEncapsulated: true);
    public static readonly DicomTransferSyntax JPEGProcess14 = Add(DicomUID.JPEGLossless, isEncapsulated: true);
    public static readonly DicomTransferSyntax JPEGProcess14SV1 = Add(DicomUID.JPEGLosslessSV1, isEncapsulated: true);
    public static readonly DicomTransferSyntax JPEGLSLossless = Add(DicomUID.JPEGLSLossless, isEncapsulated: true);
    public static readonly DicomTransferSyntax JPEGLSNearLossless = Add(DicomUID.JPEGLSNearLossless, isEncapsulated: true);
    public static readonly DicomTransferSyntax JPEG2000Lossless = Add(DicomUID.JPEG2000Lossless, isEncapsulated: true);
    public static readonly DicomTransferSyntax JPEG2000Lossy = Add(DicomUID.JPEG2000, isEncapsulated: true);
    public static readonly DicomTransferSyntax RLELossless = Add(DicomUID.RLELossless, isEncapsulated: true);

    static DicomTransferSyntax()
    {
        // The others that fo-dicom knows; nothing here calls them by name.
        foreach (var lossless in (DicomUID[])[
            DicomUID.JPEGLosslessNonHierarchical15RETIRED, DicomUID.JPEGLosslessHierarchical28RETIRED, DicomUID.JPEGLosslessHierarchical29RETIRED,
            DicomUID.JPEG2000MCLossless, DicomUID.HTJ2KLossless, DicomUID.HTJ2KLosslessRPCL])
        {
            Add(lossless, isEncapsulated: true);
        }

        foreach (var lossy in (DicomUID[])[
            DicomUID.JPEGExtended35RETIRED, DicomUID.JPEGSpectralSelectionNonHierarchical68RETIRED, DicomUID.JPEGSpectralSelectionNonHierarchical79RETIRED,
            DicomUID.JPEGFullProgressionNonHierarchical1012RETIRED, DicomUID.JPEGFullProgressionNonHierarchical1113RETIRED,
            DicomUID.JPEGExtendedHierarchical1618RETIRED, DicomUID.JPEGExtendedHierarchical1719RETIRED,
            DicomUID.JPEGSpectralSelectionHierarchical2022RETIRED, DicomUID.JPEGSpectralSelectionHierarchical2123RETIRED,
            DicomUID.JPEGFullProgressionHierarchical2426RETIRED, DicomUID.JPEGFullProgressionHierarchical2527RETIRED, DicomUID.JPEG2000MC, DicomUID.HTJ2K,
            DicomUID.MPEG2MPML, DicomUID.MPEG2MPMLF, DicomUID.MPEG2MPHL, DicomUID.MPEG2MPHLF, DicomUID.MPEG4HP41, DicomUID.MPEG4HP41F, DicomUID.MPEG4HP41BD, DicomUID.MPEG4HP41BDF,
            DicomUID.MPEG4HP422D, DicomUID.MPEG4HP422DF, DicomUID.MPEG4HP423D, DicomUID.MPEG4HP423DF, DicomUID.MPEG4HP42STEREO, DicomUID.MPEG4HP42STEREOF,
            DicomUID.HEVCMP51, DicomUID.HEVCM10P51])
        {
            Add(lossy, isEncapsulated: true);
        }

        Add(DicomUID.JPIPReferenced);
        Add(DicomUID.JPIPHTJ2KReferenced);
        Add(DicomUID.JPIPReferencedDeflate, isDeflate: true);
        Add(DicomUID.JPIPHTJ2KReferencedDeflate, isDeflate: true);
        Add(DicomUID.Papyrus3ImplicitVRLittleEndianRETIRED, isExplicit: false);
    }

    private DicomTransferSyntax(DicomUID uid)
    {
        UID = uid;
    }

    public DicomUID UID { get; }

    public bool IsExplicitVR { get; private set; }

    public bool IsEncapsulated { get; private set; }

    public bool IsDeflate { get; private set; }

    public Endian Endian { get; private set; }

    public static bool operator ==(DicomTransferSyntax a, DicomTransferSyntax b) => a is null ? b is null : a.Equals(b);

    public static bool operator !=(DicomTransferSyntax a, DicomTransferSyntax b) => !(a == b);

    public static DicomTransferSyntax Parse(string uid) => Lookup(DicomUID.Parse(uid, "Unknown Transfer Syntax", DicomUidType.TransferSyntax));

    /// <summary>Null where it is not known.</summary>
    public static DicomTransferSyntax Query(DicomUID uid)
    {
        lock (s_entries)
        {
            return s_entries.GetValueOrDefault(uid.UID);
        }
    }

    /// <summary>Makes one known: explicit VR little endian, encapsulated.</summary>
    public static DicomTransferSyntax Register(DicomUID uid)
    {
        lock (s_entries)
        {
            return s_entries.TryGetValue(uid.UID, out var known) ? known : Add(uid, isEncapsulated: true);
        }
    }

    /// <summary>A transfer syntax that is not known is taken for an encapsulated one: all others have been known since 1993.</summary>
    private static DicomTransferSyntax Lookup(DicomUID uid) => Query(uid)
        ?? new DicomTransferSyntax(uid) { IsExplicitVR = true, IsEncapsulated = true, Endian = Endian.Little };

    public override bool Equals(object obj) => obj is DicomTransferSyntax other && other.UID == UID;

    public override int GetHashCode() => UID.GetHashCode();

    public override string ToString() => UID.Name;

    private static DicomTransferSyntax Add(
        DicomUID uid, bool isExplicit = true, Endian? endian = null, bool isEncapsulated = false, bool isDeflate = false) =>
        s_entries[uid.UID] = new DicomTransferSyntax(uid)
        {
            IsExplicitVR = isExplicit,
            Endian = endian ?? Endian.Little,
            IsEncapsulated = isEncapsulated,
            IsDeflate = isDeflate,
        };
}
