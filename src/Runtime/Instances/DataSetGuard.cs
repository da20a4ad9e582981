using System.Buffers;
using FellowOakDicom;

namespace Specgen.Instances;

/// <summary>Stands in front of fo-dicom's reader: no data set that somebody else made is decoded before it has been gone through here, and what fo-dicom then has is what was seen.</summary>
internal static class DataSetGuard
{
    private const int BufferSize = 16 * 1024;

    /// <summary>Goes through a data set.</summary>
    /// <param name="dataSet">Stands at the data set's first byte; read to its end. A deflated one can be positioned.</param>
    /// <param name="syntax">How it is encoded.</param>
    /// <param name="limits">What is too much.</param>
    /// <param name="wanted">Elements whose values are kept.</param>
    /// <exception cref="RefusedDataSetException">It is no data set of that transfer syntax, ends early, or exceeds a limit.</exception>
    public static DataSetScanner Check(Stream dataSet, DicomTransferSyntax syntax, DataSetLimits limits, IReadOnlySet<uint>? wanted = null)
    {
        if (!syntax.IsDeflate)
        {
            return Scan(dataSet, syntax, limits, wanted);
        }

        using var inflated = new InflatingStream(dataSet, limits);
        return Scan(inflated, syntax, limits, wanted);
    }

    /// <summary>What fo-dicom has read against what was there: its reader stops silently at some things.</summary>
    /// <param name="scanned">What was there.</param>
    /// <param name="read">What it has read.</param>
    /// <param name="skipsLarge">It was told to leave out large values.</param>
    /// <exception cref="RefusedDataSetException">Something is missing.</exception>
    public static void Compare(DataSetScanner scanned, DicomDataset read, bool skipsLarge = false)
    {
        var count = read.Count(static item => item.Tag.Element != 0);
        if (scanned.TopLevelElements is { } expected && (count > expected || count < expected - (skipsLarge ? scanned.LargeElements : 0)))
        {
            throw new RefusedDataSetException($"Of {expected} elements of the data set {count} can be read.");
        }
    }

    private static DataSetScanner Scan(Stream stream, DicomTransferSyntax syntax, DataSetLimits limits, IReadOnlySet<uint>? wanted = null)
    {
        var scanner = new DataSetScanner(syntax, limits, stream.CanSeek ? stream.Length - stream.Position : null, wanted);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            while (scanner.Problem is null)
            {
                // Values that are longer than what is read at a time are stepped over where that is possible.
                if (stream.CanSeek && scanner.Ignored > BufferSize)
                {
                    var ignored = scanner.Ignored;
                    stream.Seek(ignored, SeekOrigin.Current);
                    scanner.Skip(ignored);
                }

                var read = stream.Read(buffer, 0, BufferSize);
                if (read == 0)
                {
                    scanner.Complete();
                    break;
                }

                scanner.Write(buffer.AsSpan(0, read));
            }
        }
        catch (InvalidDataException e)
        {
            throw RefusedDataSetException.Because(e.Message.TrimEnd('.'));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return scanner.Problem is { } problem ? throw RefusedDataSetException.Because(problem) : scanner;
    }
}
