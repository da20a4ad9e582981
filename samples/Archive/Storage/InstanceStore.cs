using System.Data.Common;
using Microsoft.Extensions.Logging;
using Specgen;
using Specgen.StorageCommitment;

namespace Archive.Storage;

/// <summary>What became of an instance that was to be kept.</summary>
internal enum Keeping
{
    Stored,

    /// <summary>The same instance is here already: it stays, and is as good.</summary>
    Again,

    /// <summary>Another data set is here under its UID: that stays, and this one is not kept.</summary>
    Another,
}

/// <summary>
/// The instances: their bytes in one place, what is known of them in the database. What has both is here. Bytes come first, so that a row never names what is not there; bytes without a row are
/// what nobody was told is stored, and are swept away.
/// </summary>
internal sealed class InstanceStore : IAsyncDisposable
{
    private readonly Func<SqlConnections> _connect;
    private readonly string? _databaseFile;
    private readonly bool _isDurable;
    private readonly ILogger _log;
    private long _stored;

    /// <param name="bytes">Where the bytes are.</param>
    /// <param name="connect">Connects to the database.</param>
    /// <param name="databaseFile">Its file, where it is one that can be made anew.</param>
    /// <param name="isDurable">Whether an instance is on the disk, database included, when it is kept.</param>
    /// <param name="log">Where it says what it had to do.</param>
    public InstanceStore(IInstanceBytes bytes, Func<SqlConnections> connect, string? databaseFile, bool isDurable, ILogger log)
    {
        (Bytes, _connect, _databaseFile, _isDurable, _log) = (bytes, connect, databaseFile, isDurable, log);
        Index = NewIndex();
        Upkeep = new Upkeep(this, log);
        ArchiveMeter.Observe(this);
    }

    public IInstanceBytes Bytes { get; }

    public InstanceIndex Index { get; private set; }

    /// <summary>What is done beside serving.</summary>
    public Upkeep Upkeep { get; }

    /// <summary>Whether other nodes may be at work on the same.</summary>
    public bool IsShared => _databaseFile is null;

    /// <summary>Instances stored since the start.</summary>
    public long StoredCount => Interlocked.Read(ref _stored);

    /// <summary>
    /// Opens the database; one that is damaged is put aside, and made anew of the instances while the archive serves. One that cannot be opened now is waited for: until it is there, what is sent is
    /// refused, so that others try again.
    /// </summary>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            await TryOpenAsync(cancellationToken);
        }
        catch (Exception e) when (e is DbException or TimeoutException or System.Net.Sockets.SocketException)
        {
            _log.LogError("The database cannot be opened, and is tried again: {Problem}", e.Message);
            Upkeep.Open("The database cannot be opened", TryOpenAsync);
        }
    }

    private async Task TryOpenAsync(CancellationToken cancellationToken)
    {
        bool isEmpty;
        try
        {
            isEmpty = await Index.OpenAsync(cancellationToken);
        }
        catch (DbException e) when (Index.IsDamage(e))
        {
            isEmpty = await StartAnewAsync(e, cancellationToken);
        }
        if (isEmpty)
        {
            Upkeep.Fill();
        }
    }

    /// <summary>
    /// Keeps what was received, unless the instance is here already: one SOP Instance UID is one instance (PS3.5 §9), so the one that is here, and that may have been committed to, stays untouched.
    /// The same data set again, or the same instance in another transfer syntax, is stored in that sense. What is here and damaged is replaced.
    /// </summary>
    public async Task<Keeping> KeepAsync(CStoreContext context, InstanceHeader header, long checksum, CancellationToken cancellationToken)
    {
        var identity = header.Identity;
        var (location, size) = await Bytes.PutAsync(context, identity, cancellationToken);
        var stored = new StoredInstance(identity.SopInstanceUid, identity.SopClassUid, context.TransferSyntax.UID.UID, location, size, checksum);
        var keeping = await AddAsync(NewInstance.Of(header, stored), cancellationToken);
        if (keeping == Keeping.Stored)
        {
            Interlocked.Increment(ref _stored);
        }
        return keeping;
    }

    /// <summary>Adds what lies in its place already. What is not added is deleted there.</summary>
    public async Task<Keeping> AddAsync(NewInstance instance, CancellationToken cancellationToken)
    {
        try
        {
            await Upkeep.TakeInFirstAsync(instance, cancellationToken);
            if (await Index.AddAsync(instance, cancellationToken) is not { } existing)
            {
                return Keeping.Stored;
            }
            return existing.Location == instance.Stored.Location ? Keeping.Again : await CompareAsync(existing, instance.Stored, cancellationToken);
        }
        catch
        {
            // It may have been added nonetheless, where the database was lost while it confirmed: the row decides, later.
            Upkeep.Sweep(instance.Stored);
            throw;
        }
    }

    /// <summary>Adds what an operator put in its place. Nothing is deleted there: an instance that is here already keeps its file, and the other one stays beside it.</summary>
    public async Task<Keeping> AddInPlaceAsync(NewInstance instance, CancellationToken cancellationToken)
    {
        var candidate = instance.Stored;
        await Upkeep.TakeInFirstAsync(instance, cancellationToken);
        if (await Index.AddAsync(instance, cancellationToken) is not { } existing)
        {
            return Keeping.Stored;
        }
        if (existing.Location == candidate.Location)
        {
            return Keeping.Again;
        }
        if (!await IsWholeAsync(existing, VerificationDepth.Size, cancellationToken))
        {
            await Index.UpdateAsync(candidate, cancellationToken);
            return Keeping.Stored;
        }
        return await IsSameAsync(existing, candidate, cancellationToken) ? Keeping.Again : Keeping.Another;
    }

    /// <summary>Sees to it that instances are on the disk, and their rows.</summary>
    public async Task FlushAsync(IEnumerable<StoredInstance> instances, CancellationToken cancellationToken)
    {
        if (_isDurable)
        {
            return;
        }
        foreach (var instance in instances)
        {
            try
            {
                await Bytes.FlushAsync(instance.Location, cancellationToken);
            }
            catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
            {
                // Nothing is promised about it.
            }
        }
        await Index.FlushAsync(cancellationToken);
    }

    /// <summary>Whether the bytes of an instance are what was stored, as far as is looked.</summary>
    public async Task<bool> IsWholeAsync(StoredInstance instance, VerificationDepth depth, CancellationToken cancellationToken)
    {
        try
        {
            if (depth == VerificationDepth.Catalogue)
            {
                return true;
            }
            if (await Bytes.SizeAsync(instance.Location, cancellationToken) is not { } size || (depth >= VerificationDepth.Size && size != instance.Size))
            {
                return false;
            }
            if (depth < VerificationDepth.Checksum)
            {
                return true;
            }
            await using var file = await Bytes.OpenAsync(instance.Location, cancellationToken);
            return Checksum.OfFile(file) == instance.Checksum;
        }
        catch (Exception e) when (e is InvalidDataException or FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
    }

    /// <summary>What a retrieval sends. A file that is not what was stored is not sent as if it were.</summary>
    public InstanceReference ReferenceTo(StoredInstance instance) => new(instance.SopClassUid, instance.SopInstanceUid, instance.TransferSyntaxUid, async cancellationToken =>
    {
        var file = await Bytes.OpenAsync(instance.Location, cancellationToken);
        if (file.Length == instance.Size)
        {
            return file;
        }
        _log.LogWarning("{Location} is damaged: {Length} bytes of {Size}", instance.Location, file.Length, instance.Size);
        await file.DisposeAsync();
        throw new IOException("The stored instance is damaged");
    });

    public async ValueTask DisposeAsync()
    {
        await Upkeep.DisposeAsync();
        await Index.DisposeAsync();
    }

    private async Task<Keeping> CompareAsync(StoredInstance existing, StoredInstance candidate, CancellationToken cancellationToken)
    {
        if (!await IsWholeAsync(existing, VerificationDepth.Size, cancellationToken))
        {
            // What is there is not what was stored: nothing that is worth keeping is lost.
            _log.LogWarning("{Location} was damaged, and is replaced by what was sent again", existing.Location);
            var location = await Bytes.ReplaceAsync(existing.Location, candidate.Location, cancellationToken);
            await Index.UpdateAsync(candidate with { Location = location }, cancellationToken);
            return existing.Checksum == candidate.Checksum ? Keeping.Again : Keeping.Stored;
        }
        var isSame = await IsSameAsync(existing, candidate, cancellationToken);
        await Bytes.DeleteAsync(candidate.Location, cancellationToken);
        return isSame ? Keeping.Again : Keeping.Another;
    }

    private async Task<bool> IsSameAsync(StoredInstance existing, StoredInstance candidate, CancellationToken cancellationToken) => existing.SopClassUid == candidate.SopClassUid
        && (existing.TransferSyntaxUid != candidate.TransferSyntaxUid || (existing.Checksum == candidate.Checksum && await HaveSameBytesAsync(existing.Location, candidate.Location, cancellationToken)));

    private async Task<bool> HaveSameBytesAsync(string first, string second, CancellationToken cancellationToken)
    {
        await using var one = await Bytes.OpenAsync(first, cancellationToken);
        await using var other = await Bytes.OpenAsync(second, cancellationToken);
        if (!DicomFileHeader.TryRead(one, out var firstHeader) || !DicomFileHeader.TryRead(other, out var secondHeader))
        {
            return false;
        }
        (one.Position, other.Position) = (firstHeader.DataSetOffset, secondHeader.DataSetOffset);
        var (left, right) = (new byte[81_920], new byte[81_920]);
        while (one.Length - one.Position == other.Length - other.Position)
        {
            var count = await one.ReadAtLeastAsync(left, left.Length, throwOnEndOfStream: false, cancellationToken);
            if (count == 0)
            {
                return true;
            }
            await other.ReadExactlyAsync(right.AsMemory(0, count), cancellationToken);
            if (!left.AsSpan(0, count).SequenceEqual(right.AsSpan(0, count)))
            {
                return false;
            }
        }
        return false;
    }

    private InstanceIndex NewIndex()
    {
        var connections = _connect();
        var index = new InstanceIndex(connections, _isDurable);
        connections.Failed = e =>
        {
            // What was opened before that was put aside already.
            if (index == Index && index.IsDamage(e))
            {
                Upkeep.Open("The database cannot be made anew", async token =>
                {
                    await StartAnewAsync(e, token);
                    Upkeep.Fill();
                });
            }
        };
        return index;
    }

    private async Task<bool> StartAnewAsync(DbException damage, CancellationToken cancellationToken)
    {
        await Index.DisposeAsync();
        var aside = $"{_databaseFile}.damaged-{DateTime.UtcNow:yyyyMMddHHmmss}";
        _log.LogError("The database is damaged ({Problem}): it is put aside as {File}, and made anew of the instances", damage.Message, Path.GetFileName(aside));
        foreach (var suffix in (string[])["", "-wal", "-shm"])
        {
            if (File.Exists(_databaseFile + suffix))
            {
                File.Move(_databaseFile + suffix, aside + suffix, overwrite: true);
            }
        }
        Index = NewIndex();
        return await Index.OpenAsync(cancellationToken);
    }
}
