namespace Specgen;

/// <summary>A filter for the requests of one DIMSE service; it is not called for others.</summary>
/// <typeparam name="TContext">The context of the DIMSE service, <see cref="CStoreContext"/>.</typeparam>
public interface IDicomScpFilter<TContext> : IDicomScpFilter
    where TContext : DimseContext
{
    /// <summary>Handles a request.</summary>
    /// <param name="context">The request.</param>
    /// <param name="next">The next filter, or the handler. Call it once; or not at all, and return an answer of your own.</param>
    /// <param name="cancellationToken">Cancelled by the peer's C-CANCEL, when the association ends, when the request's time-out passes, or when the server stops.</param>
    /// <returns>The answer: usually what <paramref name="next"/> returned. An exception is answered like one from the handler.</returns>
    ValueTask<RequestOutcome> HandleAsync(TContext context, NextHandler next, CancellationToken cancellationToken);

    ValueTask<RequestOutcome> IDicomScpFilter.HandleAsync(DimseContext context, NextHandler next, CancellationToken cancellationToken) =>
        context is TContext mine ? HandleAsync(mine, next, cancellationToken) : next(cancellationToken);
}
