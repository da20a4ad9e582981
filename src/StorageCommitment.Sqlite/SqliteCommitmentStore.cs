using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Specgen.StorageCommitment;

/// <summary>Keeps the state of storage commitment in a SQLite database, which may have other tables as well. Several processes on one machine may
/// share it; over a network's file system, none may.</summary>
public sealed class SqliteCommitmentStore : SqlCommitmentStore
{
    private readonly string _path;
    private readonly TimeProvider? _clock;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private SqliteConnection? _durable;
    private SqliteConnection? _usual;
    private bool _isDisposed;

    /// <summary>A store in a file, which is made when it is needed first.</summary>
    /// <param name="path">The file. Its folder has to be there.</param>
    /// <param name="clock">The database's clock, for tests; <see langword="null"/> for the machine's.</param>
    public SqliteCommitmentStore(string path, TimeProvider? clock = null)
        : base(Dialect(clock))
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        (_path, _clock) = (Path.GetFullPath(path), clock);
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await _turn.WaitAsync().ConfigureAwait(false);
        try
        {
            _isDisposed = true;
            await CloseAsync().ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }

        await base.DisposeAsync().ConfigureAwait(false);
    }

    /// <inheritdoc/>
    protected override async ValueTask<T> UseConnectionAsync<T>(
        bool isDurable, Func<DbConnection, ValueTask<T>> work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);

        // SQLite has one writer at a time: who waits here does so in order, who waits for its lock does so by trying again.
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if ((_durable ?? _usual) is not null && !File.Exists(_path))
            {
                // Until it is closed, all would seem well, and be gone with it.
                throw new IOException($"{_path} was taken away while it was in use, and what it kept with it");
            }

            return await work(isDurable ? _durable ??= Open("FULL") : _usual ??= Open("NORMAL")).ConfigureAwait(false);
        }
        catch (Exception e) when (e is SqliteException or IOException)
        {
            // The file may have been replaced, or its disk been full: the next one begins anew.
            await CloseAsync().ConfigureAwait(false);
            BeginAnew();
            throw;
        }
        finally
        {
            _turn.Release();
        }
    }

    private SqliteConnection Open(string synchronous)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = _path,
            Pooling = false,
            DefaultTimeout = 30
        }.ToString());
        try
        {
            connection.Open();
            if (_clock is { } clock)
            {
                connection.CreateFunction("specgen_now", () => clock.GetUtcNow().ToUnixTimeMilliseconds(), isDeterministic: true);
            }

            using var command = connection.CreateCommand();
            command.CommandText = $"PRAGMA journal_mode = WAL; PRAGMA synchronous = {synchronous}";
            command.ExecuteNonQuery();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private async ValueTask CloseAsync()
    {
        foreach (var connection in new[] { _durable, _usual })
        {
            if (connection is not null)
            {
                await connection.DisposeAsync().ConfigureAwait(false);
            }
        }

        (_durable, _usual) = (null, null);
    }

    private static SqlDialect Dialect(TimeProvider? clock) => new()
    {
        // Unix time of the Julian day number; within a statement it stands still.
        Now = clock is null ? "CAST(ROUND((julianday('now') - 2440587.5) * 86400000) AS INTEGER)" : "specgen_now()",
        Identity = "INTEGER PRIMARY KEY AUTOINCREMENT",
        Bytes = "BLOB",
        SkipLocked = "",
        JsonItems = static parameter => $"json_each({parameter}) AS item",
        JsonNumber = static (column, index) => $"CAST(json_extract(item.{column}, '$[{index}]') AS INTEGER)",
        JsonText = static (column, index) => $"json_extract(item.{column}, '$[{index}]')",
    };
}
