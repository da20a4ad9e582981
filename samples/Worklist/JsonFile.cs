using FellowOakDicom;

namespace Worklist;

/// <summary>A data set as a JSON file.</summary>
internal static class JsonFile
{
    /// <exception cref="FormatException">It is none.</exception>
    public static DicomDataset Read(string path, bool validate) => JsonDataSet.Read(File.ReadAllText(path), validate);

    /// <summary>Whole, and on the disk, or not at all: what was there before stays when it fails.</summary>
    public static void Write(string path, DicomDataset dataset)
    {
        var draft = path + ".draft";
        try
        {
            using (var stream = new FileStream(draft, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                stream.Write(System.Text.Encoding.UTF8.GetBytes(JsonDataSet.Write(dataset)));
                stream.Flush(flushToDisk: true);
            }

            File.Move(draft, path, overwrite: true);
        }
        catch
        {
            File.Delete(draft);
            throw;
        }
    }
}
