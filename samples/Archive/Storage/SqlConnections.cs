using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Archive.Storage;

/// <summary>Connections to the database, and commands on them.</summary>
internal sealed class SqlConnections(DbDataSource source, SqlDialect dialect) : IAsyncDisposable
{
    /// <summary>Seconds that a command may take, and wait for another process that holds a lock.</summary>
    public const int Patience = 5;

    public SqlDialect Dialect => dialect;

    /// <summary>Is told of every failure.</summary>
    public Action<DbException>? Failed { get; set; }

    /// <summary>Of an SQLite file, which is made where there is none.</summary>
    public static SqlConnections Sqlite(string path) => new(
        SqliteFactory.Instance.CreateDataSource(new SqliteConnectionStringBuilder { DataSource = path, ForeignKeys = true, DefaultTimeout = Patience }.ToString()),
        new SqlDialect.Sqlite());

    /// <summary>Of a PostgreSQL database.</summary>
    public static SqlConnections PostgreSql(string connectionString)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString) { MaxAutoPrepare = 40, AutoPrepareMinUsages = 2 };
        builder.CommandTimeout = Math.Min(builder.CommandTimeout, 30);
        builder.Timeout = Math.Min(builder.Timeout, Patience);
        return new SqlConnections(new NpgsqlDataSourceBuilder(builder.ConnectionString).Build(), new SqlDialect.PostgreSql());
    }

    public ValueTask<DbConnection> OpenAsync(CancellationToken cancellationToken) => source.OpenConnectionAsync(cancellationToken);

    /// <summary>The rows of a query, read and done with: no reader holds up the log of those who write.</summary>
    public Task<List<T>> ListAsync<T>(string sql, IEnumerable<(string Name, object Value)> parameters, Func<DbDataReader, T> read, CancellationToken cancellationToken) => UseAsync(
        async connection =>
        {
            await using var command = Command(connection, sql, parameters);
            dialect.Want(connection, cancellationToken);
            await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SingleResult, cancellationToken);
            var rows = new List<T>();
            while (await reader.ReadAsync(cancellationToken))
            {
                rows.Add(read(reader));
                if ((rows.Count & 0xFFF) == 0)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                }
            }
            return rows;
        },
        cancellationToken);

    /// <summary>That the database answers, and that nobody keeps others from writing for longer than is waited for.</summary>
    public Task PingAsync(CancellationToken cancellationToken) => UseAsync(
        async connection =>
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await using var command = Command(connection, $"SELECT value FROM archive_state WHERE name = 'filled'{dialect.ForUpdate}", []);
            command.Transaction = transaction;
            return await command.ExecuteScalarAsync(cancellationToken);
        },
        cancellationToken);

    public Task ExecuteAsync(string sql, IEnumerable<(string Name, object Value)> parameters, CancellationToken cancellationToken) => UseAsync(
        async connection =>
        {
            await using var command = Command(connection, sql, parameters);
            return await command.ExecuteNonQueryAsync(cancellationToken);
        },
        cancellationToken);

    /// <summary>After a failure: what is open may be of no use any more, as a file of SQLite's that could only be read when it was opened.</summary>
    public static void OpenAnew() => SqliteConnection.ClearAllPools();

    public ValueTask DisposeAsync()
    {
        OpenAnew();
        return source.DisposeAsync();
    }

    /// <summary>Does something with a connection. That nobody waits any more is no failure.</summary>
    private async Task<T> UseAsync<T>(Func<DbConnection, Task<T>> use, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await OpenAsync(cancellationToken);
            return await use(connection);
        }
        catch (DbException e) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(e.Message, e, cancellationToken);
        }
        catch (DbException e)
        {
            OpenAnew();
            Failed?.Invoke(e);
            throw;
        }
    }

    private static DbCommand Command(DbConnection connection, string sql, IEnumerable<(string Name, object Value)> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            Add(command, name, value);
        }
        return command;
    }

    private static void Add(DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = (name, value);
        command.Parameters.Add(parameter);
    }

    /// <summary>A connection that writes, with its commands, which are prepared once. Not for several threads at a time.</summary>
    internal sealed class Writer(DbConnection connection) : IAsyncDisposable
    {
        private readonly Dictionary<string, DbCommand> _commands = new(StringComparer.Ordinal);
        private DbTransaction? _transaction;

        public async Task BeginAsync() => _transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted);

        public async Task CommitAsync()
        {
            await _transaction!.CommitAsync();
            await _transaction.DisposeAsync();
            _transaction = null;
        }

        public Task<int> ExecuteAsync(string sql, params ReadOnlySpan<(string Name, object Value)> parameters) => Command(sql, parameters).ExecuteNonQueryAsync();

        private static async Task<long?> NumberAsync(DbCommand command) => await command.ExecuteScalarAsync() is { } value and not DBNull ? Convert.ToInt64(value, null) : null;

        public Task<long?> NumberAsync(string sql, params ReadOnlySpan<(string Name, object Value)> parameters) => NumberAsync(Command(sql, parameters));

        /// <summary>The first row; null where there is none.</summary>
        public Task<object[]?> RowAsync(string sql, params ReadOnlySpan<(string Name, object Value)> parameters) => RowAsync(Command(sql, parameters));

        public async ValueTask DisposeAsync()
        {
            foreach (var command in _commands.Values)
            {
                await command.DisposeAsync();
            }
            await connection.DisposeAsync();
        }

        private static async Task<object[]?> RowAsync(DbCommand command)
        {
            await using var reader = await command.ExecuteReaderAsync();
            if (!await reader.ReadAsync())
            {
                return null;
            }
            var row = new object[reader.FieldCount];
            reader.GetValues(row);
            return row;
        }

        private DbCommand Command(string sql, ReadOnlySpan<(string Name, object Value)> parameters)
        {
            if (!_commands.TryGetValue(sql, out var command))
            {
                _commands[sql] = command = connection.CreateCommand();
                command.CommandText = sql;
                foreach (var (name, value) in parameters)
                {
                    Add(command, name, value);
                }
            }
            for (var i = 0; i < parameters.Length; i++)
            {
                command.Parameters[i].Value = parameters[i].Value;
            }
            command.Transaction = _transaction;
            return command;
        }
    }
}
