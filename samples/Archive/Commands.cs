using System.Globalization;
using Archive.Storage;
using FellowOakDicom;
using Microsoft.Extensions.Logging.Abstractions;
using Specgen;
using Specgen.Outbox;
using Specgen.StorageCommitment;
using Spectre.Console;

namespace Archive;

/// <summary>The commands "check", "import" and "commitments": for an archive that does not run, or one whose database is PostgreSQL.</summary>
internal static class Commands
{
    /// <summary>Whether what the database has is there, whole, and the other way round. Ends with 0 when nothing was wrong, or all of it is repaired.</summary>
    public static Task<int> CheckAsync(Func<ArchiveSettings> settings, bool repair, CancellationToken cancellationToken) => WithStoreAsync(settings, async store =>
    {
        var (problems, repaired, count) = (0, 0, 0L);
        await AnsiConsole.Progress().StartAsync(async progress =>
        {
            var rows = progress.AddTask("instances of the database", maxValue: Math.Max(1, await store.Index.CountAsync(cancellationToken)));
            await foreach (var instance in store.Index.AllAsync(cancellationToken))
            {
                count++;
                rows.Increment(1);
                try
                {
                    if (await store.IsWholeAsync(instance, VerificationDepth.Checksum, cancellationToken))
                    {
                        continue;
                    }
                    Say(ref problems, $"{instance.Location}: missing or damaged ({instance.SopInstanceUid})");
                    // Sent again meanwhile, another node may have put it right.
                    if (repair && await FindAsync(instance.SopInstanceUid) is { } still && still.Location == instance.Location && !await store.IsWholeAsync(still, VerificationDepth.Checksum, cancellationToken))
                    {
                        // What cannot be given to anybody is not said to be here: then it can be stored again. Nor is it taken for the instance when the files are looked at.
                        await store.Bytes.PutAsideAsync(instance.Location, cancellationToken);
                        await store.Index.RemoveAsync(instance.SopInstanceUid, cancellationToken);
                        repaired++;
                    }
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException)
                {
                    // It may be whole: nothing is forgotten for that.
                    Say(ref problems, $"{instance.Location}: cannot be read, or put aside: {e.Message}");
                }
            }
            rows.Value = rows.MaxValue;
            var files = progress.AddTask("files", maxValue: Math.Max(1, count));
            var setAside = (await store.Index.ProblemsAsync(cancellationToken)).ToDictionary(static problem => problem.Location, static problem => problem.Reason, StringComparer.Ordinal);
            await foreach (var (location, _) in store.Bytes.ListAsync(DateTimeOffset.MinValue, cancellationToken))
            {
                files.Increment(1);
                var known = await FindAsync(InstanceFolder.Named(location).SopInstanceUid);
                if (known?.Location == location)
                {
                    continue;
                }
                try
                {
                    // Somebody may have given it another name.
                    known = await UidInAsync(store, location, cancellationToken) is { } inside ? await FindAsync(inside) : known;
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException)
                {
                    Say(ref problems, $"{location}: cannot be read: {e.Message}");
                    setAside.Remove(location);
                    continue;
                }
                if (known?.Location == location)
                {
                    continue;
                }
                var reason = known is not null ? $"a second file of an instance that is {known.Location}"
                    : setAside.Remove(location, out var why) ? $"no row in the database: {why}"
                    : "no row in the database";
                Say(ref problems, $"{location}: {reason}");
                if (!repair)
                {
                    continue;
                }
                if (known is null)
                {
                    if (await store.Upkeep.TakeInAsync(location, cancellationToken) is null)
                    {
                        await store.Index.RemoveProblemAsync(location, cancellationToken);
                        repaired++;
                    }
                }
                else if (InstanceFolder.IsSecondOf(location, known) && await store.IsWholeAsync(known, VerificationDepth.Checksum, cancellationToken))
                {
                    await store.Bytes.DeleteAsync(location, cancellationToken);
                    repaired++;
                }
            }
            files.Value = files.MaxValue;
            foreach (var location in setAside.Keys)
            {
                // It is gone, or has a row by now.
                await store.Index.RemoveProblemAsync(location, cancellationToken);
            }
        });
        Display.Print($"{count} instances checked, {problems} problems{(repair ? $", {repaired} repaired" : problems > 0 ? "; --repair sees to them" : "")}");
        return problems == repaired ? 0 : 1;

        async Task<StoredInstance?> FindAsync(string uid) => (await store.Index.FindAsync([uid], cancellationToken)).GetValueOrDefault(uid);
    });

    /// <summary>Takes in DICOM files, which stay where they are. Ends with 0 when all of them are in.</summary>
    public static Task<int> ImportAsync(Func<ArchiveSettings> settings, IReadOnlyList<string> paths, CancellationToken cancellationToken) => WithStoreAsync(settings, async store =>
    {
        var (files, problems) = InstanceFiles.Find(paths, cancellationToken);
        var counts = new Dictionary<Keeping, int>();
        await AnsiConsole.Progress().StartAsync(async progress =>
        {
            var bar = progress.AddTask($"into {store.Bytes.Description}".EscapeMarkup(), maxValue: Math.Max(1, files.Count));
            foreach (var (path, _) in files)
            {
                if (cancellationToken.IsCancellationRequested)
                {
                    problems.Add("Stopped: the other files are still to be imported");
                    break;
                }
                bar.Increment(1);
                try
                {
                    var keeping = await ImportAsync(store, path, CancellationToken.None);
                    counts[keeping] = counts.GetValueOrDefault(keeping) + 1;
                    if (keeping == Keeping.Another)
                    {
                        problems.Add($"{path}: another instance is stored under its UID");
                    }
                }
                catch (Exception e) when (e is DicomDataException or IOException or UnauthorizedAccessException or System.Data.Common.DbException)
                {
                    problems.Add($"{path}: {e.Message}");
                }
            }
        });
        problems.ForEach(Display.Print);
        Display.Print($"{counts.GetValueOrDefault(Keeping.Stored)} of {files.Count} files imported, {counts.GetValueOrDefault(Keeping.Again)} were here already, {problems.Count} problems");
        return problems.Count == 0 ? 0 : 1;
    });

    /// <summary>The reports of storage commitment that are owed, or were given up. Ends with 1 where some were given up.</summary>
    public static Task<int> CommitmentsAsync(Func<ArchiveSettings> settings, bool revive, CancellationToken cancellationToken) => WithSettingsAsync(settings, async given =>
    {
        await using ICommitmentStore store = string.IsNullOrWhiteSpace(given.Database) ? new SqliteCommitmentStore(given.CommitmentsPath) : new PostgreSqlCommitmentStore(given.Database);
        if (revive)
        {
            Display.Print($"{await store.ReviveAsync(null, new OutboxOptions().ExpiresAfter, cancellationToken)} reports will be tried again");
        }
        var counts = await store.CountAsync(cancellationToken);
        foreach (var state in (OutboxState[])[OutboxState.Waiting, OutboxState.Expired, OutboxState.SetAside])
        {
            foreach (var report in await store.ListAsync(state, 100, cancellationToken))
            {
                Display.Print(string.Create(CultureInfo.InvariantCulture, $"{state}: {report.Peer} {report.Key}, since {report.Created:u}, {report.Attempts} attempts: {report.Problem}"));
            }
        }
        Display.Print($"{counts.Waiting} owed, {counts.Expired} given up, {counts.SetAside} set aside");
        return counts.Expired + counts.SetAside == 0 ? 0 : 1;
    });

    /// <summary>The SOP Instance UID that a file says it has; null for what is no DICOM file.</summary>
    private static async Task<string?> UidInAsync(InstanceStore store, string location, CancellationToken cancellationToken)
    {
        await using var file = await store.Bytes.OpenAsync(location, cancellationToken);
        return DicomFileHeader.TryRead(file, out var header) ? header.SopInstanceUid : null;
    }

    private static async Task<Keeping> ImportAsync(InstanceStore store, string path, CancellationToken cancellationToken)
    {
        NewInstance instance;
        await using (var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 16 * 1024))
        {
            if (Storage.Upkeep.ReadFile(file) is not var (header, read, checksum))
            {
                throw new DicomDataException("It has no valid UIDs");
            }
            var identity = read.Identity;
            instance = NewInstance.Of(read, new StoredInstance(identity.SopInstanceUid, identity.SopClassUid, header.TransferSyntaxUid, "", 0, checksum));
        }
        if (store.Bytes.PlaceOf(path) is { } place)
        {
            // It is where instances are kept, and stays there whatever becomes of it.
            return await store.AddInPlaceAsync(instance with { Stored = instance.Stored with { Location = place, Size = new FileInfo(path).Length } }, cancellationToken);
        }
        var (location, size) = await store.Bytes.PutAsync(path, instance.Identity, cancellationToken);
        return await store.AddAsync(instance with { Stored = instance.Stored with { Location = location, Size = size } }, cancellationToken);
    }

    private static Task<int> WithStoreAsync(Func<ArchiveSettings> settings, Func<InstanceStore, Task<int>> work) => WithSettingsAsync(settings, async given =>
    {
        await using var setup = await StoreSetup.OpenAsync(given, NullLogger.Instance, CancellationToken.None);
        var upkeep = setup.Store.Upkeep;
        while (!upkeep.FilledAsync().IsCompleted)
        {
            // It would be tried again for ever, and nobody would be told.
            if (upkeep.Problem is { } problem)
            {
                throw new IOException(problem);
            }
            await Task.WhenAny(upkeep.FilledAsync(), Task.Delay(200));
        }
        return await work(setup.Store);
    });

    private static async Task<int> WithSettingsAsync(Func<ArchiveSettings> read, Func<ArchiveSettings, Task<int>> work)
    {
        try
        {
            var settings = read();
            settings.Check();
            return await work(settings);
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException or ArgumentException or InvalidOperationException or TimeoutException or OperationCanceledException
            or System.Data.Common.DbException or System.Net.Sockets.SocketException or StoreSchemaException)
        {
            Display.Print(e.Message);
            return 1;
        }
    }

    private static void Say(ref int problems, string text)
    {
        problems++;
        Display.Print(text);
    }
}
