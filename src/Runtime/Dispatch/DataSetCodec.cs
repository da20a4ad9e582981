using FellowOakDicom;
using FellowOakDicom.Imaging.Codec;
using Specgen.Storage;

namespace Specgen.Dispatch;

/// <summary>
/// Between encoded data sets and fo-dicom's. Its own reading of messages closes the connection over what it cannot decode, so the bytes are given to it as a file: behind a header that says
/// how they are encoded.
/// </summary>
internal static class DataSetCodec
{
    private const string AnyUid = "1.2";

    /// <exception cref="DicomDataException">The bytes are no data set in that transfer syntax.</exception>
    public static DicomDataset Decode(ReadOnlySpan<byte> bytes, DicomTransferSyntax syntax)
    {
        var header = Header(syntax);
        var file = new byte[header.Length + bytes.Length];
        header.CopyTo(file, 0);
        bytes.CopyTo(file.AsSpan(header.Length));
        try
        {
            // The whole of it: fo-dicom takes a data set that ends within an element for one that ends there.
            using var whole = new MemoryStream(file, header.Length, bytes.Length, writable: false);
            InstanceScanner.Scan(whole, syntax.UID.UID);
            return DicomFile.Open(new MemoryStream(file, writable: false), FileReadOption.ReadAll).Dataset;
        }
        catch (Exception e) when (e is not DicomDataException)
        {
            throw new DicomDataException(e.Message, e);
        }
    }

    public static byte[] Encode(DicomDataset dataset, DicomTransferSyntax syntax)
    {
        var file = new EncodedFile(dataset.InternalTransferSyntax == syntax ? dataset : dataset.Clone(syntax), syntax);
        using var stream = new MemoryStream();
        file.Save(stream);
        stream.Position = 0;
        var offset = DicomFileHeader.TryRead(stream, out var header) ? (int)header.DataSetOffset : throw new InvalidOperationException("fo-dicom wrote a file without a header.");
        return stream.GetBuffer().AsSpan(offset, (int)stream.Length - offset).ToArray();
    }

    private static byte[] Header(DicomTransferSyntax syntax) => Part10Header.Create("1.2"u8, "1.2"u8, syntax.UID.UID, "");

    private sealed class EncodedFile : DicomFile
    {
        public EncodedFile(DicomDataset dataset, DicomTransferSyntax syntax)
        {
            Dataset = dataset;
            FileMetaInfo.MediaStorageSOPClassUID = new DicomUID(AnyUid, "", DicomUidType.Unknown);
            FileMetaInfo.MediaStorageSOPInstanceUID = FileMetaInfo.MediaStorageSOPClassUID;
            FileMetaInfo.TransferSyntax = syntax;
        }
    }
}
