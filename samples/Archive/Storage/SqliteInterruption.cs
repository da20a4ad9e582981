using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Archive.Storage;

/// <summary>Ends what a connection is at when a token says so: SQLite asks every now and then whether it is to go on. Unlike an interrupt from outside, this misses no statement that is just beginning.</summary>
internal sealed class SqliteInterruption : IDisposable
{
    /// <summary>Of SQLite's machine, between two questions: well below a millisecond.</summary>
    private const int Instructions = 10_000;

    private readonly SqliteConnection _connection;

    public SqliteInterruption(SqliteConnection connection, CancellationToken cancellationToken)
    {
        _connection = connection;
        raw.sqlite3_progress_handler(connection.Handle!, Instructions, _ => cancellationToken.IsCancellationRequested ? 1 : 0, null);
    }

    public void Dispose() => raw.sqlite3_progress_handler(_connection.Handle!, 0, null, null);
}
