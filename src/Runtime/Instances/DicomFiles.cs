using FellowOakDicom;
using Specgen.Instances;

namespace Specgen;

/// <summary>
/// Opens DICOM files (PS3.10) from untrusted sources. fo-dicom's own <c>DicomFile.Open</c> recurses into sequences and inflates without a limit, so a file of a few kilobytes can end the process; and it
/// stops silently at anything that it does not understand.
/// </summary>
public static class DicomFiles
{
    /// <summary>Reads a file after checking all of its elements.</summary>
    /// <param name="path">The file. With <see cref="FileReadOption.ReadLargeOnDemand"/> (what <see cref="FileReadOption.Default"/> means) its large values are read when they are asked for.</param>
    /// <param name="limits">What the file may cost; <see langword="null"/> for <see cref="DataSetLimits.Default"/>.</param>
    /// <param name="option">Which values are read.</param>
    /// <param name="cancellationToken">Cancels reading.</param>
    /// <exception cref="DicomDataException">It is not a DICOM file, its data set is malformed, ends early or exceeds a limit, or fo-dicom reads less than there is.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static async ValueTask<DicomFile> OpenAsync(
        string path, DataSetLimits? limits = null, FileReadOption option = FileReadOption.Default, CancellationToken cancellationToken = default)
    {
        var file = Open(path);
        await using (file.ConfigureAwait(false))
        {
            var scanned = Check(file, limits);
            cancellationToken.ThrowIfCancellationRequested();

            // By its name only where fo-dicom opens it again, for what it reads on demand.
            file.Position = 0;
            return await DecodeAsync(() => option is FileReadOption.ReadAll or FileReadOption.SkipLargeTags ? DicomFile.OpenAsync(file, option) : DicomFile.OpenAsync(path, option), scanned, option)
                .ConfigureAwait(false);
        }
    }

    /// <summary>Reads a file from a stream.</summary>
    /// <param name="file">A seekable stream, positioned at the file's first byte. It has to stay open as long as values are read on demand.</param>
    /// <param name="limits">What the file may cost; <see langword="null"/> for <see cref="DataSetLimits.Default"/>.</param>
    /// <param name="option">Which values are read.</param>
    /// <param name="cancellationToken">Cancels reading.</param>
    /// <exception cref="DicomDataException">It is not a DICOM file, its data set is malformed, ends early or exceeds a limit, or fo-dicom reads less than there is.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static async ValueTask<DicomFile> OpenAsync(
        Stream file, DataSetLimits? limits = null, FileReadOption option = FileReadOption.Default, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        var begin = file.Position;
        var scanned = Check(file, limits);
        cancellationToken.ThrowIfCancellationRequested();
        file.Position = begin;
        return await DecodeAsync(() => DicomFile.OpenAsync(file, option), scanned, option).ConfigureAwait(false);
    }

    /// <summary>Finds out which instance a file has, and that it is whole: goes through its elements and steps over their values. Costs what the elements' headers cost.</summary>
    /// <param name="path">The file.</param>
    /// <param name="limits">What the file may cost; <see langword="null"/> for <see cref="DataSetLimits.Default"/>.</param>
    /// <exception cref="DicomDataException">It is not a DICOM file, or its data set is malformed, ends early or exceeds a limit.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static InstanceIdentity Identify(string path, DataSetLimits? limits = null)
    {
        using var file = Open(path);
        return Check(file, limits).Identity;
    }

    /// <summary>From the file's first byte to its last.</summary>
    internal static DataSetScanner Check(Stream file, DataSetLimits? limits)
    {
        if (!DicomFileHeader.TryRead(file, out var header))
        {
            throw NotDicom();
        }

        file.Position = header.DataSetOffset;
        return DataSetGuard.Check(file, DicomTransferSyntax.Parse(header.TransferSyntaxUid), limits ?? DataSetLimits.Default);
    }

    internal static async ValueTask<DicomFile> DecodeAsync(Func<Task<DicomFile>> open, DataSetScanner scanned, FileReadOption option = FileReadOption.Default)
    {
        PrivateCreators.Default.Admit(scanned);
        DicomFile file;
        try
        {
            file = await open().ConfigureAwait(false);
        }
        catch (Exception e) when (e is not (DicomDataException or IOException or UnauthorizedAccessException or OutOfMemoryException))
        {
            // It has exceptions of all kinds for bytes that it does not understand.
            throw new DicomDataException(e.Message, e);
        }

        DataSetGuard.Compare(scanned, file.Dataset, option == FileReadOption.SkipLargeTags);
        return file;
    }

    private static FileStream Open(string path) => NamedFile.Open(path, bufferSize: 4096, FileOptions.SequentialScan) ?? throw NotDicom();

    private static RefusedDataSetException NotDicom() => new("This is not a DICOM file (PS3.10 §7.1).");
}
