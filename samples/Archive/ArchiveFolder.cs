using System.Collections.Concurrent;
using Specgen;
using Specgen.Standard;

namespace Archive;

/// <summary>Instances as files, laid out by study, series and instance UID. An instance is kept as it came first, and kept once.</summary>
internal sealed class ArchiveFolder : IAsyncDisposable
{
    private const string Again = ".again";

    private readonly ConcurrentDictionary<string, string> _paths = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim[] _gates = [.. Enumerable.Range(0, 64).Select(static _ => new SemaphoreSlim(1))];

    public ArchiveFolder(string root, Display display)
    {
        Root = Path.GetFullPath(root);
        // Beside the instances, so that a received file is moved to its place by a rename.
        Receiving = Directory.CreateDirectory(Path.Combine(Root, ".receiving")).FullName;
        foreach (var left in Directory.EnumerateFiles(Receiving, "*" + Again))
        {
            File.Delete(left);
        }
        foreach (var path in Directory.EnumerateDirectories(Root).SelectMany(Directory.EnumerateDirectories).SelectMany(static series => Directory.EnumerateFiles(series, "*.dcm")))
        {
            _paths[Path.GetFileNameWithoutExtension(path)] = path;
        }
        Index = new InstanceIndex(Path.Combine(Root, ".index.db"), display);
        Index.Reconcile(_paths.Values);
    }

    public string Root { get; }

    public string Receiving { get; }

    public int Count => _paths.Count;

    /// <summary>What is here, for queries.</summary>
    public InstanceIndex Index { get; }

    /// <summary>
    /// Keeps what was received, unless the instance is here already: one SOP Instance UID is one instance (PS3.5 §9), so the one that is here, and that may have
    /// been committed to, stays untouched. The same data set again, or the same instance in another transfer syntax, is stored in that sense. False when it is another data set.
    /// </summary>
    public async ValueTask<bool> KeepAsync(CStoreContext context, InstanceIdentity identity, CancellationToken cancellationToken)
    {
        var gate = _gates[(uint)identity.SopInstanceUid.GetHashCode(StringComparison.Ordinal) % _gates.Length];
        await gate.WaitAsync(cancellationToken);
        try
        {
            if (Find(identity.SopInstanceUid) is { } stored)
            {
                return await IsStoredAsync(context, stored, cancellationToken);
            }
            var path = Path.Combine(Root, identity.StudyInstanceUid, identity.SeriesInstanceUid, identity.SopInstanceUid + ".dcm");
            await context.SaveAsync(path, cancellationToken);
            _paths[identity.SopInstanceUid] = path;
            Index.Add(path);
            return true;
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Makes sure of an instance: that it is here, of that SOP class, and on the disk. Gives the reason when it is not.</summary>
    public FailureReason? Secure(string sopClassUid, string sopInstanceUid)
    {
        if (StorageServiceClass.FindSopClass(sopClassUid) is null)
        {
            return FailureReason.ReferencedSopClassNotSupported;
        }
        if (Find(sopInstanceUid) is not { } path)
        {
            return FailureReason.NoSuchObjectInstance;
        }
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
            if (!DicomFileHeader.TryRead(file, out var header))
            {
                return FailureReason.ProcessingFailure;
            }
            if (header.SopClassUid != sopClassUid)
            {
                return FailureReason.ClassInstanceConflict;
            }
            file.Flush(flushToDisk: true);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return FailureReason.ProcessingFailure;
        }
    }

    public ValueTask DisposeAsync() => Index.DisposeAsync();

    private string? Find(string sopInstanceUid) => _paths.TryGetValue(sopInstanceUid, out var path) && File.Exists(path) ? path : null;

    private async ValueTask<bool> IsStoredAsync(CStoreContext context, string stored, CancellationToken cancellationToken)
    {
        var again = Path.Combine(Receiving, Guid.NewGuid().ToString("N") + Again);
        try
        {
            await context.SaveAsync(again, cancellationToken);
            var (first, second) = (DicomFileHeader.Read(stored), DicomFileHeader.Read(again));
            return first.SopClassUid == second.SopClassUid
                && (first.TransferSyntaxUid != second.TransferSyntaxUid || HaveSameBytes(stored, first.DataSetOffset, again, second.DataSetOffset));
        }
        finally
        {
            File.Delete(again);
        }
    }

    private static bool HaveSameBytes(string first, long firstOffset, string second, long secondOffset)
    {
        using var one = new FileStream(first, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0) { Position = firstOffset };
        using var other = new FileStream(second, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0) { Position = secondOffset };
        var (left, right) = (new byte[81_920], new byte[81_920]);
        while (one.Length - one.Position == other.Length - other.Position)
        {
            var count = one.ReadAtLeast(left, left.Length, throwOnEndOfStream: false);
            if (count == 0)
            {
                return true;
            }
            other.ReadExactly(right, 0, count);
            if (!left.AsSpan(0, count).SequenceEqual(right.AsSpan(0, count)))
            {
                return false;
            }
        }
        return false;
    }
}
