using System.Globalization;
using System.Text;

namespace Archive.Storage;

/// <summary>
/// Keeps a second archive from a folder, and remembers an archive that was killed. A file, held as long as the process lives; one that ends as it should deletes it.
/// </summary>
internal sealed class FolderLock : IDisposable
{
    private const string Name = ".archive.lock";
    private const int NoSpace = 28, ReadOnly = 30;

    private readonly FileStream? _held;

    private FolderLock(FileStream? held, DateTimeOffset? killedSince) => (_held, KilledSince) = (held, killedSince);

    /// <summary>When the last archive was started, where that was killed; null where it ended as it should.</summary>
    public DateTimeOffset? KilledSince { get; }

    /// <summary>On a disk that is full or cannot be written there is nothing to be kept from: it is tried again with the next start.</summary>
    /// <param name="folder">The archive's folder.</param>
    /// <param name="isShared">Whether another archive may be at work here: then that one sees to what a killed one left.</param>
    /// <exception cref="IOException">Another archive is at work here.</exception>
    public static FolderLock Take(string folder, bool isShared)
    {
        FileStream held;
        try
        {
            Directory.CreateDirectory(folder);
            held = new FileStream(Path.Combine(folder, Name), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException { HResult: NoSpace or ReadOnly })
        {
            return new FolderLock(null, null);
        }
        catch (IOException) when (isShared && File.Exists(Path.Combine(folder, Name)))
        {
            return new FolderLock(null, null);
        }
        catch (IOException e) when (File.Exists(Path.Combine(folder, Name)))
        {
            throw new IOException($"Another archive is at work in {folder}", e);
        }
        var text = new byte[64];
        DateTimeOffset? killedSince =
            DateTimeOffset.TryParse(Encoding.ASCII.GetString(text, 0, held.Read(text)), CultureInfo.InvariantCulture, out var started) ? started : null;
        var taken = new FolderLock(held, killedSince);
        if (killedSince is null)
        {
            taken.Renew();
        }
        return taken;
    }

    /// <summary>What was killed before has been seen to.</summary>
    public void Renew()
    {
        try
        {
            if (_held is null)
            {
                return;
            }
            _held.SetLength(0);
            RandomAccess.Write(_held.SafeFileHandle, Encoding.ASCII.GetBytes(DateTimeOffset.UtcNow.ToString("O", CultureInfo.InvariantCulture)), 0);
            _held.Flush(flushToDisk: true);
        }
        catch (IOException)
        {
            // A full disk: then a kill is not noticed, and what it leaves is left to "archive check".
        }
    }

    public void Dispose()
    {
        if (_held is not null)
        {
            File.Delete(_held.Name);
            _held.Dispose();
        }
    }
}
