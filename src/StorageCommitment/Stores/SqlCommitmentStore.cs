using System.Data.Common;
using Specgen.Outbox;

namespace Specgen.StorageCommitment;

/// <summary>A store in a database: the one schema, and what is said to it. What differs between databases is a <see cref="SqlDialect"/>, and how a
/// connection is had.</summary>
public abstract partial class SqlCommitmentStore : ICommitmentStore
{
    private readonly SqlDialect _dialect;
    private readonly SemaphoreSlim _initializing = new(1, 1);
    private readonly AsyncSignal _news = new();
    private volatile bool _isInitialized;

    /// <summary>A store whose schema is made when it is needed first.</summary>
    /// <param name="dialect">How the database speaks.</param>
    protected SqlCommitmentStore(SqlDialect dialect)
    {
        ArgumentNullException.ThrowIfNull(dialect);
        _dialect = dialect;
    }

    /// <inheritdoc/>
    public async ValueTask InitializeAsync(CancellationToken cancellationToken)
    {
        if (_isInitialized)
        {
            return;
        }

        await _initializing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (!_isInitialized)
            {
                await UseConnectionAsync(
                    isDurable: true,
                    async connection =>
                    {
                        await using var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
                        await SqlSchema.MigrateAsync(transaction, _dialect, cancellationToken).ConfigureAwait(false);
                        await transaction.CommitAsync(CancellationToken.None).ConfigureAwait(false);
                        return true;
                    },
                    cancellationToken).ConfigureAwait(false);
                _isInitialized = true;
            }
        }
        finally
        {
            _initializing.Release();
        }
    }

    /// <inheritdoc/>
    public virtual ValueTask WaitAsync(TimeSpan time, TimeProvider timeProvider, CancellationToken cancellationToken) =>
        _news.WaitAsync(time, timeProvider, cancellationToken);

    /// <summary>Releases what the store holds.</summary>
    public virtual ValueTask DisposeAsync()
    {
        _initializing.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    /// <summary>Does work with an open connection, which is not used by anything else meanwhile.</summary>
    /// <typeparam name="T">What comes of it.</typeparam>
    /// <param name="isDurable">What it commits has to be on the disk when that returns. Otherwise it may be lost in a power cut, but nothing else
    /// with it: a report is then sent once more.</param>
    /// <param name="work">The work.</param>
    /// <param name="cancellationToken">Ends the waiting for a connection.</param>
    protected abstract ValueTask<T> UseConnectionAsync<T>(bool isDurable, Func<DbConnection, ValueTask<T>> work, CancellationToken cancellationToken);

    /// <summary>What is there may be another database than before: the schema is looked at again before the next use.</summary>
    protected void BeginAnew() => _isInitialized = false;

    /// <summary>Something is due: wakes those that wait.</summary>
    protected void Signal() => _news.Set();

    private async ValueTask<T> ReadAsync<T>(Func<SqlSession, ValueTask<T>> work, CancellationToken cancellationToken)
    {
        await InitializeAsync(cancellationToken).ConfigureAwait(false);
        return await UseConnectionAsync(isDurable: false, connection => work(new SqlSession(connection, null, cancellationToken)),
            cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<T> ChangeAsync<T>(Func<SqlSession, ValueTask<T>> work, CancellationToken cancellationToken, bool isDurable = false)
    {
        await InitializeAsync(cancellationToken).ConfigureAwait(false);
        return await UseConnectionAsync(
            isDurable,
            async connection =>
            {
                await using var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
                var result = await work(new SqlSession(connection, transaction, cancellationToken)).ConfigureAwait(false);

                // From here on nobody who was cancelled could say whether it is done.
                await transaction.CommitAsync(CancellationToken.None).ConfigureAwait(false);
                return result;
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Tells the other nodes, once the transaction is committed.</summary>
    private ValueTask<int> NotifyAsync(SqlSession session) => _dialect.Notify is { } notify ? session.ExecuteAsync(notify) : ValueTask.FromResult(0);

    private static long Milliseconds(TimeSpan time) => (long)time.TotalMilliseconds;
}
