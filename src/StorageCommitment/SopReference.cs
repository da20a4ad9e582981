namespace Specgen.StorageCommitment;

/// <summary>A reference to a composite instance (PS3.3 Table 10-11).</summary>
/// <param name="SopClassUid">Referenced SOP Class UID (0008,1150).</param>
/// <param name="SopInstanceUid">Referenced SOP Instance UID (0008,1155).</param>
public readonly record struct SopReference(string SopClassUid, string SopInstanceUid);
