using System.IO.Compression;
using FellowOakDicom;
using FellowOakDicom.Imaging.Codec;
using FellowOakDicom.IO;
using FellowOakDicom.IO.Writer;

namespace Specgen.Instances;

/// <summary>
/// Between encoded data sets and fo-dicom's. Its own reading of messages closes the connection over what it cannot decode, so the bytes are given to it as a file: behind a header that says
/// how they are encoded.
/// </summary>
internal static class DataSetCodec
{
    /// <exception cref="DicomDataException">The bytes are no data set in that transfer syntax, or exceed a limit.</exception>
    public static DicomDataset Decode(ReadOnlySpan<byte> bytes, DicomTransferSyntax syntax, DataSetLimits limits)
    {
        if (bytes.IsEmpty)
        {
            // To fo-dicom, a file that ends with its header is broken.
            return new DicomDataset(syntax);
        }

        var file = AsFile(syntax, bytes.Length, out var dataSet);
        bytes.CopyTo(dataSet);
        return Open(file, Scan(file, bytes.Length, syntax, limits));
    }

    /// <summary>A file with room for a data set.</summary>
    public static byte[] AsFile(DicomTransferSyntax syntax, int length, out Span<byte> dataSet)
    {
        var header = Part10Header.Create("1.2"u8, "1.2"u8, syntax.UID.UID, "");
        var file = new byte[header.Length + length];
        header.CopyTo(file, 0);
        dataSet = file.AsSpan(header.Length);
        return file;
    }

    /// <summary>Goes through the data set at the end of a file.</summary>
    /// <exception cref="DicomDataException">The bytes are no data set in that transfer syntax, or exceed a limit.</exception>
    public static DataSetScanner Scan(byte[] file, int length, DicomTransferSyntax syntax, DataSetLimits limits)
    {
        using var dataSet = new MemoryStream(file, file.Length - length, length, writable: false);
        return Reading(() => DataSetGuard.Check(dataSet, syntax, limits));
    }

    /// <summary>Decodes what has been gone through.</summary>
    /// <exception cref="DicomDataException">It cannot be decoded.</exception>
    public static DicomDataset Open(byte[] file, DataSetScanner scanned) => Reading(() =>
    {
        PrivateCreators.Default.Admit(scanned);
        var dataset = DicomFile.Open(new MemoryStream(file, writable: false), FileReadOption.ReadAll).Dataset;
        DataSetGuard.Compare(scanned, dataset);
        return dataset;
    });

    public static byte[] Encode(DicomDataset dataset, DicomTransferSyntax syntax)
    {
        var content = HasSamePixels(dataset.InternalTransferSyntax, syntax) || !dataset.Contains(DicomTag.PixelData) ? dataset : dataset.Clone(syntax);
        if (content.Any(static item => item.Tag.Element == 0))
        {
            // Group lengths are retired (PS3.5 §7.2), and wrong where something was changed.
            content = content.Clone().Remove(static item => item.Tag.Element == 0);
        }

        using var stream = new MemoryStream();
        if (!syntax.IsDeflate)
        {
            Write(content, syntax, stream);
            return stream.ToArray();
        }

        using (var deflate = new DeflateStream(stream, CompressionLevel.Optimal, leaveOpen: true))
        {
            Write(content, syntax, deflate);
        }

        // PS3.5 §A.5: padded to an even length.
        if (stream.Length % 2 != 0)
        {
            stream.WriteByte(0);
        }

        return stream.ToArray();
    }

    /// <summary>Whether two transfer syntaxes differ in the encoding of elements at most. Where pixels differ, fo-dicom's transcoders are asked, which need to know all about the image.</summary>
    private static bool HasSamePixels(DicomTransferSyntax one, DicomTransferSyntax other) =>
        one == other || !(one.IsEncapsulated || other.IsEncapsulated || one.Endian == Endian.Big || other.Endian == Endian.Big);

    private static void Write(DicomDataset dataset, DicomTransferSyntax syntax, Stream stream) =>
        new DicomDatasetWalker(dataset).Walk(new DicomWriter(syntax, DicomWriteOptions.Default, new StreamByteTarget(stream)));

    /// <summary>fo-dicom has exceptions of all kinds for bytes that it does not understand.</summary>
    private static T Reading<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is not (DicomDataException or OutOfMemoryException))
        {
            throw new DicomDataException(e.Message, e);
        }
    }
}
