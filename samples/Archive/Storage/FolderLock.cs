using System.Security.Cryptography;

namespace Archive.Storage;

/// <summary>
/// Keeps a second archive from a folder, and remembers an archive that was killed. A file, held as long as the process lives; one that ends as it should deletes it. Of those whose database may have
/// several nodes, each has a file of its own.
/// </summary>
internal sealed class FolderLock : IDisposable
{
    private const string Name = ".archive.lock";
    private const int NoSpace = 28, ReadOnly = 30;

    private readonly FileStream? _held;
    private readonly List<(string Path, DateTimeOffset Since)> _left;

    private FolderLock(FileStream? held, List<(string Path, DateTimeOffset Since)> left) => (_held, _left) = (held, left);

    /// <summary>When the first of those archives was started that were killed and not seen to; null where there is none. By the folder's clock.</summary>
    public DateTimeOffset? KilledSince => _left.Count == 0 ? null : _left.Min(static left => left.Since);

    /// <summary>On a disk that is full or cannot be written there is nothing to be kept from: it is tried again with the next start.</summary>
    /// <param name="folder">The archive's folder.</param>
    /// <param name="isShared">Whether other nodes of the same archive may be at work here.</param>
    /// <exception cref="IOException">Another archive is at work here.</exception>
    public static FolderLock Take(string folder, bool isShared)
    {
        try
        {
            Directory.CreateDirectory(folder);
            var left = new List<(string Path, DateTimeOffset Since)>();
            foreach (var path in Directory.GetFiles(folder, Name + "*"))
            {
                if (TryHold(path, FileMode.Open) is { } abandoned)
                {
                    left.Add((path, File.GetLastWriteTimeUtc(abandoned.SafeFileHandle)));
                    abandoned.Dispose();
                }
                else if (File.Exists(path) && !(isShared && Path.GetFileName(path) != Name))
                {
                    throw new IOException($"Another archive is at work in {folder}");
                }
            }
            FileStream? held = null;
            for (var attempt = 0; held is null && attempt < (isShared ? 5 : 1); attempt++)
            {
                // Another node that is just being started may look at it in this moment.
                held = TryHold(Path.Combine(folder, isShared ? $"{Name}.{RandomNumberGenerator.GetHexString(8, lowercase: true)}" : Name), FileMode.OpenOrCreate);
            }
            return new FolderLock(held ?? throw new IOException($"Another archive is at work in {folder}"), left);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException { HResult: NoSpace or ReadOnly })
        {
            return new FolderLock(null, []);
        }
    }

    /// <summary>What time it is by the folder's clock, which says when its files changed: several machines may share it, and theirs may be off.</summary>
    public DateTimeOffset Now()
    {
        try
        {
            using var file = new FileStream(Path.Combine(Path.GetDirectoryName(_held?.Name) ?? "", $".now.{RandomNumberGenerator.GetHexString(8, lowercase: true)}"), FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
            return File.GetLastWriteTimeUtc(file.SafeFileHandle);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return DateTimeOffset.UtcNow;
        }
    }

    /// <summary>What was killed before has been seen to.</summary>
    public void Forget()
    {
        try
        {
            foreach (var (path, _) in _left.Where(left => left.Path != _held?.Name))
            {
                File.Delete(path);
            }
            if (_held is not null)
            {
                // Its time is the folder's.
                RandomAccess.Write(_held.SafeFileHandle, "held\n"u8, 0);
                _held.Flush(flushToDisk: true);
            }
            _left.Clear();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A full disk: then it is looked at once more.
        }
    }

    public void Dispose()
    {
        if (_held is not null)
        {
            if (!_left.Exists(left => left.Path == _held.Name))
            {
                // Else what was killed before has not been seen to.
                File.Delete(_held.Name);
            }
            _held.Dispose();
        }
    }

    /// <summary>The file, held by nobody else; null where somebody holds it, or it is gone.</summary>
    private static FileStream? TryHold(string path, FileMode mode)
    {
        try
        {
            return new FileStream(path, mode, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
        catch (IOException e) when (e is FileNotFoundException || (e is not DirectoryNotFoundException && e.HResult is not (NoSpace or ReadOnly)))
        {
            return null;
        }
    }
}
