using FellowOakDicom;

namespace Specgen;

/// <summary>
/// An instance that is to be sent: which one it is, and where it is. It is opened when its turn comes, so that a study of ten thousand instances is not in memory; and its bytes go to the network as
/// they are where the peer takes its transfer syntax.
/// </summary>
public sealed class InstanceReference
{
    private readonly Func<CancellationToken, ValueTask<Stream>>? _open;

    /// <summary>A file on disk.</summary>
    /// <param name="sopClassUid">Its SOP Class UID.</param>
    /// <param name="sopInstanceUid">Its SOP Instance UID.</param>
    /// <param name="transferSyntaxUid">Its Transfer Syntax UID, by which an association for it is negotiated.</param>
    /// <param name="path">The DICOM file (PS3.10).</param>
    public InstanceReference(string sopClassUid, string sopInstanceUid, string transferSyntaxUid, string path)
        : this(sopClassUid, sopInstanceUid, transferSyntaxUid, _ => ValueTask.FromResult<Stream>(OpenFile(path)))
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Path = path;
    }

    /// <summary>A file that is somewhere else.</summary>
    /// <param name="sopClassUid">Its SOP Class UID.</param>
    /// <param name="sopInstanceUid">Its SOP Instance UID.</param>
    /// <param name="transferSyntaxUid">Its Transfer Syntax UID, by which an association for it is negotiated.</param>
    /// <param name="open">Opens the DICOM file (PS3.10), from its preamble on, as a stream that can be positioned. It is disposed when the instance has been sent.</param>
    public InstanceReference(string sopClassUid, string sopInstanceUid, string transferSyntaxUid, Func<CancellationToken, ValueTask<Stream>> open)
    {
        ArgumentException.ThrowIfNullOrEmpty(sopClassUid);
        ArgumentException.ThrowIfNullOrEmpty(sopInstanceUid);
        ArgumentException.ThrowIfNullOrEmpty(transferSyntaxUid);
        ArgumentNullException.ThrowIfNull(open);
        SopClassUid = sopClassUid;
        SopInstanceUid = sopInstanceUid;
        TransferSyntaxUid = transferSyntaxUid;
        _open = open;
    }

    private InstanceReference(DicomFile file)
    {
        SopClassUid = file.Dataset.GetSingleValueOrDefault(DicomTag.SOPClassUID, "");
        SopInstanceUid = file.Dataset.GetSingleValueOrDefault(DicomTag.SOPInstanceUID, "");
        if (SopClassUid.Length == 0 || SopInstanceUid.Length == 0)
        {
            throw new InvalidDataException("The data set has no SOP Class UID or no SOP Instance UID (PS3.3 C.12.1): it cannot be sent.");
        }

        TransferSyntaxUid = file.Dataset.InternalTransferSyntax.UID.UID;
        File = file;
    }

    /// <summary>SOP Class UID.</summary>
    public string SopClassUid { get; }

    /// <summary>SOP Instance UID.</summary>
    public string SopInstanceUid { get; }

    /// <summary>Transfer Syntax UID.</summary>
    public string TransferSyntaxUid { get; }

    /// <summary>The instance, where it is in memory already.</summary>
    internal DicomFile? File { get; }

    private string? Path { get; }

    /// <summary>A file on disk; its header is read to know what it is.</summary>
    /// <param name="path">The DICOM file (PS3.10).</param>
    /// <exception cref="InvalidDataException">It is not a DICOM file.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static InstanceReference FromFile(string path)
    {
        var header = DicomFileHeader.Read(path);
        return new InstanceReference(header.SopClassUid, header.SopInstanceUid, header.TransferSyntaxUid, path);
    }

    /// <summary>An instance in memory.</summary>
    /// <param name="file">The file.</param>
    /// <exception cref="InvalidDataException">Its data set has no SOP Class UID or no SOP Instance UID.</exception>
    public static InstanceReference FromFile(DicomFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return new InstanceReference(file);
    }

    /// <summary>The SOP Instance UID, and the path where there is one.</summary>
    public override string ToString() => Path is null ? PeerText.Escape(SopInstanceUid) : $"{PeerText.Escape(SopInstanceUid)} ({Path})";

    internal ValueTask<Stream> OpenAsync(CancellationToken cancellationToken) =>
        _open?.Invoke(cancellationToken) ?? throw new InvalidOperationException("The instance is in memory.");

    /// <summary>The buffer is for the header; larger reads go by it.</summary>
    private static FileStream OpenFile(string path) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 1024, FileOptions.Asynchronous | FileOptions.SequentialScan);
}
