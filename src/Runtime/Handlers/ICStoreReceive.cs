using FellowOakDicom;

namespace Specgen.Handlers;

/// <summary>The received instance behind a <see cref="CStoreContext"/>: the seam to the engine, which keeps its bytes.</summary>
internal interface ICStoreReceive
{
    /// <summary>Bytes of the encoded data set; null where they are not known.</summary>
    long? Length { get; }

    /// <summary>What the bytes of the data set were written to as they passed by; null where nobody looked on.</summary>
    Stream? Observer { get; }

    /// <summary>Which instance it is, and the attributes that were to be kept.</summary>
    /// <exception cref="DicomDataException">As of <see cref="Identify"/>.</exception>
    InstanceHeader Header { get; }

    /// <summary>Which instance it is, where its data set is whole and keeps to the limits.</summary>
    /// <exception cref="DicomDataException">It is not, or does not.</exception>
    InstanceIdentity Identify();

    /// <summary>The encoded data set, from its first byte. The caller disposes it.</summary>
    ValueTask<Stream> OpenReadAsync(CancellationToken cancellationToken);

    ValueTask SaveAsync(string path, CancellationToken cancellationToken);

    /// <summary>The file that was received, which is the caller's from now on.</summary>
    string TakeFile();

    ValueTask<DicomFile> OpenAsync(CancellationToken cancellationToken);
}
