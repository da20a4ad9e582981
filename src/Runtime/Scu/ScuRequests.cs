using System.Diagnostics;
using FellowOakDicom;
using Specgen.Associations;
using Specgen.Instances;
using Specgen.Telemetry;
using Specgen.Wire;

namespace Specgen.Scu;

/// <summary>What is asked over an association that we opened.</summary>
internal sealed partial class ScuConnection
{
    /// <summary>A request in the SOP class's presentation context.</summary>
    /// <exception cref="ContextNotAcceptedException">There is none.</exception>
    /// <exception cref="AssociationClosedException">The association is over.</exception>
    public OutgoingRequest Request(DimseOperation operation, SopClass sopClass, DicomDataset? dataset = null)
    {
        ThrowIfOver();
        var context = _association.FindContext(sopClass, operation) ?? throw NotAccepted(sopClass);
        return new OutgoingRequest(operation, context, sopClass) { DataSet = dataset is null ? default(ReadOnlyMemory<byte>?) : DataSetCodec.Encode(dataset, context.TransferSyntax) };
    }

    /// <summary>C-STORE of an instance, on behalf of whoever asked for it, if anybody did.</summary>
    ValueTask<DimseResponse> IDestination.StoreAsync(InstanceReference instance, (string AETitle, ushort MessageId) originator, CancellationToken cancellationToken) =>
        CStoreAsync(instance, originator, cancellationToken);

    public async ValueTask<DimseResponse> CStoreAsync(InstanceReference instance, (string AETitle, ushort MessageId)? originator, CancellationToken cancellationToken)
    {
        ThrowIfOver();
        if (!AcceptedContexts.Any(c => c.SopClassUid == instance.SopClassUid))
        {
            throw NotAccepted(SopClassOf(instance.SopClassUid));
        }

        var sender = new InstanceSender(_options.Peer, _association.Contexts, Transcoders, _options.DataSetLimits, SendAsync)
        {
            MoveOriginator = originator,
            KeepsPixels = originator is not null,
            SopClassOf = SopClassOf,
            Memory = _options.Memory is null ? null : _association.Memory,
        };
        return await sender.SendAsync(instance, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<DimseResponse> SendAsync(OutgoingRequest request, CancellationToken cancellationToken)
    {
        using var activity = SpecgenTelemetry.StartClientRequest(request.Operation, request.SopClass, Info);
        try
        {
            var response = await _association.Requests.SendAsync(request, cancellationToken).ConfigureAwait(false);
            Info.Count(0);
            SpecgenTelemetry.Answered(activity, response.Status, StatusCategories.Of(response.Status));
            return response;
        }
        catch (AssociationTimeoutException e)
        {
            throw await TimedOutAsync(e, activity).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            SpecgenTelemetry.Failed(activity, e);
            throw;
        }
    }

    public ValueTask<PendingRequest> BeginAsync(OutgoingRequest request, CancellationToken cancellationToken) => _association.Requests.BeginAsync(request, cancellationToken);

    public DimseResponse Read(OutgoingRequest request, ReceivedResponse response) => _association.Requests.Read(request, response);

    /// <summary>The next of several responses.</summary>
    public async ValueTask<ReceivedResponse> NextAsync(OutgoingRequest request, PendingRequest pending, CancellationToken cancellationToken)
    {
        try
        {
            var response = await _association.Requests.NextAsync(request, pending, cancellationToken, () => _association.Arrived).ConfigureAwait(false);
            Info.Count(0);
            return response;
        }
        catch (AssociationTimeoutException e)
        {
            throw await TimedOutAsync(e, null).ConfigureAwait(false);
        }
    }

    /// <summary>C-CANCEL, and the last response that follows; null where the association ends instead.</summary>
    public async ValueTask<DimseResponse?> StopAsync(OutgoingRequest request, PendingRequest pending)
    {
        try
        {
            await _association.Requests.CancelAsync(request, pending).ConfigureAwait(false);
            while (true)
            {
                var response = await NextAsync(request, pending, CancellationToken.None).ConfigureAwait(false);
                if (!response.IsPending)
                {
                    return _association.Requests.Read(request, response);
                }

                response.Drop();
            }
        }
        catch (AssociationException)
        {
            return null;
        }
    }

    /// <summary>C-MOVE, or C-GET with a handler for what arrives. Cancelling sends a C-CANCEL; the answer is waited for all the same.</summary>
    public async ValueTask<(DimseResponse Answer, RetrieveProgress Counts)> RetrieveAsync(
        OutgoingRequest request, Func<CStoreContext, CancellationToken, ValueTask<DimseResponse>>? store, IProgress<RetrieveProgress>? progress, CancellationToken cancellationToken)
    {
        using var activity = SpecgenTelemetry.StartClientRequest(request.Operation, request.SopClass, Info);
        if (store is null)
        {
            return await RetrieveAsync(request, progress, activity, cancellationToken).ConfigureAwait(false);
        }

        // What arrives does not say which C-GET asked for it: they go one after the other, however many requests may be under way.
        await _getting.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            _arriving.Handler = store;
            return await RetrieveAsync(request, progress, activity, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _arriving.Handler = null;
            _getting.Release();
        }
    }

    private async ValueTask<(DimseResponse Answer, RetrieveProgress Counts)> RetrieveAsync(
        OutgoingRequest request, IProgress<RetrieveProgress>? progress, Activity? activity, CancellationToken cancellationToken)
    {
        var pending = await _association.Requests.BeginAsync(request, cancellationToken).ConfigureAwait(false);
        await using var registration = cancellationToken.Register(() => _ = _association.Requests.CancelAsync(request, pending).AsTask()).ConfigureAwait(false);
        var counts = default(RetrieveProgress);
        while (true)
        {
            var response = await NextAsync(request, pending, CancellationToken.None).ConfigureAwait(false);
            counts = Counts(response.Command, counts);
            if (!response.IsPending)
            {
                SpecgenTelemetry.Answered(activity, response.Status, StatusCategories.Of(response.Status));
                return (_association.Requests.Read(request, response), counts);
            }

            response.Drop();
            progress?.Report(counts);
        }
    }

    /// <summary>What a response does not count is as it was; but what remains is what this one says.</summary>
    private static RetrieveProgress Counts(CommandSet command, RetrieveProgress before) => new(
        command.GetUInt16(CommandElement.RemainingSuboperations),
        command.GetUInt16(CommandElement.CompletedSuboperations) ?? before.Completed,
        command.GetUInt16(CommandElement.FailedSuboperations) ?? before.Failed,
        command.GetUInt16(CommandElement.WarningSuboperations) ?? before.Warning);

    /// <summary>Nobody knows what the peer will still do with the request: there is no way back to a common state.</summary>
    private async ValueTask<AssociationTimeoutException> TimedOutAsync(AssociationTimeoutException e, Activity? activity)
    {
        var failure = new AssociationTimeoutException(e.Message + " The association was aborted.");
        SpecgenTelemetry.Failed(activity, failure);
        await AbortAsync(failure).ConfigureAwait(false);
        return failure;
    }

    /// <summary>As the user's pages have it.</summary>
    private SopClass SopClassOf(string uid) => _sopClasses.Value.GetValueOrDefault(uid) ?? SopClass.Unknown(uid);

    private ContextNotAcceptedException NotAccepted(SopClass sopClass)
    {
        var why = "it was not proposed";
        for (var i = 0; i < _proposed.Count; i++)
        {
            if (_proposed[i].SopClassUid == sopClass.Uid)
            {
                var answer = _answer!.Contexts.Find(c => c.Id == ScuContexts.IdOf(i));
                why = answer.Id == 0 ? "it was not answered" : Words(answer.Result);
                break;
            }
        }

        return new ContextNotAcceptedException($"{_options.Peer} did not accept {sopClass}: {why}.", sopClass) { Details = _options.FailureDetails?.Invoke() };
    }

    /// <summary>Why a request cannot go over a presentation context with this answer (PS3.8 Table 9-18).</summary>
    private static string Words(ContextResult result) => result switch
    {
        ContextResult.Accept => "not in this role",
        ContextResult.RejectUser => "its user rejected it",
        ContextResult.RejectAbstractSyntaxNotSupported => "it does not support the SOP class",
        ContextResult.RejectTransferSyntaxesNotSupported => "it supports none of the transfer syntaxes",
        _ => "it gave no reason",
    };
}
