namespace Specgen;

/// <summary>
/// A filter around every request that a server has a handler for, including the built-in C-ECHO: for auditing, authorization, or metrics of your own. Filters are called in the
/// order in which they were registered, each around the next, with the handler last. <see cref="IDicomScpFilter{TContext}"/> is for the requests of one DIMSE service.
/// </summary>
/// <remarks>
/// Requests that the runtime answers itself (a SOP class or operation that no provider has, an invalid UID, a data set that cannot be decoded) do not reach a filter;
/// <see cref="IDicomScpObserver.RequestCompleted"/> reports them as well.
/// </remarks>
public interface IDicomScpFilter
{
    /// <summary>Handles a request.</summary>
    /// <param name="context">The request: <c>context is CFindContext query</c> says what it asks for.</param>
    /// <param name="next">The next filter, or the handler. Call it once; or not at all, and return an answer of your own.</param>
    /// <param name="cancellationToken">Cancelled by the peer's C-CANCEL, when the association ends, when the request's time-out passes, or when the server stops.</param>
    /// <returns>The answer: usually what <paramref name="next"/> returned. An exception is answered like one from the handler.</returns>
    ValueTask<RequestOutcome> HandleAsync(DimseContext context, NextHandler next, CancellationToken cancellationToken);
}
