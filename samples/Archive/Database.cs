using SQLitePCL;

namespace Archive;

/// <summary>A connection to an SQLite file: as much of SQLite as an index of texts needs. Not for several threads at once.</summary>
internal sealed class Database : IDisposable
{
    private readonly sqlite3 _handle;

    static Database() => Batteries_V2.Init();

    /// <exception cref="IOException">It cannot be opened, or is no database.</exception>
    public Database(string path)
    {
        var code = raw.sqlite3_open_v2(path, out _handle, raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE, null);
        try
        {
            Check(code);
            Check(raw.sqlite3_busy_timeout(_handle, 5000));

            // Readers go on while a batch is written. What a crash of the machine takes with it, is read from the files again.
            Execute("PRAGMA journal_mode = WAL");
            Execute("PRAGMA synchronous = NORMAL");
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public void Execute(string sql, params ReadOnlySpan<string?> values)
    {
        using var statement = Prepare(sql, values);
        while (statement.Step())
        {
        }
    }

    /// <summary>A statement with its parameters; step through its rows, and dispose it.</summary>
    public Statement Prepare(string sql, params ReadOnlySpan<string?> values)
    {
        Check(raw.sqlite3_prepare_v2(_handle, sql, out var handle));
        var statement = new Statement(this, handle);
        statement.Bind(values);
        return statement;
    }

    public void Dispose() => _handle.Dispose();

    private void Check(int code)
    {
        if (code is not (raw.SQLITE_OK or raw.SQLITE_ROW or raw.SQLITE_DONE))
        {
            throw new IOException($"The index: {raw.sqlite3_errmsg(_handle).utf8_to_string()}");
        }
    }

    internal sealed class Statement(Database database, sqlite3_stmt handle) : IDisposable
    {
        public void Bind(ReadOnlySpan<string?> values)
        {
            database.Check(raw.sqlite3_reset(handle));
            for (var i = 0; i < values.Length; i++)
            {
                database.Check(values[i] is { } value ? raw.sqlite3_bind_text(handle, i + 1, value) : raw.sqlite3_bind_null(handle, i + 1));
            }
        }

        /// <summary>Goes to the next row; false behind the last.</summary>
        public bool Step()
        {
            var code = raw.sqlite3_step(handle);
            database.Check(code);
            return code == raw.SQLITE_ROW;
        }

        public string? Text(int column) => raw.sqlite3_column_type(handle, column) == raw.SQLITE_NULL ? null : raw.sqlite3_column_text(handle, column).utf8_to_string();

        public void Dispose() => handle.Dispose();
    }
}
