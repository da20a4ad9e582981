using FellowOakDicom;
using Specgen.Handlers;

namespace Specgen;

/// <summary>A C-STORE-RQ (PS3.7 §9.1.1). Its data set has been received whole when the handler is called, as bytes, and has not been decoded.</summary>
public sealed class CStoreContext : DimseContext
{
    private readonly ICStoreReceive _receive;

    internal CStoreContext(RequestInfo request, ICStoreReceive receive)
        : base(request) => _receive = receive;

    /// <summary>Bytes of the encoded data set; <see langword="null"/> where they are not known.</summary>
    public long? Length => _receive.Length;

    /// <summary>
    /// The UIDs of the instance, and those of its attributes that <see cref="DicomScpOptions.HeaderAttributes"/> names: what an archive has to know about it, read while its bytes arrived.
    /// </summary>
    public InstanceHeader Header => _receive.Header;

    /// <summary>The stream that <see cref="DicomScpOptions.DataSetObserver"/> made for this instance, with all bytes of the data set written to it; <see langword="null"/> where there is none.</summary>
    public Stream? DataSetObserver => _receive.Observer;

    /// <summary>
    /// Identifies the instance by its own data set; an archive calls this before it decides on a path. It costs nothing: all of the received bytes were scanned before
    /// the handler was called. A data set that ends early, is malformed or exceeds <see cref="DicomScpOptions.DataSetLimits"/> has already been answered with the status that the page has for that.
    /// </summary>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public ValueTask<InstanceIdentity> IdentifyAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(_receive.Identify());
    }

    /// <summary>
    /// Saves the instance as a DICOM file (PS3.10): the data set's bytes as they were received, in the negotiated transfer syntax, after a file meta information of their own.
    /// Nothing is decoded, and memory does not grow with the instance. The file appears under <paramref name="path"/> whole or not at all; an existing file of that name is
    /// replaced. Missing folders are made. May be called once; afterwards <see cref="OpenAsync"/> reads the saved file.
    /// </summary>
    /// <param name="path">The file to make. Of what a peer sent, only <see cref="DimseContext.SopInstanceUid"/> is safe to use in it; for other values, ask
    /// <see cref="InstanceIdentity.IsUid(string?)"/>.</param>
    /// <param name="cancellationToken">Cancels the copy to another volume; a rename cannot be cancelled.</param>
    /// <exception cref="IOException">The file cannot be made; the disk is full.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder cannot be written to.</exception>
    public ValueTask SaveAsync(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return _receive.SaveAsync(path, cancellationToken);
    }

    /// <summary>
    /// Saves the instance as <see cref="SaveAsync"/> does, in a folder and under a name that is made of its SOP Instance UID alone: <c>1.2.840.….dcm</c>. An existing file is replaced.
    /// </summary>
    /// <param name="folder">The folder; made if missing.</param>
    /// <param name="cancellationToken">Cancels the copy to another volume; a rename cannot be cancelled.</param>
    /// <returns>The path of the file.</returns>
    /// <exception cref="IOException">The file cannot be made; the disk is full.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder cannot be written to.</exception>
    public async ValueTask<string> SaveToAsync(string folder, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);

        // Checked before the handler was called; the last to look at it is who makes a path of it.
        var name = InstanceIdentity.IsUid(SopInstanceUid) ? SopInstanceUid : throw new DicomDataException("The instance has no UID to be called by (PS3.5 §9.1)");
        var path = Path.GetFullPath(Path.Combine(folder, name + ".dcm"));
        await SaveAsync(path, cancellationToken).ConfigureAwait(false);
        return path;
    }

    /// <summary>
    /// Hands the instance over as the DICOM file (PS3.10) that <see cref="SaveAsync"/> would give its name, whole and closed, in the folder that it was received into: for an archive that flushes it
    /// to the disk before it has its name, or that must not replace another. The file is the caller's to rename or to delete; what is still there when the server stops is deleted. The instance
    /// can neither be saved nor opened through this context any more. May be called once.
    /// </summary>
    /// <returns>The path of the file.</returns>
    /// <exception cref="IOException">The file cannot be made; the disk is full.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder cannot be written to.</exception>
    /// <exception cref="InvalidOperationException">The instance has been saved or handed over.</exception>
    public string TakeFile() => _receive.TakeFile();

    /// <summary>
    /// The received bytes of the data set, from the first, as they are encoded: for an archive that does not keep them in files. To learn something about the instance, use
    /// <see cref="Header"/> or <see cref="DataSetObserver"/>, which have seen the bytes arrive.
    /// </summary>
    /// <param name="cancellationToken">Cancels opening.</param>
    /// <returns>A stream that can be positioned; dispose it before the answer.</returns>
    /// <exception cref="IOException">They could not be kept while they were received; the disk is full.</exception>
    public ValueTask<Stream> OpenReadAsync(CancellationToken cancellationToken = default) => _receive.OpenReadAsync(cancellationToken);

    /// <summary>Reads the instance as fo-dicom's file, for handlers that need the data set. Large values are read from disk on demand, so the file is valid until the answer is sent.</summary>
    /// <param name="cancellationToken">Cancels reading.</param>
    /// <exception cref="DicomFileException">The received data set cannot be decoded. Left uncaught, it is answered with the status that the page has for that.</exception>
    public ValueTask<DicomFile> OpenAsync(CancellationToken cancellationToken = default) => _receive.OpenAsync(cancellationToken);

    /// <summary>Makes the context of a C-STORE for a test of its handler: the file is encoded, and received as if it came over the network.</summary>
    /// <param name="file">The instance, with its SOP Class UID and SOP Instance UID. Unless <see cref="TestRequest.TransferSyntax"/> is another, it comes in the transfer syntax that it has.</param>
    /// <param name="request">Further details of the request; <see langword="null"/> for the defaults. A SOP class converts to it.</param>
    public static CStoreContext ForTest(DicomFile file, TestRequest? request = null)
    {
        ArgumentNullException.ThrowIfNull(file);
        return TestInstance.Receive(file, request ?? new TestRequest());
    }
}
