namespace Specgen;

/// <summary>A filter for the requests of one DIMSE service; others pass it by.</summary>
/// <typeparam name="TContext">The context of the DIMSE service, <see cref="CStoreContext"/>.</typeparam>
public interface IDicomScpFilter<TContext> : IDicomScpFilter
    where TContext : DimseContext
{
    /// <summary>Takes a request.</summary>
    /// <param name="context">The request.</param>
    /// <param name="next">The next filter, or the handler. Called once, or not at all: what is returned then is the answer.</param>
    /// <param name="cancellationToken">Cancelled by the peer's C-CANCEL, when the association ends, when the request's time-out passes, or when the server stops.</param>
    /// <returns>What is answered: usually what <paramref name="next"/> gave. An exception is answered as one of the handler's is.</returns>
    ValueTask<RequestOutcome> HandleAsync(TContext context, NextHandler next, CancellationToken cancellationToken);

    ValueTask<RequestOutcome> IDicomScpFilter.HandleAsync(DimseContext context, NextHandler next, CancellationToken cancellationToken) =>
        context is TContext mine ? HandleAsync(mine, next, cancellationToken) : next(cancellationToken);
}
