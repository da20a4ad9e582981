using System.Data.Common;
using System.Globalization;
using System.Text.Json.Nodes;
using Specgen.Outbox;

namespace Specgen.StorageCommitment;

/// <content>What is owed.</content>
public abstract partial class SqlCommitmentStore
{
    private const string SummaryColumns = "id, kind, peer, state, message_key, is_repeat, attempts, created, due, problem, status";
    private const int PruneAtOnce = 10_000;

    /// <inheritdoc/>
    public async ValueTask<OutboxMessage> EnqueueAsync(OutboxEntry entry, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var isHeld = entry.HeldFor > TimeSpan.Zero;
        var lease = NewLease();
        var message = await ChangeAsync(
            async session =>
            {
                var isRepeat = false;
                if (await AddAsync(session, entry, lease, isHeld, isRepeat).ConfigureAwait(false) is not { } id)
                {
                    isRepeat = true;
                    id = await AddAsync(session, entry, lease, isHeld, isRepeat).ConfigureAwait(false)
                        ?? throw new InvalidOperationException("A repeat was not put in.");
                }

                await session.ExecuteAsync("INSERT INTO specgen_outbox_payload (id, payload) VALUES (@id, @payload)", ("@id", id),
                    ("@payload", entry.Payload.ToArray())).ConfigureAwait(false);
                if (!isHeld)
                {
                    await NotifyAsync(session).ConfigureAwait(false);
                }

                return new OutboxMessage(id, entry.Kind, entry.Peer) { LocalAE = entry.LocalAE, Key = entry.Key, IsRepeat = isRepeat, Lease = lease };
            },
            cancellationToken,
            isDurable: true).ConfigureAwait(false);
        if (!isHeld)
        {
            Signal();
        }

        return message;
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<OutboxMessage>> ClaimAsync(OutboxClaim claim, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(claim);
        return ChangeAsync(
            async session =>
            {
                if (_dialect.LockClaims is { } lockClaims)
                {
                    await session.ExecuteAsync(lockClaims).ConfigureAwait(false);
                }

                var kinds = new JsonArray([.. claim.Kinds.Select(static kind => new JsonArray(JsonValue.Create(kind)))]).ToJsonString();
                var peers = await session.QueryAsync(
                    $"""
                    SELECT kind, peer, local_ae FROM specgen_outbox o
                    WHERE state = 0 AND due <= {_dialect.Now} AND held_until <= {_dialect.Now}
                      AND kind IN (SELECT {_dialect.JsonText("value", 0)} FROM {_dialect.JsonItems("@kinds")})
                      AND (CAST(@peer AS TEXT) IS NULL OR peer = CAST(@peer AS TEXT))
                      AND NOT EXISTS (
                        SELECT 1 FROM specgen_outbox b
                        WHERE b.lease IS NOT NULL AND b.state = 0 AND b.is_privilege = 0 AND b.held_until > {_dialect.Now}
                          AND b.peer = o.peer AND b.kind = o.kind AND b.local_ae = o.local_ae AND b.lease <> @continues)
                    ORDER BY due LIMIT 1
                    """,
                    static row => (Kind: row.GetString(0), Peer: row.GetString(1), LocalAE: row.GetString(2)),
                    ("@kinds", kinds), ("@peer", claim.Peer), ("@continues", claim.Continues ?? "")).ConfigureAwait(false);
                return peers.Count == 0 ? (IReadOnlyList<OutboxMessage>)[]
                    : await HoldAsync(session, claim, peers[0].Kind, peers[0].Peer, peers[0].LocalAE).ConfigureAwait(false);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<byte[]?> LoadAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        return ReadAsync(
            async session => (await session.QueryAsync(
                "SELECT payload FROM specgen_outbox_payload WHERE id = @id", static row => row.GetFieldValue<byte[]>(0),
                    ("@id", message.Id)).ConfigureAwait(false)).FirstOrDefault(),
            cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<int> RenewAsync(string lease, TimeSpan time, CancellationToken cancellationToken) => ChangeAsync(
        session => session.ExecuteAsync(
            $"UPDATE specgen_outbox SET held_until = {_dialect.Now} + @time, due = CASE WHEN is_privilege = 1 THEN {_dialect.Now} + @time ELSE due END WHERE lease = @lease AND state = 0 AND held_until > {_dialect.Now}",
            ("@lease", lease), ("@time", Milliseconds(time))),
        cancellationToken);

    /// <inheritdoc/>
    public async ValueTask CompleteAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        await ChangeAsync(
            async session =>
            {
                await session.ExecuteAsync(
                    $"UPDATE specgen_outbox SET state = 1, lease = NULL, held_until = 0, problem = NULL, changed = {_dialect.Now} WHERE id = @id AND state <> 1", ("@id", message.Id)).ConfigureAwait(false);
                return await session.ExecuteAsync("DELETE FROM specgen_outbox_payload WHERE id = @id", ("@id", message.Id)).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask RetryAsync(IReadOnlyList<OutboxRetry> retries, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(retries);
        if (retries.Count == 0)
        {
            return;
        }

        // Those of one attempt were held, and failed, together.
        foreach (var group in retries.GroupBy(static r => (r.Message.Lease, r.Problem, r.Status, r.Counts)))
        {
            var delays = new JsonArray([.. group.Select(static r => new JsonArray(JsonValue.Create(r.Message.Id),
                JsonValue.Create(Milliseconds(r.Delay))))]).ToJsonString();
            await ChangeAsync(
                async session =>
                {
                    var count = await session.ExecuteAsync(
                        $"""
                        UPDATE specgen_outbox
                        SET due = {_dialect.Now} + r.delay, attempts = attempts + @counts, lease = NULL, held_until = 0, is_privilege = 0, changed = {_dialect.Now},
                            problem = COALESCE(CAST(@problem AS TEXT), problem), status = COALESCE(CAST(@status AS INTEGER), status)
                        FROM (SELECT {_dialect.JsonNumber("value", 0)} AS message, {_dialect.JsonNumber("value", 1)} AS delay FROM {_dialect.JsonItems("@delays")}) r
                        WHERE id = r.message AND lease = @lease AND state = 0
                        """,
                        ("@delays", delays), ("@lease", group.Key.Lease), ("@counts", group.Key.Counts ? 1 : 0), ("@problem", group.Key.Problem),
                            ("@status", (int?)group.Key.Status)).ConfigureAwait(false);
                    await NotifyAsync(session).ConfigureAwait(false);
                    return count;
                },
                cancellationToken).ConfigureAwait(false);
        }

        Signal();
    }

    /// <inheritdoc/>
    public async ValueTask SetAsideAsync(OutboxMessage message, string problem, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        await ChangeAsync(
            session => session.ExecuteAsync(
                $"UPDATE specgen_outbox SET state = 3, lease = NULL, held_until = 0, problem = @problem, changed = {_dialect.Now} WHERE id = @id AND lease = @lease AND state = 0",
                ("@id", message.Id), ("@lease", message.Lease), ("@problem", problem)),
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask<int> ReviveAsync(long? id, TimeSpan expiresAfter, CancellationToken cancellationToken) => MakeDueAsync(
        $"UPDATE specgen_outbox SET state = 0, attempts = 0, due = {_dialect.Now}, expires = {_dialect.Now} + @time, changed = {_dialect.Now} WHERE state IN (2, 3) AND (CAST(@id AS BIGINT) IS NULL OR id = CAST(@id AS BIGINT))",
        cancellationToken,
        ("@id", id), ("@time", Milliseconds(expiresAfter)));

    /// <inheritdoc/>
    public ValueTask<bool> IsWaitedForAsync(string peer, CancellationToken cancellationToken) => ReadAsync(
        async session => (await session.QueryAsync(
            $"SELECT 1 FROM specgen_outbox WHERE state = 0 AND peer = @peer AND (is_privilege = 0 OR held_until <= {_dialect.Now}) LIMIT 1",
            static _ => true, ("@peer", peer)).ConfigureAwait(false)).Count > 0,
        cancellationToken);

    /// <inheritdoc/>
    public ValueTask<int> HastenAsync(string peer, CancellationToken cancellationToken) => MakeDueAsync(
        $"UPDATE specgen_outbox SET due = {_dialect.Now} WHERE state = 0 AND peer = @peer AND held_until <= {_dialect.Now} AND due > {_dialect.Now}", cancellationToken, ("@peer", peer));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<OutboxSummary>> ExpireAsync(CancellationToken cancellationToken) => ChangeAsync<IReadOnlyList<OutboxSummary>>(
        async session => await session.QueryAsync(
            $"UPDATE specgen_outbox SET state = 2, lease = NULL, changed = {_dialect.Now} WHERE state = 0 AND expires <= {_dialect.Now} AND held_until <= {_dialect.Now} RETURNING {SummaryColumns}",
            ReadSummary).ConfigureAwait(false),
        cancellationToken);

    /// <inheritdoc/>
    public ValueTask<int> PruneAsync(TimeSpan age, CancellationToken cancellationToken) => ChangeAsync(
        session => session.ExecuteAsync(
            $"DELETE FROM specgen_outbox WHERE id IN (SELECT id FROM specgen_outbox WHERE state = 1 AND changed <= {_dialect.Now} - @age ORDER BY changed LIMIT {PruneAtOnce})",
            ("@age", Milliseconds(age))),
        cancellationToken);

    /// <inheritdoc/>
    public ValueTask<TimeSpan?> NextDueAsync(CancellationToken cancellationToken) => ReadAsync(
        async session => (await session.QueryAsync<TimeSpan?>(
            $"SELECT MIN(CASE WHEN held_until > due THEN held_until ELSE due END) - {_dialect.Now} FROM specgen_outbox WHERE state = 0",
            static row => row.IsDBNull(0) ? null : TimeSpan.FromMilliseconds(row.GetInt64(0))).ConfigureAwait(false))[0],
        cancellationToken);

    /// <inheritdoc/>
    public ValueTask<OutboxCounts> CountAsync(CancellationToken cancellationToken) => ReadAsync(
        async session =>
        {
            var rows = await session.QueryAsync(
                $"SELECT state, COUNT(*), {_dialect.Now} - MIN(created) FROM specgen_outbox WHERE state IN (0, 2, 3) GROUP BY state",
                static row => (State: (OutboxState)row.GetInt32(0), Count: row.GetInt64(1), Age: row.GetInt64(2))).ConfigureAwait(false);
            long Of(OutboxState state) => rows.FirstOrDefault(r => r.State == state).Count;
            return new OutboxCounts(
                Of(OutboxState.Waiting), Of(OutboxState.Expired), Of(OutboxState.SetAside),
                    TimeSpan.FromMilliseconds(rows.FirstOrDefault(static r => r.State == OutboxState.Waiting).Age));
        },
        cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<OutboxSummary>> ListAsync(OutboxState state, int limit, CancellationToken cancellationToken) =>
        ReadAsync<IReadOnlyList<OutboxSummary>>(
        async session => await session.QueryAsync(
            $"SELECT {SummaryColumns} FROM specgen_outbox WHERE state = @state ORDER BY id LIMIT @limit", ReadSummary, ("@state", (int)state), ("@limit", limit)).ConfigureAwait(false),
        cancellationToken);

    private async ValueTask<int> MakeDueAsync(string sql, CancellationToken cancellationToken, params (string Name, object? Value)[] parameters)
    {
        var count = await ChangeAsync(
            async session =>
            {
                var changed = await session.ExecuteAsync(sql, parameters).ConfigureAwait(false);
                await NotifyAsync(session).ConfigureAwait(false);
                return changed;
            },
            cancellationToken).ConfigureAwait(false);
        Signal();
        return count;
    }

    /// <summary>Null: the key is taken.</summary>
    private async ValueTask<long?> AddAsync(SqlSession session, OutboxEntry entry, string lease, bool isHeld, bool isRepeat) =>
        (await session.QueryAsync<long?>(
        $"""
        INSERT INTO specgen_outbox (kind, peer, local_ae, message_key, is_repeat, state, attempts, created, due, expires, lease, held_until, is_privilege, changed)
        VALUES (@kind, @peer, @local, @key, @repeat, 0, 0, {_dialect.Now}, {_dialect.Now} + @held, {_dialect.Now} + @expires, @lease, {_dialect.Now} + @held, @privilege, {_dialect.Now})
        ON CONFLICT DO NOTHING RETURNING id
        """,
        static row => row.GetInt64(0),
        ("@kind", entry.Kind), ("@peer", entry.Peer), ("@local", entry.LocalAE), ("@key", entry.Key), ("@repeat", isRepeat ? 1 : 0),
        ("@held", isHeld ? Milliseconds(entry.HeldFor) : 0L), ("@expires", Milliseconds(entry.ExpiresAfter)), ("@lease", isHeld ? lease : null),
            ("@privilege", isHeld ? 1 : 0)).ConfigureAwait(false)).FirstOrDefault();

    private async ValueTask<IReadOnlyList<OutboxMessage>> HoldAsync(SqlSession session, OutboxClaim claim, string kind, string peer, string localAE)
    {
        var lease = claim.Continues ?? NewLease();
        var messages = await session.QueryAsync(
            $"""
            UPDATE specgen_outbox SET lease = @lease, held_until = {_dialect.Now} + @time, is_privilege = 0
            WHERE id IN (
                SELECT id FROM specgen_outbox
                WHERE state = 0 AND due <= {_dialect.Now} AND held_until <= {_dialect.Now} AND peer = @peer AND kind = @kind AND local_ae = @local
                ORDER BY attempts, id LIMIT @limit{_dialect.SkipLocked})
            RETURNING id, message_key, is_repeat, attempts, {_dialect.Now} - created
            """,
            row => new OutboxMessage(row.GetInt64(0), kind, peer)
            {
                LocalAE = localAE,
                Key = row.IsDBNull(1) ? null : row.GetString(1),
                IsRepeat = row.GetInt32(2) != 0,
                Attempts = row.GetInt32(3),
                Age = TimeSpan.FromMilliseconds(row.GetInt64(4)),
                Lease = lease,
            },
            ("@lease", lease), ("@time", Milliseconds(claim.Lease)), ("@peer", peer), ("@kind", kind), ("@local", localAE),
                ("@limit", claim.Limit)).ConfigureAwait(false);
        return [.. messages.OrderBy(static m => m.Attempts).ThenBy(static m => m.Id)];
    }

    private static OutboxSummary ReadSummary(
        DbDataReader row) => new(row.GetInt64(0), row.GetString(1), row.GetString(2), (OutboxState)row.GetInt32(3))
        {
            Key = row.IsDBNull(4) ? null : row.GetString(4),
            IsRepeat = row.GetInt32(5) != 0,
            Attempts = row.GetInt32(6),
            Created = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(7)),
            Due = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(8)),
            Problem = row.IsDBNull(9) ? null : row.GetString(9),
            Status = row.IsDBNull(10) ? null : (ushort)row.GetInt32(10),
        };

    private static string NewLease() => Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture);
}
