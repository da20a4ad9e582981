using System.Runtime.CompilerServices;

namespace Specgen;

/// <summary>
/// Calls handlers as the runtime does: for those that are <see langword="private"/>, as generated code has them by default. Where a test can call the method itself, it need not go this way. What a handler
/// throws comes out.
/// </summary>
public static class HandlerCalls
{
    /// <summary>Calls the handler of a request with one answer.</summary>
    /// <typeparam name="TStatus">The service class's status enum for the DIMSE service.</typeparam>
    /// <param name="handlers">The [Scp] or [Scu] object.</param>
    /// <param name="context">The request: <c>CStoreContext.ForTest(file)</c>.</param>
    /// <param name="cancellationToken">The handler's token.</param>
    /// <exception cref="InvalidOperationException">It has no handler for the request.</exception>
    public static async ValueTask<DimseResult<TStatus>> CallAsync<TStatus>(this IDimseHandlers handlers, DimseContext context, CancellationToken cancellationToken = default)
        where TStatus : struct, Enum
    {
        ArgumentNullException.ThrowIfNull(handlers);
        ArgumentNullException.ThrowIfNull(context);
        return DimseResult<TStatus>.From(await (context switch
        {
            CEchoContext echo => Find(handlers, context, static b => b.CEcho)(handlers, echo, cancellationToken),
            CStoreContext store => Find(handlers, context, static b => b.CStore)(handlers, store, cancellationToken),
            NGetContext get => Find(handlers, context, static b => b.NGet)(handlers, get, cancellationToken),
            NSetContext set => Find(handlers, context, static b => b.NSet)(handlers, set, cancellationToken),
            NActionContext action => Find(handlers, context, static b => b.NAction)(handlers, action, cancellationToken),
            NCreateContext create => Find(handlers, context, static b => b.NCreate)(handlers, create, cancellationToken),
            NDeleteContext delete => Find(handlers, context, static b => b.NDelete)(handlers, delete, cancellationToken),
            NEventReportContext report => Find(handlers, context, static b => b.NEventReport)(handlers, report, cancellationToken),
            CFindContext => throw new InvalidOperationException($"C-FIND has several answers: {nameof(FindAsync)}."),
            _ => throw new InvalidOperationException($"C-MOVE and C-GET give instances: {nameof(RetrieveAsync)}."),
        }).ConfigureAwait(false));
    }

    /// <summary>Calls the handler of a C-FIND.</summary>
    /// <typeparam name="TStatus">The service class's status enum for C-FIND.</typeparam>
    /// <param name="handlers">The [Scp] object.</param>
    /// <param name="context">The request.</param>
    /// <param name="cancellationToken">The handler's token: a C-CANCEL cancels it.</param>
    /// <returns>Matches, and the status that ends the query where the handler yields one.</returns>
    /// <exception cref="InvalidOperationException">It has no handler for the request.</exception>
    public static async IAsyncEnumerable<CFindResult<TStatus>> FindAsync<TStatus>(
        this IDimseHandlers handlers, CFindContext context, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        where TStatus : struct, Enum
    {
        ArgumentNullException.ThrowIfNull(handlers);
        ArgumentNullException.ThrowIfNull(context);
        await foreach (var response in Find(handlers, context, static b => b.CFind)(handlers, context, cancellationToken).ConfigureAwait(false))
        {
            var result = DimseResult<TStatus>.From(response);
            yield return response.Dataset is { } match ? CFindResult<TStatus>.Match(match, result.Status) : CFindResult<TStatus>.End(result);
        }
    }

    /// <summary>Calls the handler of a C-MOVE.</summary>
    /// <typeparam name="TStatus">The service class's status enum for C-MOVE.</typeparam>
    /// <param name="handlers">The [Scp] object.</param>
    /// <param name="context">The request.</param>
    /// <param name="cancellationToken">The handler's token: a C-CANCEL cancels it.</param>
    /// <returns>Instances, and the status that ends the request where the handler yields one.</returns>
    /// <exception cref="InvalidOperationException">It has no handler for the request.</exception>
    public static IAsyncEnumerable<RetrieveResult<TStatus>> RetrieveAsync<TStatus>(this IDimseHandlers handlers, CMoveContext context, CancellationToken cancellationToken = default)
        where TStatus : struct, Enum
    {
        ArgumentNullException.ThrowIfNull(handlers);
        ArgumentNullException.ThrowIfNull(context);
        return Typed<TStatus>(Find(handlers, context, static b => b.CMove)(handlers, context, cancellationToken));
    }

    /// <summary>Calls the handler of a C-GET.</summary>
    /// <typeparam name="TStatus">The service class's status enum for C-GET.</typeparam>
    /// <param name="handlers">The [Scp] object.</param>
    /// <param name="context">The request.</param>
    /// <param name="cancellationToken">The handler's token: a C-CANCEL cancels it.</param>
    /// <returns>Instances, and the status that ends the request where the handler yields one.</returns>
    /// <exception cref="InvalidOperationException">It has no handler for the request.</exception>
    public static IAsyncEnumerable<RetrieveResult<TStatus>> RetrieveAsync<TStatus>(this IDimseHandlers handlers, CGetContext context, CancellationToken cancellationToken = default)
        where TStatus : struct, Enum
    {
        ArgumentNullException.ThrowIfNull(handlers);
        ArgumentNullException.ThrowIfNull(context);
        return Typed<TStatus>(Find(handlers, context, static b => b.CGet)(handlers, context, cancellationToken));
    }

    private static async IAsyncEnumerable<RetrieveResult<TStatus>> Typed<TStatus>(IAsyncEnumerable<RetrieveStep> steps)
        where TStatus : struct, Enum
    {
        await foreach (var step in steps.ConfigureAwait(false))
        {
            yield return step.Instance is { } instance ? RetrieveResult<TStatus>.Send(instance) : RetrieveResult<TStatus>.End(DimseResult<TStatus>.From(step.End));
        }
    }

    /// <summary>Of the SOP class; where the test did not say which it is, of any, if there is no choice.</summary>
    private static THandler Find<THandler>(IDimseHandlers handlers, DimseContext context, Func<ServiceBinding, THandler?> select)
        where THandler : Delegate
    {
        var uid = context.SopClass.Uid;
        var found = handlers.Bindings
            .Where(binding => select(binding) is not null && (uid.Length == 0 || binding.SopClasses.Any(sopClass => sopClass.Uid == uid)))
            .Select(binding => select(binding)!)
            .ToList();
        return found switch
        {
            [var only] => only,
            [] => throw new InvalidOperationException($"{handlers.GetType()} has no handler for {context.GetType().Name} of {(uid.Length == 0 ? "any SOP class" : context.SopClass)}."),
            _ => throw new InvalidOperationException($"{handlers.GetType()} has several handlers for {context.GetType().Name}: say which SOP class the request is of (TestRequest.SopClass)."),
        };
    }
}
