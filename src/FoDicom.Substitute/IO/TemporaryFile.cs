namespace FellowOakDicom.IO;

internal interface IFileReference
{
    string Name { get; }

    bool Exists { get; }

    Stream Open();

    void Delete();
}

/// <summary>Files that are there for a while.</summary>
internal static class TemporaryFile
{
    public static string StoragePath { get; set; } = Path.GetTempPath();

    public static IFileReference Create() => new Reference(Path.Combine(StoragePath, Path.GetRandomFileName()));

    private sealed class Reference(string name) : IFileReference
    {
        public string Name => name;

        public bool Exists => File.Exists(name);

        public Stream Open() => new FileStream(name, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, 64 * 1024);

        public void Delete() => File.Delete(name);
    }
}
