namespace Specgen.Associations;

/// <summary>One request on its way through the filters.</summary>
/// <param name="filters">In order.</param>
/// <param name="context">The request.</param>
/// <param name="handler">What comes last.</param>
internal sealed class FilterChain(IReadOnlyList<IDicomScpFilter> filters, DimseContext context, NextHandler handler)
{
    private int _reached = -1;

    public ValueTask<RequestOutcome> RunAsync(CancellationToken cancellationToken) => RunAsync(0, cancellationToken);

    private ValueTask<RequestOutcome> RunAsync(int index, CancellationToken cancellationToken)
    {
        if (Interlocked.CompareExchange(ref _reached, index, index - 1) != index - 1)
        {
            throw new InvalidOperationException($"{filters[index - 1].GetType()} has called the next handler twice: a request is handled once.");
        }

        return index == filters.Count ? handler(cancellationToken) : filters[index].HandleAsync(context, token => RunAsync(index + 1, token), cancellationToken);
    }
}
