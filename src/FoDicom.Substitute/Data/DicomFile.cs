using FellowOakDicom.IO;
using FellowOakDicom.IO.Writer;

namespace FellowOakDicom;

public enum FileReadOption
{
    Default = 0,
    ReadLargeOnDemand = 1,
    SkipLargeTags = 2,
    ReadAll = 3,
}

/// <summary>What this side calls itself (PS3.7 §D.3.3.2).</summary>
internal static class DicomImplementation
{
    public static DicomUID ClassUID { get; } = new("2.25.302151386126331867353527326553318046733", "Implementation Class UID", DicomUidType.Unknown);

    public static string Version => "SPECGEN_SUBST";
}

/// <summary>The file meta information (PS3.10 §7.1).</summary>
public class DicomFileMetaInformation : DicomDataset
{
    internal DicomFileMetaInformation() => Validates = false;

    internal DicomFileMetaInformation(DicomDataset dataset)
        : this()
    {
        if (dataset.TryGetString(DicomTag.SOPClassUID, out var sopClass))
        {
            AddOrUpdate(DicomTag.MediaStorageSOPClassUID, sopClass);
        }

        if (dataset.TryGetString(DicomTag.SOPInstanceUID, out var instance))
        {
            AddOrUpdate(DicomTag.MediaStorageSOPInstanceUID, instance);
        }

        TransferSyntax = dataset.InternalTransferSyntax;
        ImplementationClassUID = DicomImplementation.ClassUID;
        ImplementationVersionName = DicomImplementation.Version;
    }

    internal DicomUID MediaStorageSOPClassUID
    {
        get => GetSingleValueOrDefault<DicomUID>(DicomTag.MediaStorageSOPClassUID, null);
        set => AddOrUpdate(DicomTag.MediaStorageSOPClassUID, value);
    }

    public DicomUID MediaStorageSOPInstanceUID
    {
        get => GetSingleValueOrDefault<DicomUID>(DicomTag.MediaStorageSOPInstanceUID, null);
        internal set => AddOrUpdate(DicomTag.MediaStorageSOPInstanceUID, value);
    }

    public DicomTransferSyntax TransferSyntax
    {
        get => GetSingleValueOrDefault<DicomTransferSyntax>(DicomTag.TransferSyntaxUID, null);
        internal set => AddOrUpdate(DicomTag.TransferSyntaxUID, value.UID);
    }

    public DicomUID ImplementationClassUID
    {
        get => GetSingleValueOrDefault<DicomUID>(DicomTag.ImplementationClassUID, null);
        internal set => AddOrUpdate(DicomTag.ImplementationClassUID, value);
    }

    public string ImplementationVersionName
    {
        get => GetSingleValueOrDefault<string>(DicomTag.ImplementationVersionName, null);
        internal set => AddOrUpdate(DicomTag.ImplementationVersionName, value);
    }

    public string SourceApplicationEntityTitle
    {
        get => GetSingleValueOrDefault<string>(DicomTag.SourceApplicationEntityTitle, null);
        internal set => AddOrUpdate(DicomTag.SourceApplicationEntityTitle, value);
    }
}

/// <summary>A DICOM file (PS3.10).</summary>
public class DicomFile
{
    private const int Preamble = 128;

    internal DicomFile()
    {
        FileMetaInfo = new DicomFileMetaInformation();
        Dataset = new DicomDataset();
    }

    public DicomFile(DicomDataset dataset)
    {
        Dataset = dataset;
        FileMetaInfo = new DicomFileMetaInformation(dataset);
    }

    public DicomFileMetaInformation FileMetaInfo { get; }

    public DicomDataset Dataset { get; }

    public static DicomFile Open(string fileName, FileReadOption readOption = FileReadOption.Default, int largeObjectSize = 0) => Parse(File.ReadAllBytes(fileName));

    public static DicomFile Open(Stream stream, FileReadOption readOption = FileReadOption.Default, int largeObjectSize = 0)
    {
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return Parse(bytes.ToArray());
    }

    public static async Task<DicomFile> OpenAsync(string fileName, FileReadOption readOption = FileReadOption.Default, int largeObjectSize = 0) =>
        Parse(await File.ReadAllBytesAsync(fileName).ConfigureAwait(false));

    public static async Task<DicomFile> OpenAsync(Stream stream, FileReadOption readOption = FileReadOption.Default, int largeObjectSize = 0)
    {
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes).ConfigureAwait(false);
        return Parse(bytes.ToArray());
    }

    public void Save(Stream stream, DicomWriteOptions options = null)
    {
        PrepareMeta();
        stream.Write(new byte[Preamble]);
        stream.Write("DICM"u8);
        using var meta = new MemoryStream();
        DataSetWriter.Write(FileMetaInfo, DicomTransferSyntax.ExplicitVRLittleEndian, meta);
        var group = new DicomDataset { Validates = false };
        group.AddOrUpdate(DicomTag.FileMetaInformationGroupLength, (uint)meta.Length);
        DataSetWriter.Write(group, DicomTransferSyntax.ExplicitVRLittleEndian, stream);
        meta.WriteTo(stream);
        DataSetWriter.Write(Dataset, FileMetaInfo.TransferSyntax, stream);
    }

    public void Save(string fileName, DicomWriteOptions options = null)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(fileName)));
        using var stream = new FileStream(fileName, FileMode.Create, FileAccess.Write);
        Save(stream, options);
    }

    public Task SaveAsync(string fileName, DicomWriteOptions options = null)
    {
        Save(fileName, options);
        return Task.CompletedTask;
    }

    public Task SaveAsync(Stream stream, DicomWriteOptions options = null)
    {
        Save(stream, options);
        return Task.CompletedTask;
    }

    private static DicomFile Parse(byte[] bytes)
    {
        var file = new DicomFile();
        if (bytes.Length < Preamble + 4 || !bytes.AsSpan(Preamble, 4).SequenceEqual("DICM"u8))
        {
            throw new DicomFileException("Not a valid DICOM file, missing DICM prefix");
        }

        try
        {
            var dataSet = Preamble + 4 + DataSetReader.ReadGroup2(bytes.AsMemory(Preamble + 4), file.FileMetaInfo);
            file.FileMetaInfo.Remove(DicomTag.FileMetaInformationGroupLength);
            var syntax = file.FileMetaInfo.TransferSyntax ?? throw new DicomDataException("The file meta information has no Transfer Syntax UID");
            file.Dataset.InternalTransferSyntax = syntax;
            file.Dataset.Validates = false;
            DataSetReader.Read(bytes.AsMemory(dataSet), syntax, file.Dataset);
            file.Dataset.Validates = true;
            return file;
        }
        catch (DicomDataException e) when (e is not DicomFileException)
        {
            throw new DicomFileException(e.Message, e);
        }
    }

    private void PrepareMeta()
    {
        if (FileMetaInfo.TransferSyntax is null)
        {
            FileMetaInfo.TransferSyntax = Dataset.InternalTransferSyntax;
        }

        FileMetaInfo.AddOrUpdate(DicomTag.FileMetaInformationVersion, new byte[] { 0, 1 });
        if (!FileMetaInfo.Contains(DicomTag.MediaStorageSOPClassUID) && Dataset.TryGetString(DicomTag.SOPClassUID, out var sopClass))
        {
            FileMetaInfo.AddOrUpdate(DicomTag.MediaStorageSOPClassUID, sopClass);
        }

        if (!FileMetaInfo.Contains(DicomTag.MediaStorageSOPInstanceUID) && Dataset.TryGetString(DicomTag.SOPInstanceUID, out var instance))
        {
            FileMetaInfo.AddOrUpdate(DicomTag.MediaStorageSOPInstanceUID, instance);
        }

        FileMetaInfo.ImplementationClassUID ??= DicomImplementation.ClassUID;
        FileMetaInfo.ImplementationVersionName ??= DicomImplementation.Version;
    }
}
