using FellowOakDicom;
using Specgen.Handlers;
using Specgen.Instances;

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
    /// Finds out which instance this is, and that its data set is whole: goes through the received bytes from the first element to the last, stepping over the values. Costs what the elements'
    /// headers cost, however large the pixels are. An archive asks this before it decides on a path. Call it before <see cref="SaveAsync"/>.
    /// </summary>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="DicomDataException">It ends early or is no data set of the negotiated transfer syntax. Left uncaught, it is answered with the status that the page has for that.</exception>
    public async ValueTask<InstanceIdentity> IdentifyAsync(CancellationToken cancellationToken = default)
    {
        var dataSet = await _receive.OpenReadAsync(cancellationToken).ConfigureAwait(false);
        await using (dataSet.ConfigureAwait(false))
        {
            try
            {
                return InstanceScanner.Scan(dataSet, TransferSyntax.UID.UID);
            }
            catch (InvalidDataException e)
            {
                throw new DicomDataException(e.Message, e);
            }
        }
    }

    /// <summary>
    /// Keeps the instance as a DICOM file (PS3.10): the data set's bytes as they were received, in the negotiated transfer syntax, behind a file meta information of their own. Nothing is decoded,
    /// and memory does not grow with the instance. The file appears under <paramref name="path"/> whole or not at all; an existing file of that name is replaced. Missing folders are made.
    /// May be called once; afterwards <see cref="OpenAsync"/> reads the saved file.
    /// </summary>
    /// <param name="path">The file to make. It comes out of what a peer sent as soon as a UID is part of it: check such a UID (PS3.5 §9) before.</param>
    /// <param name="cancellationToken">Ends the copying to another volume; a rename cannot be ended.</param>
    /// <exception cref="IOException">The file cannot be made; the disk is full.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder cannot be written to.</exception>
    public ValueTask SaveAsync(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return _receive.SaveAsync(path, cancellationToken);
    }

    /// <summary>Reads the instance as fo-dicom's file, for those who want to see the data set. Large values are read from disk on demand, so the file is valid until the answer is sent.</summary>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="DicomFileException">The received data set cannot be decoded. Left uncaught, it is answered with the status that the page has for that.</exception>
    public ValueTask<DicomFile> OpenAsync(CancellationToken cancellationToken = default) => _receive.OpenAsync(cancellationToken);
}
