namespace Specgen.Instances;

/// <summary>A file that somebody named, or that lies in a folder that somebody named.</summary>
internal static class NamedFile
{
    /// <summary>Opens it for reading, unless there is nothing in it. Pipes and devices have no length, and whoever opens one may wait until somebody writes to it.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static FileStream? Open(string path, int bufferSize, FileOptions options = FileOptions.None)
    {
        var target = File.ResolveLinkTarget(path, returnFinalTarget: true) ?? new FileInfo(path);
        return target is FileInfo { Exists: true, Length: 0 } ? null : new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize, options);
    }
}
