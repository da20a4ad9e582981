using System.Data.Common;
using System.Globalization;
using Specgen.Outbox;

namespace Specgen.StorageCommitment;

/// <summary>The tables, by version. A version that was published is never changed: the next one changes what it made.</summary>
internal static class SqlSchema
{
    private static readonly IReadOnlyList<Func<SqlDialect, string[]>> s_versions = [First];

    public static int Version => s_versions.Count;

    /// <summary>Brings the schema to this version, within a transaction of the caller's.</summary>
    /// <exception cref="StoreSchemaException">It is newer.</exception>
    public static async ValueTask MigrateAsync(DbTransaction transaction, SqlDialect dialect, CancellationToken cancellationToken)
    {
        if (dialect.LockSchema is { } lockSchema)
        {
            await ExecuteAsync(transaction, lockSchema, cancellationToken).ConfigureAwait(false);
        }

        await ExecuteAsync(transaction, "CREATE TABLE IF NOT EXISTS specgen_commitment_schema (version INTEGER NOT NULL)",
            cancellationToken).ConfigureAwait(false);
        var version = await ReadVersionAsync(transaction, cancellationToken).ConfigureAwait(false);
        if (version > Version)
        {
            throw new StoreSchemaException(
                $"The database's schema of storage commitment is of version {version}, and this program knows versions up to {Version}: it was used with a newer one. Use that, or another database.");
        }

        foreach (var statement in s_versions.Skip(version).SelectMany(statements => statements(dialect)))
        {
            await ExecuteAsync(transaction, statement, cancellationToken).ConfigureAwait(false);
        }

        if (version < Version)
        {
            await ExecuteAsync(transaction, "DELETE FROM specgen_commitment_schema", cancellationToken).ConfigureAwait(false);
            await ExecuteAsync(transaction, string.Create(CultureInfo.InvariantCulture,
                $"INSERT INTO specgen_commitment_schema (version) VALUES ({Version})"), cancellationToken).ConfigureAwait(false);
        }
    }

    private static string[] First(SqlDialect dialect) =>
    [
        $"""
        CREATE TABLE specgen_outbox (
            id {dialect.Identity},
            kind TEXT NOT NULL,
            peer TEXT NOT NULL,
            local_ae TEXT NOT NULL,
            message_key TEXT,
            is_repeat SMALLINT NOT NULL,
            state SMALLINT NOT NULL,
            attempts INTEGER NOT NULL,
            created BIGINT NOT NULL,
            due BIGINT NOT NULL,
            expires BIGINT NOT NULL,
            lease TEXT,
            held_until BIGINT NOT NULL,
            is_privilege SMALLINT NOT NULL,
            status INTEGER,
            problem TEXT,
            changed BIGINT NOT NULL)
        """,

        // Apart from their rows: these change often, and what they carry, which may be long, does not.
        $"CREATE TABLE specgen_outbox_payload (id BIGINT PRIMARY KEY, payload {dialect.Bytes} NOT NULL)",
        "CREATE UNIQUE INDEX specgen_outbox_first ON specgen_outbox (kind, peer, message_key) WHERE is_repeat = 0 AND message_key IS NOT NULL",
        "CREATE INDEX specgen_outbox_due ON specgen_outbox (due) WHERE state = 0",
        "CREATE INDEX specgen_outbox_peer ON specgen_outbox (peer, kind, local_ae) WHERE state = 0",
        "CREATE INDEX specgen_outbox_lease ON specgen_outbox (lease) WHERE lease IS NOT NULL",
        "CREATE INDEX specgen_outbox_state ON specgen_outbox (state, changed)",
        """
        CREATE TABLE specgen_commitment_request (
            transaction_uid TEXT PRIMARY KEY,
            peer TEXT NOT NULL,
            instances TEXT NOT NULL,
            state SMALLINT NOT NULL,
            status INTEGER,
            failures TEXT,
            requested BIGINT NOT NULL,
            changed BIGINT NOT NULL)
        """,
        "CREATE INDEX specgen_commitment_request_open ON specgen_commitment_request (requested) WHERE state < 2",
    ];

    private static async ValueTask<int> ReadVersionAsync(DbTransaction transaction, CancellationToken cancellationToken)
    {
        await using var command = transaction.Connection!.CreateCommand();
        (command.Transaction, command.CommandText) = (transaction, "SELECT max(version) FROM specgen_commitment_schema");
        return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is { } version and not DBNull ? Convert.ToInt32(version,
            CultureInfo.InvariantCulture) : 0;
    }

    private static async ValueTask ExecuteAsync(DbTransaction transaction, string statement, CancellationToken cancellationToken)
    {
        await using var command = transaction.Connection!.CreateCommand();
        (command.Transaction, command.CommandText) = (transaction, statement);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }
}
