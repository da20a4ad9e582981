using System.IO.Compression;
using FellowOakDicom;
using FellowOakDicom.Imaging.Codec;
using FellowOakDicom.IO;
using FellowOakDicom.IO.Writer;
using Specgen.Instances;

namespace Specgen.Associations;

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

        var header = Header(syntax);
        var file = new byte[header.Length + bytes.Length];
        header.CopyTo(file, 0);
        bytes.CopyTo(file.AsSpan(header.Length));
        try
        {
            using var whole = new MemoryStream(file, header.Length, bytes.Length, writable: false);
            var scanned = DataSetGuard.Check(whole, syntax, limits);
            var dataset = DicomFile.Open(new MemoryStream(file, writable: false), FileReadOption.ReadAll).Dataset;
            DataSetGuard.Compare(scanned, dataset);
            return dataset;
        }
        catch (Exception e) when (e is not (DicomDataException or OutOfMemoryException))
        {
            throw new DicomDataException(e.Message, e);
        }
    }

    public static byte[] Encode(DicomDataset dataset, DicomTransferSyntax syntax)
    {
        // Beside the encoding of elements, pixels are what differs between transfer syntaxes: for these fo-dicom's transcoders are asked.
        var content = dataset.InternalTransferSyntax == syntax || !dataset.Contains(DicomTag.PixelData) ? dataset : dataset.Clone(syntax);
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

    private static void Write(DicomDataset dataset, DicomTransferSyntax syntax, Stream stream) =>
        new DicomDatasetWalker(dataset).Walk(new DicomWriter(syntax, DicomWriteOptions.Default, new StreamByteTarget(stream)));

    private static byte[] Header(DicomTransferSyntax syntax) => Part10Header.Create("1.2"u8, "1.2"u8, syntax.UID.UID, "");
}
