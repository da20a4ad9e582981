using System.ComponentModel;

namespace Specgen.Generated;

/// <summary>How the runtime calls a handler that says which instances are to be sent (C-MOVE, C-GET): a static delegate over the instance that the association uses.</summary>
/// <typeparam name="TContext">The context of the DIMSE service.</typeparam>
/// <param name="self">The provider object.</param>
/// <param name="context">The request.</param>
/// <param name="cancellationToken">Cancelled by the peer's C-CANCEL, when the association ends, when the time-out passes without a further instance, or when the server stops.</param>
/// <returns>Instances, and perhaps an answer that ends the request. An exception becomes a failure status of the service class, and nothing is sent.</returns>
[EditorBrowsable(EditorBrowsableState.Never)]
public delegate IAsyncEnumerable<RetrieveStep> RetrieveHandler<in TContext>(object self, TContext context, CancellationToken cancellationToken)
    where TContext : DimseContext;
