using System.Diagnostics;
using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.Extensions.Logging;
using Specgen.Handlers;
using Specgen.Instances;
using Specgen.Telemetry;
using Specgen.Wire;

namespace Specgen.Associations;

/// <summary>From a request to its last response: finds the handler, calls it, and says with the page's own status why there was none, or what became of it.</summary>
internal sealed partial class RequestHandler(
    AssociationServices services, AssociationInfo association, PeerLink peer, IMessageSender sender, AssociationScope scope, Retrieval retrieval)
{
    private readonly ILogger _logger = services.Logger;

    public async ValueTask<HandledRequest> HandleAsync(RunningRequest running)
    {
        var request = running.Request;
        if (DimseFields.OperationOf(request.Command.Field) is not { } operation)
        {
            return new HandledRequest(null, null, null, new DimseResponse(StatusPolicy.UnrecognizedOperation) { ErrorComment = $"Command field {request.Command.Field:X4}H is unknown" });
        }

        var handled = Route(request, operation, out var service, out var instance);
        using var activity = services.Events.StartRequest(operation, handled.SopClass ?? SopClass.Unknown(request.Context.AbstractSyntax), association);
        if (service is not null)
        {
            var info = new RequestInfo
            {
                Association = association,
                SopClass = handled.SopClass!,
                SopInstanceUid = instance,
                MessageId = request.Command.MessageId,
                TransferSyntax = request.Context.TransferSyntax,
                IsRelational = request.Context.IsRelational,
                Peer = peer,
            };
            handled = await CallAsync(handled, operation, service, info, running, activity).ConfigureAwait(false);
        }

        SpecgenTelemetry.Answered(activity, handled.Answer.Status, handled.Category);
        return handled;
    }

    /// <summary>Who handles a request. Without one the answer is there already.</summary>
    private HandledRequest Route(ReceivedRequest request, DimseOperation operation, out BoundService? service, out string instance)
    {
        var (context, command) = (request.Context, request.Command);
        (service, instance) = (null, "");
        var role = DimseFields.PerformerOf(operation);
        var isNegotiated = role == DicomRole.Scp ? context.IsScp : context.IsScu;
        if (!isNegotiated || !services.Providers.TryFind(context.AbstractSyntax, role, out var sopClass, out var bindings))
        {
            return new HandledRequest(operation, null, null, StatusPolicy.NotServed(operation, "Not in this presentation context and role"));
        }

        var named = Encoding.Latin1.GetString(command.SopClassUid);
        var isUidAssigned = operation == DimseOperation.NCreate && command.SopInstanceUid.IsEmpty;
        instance = isUidAssigned ? NewUid() : NamesInstance(operation) ? Encoding.Latin1.GetString(command.SopInstanceUid) : "";
        if (!BelongsTo(named, context.AbstractSyntax, operation, bindings, ref sopClass))
        {
            return new HandledRequest(operation, sopClass, bindings[0], StatusPolicy.NotServed(operation, "Another SOP class than the presentation context's")) { SopInstanceUid = PeerText.Escape(instance) };
        }

        if ((services.Providers.Find(context.AbstractSyntax, role, operation) ?? services.Providers.Find(named, role, operation)) is not { } found)
        {
            return new HandledRequest(operation, sopClass, bindings[0], new DimseResponse(StatusPolicy.UnrecognizedOperation)) { SopInstanceUid = PeerText.Escape(instance) };
        }

        var handled = new HandledRequest(operation, sopClass, found.Binding, default) { SopInstanceUid = PeerText.Escape(instance), IsUidAssigned = isUidAssigned };
        if (UnknownType(operation, found.Binding, command) is { } unknown)
        {
            return handled with { Answer = unknown };
        }

        if (NamesInstance(operation) && !InstanceIdentity.IsUid(instance, services.UidCheck))
        {
            LogNoUid(association, operation, sopClass, handled.SopInstanceUid);
            return handled with { Answer = new DimseResponse(StatusPolicy.InvalidSopInstance) { ErrorComment = instance.Length == 0 ? "There is no SOP Instance UID" : "The SOP Instance UID is none" } };
        }

        service = found;
        return handled;
    }

    private async ValueTask<HandledRequest> CallAsync(HandledRequest handled, DimseOperation operation, BoundService service, RequestInfo info, RunningRequest running, Activity? activity)
    {
        try
        {
            if (running.Request.DataSet is KeptDataSet kept)
            {
                await kept.ReserveAsync(running.Token).ConfigureAwait(false);
            }

            var made = Invocation.Make(operation, info, running.Request);
            handled = handled with { Context = made };
            if (services.Filters.Count > 0)
            {
                return await FilterAsync(handled, service, made, running).ConfigureAwait(false);
            }

            var invoked = await InvokeAsync(service, made, running, running.Token).ConfigureAwait(false);
            return handled with { Answer = invoked.Answer, Suboperations = invoked.Counts };
        }
        catch (Exception e) when (running.Request.IsCancelled)
        {
            // What the peer waits for after its C-CANCEL is this, however the handler came to its end (PS3.4 §C.4.1.3).
            LogStopped(association, operation, handled.SopClass!, PeerText.Escape(e.Message));
            return handled with { Answer = new DimseResponse(StatusPolicy.Cancelled) };
        }
        catch (OperationCanceledException e) when (running.Token.IsCancellationRequested)
        {
            LogCancelled(association, operation, handled.SopClass!, services.RequestTimeout);
            SpecgenTelemetry.Failed(activity, e);
            return handled with
            {
                Answer = services.Stopping.IsCancellationRequested
                    ? StatusPolicy.OutOfResources(service.Binding, operation, "The server is being stopped")
                    : StatusPolicy.Failure(service.Binding, operation, "It took longer than the server allows"),
            };
        }
        catch (Exception e) when (StatusPolicy.IsBadInput(e))
        {
            LogNotUnderstood(association, operation, handled.SopClass!, PeerText.Escape(e.Message));
            SpecgenTelemetry.Failed(activity, e);
            return handled with { Answer = StatusPolicy.ForException(service.Binding, operation, e, services.IncludeExceptionMessages) };
        }
        catch (NoMemoryException e)
        {
            LogNoMemory(association, operation, handled.SopClass!, running.Request.DataSet?.Length ?? 0, e.Message);
            SpecgenTelemetry.Failed(activity, e);
            return handled with { Answer = StatusPolicy.ForException(service.Binding, operation, e, services.IncludeExceptionMessages) };
        }
        catch (Exception e)
        {
            LogHandlerFailed(e, association, operation, handled.SopClass!);
            SpecgenTelemetry.Failed(activity, e);
            return handled with { Answer = StatusPolicy.ForException(service.Binding, operation, e, services.IncludeExceptionMessages) };
        }
    }

    /// <summary>Numbers of sub-operations are what was done, whatever a filter says.</summary>
    private async ValueTask<HandledRequest> FilterAsync(HandledRequest handled, BoundService service, DimseContext context, RunningRequest running)
    {
        Invoked invoked = default;
        var chain = new FilterChain(scope.GetFilters(services.Filters), context, async token => (invoked = await InvokeAsync(service, context, running, token).ConfigureAwait(false)).ToOutcome());
        var outcome = await chain.RunAsync(running.Token).ConfigureAwait(false);
        return handled with { Answer = outcome.Answer, Suboperations = invoked.Counts };
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<Invoked> InvokeAsync(BoundService service, DimseContext context, RunningRequest running, CancellationToken cancellationToken)
    {
        var (binding, self) = (service.Binding, scope.Get(service.Source));
        return context switch
        {
            CFindContext query => await FindAsync(binding.CFind!(self, query, cancellationToken), binding, running).ConfigureAwait(false),
            CMoveContext move => await MoveAsync(binding, self, move, running, cancellationToken).ConfigureAwait(false),
            CGetContext get => await retrieval.RunAsync(DimseOperation.CGet, null, binding.CGet!(self, get, cancellationToken), binding, running).ConfigureAwait(false),
            _ => new Invoked(await Invocation.CallAsync(binding, self, context, cancellationToken).ConfigureAwait(false)),
        };
    }

    private async ValueTask<Invoked> MoveAsync(ServiceBinding binding, object self, CMoveContext context, RunningRequest running, CancellationToken cancellationToken) =>
        retrieval.FindDestination(context.MoveDestination, out var refusal) is { } peer
            ? await retrieval.RunAsync(DimseOperation.CMove, (context.MoveDestination, peer), binding.CMove!(self, context, cancellationToken), binding, running).ConfigureAwait(false)
            : new Invoked(refusal);

    /// <summary>Each match is sent before the next is asked for: a peer that takes them slowly slows down the handler (PS3.7 §9.3.2.2, one response for each).</summary>
    private async ValueTask<Invoked> FindAsync(IAsyncEnumerable<DimseResponse> matches, ServiceBinding binding, RunningRequest running)
    {
        var request = running.Request;
        var sent = 0;
        await foreach (var next in matches.ConfigureAwait(false))
        {
            if ((binding.FindStatus(DimseOperation.CFind, next.Status)?.Category ?? StatusCategories.Of(next.Status)) != StatusCategory.Pending)
            {
                return new Invoked(next, Matches: sent);
            }

            if (request.IsCancelled || !await TrySendAsync(request, next).ConfigureAwait(false))
            {
                break;
            }

            sent++;
            running.Progress();
        }

        return new Invoked(new DimseResponse(request.IsCancelled ? StatusPolicy.Cancelled : StatusPolicy.Success), Matches: sent);
    }

    /// <summary>False when the association is over: then nobody waits for more.</summary>
    private async ValueTask<bool> TrySendAsync(ReceivedRequest request, DimseResponse response)
    {
        // Encoded here, because what is wrong with a data set is the handler's failure; what happens on the way is not.
        var dataSet = response.Dataset is { } identifier ? DataSetCodec.Encode(identifier, request.Context.TransferSyntax) : default(ReadOnlyMemory<byte>?);
        try
        {
            await sender.SendAsync(request.Context, DimseFields.Respond(request.Command, response), dataSet).ConfigureAwait(false);
            return true;
        }
        catch (IOException e)
        {
            LogNotSent(association, e.Message);
            return false;
        }
    }

    /// <summary>PS3.7 C.5.24, C.5.18.</summary>
    private static DimseResponse? UnknownType(DimseOperation operation, ServiceBinding binding, CommandSet command)
    {
        var (types, element, status, name) = operation switch
        {
            DimseOperation.NAction => (binding.ActionTypes, CommandElement.ActionTypeId, StatusPolicy.NoSuchActionType, "Action"),
            DimseOperation.NEventReport => (binding.EventTypes, CommandElement.EventTypeId, StatusPolicy.NoSuchEventType, "Event"),
            _ => (null, (ushort)0, (ushort)0, ""),
        };
        return types is null || types.Contains(command.GetUInt16(element) ?? 0) ? null : new DimseResponse(status) { ErrorComment = $"{name} type {command.GetUInt16(element)} is unknown" };
    }

    /// <summary>The others are about no instance (PS3.7 §9.3), and what a peer says there nevertheless is not looked at.</summary>
    internal static bool NamesInstance(DimseOperation operation) =>
        operation is not (DimseOperation.CEcho or DimseOperation.CFind or DimseOperation.CGet or DimseOperation.CMove);

    /// <summary>A UID out of a UUID (PS3.5 §B.2).</summary>
    private static string NewUid() =>
        "2.25." + new BigInteger(Guid.NewGuid().ToByteArray(bigEndian: true), isUnsigned: true, isBigEndian: true).ToString(CultureInfo.InvariantCulture);

    /// <summary>Whether a message that names this SOP class may come in the presentation context; gives the SOP class that it is about.</summary>
    private bool BelongsTo(string named, string abstractSyntax, DimseOperation operation, IReadOnlyList<ServiceBinding> bindings, ref SopClass sopClass)
    {
        if (named == abstractSyntax || (named.Length == 0 && operation == DimseOperation.CEcho) || named == sopClass.Named(operation).Uid)
        {
            return true;
        }

        // A member of a meta SOP class: of the same service class.
        if (sopClass.IsMeta && services.Providers.TryFind(named, DimseFields.PerformerOf(operation), out var member, out var others)
            && others.Any(other => bindings.Any(binding => binding.ServiceClass == other.ServiceClass)))
        {
            sopClass = member;
            return true;
        }

        return false;
    }

    [LoggerMessage(1020, LogLevel.Error, "{Association}: the handler of {Operation} {SopClass} threw")]
    private partial void LogHandlerFailed(Exception exception, AssociationInfo association, DimseOperation operation, SopClass sopClass);

    [LoggerMessage(1029, LogLevel.Warning, "{Association}: {Operation} {SopClass} was not understood: {Reason}")]
    private partial void LogNotUnderstood(AssociationInfo association, DimseOperation operation, SopClass sopClass, string reason);

    [LoggerMessage(1018, LogLevel.Warning, "{Association}: {Operation} {SopClass} with a data set of {Length} bytes was refused: {Reason}")]
    private partial void LogNoMemory(AssociationInfo association, DimseOperation operation, SopClass sopClass, long length, string reason);

    [LoggerMessage(1019, LogLevel.Information, "{Association}: {Operation} {SopClass} names no SOP instance: \"{Uid}\"")]
    private partial void LogNoUid(AssociationInfo association, DimseOperation operation, SopClass sopClass, string uid);

    [LoggerMessage(1021, LogLevel.Warning, "{Association}: {Operation} {SopClass} was cancelled: the association is over, the server stops, or {Timeout} have passed")]
    private partial void LogCancelled(AssociationInfo association, DimseOperation operation, SopClass sopClass, TimeSpan timeout);

    [LoggerMessage(1023, LogLevel.Information, "{Association}: an answer could not be sent: {Reason}")]
    private partial void LogNotSent(AssociationInfo association, string reason);

    [LoggerMessage(1028, LogLevel.Debug, "{Association}: {Operation} {SopClass} ended after the peer's C-CANCEL: {Reason}")]
    private partial void LogStopped(AssociationInfo association, DimseOperation operation, SopClass sopClass, string reason);
}
