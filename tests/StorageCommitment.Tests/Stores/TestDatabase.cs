using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace Specgen.StorageCommitment.Tests.Stores;

/// <summary>A database for one test, with a clock that the test moves: of the database, not of a node.</summary>
internal abstract class TestDatabase : IAsyncDisposable
{
    /// <summary>One more node's store over the same database.</summary>
    public abstract ICommitmentStore Open();

    public abstract Task AdvanceAsync(TimeSpan time);

    public abstract Task ExecuteAsync(string sql);

    public abstract ValueTask DisposeAsync();

    public static async Task<TestDatabase> CreateAsync(bool isPostgreSql) => isPostgreSql ? await PostgreSql.CreateAsync() : new Sqlite();

    internal sealed class Sqlite : TestDatabase
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("specgen-commitment");
        private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

        public string Path => System.IO.Path.Combine(_folder.FullName, "commitments.db");

        public override ICommitmentStore Open() => new SqliteCommitmentStore(Path, _clock);

        public override Task AdvanceAsync(TimeSpan time)
        {
            _clock.Advance(time);
            return Task.CompletedTask;
        }

        public override async Task ExecuteAsync(string sql)
        {
            await using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Path};Pooling=False");
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = sql;
            await command.ExecuteNonQueryAsync();
        }

        public override ValueTask DisposeAsync()
        {
            _folder.Delete(recursive: true);
            return ValueTask.CompletedTask;
        }
    }

    internal sealed class PostgreSql : TestDatabase
    {
        private static int s_databases;
        private readonly NpgsqlDataSource _admin;

        private PostgreSql(string connectionString) => (ConnectionString, _admin) = (connectionString, NpgsqlDataSource.Create(connectionString));

        public string ConnectionString { get; }

        public static async Task<TestDatabase> CreateAsync()
        {
            var server = await PostgreSqlServer.ConnectionStringAsync();
            var name = string.Create(CultureInfo.InvariantCulture, $"test{Interlocked.Increment(ref s_databases)}");
            await using (var source = NpgsqlDataSource.Create($"{server};Database=postgres"))
            {
                await using var create = source.CreateCommand($"CREATE DATABASE {name}");
                await create.ExecuteNonQueryAsync();
            }

            var database = new PostgreSql($"{server};Database={name}");
            await database.ExecuteAsync("CREATE TABLE test_clock (now BIGINT NOT NULL); INSERT INTO test_clock VALUES (1772366400000)");
            return database;
        }

        public override ICommitmentStore Open() => new PostgreSqlCommitmentStore(ConnectionString, "(SELECT now FROM test_clock)");

        /// <summary>By the server's own clock.</summary>
        public ICommitmentStore OpenAsUsual() => new PostgreSqlCommitmentStore(ConnectionString);

        public override Task AdvanceAsync(TimeSpan time) =>
            ExecuteAsync(string.Create(CultureInfo.InvariantCulture, $"UPDATE test_clock SET now = now + {(long)time.TotalMilliseconds}"));

        public override async Task ExecuteAsync(string sql)
        {
            await using var command = _admin.CreateCommand(sql);
            await command.ExecuteNonQueryAsync();
        }

        public override ValueTask DisposeAsync() => _admin.DisposeAsync();
    }
}
