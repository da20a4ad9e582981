using System.Runtime.CompilerServices;
using FellowOakDicom;

namespace Specgen;

/// <summary>
/// One thing that a C-FIND handler yields: a match, or the status that ends the query. A data set converts to a match, a status of the service class's own table to an end; without an end,
/// Success (0x0000) follows the last match.
/// </summary>
/// <typeparam name="TStatus">The generated status enum of the service class for C-FIND.</typeparam>
public readonly struct CFindResult<TStatus>
    where TStatus : struct, Enum
{
    /// <summary>Matches are continuing (PS3.4 §C.4.1.1.4).</summary>
    private const ushort Pending = 0xFF00;

    /// <summary>The same, with a warning that optional keys were not supported; not every service class has it.</summary>
    private const ushort PendingWithWarning = 0xFF01;

    private static readonly bool s_hasWarning = Array.Exists(Enum.GetValues<TStatus>(), static status => new DimseResult<TStatus>(status).Code == PendingWithWarning);

    private readonly DimseResult<TStatus> _result;

    private CFindResult(DimseResult<TStatus> result, DicomDataset? match)
    {
        _result = result;
        Matching = match;
    }

    /// <summary>The match; <see langword="null"/> for the status that ends the query.</summary>
    public DicomDataset? Matching { get; }

    /// <summary>The status, with everything else that an answer can carry: a pending one for a match, else the one that ends the query.</summary>
    public DimseResult<TStatus> Result => _result;

    /// <summary>A match of 0xFF00: all optional keys of the request are supported as its matching keys are.</summary>
    /// <param name="dataset">The Identifier of the match (PS3.4 §C.4.1.1.3.2).</param>
    public static CFindResult<TStatus> Match(DicomDataset dataset)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        return new CFindResult<TStatus>(DimseResult<TStatus>.From(new DimseResponse(Pending)), dataset);
    }

    /// <summary>A match of another pending status: 0xFF01 where optional keys are not supported for matching or existence (PS3.4 §C.4.1.1.4).</summary>
    /// <param name="dataset">The Identifier of the match.</param>
    /// <param name="pending">A status of the category <see cref="StatusCategory.Pending"/>.</param>
    /// <exception cref="ArgumentException">The status is not pending.</exception>
    public static CFindResult<TStatus> Match(DicomDataset dataset, TStatus pending)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        var result = new DimseResult<TStatus>(pending);
        return StatusCategories.Of(result.Code) == StatusCategory.Pending
            ? new CFindResult<TStatus>(result, dataset)
            : throw new ArgumentException($"{result} is no pending status.", nameof(pending));
    }

    /// <summary>A match of 0xFF00, or of 0xFF01 where keys of the request are not supported and the service class has that status.</summary>
    /// <param name="match">What <see cref="QueryMatcher.Match"/> found.</param>
    public static CFindResult<TStatus> Match(QueryMatch match)
    {
        ArgumentNullException.ThrowIfNull(match);
        return new CFindResult<TStatus>(DimseResult<TStatus>.From(new DimseResponse(match.SupportsAllKeys || !s_hasWarning ? Pending : PendingWithWarning)), match.Dataset);
    }

    /// <summary>The end of the query, with everything else that an answer can carry.</summary>
    /// <param name="result">The answer. Its status is not pending.</param>
    /// <exception cref="ArgumentException">The status is a pending one.</exception>
    public static CFindResult<TStatus> End(DimseResult<TStatus> result) => StatusCategories.Of(result.Code) != StatusCategory.Pending
        ? new CFindResult<TStatus>(result, null)
        : throw new ArgumentException($"{result} does not end the query: a pending status belongs to a match.", nameof(result));

    /// <summary>A match, which says whether all keys were supported.</summary>
    /// <param name="match">What <see cref="QueryMatcher.Match"/> found.</param>
    public static implicit operator CFindResult<TStatus>(QueryMatch match) => Match(match);

    /// <summary>A match of 0xFF00.</summary>
    /// <param name="dataset">The Identifier of the match.</param>
    public static implicit operator CFindResult<TStatus>(DicomDataset dataset) => Match(dataset);

    /// <summary>The end of the query.</summary>
    /// <param name="status">The status. Not a pending one.</param>
    public static implicit operator CFindResult<TStatus>(TStatus status) => End(status);

    /// <summary>The end of the query, with everything else that an answer can carry.</summary>
    /// <param name="result">The answer. Its status is not pending.</param>
    public static implicit operator CFindResult<TStatus>(DimseResult<TStatus> result) => End(result);

    /// <summary>What a handler yields as untyped answers: the way from generated code to the runtime.</summary>
    /// <param name="results">What the handler returned.</param>
    /// <param name="cancellationToken">The request's token.</param>
    public static async IAsyncEnumerable<DimseResponse> ToResponses(IAsyncEnumerable<CFindResult<TStatus>> results, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(results);
        await foreach (var next in results.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            yield return next.Matching is null ? next._result.ToResponse() : next._result.ToResponse() with { Dataset = next.Matching };
        }
    }
}
