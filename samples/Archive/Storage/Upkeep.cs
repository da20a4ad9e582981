using System.Collections.Concurrent;
using FellowOakDicom;
using Microsoft.Extensions.Logging;
using Specgen;
using Specgen.StorageCommitment;

namespace Archive.Storage;

/// <summary>
/// What is done while the archive serves: the database is filled with what is here, and bytes that no row names are swept away. What fails is said, and tried again; a file that cannot be taken in
/// is set aside, and stops nothing.
/// </summary>
internal sealed class Upkeep(InstanceStore store, ILogger log) : IAsyncDisposable
{
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<string, StoredInstance> _doubtful = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private Task _filling = Task.CompletedTask;
    private Task _sweeping = Task.CompletedTask;
    private Task _tidying = Task.CompletedTask;
    private Task _opening = Task.CompletedTask;
    private long _filled;

    /// <summary>Whether the database is being filled: queries may not find everything yet.</summary>
    public bool IsFilling => !_filling.IsCompleted;

    /// <summary>Until the database has been filled.</summary>
    public Task FilledAsync() => _filling;

    /// <summary>Instances that were taken in so far.</summary>
    public long FilledCount => Interlocked.Read(ref _filled);

    /// <summary>What is wrong now; null for nothing.</summary>
    public string? Problem { get; private set; }

    /// <summary>Takes in all that is here; after what is being taken in already, which may be for a database that is no more.</summary>
    public void Fill()
    {
        lock (_lock)
        {
            var before = _filling;
            _filling = Task.Run(async () =>
            {
                await before;
                Interlocked.Exchange(ref _filled, 0);
                await UntilDoneAsync("The database cannot be filled", FillAsync);
            });
        }
    }

    /// <summary>Takes away, unless it has a row, what was put and could not be added.</summary>
    public void Sweep(StoredInstance doubtful)
    {
        _doubtful[doubtful.Location] = doubtful;
        lock (_lock)
        {
            if (_sweeping.IsCompleted)
            {
                _sweeping = Task.Run(() => UntilDoneAsync("What was not stored cannot be taken away", SweepAsync));
            }
        }
    }

    /// <summary>
    /// After a process that was killed, with what it put between two moments: an instance that is whole and was about to be acknowledged is taken in; a second file, which was still to be compared with
    /// the first, and what was received and had no place yet, is not needed where the first is whole.
    /// </summary>
    public void Tidy(DateTimeOffset since, DateTimeOffset until, Action done) =>
        _tidying = Task.Run(() => UntilDoneAsync("What a killed process left cannot be seen to", async token =>
        {
            await TidyAsync(since, until, token);
            done();
        }));

    /// <summary>Opens the database that could not be opened at the start, or makes it anew: once, however many see that it must be.</summary>
    public void Open(string whatFails, Func<CancellationToken, Task> open)
    {
        lock (_lock)
        {
            if (_opening.IsCompleted)
            {
                _opening = Task.Run(() => UntilDoneAsync(whatFails, open));
            }
        }
    }

    /// <summary>While the database is being filled, what it does not know yet may be here: then that is taken in before it is decided whether another one of its UID is.</summary>
    public async Task TakeInFirstAsync(NewInstance instance, CancellationToken cancellationToken)
    {
        if (IsFilling && await store.Bytes.FindAnotherAsync(instance.Identity, instance.Stored.Location, cancellationToken) is { } first)
        {
            await TakeInAsync(first, cancellationToken);
        }
    }

    /// <summary>Takes in what lies in its place.</summary>
    /// <returns>What is wrong with it; null where it is in.</returns>
    public async Task<string?> TakeInAsync(string location, CancellationToken cancellationToken)
    {
        string problem;
        try
        {
            await using var file = await store.Bytes.OpenAsync(location, cancellationToken);
            if (ReadFile(file) is { } read)
            {
                var identity = read.Header.Identity;
                var stored = new StoredInstance(identity.SopInstanceUid, identity.SopClassUid, read.File.TransferSyntaxUid, location, file.Length, read.Checksum);
                var existing = await store.Index.AddAsync(NewInstance.Of(read.Header, stored), cancellationToken);
                return existing is null || existing.Location == location ? null : $"another file of this instance: {existing.Location}";
            }
            problem = "no DICOM file, or of an instance without valid UIDs";
        }
        catch (Exception e) when (e is DicomDataException or UnauthorizedAccessException or IOException and not UnavailableException)
        {
            problem = e.Message;
        }
        await store.Index.SetAsideAsync(location, problem, cancellationToken);
        log.LogWarning("{Location} is set aside: {Problem}", location, problem);
        return problem;
    }

    /// <summary>What a DICOM file holds; null for what is none, or has UIDs by which it cannot be kept.</summary>
    /// <exception cref="DicomDataException">Its data set is damaged.</exception>
    public static (DicomFileHeader File, InstanceHeader Header, long Checksum)? ReadFile(Stream file)
    {
        if (!DicomFileHeader.TryRead(file, out var header))
        {
            return null;
        }
        file.Position = header.DataSetOffset;
        var (instance, checksum) = Checksum.Read(file, header.TransferSyntaxUid);
        var identity = instance.Identity;
        return InstanceIdentity.IsUid(identity.SopInstanceUid) && InstanceIdentity.IsUid(identity.StudyInstanceUid) && InstanceIdentity.IsUid(identity.SeriesInstanceUid) ? (header, instance, checksum) : null;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        // What opens the database may have it filled.
        await _opening;
        await Task.WhenAll(_filling, _sweeping, _tidying);
        _stopping.Dispose();
    }

    private async Task FillAsync(CancellationToken cancellationToken)
    {
        var (index, problems) = (store.Index, 0);
        // What has the instance's own name was there first, and may have been acknowledged; a second file may be what was to be refused.
        foreach (var isSecond in (bool[])[false, true])
        {
            await Parallel.ForEachAsync(
                ByInstance(store.Bytes.ListAsync(DateTimeOffset.MinValue, cancellationToken).Where(place => InstanceFolder.Named(place.Location).IsSecond == isSecond)),
                new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = cancellationToken },
                async (places, token) =>
                {
                    foreach (var (location, _) in places.OrderBy(static place => place.Changed))
                    {
                        if (await TakeInAsync(location, token) is not null)
                        {
                            Interlocked.Increment(ref problems);
                        }
                        if (Interlocked.Increment(ref _filled) % 10_000 == 0)
                        {
                            log.LogInformation("{Count} instances taken into the database", FilledCount);
                        }
                    }
                });
        }
        if (index != store.Index)
        {
            return;
        }
        await index.FilledAsync(cancellationToken);
        if (FilledCount > 0)
        {
            log.LogInformation("The database has been filled: {Count} instances, {Problems} with problems", FilledCount - problems, problems);
        }
    }

    /// <summary>Places of one instance together, where they are listed one after the other: a bucket does so, and of its names none says which was first.</summary>
    private static async IAsyncEnumerable<List<(string Location, DateTimeOffset Changed)>> ByInstance(IAsyncEnumerable<(string Location, DateTimeOffset Changed)> places)
    {
        List<(string Location, DateTimeOffset Changed)> together = [];
        await foreach (var place in places)
        {
            if (together.Count > 0 && InstanceFolder.Named(together[0].Location).SopInstanceUid != InstanceFolder.Named(place.Location).SopInstanceUid)
            {
                yield return together;
                together = [];
            }
            together.Add(place);
        }
        if (together.Count > 0)
        {
            yield return together;
        }
    }

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        while (_doubtful.Values.FirstOrDefault() is { } doubtful)
        {
            // A server whose confirmation was lost may still be at work on it.
            await Task.Delay(store.IsShared ? s_patience : TimeSpan.Zero, cancellationToken);
            var found = await store.Index.FindAsync([doubtful.SopInstanceUid], cancellationToken);
            if (found.GetValueOrDefault(doubtful.SopInstanceUid)?.Location != doubtful.Location)
            {
                await store.Bytes.DeleteAsync(doubtful.Location, cancellationToken);
            }
            _doubtful.TryRemove(doubtful.Location, out _);
        }
    }

    private async Task TidyAsync(DateTimeOffset since, DateTimeOffset until, CancellationToken cancellationToken)
    {
        await _filling.WaitAsync(cancellationToken);
        var doubtful = new List<string>();
        await foreach (var places in store.Bytes.ListAsync(since, cancellationToken).Chunk(1000).WithCancellation(cancellationToken))
        {
            var known = await store.Index.FindAsync(places.Select(static place => InstanceFolder.Named(place.Location).SopInstanceUid), cancellationToken);
            doubtful.AddRange(places.Where(place => (place.Changed < until || store.IsShared) && known.GetValueOrDefault(InstanceFolder.Named(place.Location).SopInstanceUid)?.Location != place.Location)
                .Select(static place => place.Location));
        }

        // Another node may be at work on what it has received, or about to decide about a second file: then it will have done so by then.
        await Task.Delay(store.IsShared ? s_patience : TimeSpan.Zero, cancellationToken);
        // The locks are the server's, which sees to what they guard.
        foreach (var received in Directory.CreateDirectory(store.Bytes.ReceiveFolder).EnumerateFiles().Where(file => file.Extension != ".lock" && file.LastWriteTimeUtc < until.UtcDateTime))
        {
            received.Delete();
        }
        var (takenIn, swept) = (0, 0);
        foreach (var location in doubtful)
        {
            var uid = InstanceFolder.Named(location).SopInstanceUid;
            var found = (await store.Index.FindAsync([uid], cancellationToken)).GetValueOrDefault(uid);
            if (found is null && await store.Bytes.SizeAsync(location, cancellationToken) is not null && await TakeInAsync(location, cancellationToken) is null)
            {
                takenIn++;
            }
            else if (found is not null && InstanceFolder.IsSecondOf(location, found))
            {
                if (await store.IsWholeAsync(found, VerificationDepth.Checksum, cancellationToken))
                {
                    await store.Bytes.DeleteAsync(location, cancellationToken);
                    swept++;
                    continue;
                }
                // It may be the only whole one: about to take the place of the first.
                log.LogWarning("{First} is missing or damaged, and {Second} is kept beside it: check --repair sees to them", found.Location, location);
            }
        }
        if (takenIn + swept > 0)
        {
            log.LogInformation("After an end that was none: {TakenIn} whole instances taken in that were not acknowledged yet, {Swept} second files swept away", takenIn, swept);
        }
    }

    private async Task UntilDoneAsync(string whatFails, Func<CancellationToken, Task> work)
    {
        while (true)
        {
            try
            {
                await work(_stopping.Token);
                Problem = null;
                return;
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                Problem = $"{whatFails}: {e.Message}";
                log.LogError("{What}, and is tried again: {Problem}", whatFails, e.Message);
                await Task.Delay(s_pause, _stopping.Token).ContinueWith(static _ => { }, TaskScheduler.Default);
            }
        }
    }
}
