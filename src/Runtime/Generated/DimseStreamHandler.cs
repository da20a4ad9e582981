using System.ComponentModel;

namespace Specgen.Generated;

/// <summary>How the runtime calls a handler that gives matches one after the other (C-FIND): a static delegate over the instance that the association uses.</summary>
/// <typeparam name="TContext">The context of the DIMSE service.</typeparam>
/// <param name="self">The provider object.</param>
/// <param name="context">The request.</param>
/// <param name="cancellationToken">Cancelled by the peer's C-CANCEL, when the association ends, when the time-out passes without a further match, or when the server stops.</param>
/// <returns>Answers with a pending status and a data set each, and perhaps one of another status, which is the last. Without such, Success follows. An exception becomes a failure status of the service class.</returns>
[EditorBrowsable(EditorBrowsableState.Never)]
public delegate IAsyncEnumerable<DimseResponse> DimseStreamHandler<in TContext>(object self, TContext context, CancellationToken cancellationToken)
    where TContext : DimseContext;
