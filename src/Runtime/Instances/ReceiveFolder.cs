using System.Globalization;

namespace Specgen.Instances;

/// <summary>
/// Where a server keeps instances until they are put in their place: a folder of its own within <see cref="DicomScpOptions.ReceiveFolder"/>, with a lock file beside it that is held open as long as
/// the server lives. So a folder whose lock can be taken belongs to a server that is gone, and several servers can share the option's folder.
/// </summary>
internal sealed class ReceiveFolder : IDisposable
{
    private const string Prefix = "specgen-";
    private const string LockExtension = ".lock";
    private const string PartExtension = ".part";

    private readonly FileStream _lock;
    private readonly string _path;
    private long _count;

    private ReceiveFolder(FileStream held, string path)
    {
        _lock = held;
        _path = path;
    }

    /// <summary>Makes the folder, and clears away what servers left that did not end as they should.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">There is no right to make it.</exception>
    public static ReceiveFolder Open(string parent)
    {
        parent = Path.GetFullPath(parent);
        Directory.CreateDirectory(parent);
        Clear(parent);
        var path = Path.Combine(parent, Prefix + Guid.NewGuid().ToString("N"));
        var held = new FileStream(path + LockExtension, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
        try
        {
            // What is in it is patients' data that nobody has decided about yet.
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(path);
            }
            else
            {
                Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }
        catch
        {
            held.Dispose();
            File.Delete(held.Name);
            throw;
        }

        return new ReceiveFolder(held, path);
    }

    /// <summary>A name that no file has.</summary>
    public string NextPath() => Path.Combine(_path, Interlocked.Increment(ref _count).ToString("x", CultureInfo.InvariantCulture) + PartExtension);

    /// <summary>A name in another folder, for a file that is about to be renamed there.</summary>
    public static string PathBeside(string target) => Path.Combine(Path.GetDirectoryName(target)!, $".{Prefix}{Guid.NewGuid():N}{PartExtension}");

    /// <summary>Deletes the folder with all that is in it.</summary>
    public void Dispose()
    {
        TryDelete(_path);
        _lock.Dispose();
        TryDeleteFile(_lock.Name);
    }

    private static void Clear(string parent)
    {
        foreach (var path in Directory.EnumerateFiles(parent, Prefix + "*" + LockExtension))
        {
            FileStream left;
            try
            {
                left = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Its server lives, or it is another user's.
                continue;
            }

            using (left)
            {
                TryDelete(path[..^LockExtension.Length]);
                TryDeleteFile(path);
            }
        }
    }

    private static void TryDelete(string path)
    {
        try
        {
            Directory.Delete(path, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Somebody has a file of it open; the next start tries again.
        }
    }

    private static void TryDeleteFile(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // As above.
        }
    }
}
