namespace Specgen;

/// <summary>What a DICOM file on disk says about itself (PS3.10 §7.1), and where its data set begins.</summary>
internal sealed record StoredFile(string Path, string SopClassUid, string SopInstanceUid, string TransferSyntaxUid, long DatasetOffset, long DatasetLength)
{
    public static StoredFile ReadHeader(string path) => throw new NotImplementedException();
}
