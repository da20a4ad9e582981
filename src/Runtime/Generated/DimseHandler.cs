using System.ComponentModel;

namespace Specgen.Generated;

/// <summary>How the runtime calls a handler: a static delegate over the instance that the association uses, so that a binding can be shared by all of them.</summary>
/// <typeparam name="TContext">The context of the DIMSE service.</typeparam>
/// <param name="self">The provider or user object.</param>
/// <param name="context">The request.</param>
/// <param name="cancellationToken">Cancelled when the association ends, the request's time-out passes or the server stops.</param>
/// <returns>The answer. An exception becomes a failure status of the service class with an error comment.</returns>
[EditorBrowsable(EditorBrowsableState.Never)]
public delegate ValueTask<DimseResponse> DimseHandler<in TContext>(object self, TContext context, CancellationToken cancellationToken)
    where TContext : DimseContext;
