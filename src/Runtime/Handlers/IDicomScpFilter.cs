namespace Specgen;

/// <summary>
/// What every request that a server has a handler for goes through, the built-in C-ECHO included: for an audit, for saying who may do what, for measurements of one's own. Filters are called in the order of
/// their registration, each around the next, the handler last. <see cref="IDicomScpFilter{TContext}"/> is for the requests of one DIMSE service.
/// </summary>
/// <remarks>
/// Requests that the runtime answers itself (a SOP class or operation that nobody provides, no UID, a data set that cannot be decoded) do not get this far; <see cref="IDicomScpObserver.RequestCompleted"/> is
/// told of them, too.
/// </remarks>
public interface IDicomScpFilter
{
    /// <summary>Takes a request.</summary>
    /// <param name="context">The request: <c>context is CFindContext query</c> says what it asks for.</param>
    /// <param name="next">The next filter, or the handler. Called once, or not at all: what is returned then is the answer.</param>
    /// <param name="cancellationToken">Cancelled by the peer's C-CANCEL, when the association ends, when the request's time-out passes, or when the server stops.</param>
    /// <returns>What is answered: usually what <paramref name="next"/> gave. An exception is answered as one of the handler's is.</returns>
    ValueTask<RequestOutcome> HandleAsync(DimseContext context, NextHandler next, CancellationToken cancellationToken);
}
