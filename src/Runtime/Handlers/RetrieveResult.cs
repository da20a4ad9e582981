using System.Runtime.CompilerServices;
using FellowOakDicom;

namespace Specgen;

/// <summary>
/// One thing that a C-MOVE or C-GET handler yields: an instance that is to be sent, or the status that ends the request. Nothing is sent before the handler has finished, because
/// the peer is told how many instances there are; so yield references rather than files. A failure ends the request without anything being sent; another status is the answer where
/// every sub-operation succeeds. Without one the answer is what PS3.4 §C.4.2.1.5 says about how the sub-operations went.
/// </summary>
/// <typeparam name="TStatus">The generated status enum of the service class for the DIMSE service.</typeparam>
public readonly struct RetrieveResult<TStatus>
    where TStatus : struct, Enum
{
    private readonly DimseResult<TStatus> _result;

    private RetrieveResult(DimseResult<TStatus> result, InstanceReference? instance)
    {
        _result = result;
        Instance = instance;
    }

    /// <summary>The instance that is to be sent; <see langword="null"/> for the status that ends the request.</summary>
    public InstanceReference? Instance { get; }

    /// <summary>The answer that ends the request, with everything else that it can carry; <see langword="null"/> for an instance.</summary>
    public DimseResult<TStatus>? Result => Instance is null ? _result : null;

    /// <summary>An instance that is to be sent, opened when its turn comes.</summary>
    /// <param name="instance">The instance.</param>
    public static RetrieveResult<TStatus> Send(InstanceReference instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return new RetrieveResult<TStatus>(default, instance);
    }

    /// <summary>The end of the request, with everything else that an answer can carry.</summary>
    /// <param name="result">The answer. Its status is not pending.</param>
    /// <exception cref="ArgumentException">The status is a pending one.</exception>
    public static RetrieveResult<TStatus> End(DimseResult<TStatus> result) => StatusCategories.Of(result.Code) != StatusCategory.Pending
        ? new RetrieveResult<TStatus>(result, null)
        : throw new ArgumentException($"{result} does not end the request: pending responses are the runtime's.", nameof(result));

    /// <summary>An instance that is to be sent.</summary>
    /// <param name="instance">The instance.</param>
    public static implicit operator RetrieveResult<TStatus>(InstanceReference instance) => Send(instance);

    /// <summary>An instance in memory that is to be sent, and stays there until then: for a few small ones.</summary>
    /// <param name="file">The instance.</param>
    /// <exception cref="InvalidDataException">Its data set has no SOP Class UID or no SOP Instance UID.</exception>
    public static implicit operator RetrieveResult<TStatus>(DicomFile file) => Send(InstanceReference.FromFile(file));

    /// <summary>The end of the request.</summary>
    /// <param name="status">The status. Not a pending one.</param>
    public static implicit operator RetrieveResult<TStatus>(TStatus status) => End(status);

    /// <summary>The end of the request, with everything else that an answer can carry.</summary>
    /// <param name="result">The answer. Its status is not pending.</param>
    public static implicit operator RetrieveResult<TStatus>(DimseResult<TStatus> result) => End(result);

    /// <summary>What a handler yields, untyped: the way from generated code to the runtime.</summary>
    /// <param name="results">What the handler returned.</param>
    /// <param name="cancellationToken">The request's token.</param>
    public static async IAsyncEnumerable<RetrieveStep> ToSteps(IAsyncEnumerable<RetrieveResult<TStatus>> results, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(results);
        await foreach (var next in results.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            yield return next.Instance is null ? new RetrieveStep(next._result.ToResponse()) : new RetrieveStep(next.Instance);
        }
    }
}
