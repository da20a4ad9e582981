using System.Data.Common;
using Specgen;

namespace Archive.Storage;

/// <summary>
/// Writes instances into the database: those of several associations in one transaction. What is known about a series and its study already is not written again.
/// </summary>
internal sealed class InstanceWriter : IAsyncDisposable
{
    private const int MostSeries = 2000;

    private readonly SqlConnections _database;
    private readonly bool _isDurable;
    private readonly GroupCommit<NewInstance, StoredInstance?> _commits;
    private readonly Dictionary<(string Study, string Series), KnownSeries> _series = [];
    private SqlConnections.Writer? _writer;

    public InstanceWriter(SqlConnections database, bool isDurable)
    {
        (_database, _isDurable) = (database, isDurable);
        _commits = new GroupCommit<NewInstance, StoredInstance?>(WriteAsync);
    }

    /// <summary>Adds an instance. With another of its UID, that stays and is given back.</summary>
    /// <exception cref="DbException">The database cannot be written: nothing was, unless it was lost while it confirmed.</exception>
    public Task<StoredInstance?> AddAsync(NewInstance instance, CancellationToken cancellationToken) =>
        _commits.AddAsync(instance, TimeSpan.FromSeconds(4 * SqlConnections.Patience), cancellationToken);

    public async ValueTask DisposeAsync() => await CloseAsync();

    private async Task<IReadOnlyList<StoredInstance?>> WriteAsync(IReadOnlyList<NewInstance> batch)
    {
        for (var attempt = 1; ; attempt++)
        {
            var wasOpen = _writer is not null;
            try
            {
                return await TryWriteAsync(batch);
            }
            catch (Exception e) when (attempt < 4 && (e is OutdatedException || (e is DbException failed && (_database.Dialect.IsConflict(failed) || (wasOpen && _database.Dialect.IsLost(failed))))))
            {
                // Another node was faster with the same patient, study or series; what was known of one is known no more; or the connection is of before the server was started again.
                await CloseAsync();
            }
            catch (Exception e)
            {
                await CloseAsync();
                if (e is DbException failure)
                {
                    _database.Failed?.Invoke(failure);
                }
                throw;
            }
        }
    }

    private async Task<IReadOnlyList<StoredInstance?>> TryWriteAsync(IReadOnlyList<NewInstance> batch)
    {
        _writer ??= await OpenAsync();
        if (batch.Count == 1 && Known(batch[0]) is not null)
        {
            // One row: a statement is a transaction of its own.
            return [await WriteAsync(_writer, batch[0])];
        }
        var existing = new StoredInstance?[batch.Count];
        await _writer.BeginAsync();

        // In one order on every node, so that none waits for another that waits for it.
        foreach (var i in Enumerable.Range(0, batch.Count).OrderBy(i => batch[i].Identity.StudyInstanceUid, StringComparer.Ordinal))
        {
            existing[i] = await WriteAsync(_writer, batch[i]);
        }
        await _writer.CommitAsync();
        return existing;
    }

    private async Task<StoredInstance?> WriteAsync(SqlConnections.Writer writer, NewInstance instance)
    {
        var stored = instance.Stored;
        var written = await writer.ExecuteAsync(
            // The series by its number and its UID: where the tables were made anew or restored meanwhile, the number is another's.
            """
            INSERT INTO instance (series, uid, sop_class, transfer_syntax, location, size, checksum, attributes)
            SELECT id, @uid, @class, @syntax, @location, @size, @checksum, @attributes FROM series WHERE id = @series AND uid = @seriesUid
            ON CONFLICT (uid) DO NOTHING
            """,
            ("@series", await SeriesAsync(writer, instance)), ("@seriesUid", instance.Identity.SeriesInstanceUid), ("@uid", stored.SopInstanceUid), ("@class", stored.SopClassUid),
            ("@syntax", stored.TransferSyntaxUid), ("@location", stored.Location), ("@size", stored.Size), ("@checksum", stored.Checksum), ("@attributes", instance.Image.ToString()));
        return written > 0
            ? null
            : await writer.RowAsync("SELECT uid, sop_class, transfer_syntax, location, size, checksum FROM instance WHERE uid = @uid", ("@uid", stored.SopInstanceUid)) is { } row
                ? new StoredInstance((string)row[0], (string)row[1], (string)row[2], (string)row[3], (long)row[4], (long)row[5])
                : throw new OutdatedException();
    }

    /// <summary>The series' row, where nothing new is said about it and its study.</summary>
    private long? Known(NewInstance instance) =>
        _series.TryGetValue((instance.Identity.StudyInstanceUid, instance.Identity.SeriesInstanceUid), out var known) && known.Study.Says(instance.Study) && known.Series.Says(instance.Series) ? known.Id : null;

    private async Task<long> SeriesAsync(SqlConnections.Writer writer, NewInstance instance)
    {
        if (Known(instance) is { } known)
        {
            return known;
        }
        var identity = instance.Identity;
        var studyId = await StudyAsync(writer, instance);
        var id = await SeriesAsync(writer, studyId, identity.SeriesInstanceUid, instance.Series);
        if (_series.Count >= MostSeries)
        {
            _series.Clear();
        }
        _series[(identity.StudyInstanceUid, identity.SeriesInstanceUid)] = new KnownSeries(id, instance.Study, instance.Series);
        return id;
    }

    private async Task<long> SeriesAsync(SqlConnections.Writer writer, long study, string uid, EntityAttributes attributes)
    {
        if (await writer.RowAsync($"SELECT id, attributes FROM series WHERE study = @study AND uid = @uid{_database.Dialect.ForUpdate}", ("@study", study), ("@uid", uid)) is not { } row)
        {
            return await writer.NumberAsync(
                "INSERT INTO series (study, uid, modality, attributes) VALUES (@study, @uid, @modality, @attributes) RETURNING id",
                ("@study", study), ("@uid", uid), ("@modality", SearchKey.Of(attributes[FellowOakDicom.DicomTag.Modality])), ("@attributes", attributes.ToString())) ?? throw NothingReturned();
        }
        var before = EntityAttributes.Parse((string)row[1]);
        if (before.Complete(attributes))
        {
            await writer.ExecuteAsync(
                "UPDATE series SET modality = @modality, attributes = @attributes WHERE id = @id",
                ("@modality", SearchKey.Of(before[FellowOakDicom.DicomTag.Modality])), ("@attributes", before.ToString()), ("@id", row[0]));
        }
        return (long)row[0];
    }

    /// <summary>The first instance says what a study is, whose it is among it; what those after it know more is added.</summary>
    private async Task<long> StudyAsync(SqlConnections.Writer writer, NewInstance instance)
    {
        var uid = instance.Identity.StudyInstanceUid;
        var row = await writer.RowAsync($"SELECT id, attributes FROM study WHERE uid = @uid{_database.Dialect.ForUpdate}", ("@uid", uid));
        var attributes = row is null ? instance.Study : EntityAttributes.Parse((string)row[1]);
        if (row is not null && !attributes.Complete(instance.Study))
        {
            return (long)row[0];
        }
        var patient = await PatientAsync(writer, uid, attributes);
        (string, object)[] values =
        [
            ("@patient", patient), ("@uid", uid), ("@patientId", SearchKey.Of(attributes[FellowOakDicom.DicomTag.PatientID])), ("@birthDate", SearchKey.OfDate(attributes[FellowOakDicom.DicomTag.PatientBirthDate])),
            ("@date", SearchKey.OfDate(attributes[FellowOakDicom.DicomTag.StudyDate])), ("@accessionNumber", SearchKey.Of(attributes[FellowOakDicom.DicomTag.AccessionNumber])),
            ("@studyId", SearchKey.Of(attributes[FellowOakDicom.DicomTag.StudyID])), ("@attributes", attributes.ToString()),
        ];
        var id = row is null
            ? await writer.NumberAsync(
                "INSERT INTO study (patient, uid, patient_id, birth_date, date, accession_number, study_id, attributes) VALUES (@patient, @uid, @patientId, @birthDate, @date, @accessionNumber, @studyId, @attributes) RETURNING id",
                values)
            : await writer.NumberAsync(
                "UPDATE study SET patient = @patient, patient_id = @patientId, birth_date = @birthDate, date = @date, accession_number = @accessionNumber, study_id = @studyId, attributes = @attributes WHERE uid = @uid RETURNING id",
                values);
        foreach (var name in SearchKey.OfName(attributes[FellowOakDicom.DicomTag.PatientName]))
        {
            await writer.ExecuteAsync("INSERT INTO person (name, study) VALUES (@name, @study) ON CONFLICT DO NOTHING", ("@name", name), ("@study", id ?? throw NothingReturned()));
        }
        return id ?? throw NothingReturned();
    }

    /// <summary>A patient is an ID and who issued it; without an ID nobody knows who it is, and it is the study's own. What is said of a patient now is what its latest study says.</summary>
    private static async Task<long> PatientAsync(SqlConnections.Writer writer, string studyUid, EntityAttributes study)
    {
        var (id, issuer) = (study[FellowOakDicom.DicomTag.PatientID], study[FellowOakDicom.DicomTag.IssuerOfPatientID]);
        var identity = id.Length > 0 ? $"{id}\\{issuer}" : $"\\{issuer}\\{studyUid}";
        var attributes = new EntityAttributes();
        foreach (var tag in QueryLevel.Patient.Attributes.Prepend(QueryLevel.Patient.Key))
        {
            attributes.Set(tag, study[tag]);
        }
        var text = identity.Replace("\0", "", StringComparison.Ordinal);
        if (await writer.RowAsync("SELECT attributes FROM patient WHERE identity = @identity", ("@identity", text)) is { } row)
        {
            attributes.Complete(EntityAttributes.Parse((string)row[0]));
        }
        return await writer.NumberAsync(
            "INSERT INTO patient (identity, attributes) VALUES (@identity, @attributes) ON CONFLICT (identity) DO UPDATE SET attributes = excluded.attributes RETURNING id",
            ("@identity", text), ("@attributes", attributes.ToString())) ?? throw NothingReturned();
    }

    private async Task<SqlConnections.Writer> OpenAsync()
    {
        var connection = await _database.OpenAsync(CancellationToken.None);
        var writer = new SqlConnections.Writer(connection);
        await writer.ExecuteAsync(_database.Dialect.Writer(_isDurable));
        return writer;
    }

    /// <summary>Ends the connection, and with it a transaction that failed; what is known may have been written in that.</summary>
    private async Task CloseAsync()
    {
        _series.Clear();
        if (Interlocked.Exchange(ref _writer, null) is { } writer)
        {
            await writer.DisposeAsync();
        }
        SqlConnections.OpenAnew();
    }

    private static InvalidOperationException NothingReturned() => new("The database returned no row.");

    /// <summary>What is known of a series is so no more, or the instance was removed while it was stored again.</summary>
    private sealed class OutdatedException() : InvalidOperationException("The database was changed while the instance was stored.");

    private sealed record KnownSeries(long Id, EntityAttributes Study, EntityAttributes Series);
}
