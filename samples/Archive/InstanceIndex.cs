using System.Threading.Channels;
using FellowOakDicom;
using Specgen;

namespace Archive;

/// <summary>
/// What queries ask about, in an SQLite file beside the instances. It is made of their files, a little after they were stored, and made anew when it is deleted. A query first waits
/// for what was stored before it.
/// </summary>
internal sealed class InstanceIndex : IAsyncDisposable
{
    private const int BatchSize = 500;

    private readonly string _file;
    private readonly Display _display;
    private readonly Database _database;
    private readonly Channel<object> _queue = Channel.CreateUnbounded<object>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Task _writing;

    /// <exception cref="IOException">The file cannot be opened, or is something else.</exception>
    public InstanceIndex(string file, Display display)
    {
        (_file, _display, _database) = (file, display, new Database(file));
        for (var i = 0; i < QueryLevel.All.Count; i++)
        {
            var level = QueryLevel.All[i];
            var columns = string.Join(", ", level.Attributes.Prepend(level.Key).Select(QueryLevel.Column));
            var place = level.Name == "IMAGE" ? ", TransferSyntaxUID, Path" : "";
            _database.Execute($"CREATE TABLE IF NOT EXISTS {level.Name} (id INTEGER PRIMARY KEY, parent INTEGER, {columns}{place}, UNIQUE ({QueryLevel.Column(level.Key)}))");
            _database.Execute($"CREATE INDEX IF NOT EXISTS {level.Name}_parent ON {level.Name} (parent)");
        }
        _database.Execute("CREATE INDEX IF NOT EXISTS STUDY_StudyDate ON STUDY (StudyDate)");
        _database.Execute("CREATE INDEX IF NOT EXISTS STUDY_AccessionNumber ON STUDY (AccessionNumber)");
        _writing = Task.Run(WriteAsync);
    }

    /// <summary>Takes in a file that was stored; returns before it has.</summary>
    public void Add(string path) => _queue.Writer.TryWrite(path);

    /// <summary>Completes when all that was added before is in the index.</summary>
    public Task SettledAsync()
    {
        var settled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return _queue.Writer.TryWrite(settled) ? settled.Task : Task.CompletedTask;
    }

    /// <summary>Makes the index agree with the files that are there, before anything is added: what a process that was killed had not taken in is taken in, what was deleted is dropped.</summary>
    public void Reconcile(IEnumerable<string> paths)
    {
        var missing = new HashSet<string>(StringComparer.Ordinal);
        using (var known = _database.Prepare("SELECT Path FROM IMAGE"))
        {
            while (known.Step())
            {
                missing.Add(known.Text(0)!);
            }
        }
        var unknown = paths.Where(path => !missing.Remove(path)).ToList();
        foreach (var path in missing)
        {
            _database.Execute("DELETE FROM IMAGE WHERE Path = ?", path);
        }
        foreach (var (parent, child) in new[] { ("SERIES", "IMAGE"), ("STUDY", "SERIES"), ("PATIENT", "STUDY") })
        {
            _database.Execute($"DELETE FROM {parent} WHERE NOT EXISTS (SELECT 1 FROM {child} WHERE {child}.parent = {parent}.id)");
        }

        // Not before: from then on the connection is the writer's.
        unknown.ForEach(Add);
    }

    /// <summary>The entities of a level that match an identifier, with all that the index knows of them and of those above; as they are read.</summary>
    public IEnumerable<DicomDataset> Find(QueryLevel level, DicomDataset identifier)
    {
        var levels = QueryLevel.All.TakeWhile(other => other != level).Append(level).ToList();
        var stored = levels.SelectMany(static l => l.Attributes.Prepend(l.Key)).ToList();
        var counted = level.Counted.Where(c => identifier.Contains(c.Tag)).ToList();
        var (where, values) = Conditions(levels, identifier);
        var columns = string.Join(", ", [.. stored.Select(QueryLevel.Column), .. counted.Select(static c => $"({c.Sql})")]);

        // A connection of its own: as long as the peer takes matches, and however others write.
        using var database = new Database(_file);
        using var rows = database.Prepare($"SELECT {columns} FROM {Joined(levels)} WHERE {where}", values);
        while (rows.Step())
        {
            var entity = new DicomDataset().NotValidated();
            var isAscii = true;
            foreach (var (tag, i) in stored.Concat(counted.Select(static c => c.Tag)).Select(static (tag, i) => (tag, i)))
            {
                if (rows.Text(i) is { Length: > 0 } text)
                {
                    entity.Add(tag, text.Split('\\'));
                    isAscii &= System.Text.Ascii.IsValid(text);
                }
            }
            if (!isAscii)
            {
                entity.Add(DicomTag.SpecificCharacterSet, "ISO_IR 192");
            }
            if (QueryMatching.Matches(identifier, entity))
            {
                yield return entity;
            }
        }
    }

    /// <summary>The instances of the entities that an identifier's unique keys name.</summary>
    public IReadOnlyList<InstanceReference> Instances(DicomDataset identifier)
    {
        var (where, values) = Conditions(QueryLevel.All, identifier, onlyKeys: true);
        using var database = new Database(_file);
        using var rows = database.Prepare($"SELECT SOPClassUID, SOPInstanceUID, TransferSyntaxUID, Path FROM {Joined(QueryLevel.All)} WHERE {where} ORDER BY SERIES.id, CAST(InstanceNumber AS INTEGER)", values);
        var instances = new List<InstanceReference>();
        while (rows.Step())
        {
            instances.Add(new InstanceReference(rows.Text(0) ?? "", rows.Text(1)!, rows.Text(2) ?? "", rows.Text(3)!));
        }
        return instances;
    }

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _writing;
        _database.Dispose();
    }

    private static string Joined(IReadOnlyList<QueryLevel> levels) =>
        levels[0].Name + string.Concat(levels.Skip(1).Zip(levels, static (child, parent) => $" JOIN {child.Name} ON {child.Name}.parent = {parent.Name}.id"));

    /// <summary>What the database can decide fast: unique keys, equal texts, ranges of dates. The rest is decided by <see cref="QueryMatching"/>.</summary>
    private static (string Where, string?[] Values) Conditions(IReadOnlyList<QueryLevel> levels, DicomDataset identifier, bool onlyKeys = false)
    {
        var conditions = new List<string> { "1" };
        var values = new List<string?>();
        foreach (var tag in levels.SelectMany(l => onlyKeys ? [l.Key] : l.Attributes.Prepend(l.Key)))
        {
            if (!identifier.TryGetValues<string>(tag, out var keys) || keys.Length == 0 || keys.All(string.IsNullOrEmpty))
            {
                continue;
            }
            var (column, vr) = (QueryLevel.Column(tag), tag.DictionaryEntry.ValueRepresentations[0]);
            if (vr == DicomVR.UI || (onlyKeys && tag == DicomTag.PatientID))
            {
                conditions.Add($"{column} IN ({string.Join(", ", keys.Select(static _ => "?"))})");
                values.AddRange(keys);
            }
            else if (vr == DicomVR.DA && keys is [var range] && range.Split('-') is { Length: 2 } ends)
            {
                conditions.Add($"{column} BETWEEN ? AND ?");
                values.AddRange([ends[0], ends[1].Length == 0 ? "99999999" : ends[1]]);
            }
            else if (vr.IsString && vr != DicomVR.PN && vr != DicomVR.TM && vr != DicomVR.IS && vr != DicomVR.DS && keys is [var text] && text.IndexOfAny(['*', '?']) < 0)
            {
                conditions.Add($"{column} = ?");
                values.Add(text.Trim());
            }
        }
        return (string.Join(" AND ", conditions), [.. values]);
    }

    private async Task WriteAsync()
    {
        while (await _queue.Reader.WaitToReadAsync())
        {
            var settled = new List<TaskCompletionSource>();
            _database.Execute("BEGIN");
            for (var i = 0; i < BatchSize && _queue.Reader.TryRead(out var next); i++)
            {
                if (next is TaskCompletionSource waiting)
                {
                    settled.Add(waiting);
                    continue;
                }
                try
                {
                    Write((string)next, await DicomFile.OpenAsync((string)next, FileReadOption.SkipLargeTags));
                }
                catch (Exception e) when (e is DicomFileException or DicomDataException or IOException or UnauthorizedAccessException)
                {
                    _display.Line($"{next} cannot be found by queries: {e.Message}");
                }
            }
            _database.Execute("COMMIT");
            settled.ForEach(static s => s.SetResult());
        }
    }

    private void Write(string path, DicomFile file)
    {
        string? parent = null;
        foreach (var level in QueryLevel.All)
        {
            var isImage = level.Name == "IMAGE";
            var tags = level.Attributes.Prepend(level.Key).ToList();
            var columns = tags.Select(QueryLevel.Column).Prepend("parent").Concat(isImage ? ["TransferSyntaxUID", "Path"] : []).ToList();
            var key = QueryLevel.Column(level.Key);
            string?[] values =
            [
                parent,
                .. tags.Select(tag => file.Dataset.TryGetValues<string>(tag, out var texts) && texts.Length > 0 ? string.Join('\\', texts.Select(static text => text.Trim())) : tag == level.Key ? "" : null),
                .. isImage ? [file.FileMetaInfo.TransferSyntax.UID.UID, path] : Array.Empty<string>(),
            ];

            // The first instance says what a study is; what those after it know more is added.
            var more = string.Join(", ", columns.Skip(2).Select(static c => $"{c} = COALESCE({c}, excluded.{c})").DefaultIfEmpty($"{key} = {key}"));
            _database.Execute($"INSERT INTO {level.Name} ({string.Join(", ", columns)}) VALUES ({string.Join(", ", columns.Select(static _ => "?"))}) ON CONFLICT ({key}) DO UPDATE SET {more}", values);
            using var row = _database.Prepare($"SELECT id FROM {level.Name} WHERE {key} = ?", values[1]);
            parent = row.Step() ? row.Text(0) : null;
        }
    }
}
