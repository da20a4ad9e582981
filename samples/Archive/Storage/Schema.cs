using System.Data.Common;
using System.Globalization;

namespace Archive.Storage;

/// <summary>
/// The tables. Of an entity's attributes those stand in columns of their own that people search by, as <see cref="SearchKey"/>s; the rest is one text. All of it can be made anew of the instances,
/// so a table of another version is dropped, not changed.
/// </summary>
internal static class Schema
{
    private const long Version = 3;

    /// <summary>Makes the tables where there are none of this version.</summary>
    /// <returns>Whether they were made, and are to be filled.</returns>
    public static async Task<bool> EnsureAsync(DbConnection connection, SqlDialect dialect, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await ExecuteAsync(dialect.LockSchema);
        await ExecuteAsync($"CREATE TABLE IF NOT EXISTS archive_state (name {dialect.Types.Text} PRIMARY KEY, value {dialect.Types.Text} NOT NULL)");
        var found = await ScalarAsync("SELECT value FROM archive_state WHERE name = 'schema'");
        if (await ScalarAsync(dialect.Encoding) is not ("UTF8" or "SQL_ASCII"))
        {
            throw new InvalidDataException("The database has not the encoding UTF8: it cannot keep every name");
        }
        var isNew = found != Version.ToString(CultureInfo.InvariantCulture);
        if (isNew)
        {
            foreach (var table in (string[])["image", "instance", "person", "series", "study", "patient", "problem"])
            {
                if (found is null && await ScalarAsync(dialect.Find(table)) is not null)
                {
                    // Nothing says that it is this program's, and nobody could make it anew.
                    throw new InvalidDataException($"The database has a table '{table}' that is not the archive's, which needs a database or a schema of its own");
                }
                await ExecuteAsync($"DROP TABLE IF EXISTS {table}");
            }
            await ExecuteAsync(Tables(dialect));
            await ExecuteAsync($"INSERT INTO archive_state VALUES ('schema', '{Version}'), ('filled', 'no') ON CONFLICT (name) DO UPDATE SET value = excluded.value");
        }
        var isFilled = await ScalarAsync("SELECT value FROM archive_state WHERE name = 'filled'") == "yes";
        await transaction.CommitAsync(cancellationToken);
        return !isFilled;

        async Task ExecuteAsync(string sql)
        {
            await using var command = connection.CreateCommand();
            (command.CommandText, command.Transaction) = (sql, transaction);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        async Task<string?> ScalarAsync(string sql)
        {
            await using var command = connection.CreateCommand();
            (command.CommandText, command.Transaction) = (sql, transaction);
            return await command.ExecuteScalarAsync(cancellationToken) as string;
        }
    }

    private static string Tables(SqlDialect dialect)
    {
        var (id, text, number) = dialect.Types;
        return $"""
            CREATE TABLE patient (id {id}, identity {text} NOT NULL UNIQUE, attributes {text} NOT NULL);
            CREATE TABLE study (
                id {id}, patient {number} NOT NULL REFERENCES patient (id), uid {text} NOT NULL UNIQUE,
                patient_id {text} NOT NULL, birth_date {text} NOT NULL, date {text} NOT NULL, accession_number {text} NOT NULL, study_id {text} NOT NULL, attributes {text} NOT NULL);
            CREATE INDEX study_patient ON study (patient);
            CREATE INDEX study_patient_id ON study (patient_id);
            CREATE INDEX study_birth_date ON study (birth_date);
            CREATE INDEX study_date ON study (date);
            CREATE INDEX study_accession_number ON study (accession_number);
            CREATE INDEX study_study_id ON study (study_id);
            CREATE TABLE person (name {text} NOT NULL, study {number} NOT NULL REFERENCES study (id) ON DELETE CASCADE, PRIMARY KEY (name, study));
            CREATE INDEX person_study ON person (study);
            CREATE TABLE series (id {id}, study {number} NOT NULL REFERENCES study (id), uid {text} NOT NULL, modality {text} NOT NULL, attributes {text} NOT NULL, UNIQUE (study, uid));
            CREATE INDEX series_uid ON series (uid);
            CREATE TABLE instance (
                id {id}, series {number} NOT NULL REFERENCES series (id), uid {text} NOT NULL UNIQUE, sop_class {text} NOT NULL, transfer_syntax {text} NOT NULL,
                location {text} NOT NULL, size {number} NOT NULL, checksum {number} NOT NULL, attributes {text} NOT NULL);
            CREATE INDEX instance_series ON instance (series);
            CREATE TABLE problem (location {text} PRIMARY KEY, reason {text} NOT NULL);
            """;
    }
}
