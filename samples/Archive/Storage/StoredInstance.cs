using Specgen;

namespace Archive.Storage;

/// <summary>An instance as the database has it.</summary>
/// <param name="Location">Where its bytes are: relative to the folder, or a key of the bucket.</param>
/// <param name="Size">Bytes of its file.</param>
/// <param name="Checksum">XXH3 of its encoded data set.</param>
internal sealed record StoredInstance(string SopInstanceUid, string SopClassUid, string TransferSyntaxUid, string Location, long Size, long Checksum);

/// <summary>An instance that is to be stored, and what it says about itself, its series and its study.</summary>
internal sealed record NewInstance(InstanceIdentity Identity, StoredInstance Stored, EntityAttributes Study, EntityAttributes Series, EntityAttributes Image)
{
    public static NewInstance Of(InstanceHeader header, StoredInstance stored) => new(
        header.Identity,
        stored,
        EntityAttributes.Of(header, [QueryLevel.Patient.Key, .. QueryLevel.Patient.Attributes, .. QueryLevel.Study.Attributes]),
        EntityAttributes.Of(header, QueryLevel.Series.Attributes),
        EntityAttributes.Of(header, QueryLevel.Image.Attributes));
}
