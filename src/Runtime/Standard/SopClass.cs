using FellowOakDicom;

namespace Specgen;

/// <summary>A SOP class as a page of the standard (or a page of the user's own) defines it. Two are equal when all they say is equal.</summary>
/// <param name="Uid">The UID, in its dotted form (PS3.5 §9).</param>
/// <param name="Keyword">The keyword of PS3.6 Table A-1, <c>CTImageStorage</c>.</param>
/// <param name="Name">The name of PS3.6 Table A-1, <c>CT Image Storage</c>.</param>
/// <param name="ServiceClass">Title of the page that lists it, <c>Storage Service Class</c>.</param>
/// <param name="Iod">The annex of PS3.3 that defines its information object, <c>A.3</c>; <see langword="null"/> where the page has none.</param>
/// <param name="IsRetired">Whether PS3.6 lists it as retired.</param>
public sealed partial record SopClass(string Uid, string Keyword, string Name, string ServiceClass, string? Iod, bool IsRetired)
{
    private DicomUID? _dicomUid;

    /// <summary>fo-dicom's object for this UID: the registered one where fo-dicom knows the UID, else one that carries this name.</summary>
    public DicomUID ToDicomUID()
    {
        if (_dicomUid is { } known)
        {
            return known;
        }

        var parsed = DicomUID.Parse(Uid);
        return _dicomUid = parsed.Type == DicomUidType.Unknown ? new DicomUID(Uid, Name, DicomUidType.SOPClass, IsRetired) : parsed;
    }

    /// <summary>Whether the other one says the same.</summary>
    /// <param name="other">The other SOP class.</param>
    public bool Equals(SopClass? other) =>
        ReferenceEquals(this, other)
        || (other is not null && Uid == other.Uid && Keyword == other.Keyword && Name == other.Name && ServiceClass == other.ServiceClass && Iod == other.Iod && IsRetired == other.IsRetired);

    /// <inheritdoc/>
    public override int GetHashCode() => Uid.GetHashCode(StringComparison.Ordinal);

    /// <summary>The name and the UID, for logs.</summary>
    public override string ToString() => Name == Uid ? Uid : $"{Name} ({Uid})";

    /// <summary>A stand-in for a UID that no page lists, where a message needs to be about something.</summary>
    internal static SopClass Unknown(string uid) => new(uid, uid, uid, "", null, false);
}
