using System.Data.Common;
using Npgsql;

namespace Specgen.StorageCommitment;

/// <summary>
/// Keeps the state of storage commitment in a PostgreSQL database, which may have other tables as well; any number of nodes share it. Times are the
/// database server's. Nodes hear of what is due from each
/// other (LISTEN/NOTIFY).
/// </summary>
public sealed class PostgreSqlCommitmentStore : SqlCommitmentStore
{
    private const string Channel = "specgen_outbox";
    private static readonly TimeSpan s_keepAlive = TimeSpan.FromSeconds(30);

    private readonly NpgsqlDataSource _database;
    private readonly bool _ownsDatabase;
    private readonly CancellationTokenSource _disposing = new();
    private readonly object _lock = new();
    private Task _listening = Task.CompletedTask;

    /// <summary>A store in a database of the application's.</summary>
    /// <param name="database">Not disposed of here.</param>
    public PostgreSqlCommitmentStore(NpgsqlDataSource database)
        : this(database, false, ServerTime)
    {
    }

    /// <summary>A store in a database.</summary>
    /// <param name="connectionString">Npgsql's.</param>
    public PostgreSqlCommitmentStore(string connectionString)
        : this(NpgsqlDataSource.Create(connectionString), true, ServerTime)
    {
    }

    /// <summary>For tests, whose database has a clock of theirs.</summary>
    internal PostgreSqlCommitmentStore(string connectionString, string now)
        : this(NpgsqlDataSource.Create(connectionString), true, now)
    {
    }

    private PostgreSqlCommitmentStore(NpgsqlDataSource database, bool ownsDatabase, string now)
        : base(Dialect(now))
    {
        ArgumentNullException.ThrowIfNull(database);
        (_database, _ownsDatabase) = (database, ownsDatabase);
    }

    /// <summary>The statement's, not the transaction's: that would stand still while a transaction waits for another.</summary>
    private static string ServerTime => "CAST(EXTRACT(EPOCH FROM statement_timestamp()) * 1000 AS BIGINT)";

    /// <inheritdoc/>
    public override ValueTask WaitAsync(TimeSpan time, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_listening.IsCompleted && !_disposing.IsCancellationRequested)
            {
                // The first time, or it has lost its connection: until it has another, waiting ends with its time.
                _listening = Task.Run(ListenAsync, CancellationToken.None);
            }
        }

        return base.WaitAsync(time, timeProvider, cancellationToken);
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await _disposing.CancelAsync().ConfigureAwait(false);
        await _listening.ConfigureAwait(false);
        if (_ownsDatabase)
        {
            await _database.DisposeAsync().ConfigureAwait(false);
        }

        await base.DisposeAsync().ConfigureAwait(false);
    }

    /// <inheritdoc/>
    protected override async ValueTask<T> UseConnectionAsync<T>(
        bool isDurable, Func<DbConnection, ValueTask<T>> work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        await using var connection = await _database.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        return await work(connection).ConfigureAwait(false);
    }

    /// <summary>Ends with its connection; does not throw, since whoever uses the database finds out as well, and says so.</summary>
    private async Task ListenAsync()
    {
        try
        {
            await using var connection = await _database.OpenConnectionAsync(_disposing.Token).ConfigureAwait(false);
            connection.Notification += (_, _) => Signal();
            await using (var command = connection.CreateCommand())
            {
                command.CommandText = $"LISTEN {Channel}";
                await command.ExecuteNonQueryAsync(_disposing.Token).ConfigureAwait(false);
            }

            // What came before it listened.
            Signal();
            while (true)
            {
                if (!await connection.WaitAsync(s_keepAlive, _disposing.Token).ConfigureAwait(false))
                {
                    // A connection that is gone without a word says nothing until it is spoken to.
                    await using var command = connection.CreateCommand();
                    command.CommandText = "SELECT 1";
                    await command.ExecuteNonQueryAsync(_disposing.Token).ConfigureAwait(false);
                }
            }
        }
        catch (Exception e) when (e is DbException or OperationCanceledException or ObjectDisposedException or IOException or TimeoutException)
        {
            // Waiting ends with its time until the next call of WaitAsync begins anew.
        }
    }

    private static SqlDialect Dialect(string now) => new()
    {
        Now = now,
        Identity = "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
        Bytes = "BYTEA",
        SkipLocked = " FOR UPDATE SKIP LOCKED",
        JsonItems = static parameter => $"json_array_elements(CAST({parameter} AS JSON)) AS item(value)",
        JsonNumber = static (column, index) => $"CAST(item.{column} ->> {index} AS BIGINT)",
        JsonText = static (column, index) => $"item.{column} ->> {index}",
        LockSchema = "SELECT pg_advisory_xact_lock(hashtext('specgen_commitment_schema'))",
        LockClaims = "SELECT pg_advisory_xact_lock(hashtext('specgen_outbox_claim'))",
        Notify = $"SELECT pg_notify('{Channel}', '')",
    };
}
