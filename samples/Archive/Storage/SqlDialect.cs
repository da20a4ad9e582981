using System.Data.Common;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Npgsql;
using static SQLitePCL.raw;

namespace Archive.Storage;

/// <summary>In what the two databases differ. All else is said to both in the same words.</summary>
internal abstract class SqlDialect
{
    /// <summary>Columns of a row's number, of a text that is compared byte by byte, of a number.</summary>
    public abstract (string Id, string Text, string Number) Types { get; }

    /// <summary>Joins the column <c>value</c> of rows with backslashes.</summary>
    public abstract string Join { get; }

    /// <summary>Holds a row until the transaction ends.</summary>
    public abstract string ForUpdate { get; }

    /// <summary>Lets other nodes wait until the tables are made.</summary>
    public virtual string LockSchema => "SELECT 1";

    /// <summary>Asks whether there is a table of that name, where it may be another program's: its name, or nothing. A file of SQLite's is the archive's own.</summary>
    public virtual string Find(string table) => "SELECT NULL";

    /// <summary>Asks in which encoding texts are kept.</summary>
    public virtual string Encoding => "SELECT 'UTF8'";

    /// <summary>A condition on a parameter that is a list, and the list as a parameter's value: however long, it is one.</summary>
    public abstract string In(string column, string parameter);

    public abstract object List(IEnumerable<string> values);

    public abstract object List(IEnumerable<long> values);

    /// <summary>What a connection is told that is to write: whether a transaction is on the disk when it is committed.</summary>
    public abstract string Writer(bool isDurable);

    /// <summary>
    /// A condition that ends a query when nobody waits for it any more. It stands before the others and names a column of the innermost table, so that each row asks, also one that does not match.
    /// </summary>
    public virtual string Wanted(string column) => "1 = 1";

    /// <summary>Tells a connection whose token <see cref="Wanted"/> asks.</summary>
    public virtual void Want(DbConnection connection, CancellationToken cancellationToken)
    {
    }

    /// <summary>Whether what is stored is not to be trusted any more: it is to be made anew.</summary>
    public abstract bool IsDamage(DbException exception);

    /// <summary>Whether a connection that was open may be so no more: its server has been started again since.</summary>
    public virtual bool IsLost(DbException exception) => false;

    /// <summary>Whether the same may succeed when it is tried again at once: another one was faster.</summary>
    public abstract bool IsConflict(DbException exception);

    internal sealed class Sqlite : SqlDialect
    {
        public override (string Id, string Text, string Number) Types => ("INTEGER PRIMARY KEY", "TEXT", "INTEGER");

        public override string Join => @"GROUP_CONCAT(value, '\')";

        // SQLite runs in the thread that asks, and its commands look at no token.
        public override string Wanted(string column) => $"still_wanted({column})";

        public override void Want(DbConnection connection, CancellationToken cancellationToken) => ((SqliteConnection)connection).CreateFunction("still_wanted", (long _) =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            return true;
        });

        public override string ForUpdate => "";

        public override string In(string column, string parameter) => $"{column} IN (SELECT value FROM json_each({parameter}))";

        public override object List(IEnumerable<string> values) => JsonSerializer.Serialize(values);

        public override object List(IEnumerable<long> values) => JsonSerializer.Serialize(values);

        // A commit that waits for the disk writes the log through; else a crash of the machine takes the last ones with it, and leaves the rest whole.
        // The log is taken over when it has 8 MB: a commit waits for that, with SQLite's own 4 MB (1,000 pages) twice as often.
        public override string Writer(bool isDurable) => $"PRAGMA synchronous = {(isDurable ? "FULL" : "NORMAL")}; PRAGMA cache_size = -16000; PRAGMA wal_autocheckpoint = 2000";

        // Without its tables it is another file than the one that was opened: somebody took that away.
        public override bool IsDamage(DbException exception) => exception is SqliteException { SqliteErrorCode: SQLITE_CORRUPT or SQLITE_NOTADB }
            || (exception is SqliteException { SqliteErrorCode: SQLITE_ERROR } && exception.Message.Contains("no such table", StringComparison.Ordinal));

        public override bool IsConflict(DbException exception) => exception is SqliteException { SqliteErrorCode: SQLITE_CONSTRAINT };
    }

    internal sealed class PostgreSql : SqlDialect
    {
        public override (string Id, string Text, string Number) Types => ("bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY", "text COLLATE \"C\"", "bigint");

        public override string Join => @"string_agg(value, '\')";

        public override string ForUpdate => " FOR UPDATE";

        public override string LockSchema => "SELECT pg_advisory_xact_lock(11112)";

        // Along the search path, as a statement that names it finds it.
        public override string Find(string table) => $"SELECT CAST(to_regclass('{table}') AS text)";

        public override string Encoding => "SHOW server_encoding";

        public override string In(string column, string parameter) => $"{column} = ANY({parameter})";

        public override object List(IEnumerable<string> values) => values.ToArray();

        public override object List(IEnumerable<long> values) => values.ToArray();

        public override string Writer(bool isDurable) => $"SET synchronous_commit = {(isDurable ? "on" : "off")}";

        public override bool IsDamage(DbException exception) => false;

        public override bool IsLost(DbException exception) => exception.IsTransient;

        public override bool IsConflict(DbException exception) =>
            exception is PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.ForeignKeyViolation };
    }
}
