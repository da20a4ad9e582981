using System.Buffers;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Specgen;

namespace Archive.Storage;

/// <summary>
/// Instances as files, laid out by study, series and instance UID. A file has its name only when all of it is there, and none has the name of another: a second file of one instance, which the
/// database has yet to decide about, has a name of its own.
/// </summary>
internal sealed class InstanceFolder : IInstanceBytes
{
    private const string Extension = ".dcm";
    private const char Second = '~';

    /// <summary>What a check of a file system makes, for nobody but root.</summary>
    private const string LostAndFound = "lost+found";

    private static readonly SearchValues<char> s_digits = SearchValues.Create("0123456789abcdef");
    private static readonly EnumerationOptions s_visible = new() { AttributesToSkip = FileAttributes.Hidden | FileAttributes.System, IgnoreInaccessible = false };

    private readonly string _root;
    private readonly bool _isDurable;
    private readonly Disk _disk;
    private readonly FlushedFolders _flushed = new();

    /// <param name="root">The folder.</param>
    /// <param name="isDurable">Whether what was put is on the disk when that is done.</param>
    /// <param name="disk">How it gets there.</param>
    public InstanceFolder(string root, bool isDurable, Disk disk)
    {
        (_root, _isDurable, _disk) = (Path.GetFullPath(root), isDurable, disk);
        // Beside the instances, so that a received file is moved to its place by a rename.
        ReceiveFolder = Path.Combine(_root, ".receiving");
    }

    public string Description => $"Folder {_root}";

    public string ReceiveFolder { get; }

    /// <summary>Of which instance a place is, and whether it is a second one.</summary>
    public static (string SopInstanceUid, bool IsSecond) Named(string location)
    {
        var name = Path.GetFileNameWithoutExtension(location);
        var second = name.IndexOf(Second);
        return second < 0 ? (name, false) : (name[..second], true);
    }

    /// <summary>
    /// Whether a place is one of the archive's own second files of an instance that is kept in another: beside it, by a name that is given here (8 digits) or to an object (32). What is found by
    /// another way may be the same file, through a link; what has another name somebody else put there.
    /// </summary>
    public static bool IsSecondOf(string location, StoredInstance kept)
    {
        var name = Path.GetFileNameWithoutExtension(location);
        return location != kept.Location && Path.GetDirectoryName(location) == Path.GetDirectoryName(kept.Location)
            && name.StartsWith(kept.SopInstanceUid + Second, StringComparison.Ordinal)
            && name.AsSpan(kept.SopInstanceUid.Length + 1) is { Length: 8 or 32 } number && !number.ContainsAnyExcept(s_digits);
    }

    public async ValueTask<(string Location, long Size)> PutAsync(CStoreContext context, InstanceIdentity identity, CancellationToken cancellationToken)
    {
        var received = context.TakeFile();
        if (received.StartsWith(ReceiveFolder + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            return Place(received, identity);
        }

        // Received elsewhere, while this disk could not be written.
        try
        {
            return Place(await CopyAsync(received, cancellationToken), identity);
        }
        finally
        {
            File.Delete(received);
        }
    }

    public async ValueTask<(string Location, long Size)> PutAsync(string path, InstanceIdentity identity, CancellationToken cancellationToken)
    {
        return Place(await CopyAsync(path, cancellationToken), identity);
    }

    public string? PlaceOf(string path)
    {
        // As it is listed: in a folder of a series in a folder of a study, neither of them hidden.
        var location = Path.GetRelativePath(_root, Path.GetFullPath(path)).Replace('\\', '/');
        return location.Split('/') is [[not '.', ..], [not '.', ..], [not '.', ..] name] && name.EndsWith(Extension, StringComparison.Ordinal) ? location : null;
    }

    public ValueTask<string> ReplaceAsync(string damaged, string whole, CancellationToken cancellationToken)
    {
        var path = PathOf(damaged);
        MakeFolder(Path.GetDirectoryName(path)!);
        _disk.Replace(PathOf(whole), path);
        FlushFolders(path);
        return ValueTask.FromResult(damaged);
    }

    public ValueTask<long?> SizeAsync(string location, CancellationToken cancellationToken)
    {
        var file = new FileInfo(PathOf(location));
        try
        {
            // That a file is not there must be known: where its folder may not be read, it may be.
            _ = File.GetAttributes(file.FullName);
            return ValueTask.FromResult(file.Exists ? file.Length : (long?)null);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return Directory.Exists(_root) ? ValueTask.FromResult((long?)null) : throw new IOException($"{Description} is not there", e);
        }
    }

    public ValueTask<Stream> OpenAsync(string location, CancellationToken cancellationToken) =>
        ValueTask.FromResult<Stream>(new FileStream(PathOf(location), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 16 * 1024));

    public ValueTask FlushAsync(string location, CancellationToken cancellationToken)
    {
        if (!_isDurable)
        {
            var path = PathOf(location);
            _disk.Flush(path);
            FlushFolders(path);
        }
        return ValueTask.CompletedTask;
    }

    public ValueTask PutAsideAsync(string damaged, CancellationToken cancellationToken)
    {
        try
        {
            File.Move(PathOf(damaged), PathOf(damaged) + IInstanceBytes.Aside, overwrite: true);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            // It is not there at all.
        }
        return ValueTask.CompletedTask;
    }

    public ValueTask DeleteAsync(string location, CancellationToken cancellationToken)
    {
        File.Delete(PathOf(location));
        return ValueTask.CompletedTask;
    }

    public async ValueTask<string?> FindAnotherAsync(InstanceIdentity identity, string location, CancellationToken cancellationToken)
    {
        // Who came first has the instance's own name.
        var first = $"{identity.StudyInstanceUid}/{identity.SeriesInstanceUid}/{identity.SopInstanceUid}{Extension}";
        return location != first && await SizeAsync(first, cancellationToken) is not null ? first : null;
    }

    public async IAsyncEnumerable<(string Location, DateTimeOffset Changed)> ListAsync(DateTimeOffset since, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var moment = since.UtcDateTime;
        foreach (var study in Directory.EnumerateDirectories(_root, "*", s_visible).Where(static folder => Path.GetFileName(folder) != LostAndFound))
        {
            foreach (var series in Within(study, static folder => Directory.EnumerateDirectories(folder, "*", s_visible)))
            {
                // A folder changes when a name in it does.
                if (Directory.GetLastWriteTimeUtc(series) < moment)
                {
                    continue;
                }
                await Task.Yield();
                foreach (var file in series == study ? [study] : Within(series, static folder => Directory.EnumerateFiles(folder, "*" + Extension, s_visible)))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    yield return (Path.GetRelativePath(_root, file).Replace('\\', '/'), File.GetLastWriteTimeUtc(file));
                }
            }
        }
    }

    /// <summary>What is in a folder. One that may not be read stands for what is in it: nobody knows that, and it is to be named.</summary>
    private static IEnumerable<string> Within(string folder, Func<string, IEnumerable<string>> list)
    {
        try
        {
            return list(folder);
        }
        catch (UnauthorizedAccessException)
        {
            return [folder];
        }
    }

    private string PathOf(string location) => Path.Combine(_root, location);

    /// <summary>Brings a file to where files are renamed to their places.</summary>
    private async Task<string> CopyAsync(string path, CancellationToken cancellationToken)
    {
        var copy = Path.Combine(Directory.CreateDirectory(ReceiveFolder).FullName, Guid.NewGuid().ToString("N") + Extension);
        try
        {
            await using var source = File.OpenRead(path);
            await using var target = File.Create(copy);
            await source.CopyToAsync(target, cancellationToken);
        }
        catch
        {
            File.Delete(copy);
            throw;
        }
        return copy;
    }

    /// <summary>Gives a received file its place, or deletes it.</summary>
    private (string Location, long Size) Place(string received, InstanceIdentity identity)
    {
        try
        {
            if (_isDurable)
            {
                _disk.Flush(received);
            }
            var size = new FileInfo(received).Length;
            var folder = Path.Combine(_root, identity.StudyInstanceUid, identity.SeriesInstanceUid);
            var name = identity.SopInstanceUid + Extension;
            while (!TryPlace(received, Path.Combine(folder, name)))
            {
                name = $"{identity.SopInstanceUid}{Second}{RandomNumberGenerator.GetHexString(8, lowercase: true)}{Extension}";
            }
            if (_isDurable)
            {
                FlushFolders(Path.Combine(folder, name));
            }
            return ($"{identity.StudyInstanceUid}/{identity.SeriesInstanceUid}/{name}", size);
        }
        catch
        {
            File.Delete(received);
            throw;
        }
    }

    private bool TryPlace(string received, string path)
    {
        try
        {
            return _disk.TryMove(received, path);
        }
        catch (DirectoryNotFoundException)
        {
            MakeFolder(Path.GetDirectoryName(path)!);
            return _disk.TryMove(received, path);
        }
    }

    private void MakeFolder(string series)
    {
        _flushed.Forget(series);
        Directory.CreateDirectory(series);
    }

    /// <summary>The names of a file and of the folders that it is in, unless those are known to be on the disk.</summary>
    private void FlushFolders(string file)
    {
        var series = Path.GetDirectoryName(file)!;
        _disk.FlushFolder(series);
        if (!_flushed.Contains(series))
        {
            _disk.FlushFolder(Path.GetDirectoryName(series)!);
            _disk.FlushFolder(_root);
            _flushed.Add(series);
        }
    }
}
