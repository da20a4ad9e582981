using System.Data.Common;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Specgen.Standard;

namespace Specgen.StorageCommitment;

/// <content>What was asked of others.</content>
public abstract partial class SqlCommitmentStore
{
    private const string RequestColumns = "transaction_uid, peer, instances, state, status, failures";

    /// <inheritdoc/>
    public async ValueTask AddRequestAsync(RequestedCommitment request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        await ChangeAsync(
            session => session.ExecuteAsync(
                $"INSERT INTO specgen_commitment_request (transaction_uid, peer, instances, state, requested, changed) VALUES (@uid, @peer, @instances, @state, {_dialect.Now}, {_dialect.Now})",
                ("@uid", request.TransactionUid), ("@peer", request.Peer),
                    ("@instances", Encoding.UTF8.GetString(SopReferences.Write(request.References))), ("@state", (int)request.State)),
            cancellationToken,
            isDurable: true).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask<RequestedCommitment?> FindRequestAsync(string transactionUid, CancellationToken cancellationToken) => ReadAsync(
        async session => (await session.QueryAsync($"SELECT {RequestColumns} FROM specgen_commitment_request WHERE transaction_uid = @uid",
            ReadRequest, ("@uid", transactionUid)).ConfigureAwait(false))
            .FirstOrDefault(),
        cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<bool> UpdateRequestAsync(
        string transactionUid, RequestState state, ushort? status, IReadOnlyList<FailedReference>? failures, CancellationToken cancellationToken)
    {
        var changed = await ChangeAsync(
            session => session.ExecuteAsync(
                $"""
                UPDATE specgen_commitment_request
                SET state = @state, status = COALESCE(CAST(@status AS INTEGER), status), failures = COALESCE(CAST(@failures AS TEXT), failures), changed = {_dialect.Now}
                WHERE transaction_uid = @uid AND state < @state
                """,
                ("@uid", transactionUid), ("@state", (int)state), ("@status", (int?)status),
                    ("@failures", failures is null ? null : WriteFailures(failures))),
            cancellationToken,
            isDurable: true).ConfigureAwait(false);
        return changed > 0;
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<RequestedCommitment>> OpenRequestsAsync(int limit, CancellationToken cancellationToken) =>
        ReadAsync<IReadOnlyList<RequestedCommitment>>(
        async session => await session.QueryAsync(
            $"SELECT {RequestColumns} FROM specgen_commitment_request WHERE state < 2 ORDER BY requested LIMIT @limit", ReadRequest, ("@limit", limit)).ConfigureAwait(false),
        cancellationToken);

    /// <inheritdoc/>
    public ValueTask<int> PruneRequestsAsync(TimeSpan unchangedFor, CancellationToken cancellationToken) => ChangeAsync(
        session => session.ExecuteAsync($"DELETE FROM specgen_commitment_request WHERE changed <= {_dialect.Now} - @time", ("@time", Milliseconds(unchangedFor))),
        cancellationToken);

    private static RequestedCommitment ReadRequest(
        DbDataReader row) => new(row.GetString(0), row.GetString(1), SopReferences.Read(Encoding.UTF8.GetBytes(row.GetString(2))))
        {
            State = (RequestState)row.GetInt32(3),
            Status = row.IsDBNull(4) ? null : (ushort)row.GetInt32(4),
            Failures = row.IsDBNull(5) ? [] : ReadFailures(row.GetString(5)),
        };

    private static string WriteFailures(IReadOnlyList<FailedReference> failures) => new JsonArray(
    [
        .. failures.Select(static f => new JsonArray(
            JsonValue.Create(f.Reference.SopClassUid), JsonValue.Create(f.Reference.SopInstanceUid),
                JsonValue.Create(((ushort)f.Reason).ToString(CultureInfo.InvariantCulture)))),
    ]).ToJsonString();

    private static IReadOnlyList<FailedReference> ReadFailures(string text)
    {
        using var json = JsonDocument.Parse(text);
        return
        [
            .. json.RootElement.EnumerateArray().Select(static f => new FailedReference(
                new SopReference(f[0].GetString()!, f[1].GetString()!),
                    (FailureReason)ushort.Parse(f[2].GetString()!, CultureInfo.InvariantCulture))),
        ];
    }
}
