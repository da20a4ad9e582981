using System.Data.Common;
using System.Runtime.CompilerServices;
using FellowOakDicom;
using Specgen;

namespace Archive.Storage;

/// <summary>The database of what is here: what has no row in it, is not here. Texts are found by <see cref="SearchKey"/>s; what of the candidates matches is decided by <see cref="QueryMatcher"/>.</summary>
internal sealed class InstanceIndex(SqlConnections database, bool isDurable) : IAsyncDisposable
{
    private const int Chunk = 100;
    private const string InstanceColumns = "instance.uid, instance.sop_class, instance.transfer_syntax, instance.location, instance.size, instance.checksum";

    private readonly InstanceWriter _writer = new(database, isDurable);

    /// <summary>Makes the tables where they are missing or of another version.</summary>
    /// <returns>Whether they are to be filled with what is here.</returns>
    public async Task<bool> OpenAsync(CancellationToken cancellationToken)
    {
        SqlConnections.OpenAnew();
        await using var connection = await database.OpenAsync(cancellationToken);
        if (database.Dialect is SqlDialect.Sqlite)
        {
            // Readers go on while somebody writes.
            await using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA journal_mode = WAL";
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
        return await Schema.EnsureAsync(connection, database.Dialect, cancellationToken);
    }

    /// <summary>Whether a failure says that it is not to be trusted any more.</summary>
    public bool IsDamage(DbException failure) => database.Dialect.IsDamage(failure);

    /// <summary>Notes that everything that is here has its row.</summary>
    public Task FilledAsync(CancellationToken cancellationToken) => database.ExecuteAsync("UPDATE archive_state SET value = 'yes' WHERE name = 'filled'", [], cancellationToken);

    /// <summary>Adds an instance. With another of its UID, that stays and is given back.</summary>
    public Task<StoredInstance?> AddAsync(NewInstance instance, CancellationToken cancellationToken) => _writer.AddAsync(instance, cancellationToken);

    /// <summary>Notes where the bytes of an instance are now, and what they are.</summary>
    public Task UpdateAsync(StoredInstance instance, CancellationToken cancellationToken) => database.ExecuteAsync(
        "UPDATE instance SET sop_class = @class, transfer_syntax = @syntax, location = @location, size = @size, checksum = @checksum WHERE uid = @uid",
        [
            ("@class", instance.SopClassUid), ("@syntax", instance.TransferSyntaxUid), ("@location", instance.Location), ("@size", instance.Size), ("@checksum", instance.Checksum), ("@uid", instance.SopInstanceUid),
        ],
        cancellationToken);

    /// <summary>Forgets an instance whose bytes are gone.</summary>
    public Task RemoveAsync(string sopInstanceUid, CancellationToken cancellationToken) => database.ExecuteAsync("DELETE FROM instance WHERE uid = @uid", [("@uid", sopInstanceUid)], cancellationToken);

    /// <summary>Sees to it that all that was added is on the disk.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        // A commit that waits for the disk takes those before it with it: the log is one.
        await using var connection = await database.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = database.Dialect.Writer(isDurable: true) + "; UPDATE archive_state SET value = value WHERE name = 'filled'";
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>That the database answers, and can be written.</summary>
    public Task PingAsync(CancellationToken cancellationToken) => database.PingAsync(cancellationToken);

    public async Task<long> CountAsync(CancellationToken cancellationToken) =>
        (await database.ListAsync("SELECT COUNT(*) FROM instance", [], static row => row.GetInt64(0), cancellationToken))[0];

    /// <summary>The instances of these UIDs that are here, however many are asked for.</summary>
    public async Task<Dictionary<string, StoredInstance>> FindAsync(IEnumerable<string> sopInstanceUids, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, StoredInstance>(StringComparer.Ordinal);
        foreach (var uids in sopInstanceUids.Chunk(10_000))
        {
            foreach (var instance in await ListAsync(database.Dialect.In("instance.uid", "@uids"), [("@uids", database.Dialect.List(uids))], "", cancellationToken))
            {
                found[instance.SopInstanceUid] = instance;
            }
        }
        return found;
    }

    /// <summary>All instances, in pieces.</summary>
    public async IAsyncEnumerable<StoredInstance> AllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var last = ""; ;)
        {
            var instances = await ListAsync("instance.uid > @last", [("@last", last)], " ORDER BY instance.uid LIMIT 1000", cancellationToken);
            foreach (var instance in instances)
            {
                yield return instance;
            }
            if (instances.Count == 0)
            {
                yield break;
            }
            last = instances[^1].SopInstanceUid;
        }
    }

    /// <summary>Sets aside what cannot be taken in: named, and in nobody's way.</summary>
    public Task SetAsideAsync(string location, string reason, CancellationToken cancellationToken) => database.ExecuteAsync(
        "INSERT INTO problem (location, reason) VALUES (@location, @reason) ON CONFLICT (location) DO UPDATE SET reason = excluded.reason", [("@location", location), ("@reason", reason)], cancellationToken);

    /// <summary>It is none any more.</summary>
    public Task RemoveProblemAsync(string location, CancellationToken cancellationToken) => database.ExecuteAsync("DELETE FROM problem WHERE location = @location", [("@location", location)], cancellationToken);

    /// <summary>What is set aside, a thousand at most, and why.</summary>
    public Task<List<(string Location, string Reason)>> ProblemsAsync(CancellationToken cancellationToken) =>
        database.ListAsync("SELECT location, reason FROM problem ORDER BY location LIMIT 1000", [], static row => (row.GetString(0), row.GetString(1)), cancellationToken);

    /// <summary>What is answered about the entities of a level that match a query, with all that is known of them and of those above; as they are read.</summary>
    public async IAsyncEnumerable<QueryMatch> FindAsync(QueryLevel level, QueryMatcher query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (where, parameters) = SearchCondition.Of(level, query.Keys, database.Dialect);
        var candidates = await database.ListAsync($"SELECT {level.Table}.id FROM {From(level)} WHERE {where}", parameters, static row => row.GetInt64(0), cancellationToken);
        var counted = level.Counted.Where(c => query.Keys.Any(key => key.Tag == c.Tag)).ToList();
        foreach (var chunk in candidates.Chunk(Chunk))
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var entity in await EntitiesAsync(level, counted, chunk, cancellationToken))
            {
                if (query.Match(entity) is { } match)
                {
                    yield return match;
                }
            }
        }
    }

    /// <summary>The instances of the entities that an identifier's unique keys name.</summary>
    public Task<List<StoredInstance>> InstancesAsync(DicomDataset identifier, CancellationToken cancellationToken)
    {
        var (where, parameters) = SearchCondition.OfUniqueKeys(identifier, database.Dialect);
        return ListAsync(where, parameters, " ORDER BY instance.series, instance.id", cancellationToken);
    }

    /// <summary>How many patients a retrieval names: one ID may be of several, from different issuers.</summary>
    public async Task<int> PatientCountAsync(DicomDataset identifier, CancellationToken cancellationToken)
    {
        var (where, parameters) = SearchCondition.OfUniqueKeys(identifier, database.Dialect);
        return (await database.ListAsync($"SELECT DISTINCT study.patient FROM {From(QueryLevel.Image)} WHERE {where} LIMIT 100", parameters, static row => row.GetInt64(0), cancellationToken)).Count;
    }

    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        await database.DisposeAsync();
    }

    internal static string From(QueryLevel level) => level.Name switch
    {
        "SERIES" => "series JOIN study ON series.study = study.id",
        "IMAGE" => "instance JOIN series ON instance.series = series.id JOIN study ON series.study = study.id",
        _ => level.Table,
    };

    private Task<List<StoredInstance>> ListAsync(string where, IEnumerable<(string Name, object Value)> parameters, string order, CancellationToken cancellationToken) => database.ListAsync(
        $"SELECT {InstanceColumns} FROM {From(QueryLevel.Image)} WHERE {where}{order}",
        parameters,
        static row => new StoredInstance(row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetInt64(4), row.GetInt64(5)),
        cancellationToken);

    private async Task<List<DicomDataset>> EntitiesAsync(QueryLevel level, List<(DicomTag Tag, string Sql)> counted, long[] ids, CancellationToken cancellationToken)
    {
        // A patient's key is an attribute of its own; of all others it is a column.
        var tables = level == QueryLevel.Patient ? [level] : level.AndAbove.Skip(1).ToList();
        var columns = tables.Select(static t => $"{t.Table}.attributes").Concat(tables.Where(static t => t != QueryLevel.Patient).Select(static t => $"{t.Table}.uid"))
            .Concat(counted.Select(c => $"({string.Format(null, c.Sql, database.Dialect.Join)})"));
        return await database.ListAsync(
            $"SELECT {string.Join(", ", columns)} FROM {From(level)} WHERE {database.Dialect.In(level.Table + ".id", "@ids")} ORDER BY {level.Table}.id",
            [("@ids", database.Dialect.List(ids))],
            row => Entity(row, tables, counted),
            cancellationToken);
    }

    private static DicomDataset Entity(DbDataReader row, List<QueryLevel> tables, List<(DicomTag Tag, string Sql)> counted)
    {
        var entity = new DicomDataset().NotValidated();
        var isAscii = true;
        for (var i = 0; i < tables.Count; i++)
        {
            var text = row.GetString(i);
            isAscii &= System.Text.Ascii.IsValid(text);
            EntityAttributes.Parse(text).AddTo(entity);
        }
        if (!isAscii)
        {
            entity.AddOrUpdate(DicomTag.SpecificCharacterSet, "ISO_IR 192");
        }
        var column = tables.Count;
        foreach (var table in tables.Where(static t => t != QueryLevel.Patient))
        {
            entity.AddOrUpdate(table.Key, row.GetString(column++));
        }
        foreach (var (tag, _) in counted)
        {
            if (!row.IsDBNull(column))
            {
                entity.AddOrUpdate(tag, Convert.ToString(row.GetValue(column), System.Globalization.CultureInfo.InvariantCulture)!.Split('\\'));
            }
            column++;
        }
        return entity;
    }
}
