using System.Diagnostics;
using FellowOakDicom;
using Microsoft.Extensions.Logging;
using Specgen.Instances;

namespace Specgen.Associations;

/// <summary>
/// C-MOVE and C-GET (PS3.4 §C.4.2, §C.4.3): takes from the handler what is to be sent, sends it to the destination or over the peer's own association, counts, and tells the peer how far it is.
/// </summary>
/// <param name="services">Where to, and how.</param>
/// <param name="association">The association that the requests come over.</param>
/// <param name="sender">The way of responses.</param>
/// <param name="requests">Requests of ours over the same association, for C-GET.</param>
/// <param name="contexts">The presentation contexts of the association.</param>
/// <param name="memory">What instances take that are converted.</param>
internal sealed partial class Retrieval(
    AssociationServices services, AssociationInfo association, IMessageSender sender, RequestChannel requests, IReadOnlyList<NegotiatedContext> contexts, MemoryShare memory)
{
    private const ushort UnknownDestination = 0xA801, NothingSent = 0xA702, PartlySent = 0xB000;

    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1), s_patience = TimeSpan.FromSeconds(5);

    private readonly ILogger _logger = services.Logger;

    /// <summary>Who can be sent to; null with the answer for who cannot.</summary>
    public DicomPeer? FindDestination(string aeTitle, out DimseResponse refusal)
    {
        var peer = services.Peers.Find(aeTitle);
        refusal = peer is not null ? default : new DimseResponse(UnknownDestination) { ErrorComment = $"Move destination {aeTitle} is unknown" };
        return peer;
    }

    /// <summary>Runs a request to its last answer.</summary>
    /// <param name="operation">C-GET or C-MOVE.</param>
    /// <param name="destination">Where to; null for the association itself.</param>
    /// <param name="steps">What the handler yields.</param>
    /// <param name="binding">Whose statuses count.</param>
    /// <param name="running">The request.</param>
    public async ValueTask<Invoked> RunAsync(
        DimseOperation operation, (string AETitle, DicomPeer Peer)? destination, IAsyncEnumerable<RetrieveStep> steps, ServiceBinding binding, RunningRequest running)
    {
        var request = running.Request;
        var instances = new List<InstanceReference>();
        var end = new DimseResponse(StatusPolicy.Success);
        await foreach (var step in steps.ConfigureAwait(false))
        {
            if (step.Instance is null)
            {
                end = step.End;
                break;
            }

            if (request.IsCancelled)
            {
                break;
            }

            instances.Add(step.Instance);
            running.Progress();
        }

        var counts = new Suboperations(instances.Count);
        var category = binding.FindStatus(operation, end.Status)?.Category ?? StatusCategories.Of(end.Status);
        if (category is StatusCategory.Failure or StatusCategory.Cancel)
        {
            return new Invoked(end);
        }

        string? problem = null;
        if (instances.Count > 0 && !request.IsCancelled)
        {
            // Each sub-operation has its own time: that of a request of ours.
            running.StopClock();
            problem = destination is { } target
                ? await MoveAsync(target, instances, counts, running).ConfigureAwait(false)
                : await GetAsync(instances, counts, running).ConfigureAwait(false);
        }

        var status = request.IsCancelled && counts.Remaining > 0 || instances.Count == 0 && request.IsCancelled ? StatusPolicy.Cancelled
            : counts is { Failed: 0, Warning: 0 } ? end.Status
            : counts is { Completed: 0, Warning: 0 } ? NothingSent
            : PartlySent;
        var answer = status == end.Status ? end : new DimseResponse(status) { ErrorComment = status == StatusPolicy.Cancelled ? null : problem };
        return new Invoked(answer with { Dataset = counts.FailedList(request.Context.TransferSyntax) }, counts);
    }

    /// <summary>Gives what went wrong last, if anything.</summary>
    private async ValueTask<string?> GetAsync(List<InstanceReference> instances, Suboperations counts, RunningRequest running)
    {
        var instanceSender = new InstanceSender(association.CallingAE, contexts, services.Transcoders, services.DataSetLimits, requests.SendAsync) { KeepsPixels = true, Memory = memory };
        var progress = new Pace();
        return await SendAllAsync(instances, counts, running, progress, instance => instanceSender.SendAsync(instance, CancellationToken.None)).ConfigureAwait(false);
    }

    private async ValueTask<string?> MoveAsync((string AETitle, DicomPeer Peer) destination, List<InstanceReference> instances, Suboperations counts, RunningRequest running)
    {
        string? problem = null;
        var progress = new Pace();
        var originator = (association.CallingAE, running.Request.Command.MessageId);
        foreach (var (proposed, batch) in RetrievalBatches.Of(instances))
        {
            if (running.Token.IsCancellationRequested)
            {
                break;
            }

            IDestination connection;
            try
            {
                connection = await services.Peers.OpenAsync(destination.AETitle, destination.Peer, proposed, running.Token).ConfigureAwait(false);
            }
            catch (Exception e) when (e is AssociationException or OperationCanceledException)
            {
                if (running.Token.IsCancellationRequested)
                {
                    break;
                }

                LogNoDestination(association, destination.AETitle, e.Message);
                problem = $"{destination.AETitle} cannot be reached";
                batch.ForEach(counts.Fail);
                continue;
            }

            // A destination that has gone silent is not waited for much longer when the peer has cancelled, or is gone.
            using var patience = new CancellationTokenSource();
            using var registration = running.Token.UnsafeRegister(static patience => ((CancellationTokenSource)patience!).CancelAfter(s_patience), patience);
            problem = await SendAllAsync(batch, counts, running, progress, instance => connection.StoreAsync(instance, originator, patience.Token)).ConfigureAwait(false) ?? problem;
            await ReleaseAsync(connection, destination.AETitle, patience.Token).ConfigureAwait(false);
        }

        return problem;
    }

    /// <summary>Gives what went wrong last, if anything, in words that say nothing of where instances are. Between two sub-operations it is seen whether the peer has cancelled; where the association with the destination ends, the rest has failed.</summary>
    private async ValueTask<string?> SendAllAsync(
        List<InstanceReference> instances, Suboperations counts, RunningRequest running, Pace pace, Func<InstanceReference, ValueTask<DimseResponse>> send)
    {
        string? problem = null;
        for (var i = 0; i < instances.Count; i++)
        {
            if (running.Token.IsCancellationRequested || (pace.IsDue(s_interval) && !await TellAsync(running.Request, counts).ConfigureAwait(false)))
            {
                break;
            }

            var instance = instances[i];
            try
            {
                var answer = await send(instance).ConfigureAwait(false);
                var category = StatusCategories.Of(answer.Status);
                counts.Count(instance, category);
                if (category != StatusCategory.Success)
                {
                    LogSuboperationAnswered(association, instance.SopInstanceUid, answer.Status, answer.ErrorComment);
                    problem = category == StatusCategory.Failure ? $"{instance.SopInstanceUid}: {answer.Status:X4}" : problem;
                }
            }
            catch (AssociationException e) when (e is not ContextNotAcceptedException)
            {
                LogDestinationLost(association, instances.Count - i, e.Message);
                // What was cancelled before it was begun has not failed.
                instances[i..(running.Token.IsCancellationRequested ? i + 1 : instances.Count)].ForEach(counts.Fail);
                return "The association with the destination ended";
            }
            catch (Exception e)
            {
                // A file that is gone or broken, or that the destination takes in no transfer syntax: the others are still to be sent.
                LogSuboperationFailed(association, instance.ToString(), PeerText.Escape(e.Message));
                counts.Fail(instance);
                problem = e is ContextNotAcceptedException ? $"Nobody takes {instance.SopInstanceUid} as it is" : $"{instance.SopInstanceUid} cannot be read";
            }
        }

        return problem;
    }

    /// <summary>A pending response (PS3.7 §9.1.4.1.7). False when the association is over.</summary>
    private async ValueTask<bool> TellAsync(ReceivedRequest request, Suboperations counts)
    {
        try
        {
            await sender.SendAsync(request.Context, DimseFields.Respond(request.Command, new DimseResponse(StatusPolicy.Pending), null, counts), null).ConfigureAwait(false);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private async Task ReleaseAsync(IDestination connection, string aeTitle, CancellationToken cancellationToken)
    {
        try
        {
            await connection.ReleaseAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is AssociationException or OperationCanceledException)
        {
            LogNotReleased(aeTitle, e.Message);
        }
    }

    [LoggerMessage(1040, LogLevel.Warning, "{Association}: the move destination {AETitle} cannot be sent to: {Reason}")]
    private partial void LogNoDestination(AssociationInfo association, string aeTitle, string reason);

    [LoggerMessage(1041, LogLevel.Warning, "{Association}: {Count} instances were not sent, because the association for them ended: {Reason}")]
    private partial void LogDestinationLost(AssociationInfo association, int count, string reason);

    [LoggerMessage(1042, LogLevel.Warning, "{Association}: {Instance} could not be sent: {Reason}")]
    private partial void LogSuboperationFailed(AssociationInfo association, string instance, string reason);

    [LoggerMessage(1043, LogLevel.Information, "{Association}: {SopInstanceUid} was answered 0x{Status:X4} {Comment}")]
    private partial void LogSuboperationAnswered(AssociationInfo association, string sopInstanceUid, ushort status, string? comment);

    [LoggerMessage(1044, LogLevel.Information, "{AETitle} did not release the association properly: {Reason}")]
    private partial void LogNotReleased(string aeTitle, string reason);

    /// <summary>When a response is due: at once, and then at intervals.</summary>
    private sealed class Pace
    {
        private long _last;

        public bool IsDue(TimeSpan interval)
        {
            if (_last != 0 && Stopwatch.GetElapsedTime(_last) < interval)
            {
                return false;
            }

            _last = Stopwatch.GetTimestamp();
            return true;
        }
    }
}
