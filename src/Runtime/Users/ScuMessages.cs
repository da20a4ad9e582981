using System.Diagnostics;
using FellowOakDicom;
using Specgen.Dispatch;
using Specgen.Network;
using Specgen.Instances;

namespace Specgen;

/// <summary>What comes over an association that we opened: the answer to our request, and messages.</summary>
internal sealed partial class ScuConnection : IAssociationStreamEvents
{
    /// <summary>Of a data set that is kept in memory.</summary>
    private const int MaxDataSetInMemory = 16 * 1024 * 1024;

    Violation? IAssociationStreamEvents.AssociationRequested(ReadOnlySpan<byte> pdu) => null;

    Violation? IAssociationStreamEvents.AssociationAccepted(ReadOnlySpan<byte> pdu)
    {
        if (AssociateAnswer.Read(pdu, out var problem) is not { } answer)
        {
            return problem;
        }

        var accepted = new List<AcceptedContext>();
        for (var i = 0; i < _proposed.Count; i++)
        {
            var (id, proposed) = ((byte)((2 * i) + 1), _proposed[i]);
            if (answer.Contexts.TryGetValue(id, out var syntax))
            {
                // A role is a SOP class's, in all of its contexts. Peers that accept one without saying so are taken at their deeds (PS3.7 D.3.3.4.2 would have them say it).
                var isScp = Proposes(proposed.SopClassUid, DicomRole.Scp) && (!answer.Roles.TryGetValue(proposed.SopClassUid, out var roles) || roles.Scp);
                _contexts[id] = new NegotiatedContext(id, proposed.SopClassUid, DicomTransferSyntax.Parse(syntax), isScp, IsScu: Proposes(proposed.SopClassUid, DicomRole.Scu));
                accepted.Add(new AcceptedContext(id, proposed.SopClassUid, syntax));
            }
        }

        _relational = RelationalQueries.Accepted(answer);
        _storage = StorageNegotiation.Accepted(answer);
        UserIdentityResponse = answer.UserIdentityResponse;
        Stream.PeerMaxDataLength = answer.MaxDataLength;
        AcceptedContexts = accepted;
        MaxAsyncOperations = answer.OperationsInvoked == 0 ? _options.MaxAsyncOperations : Math.Min(answer.OperationsInvoked, _options.MaxAsyncOperations);
        _requests.Open(MaxAsyncOperations);
        return null;
    }

    IReadOnlyList<byte[]> IAssociationStreamEvents.UserItems =>
    [
        .. _options.ProposeRelationalQueries ? RelationalQueries.Propose(_proposed) : [],
        .. _options.AskStorageSupport ? StorageNegotiation.Propose(_proposed) : [],
        .. _options.UserIdentity is { } identity ? [AssociateRequest.Item(identity)] : Array.Empty<byte[]>(),
    ];

    void IAssociationStreamEvents.Aborting(Violation why) => Fail(new AssociationClosedException($"The association with {_options.Peer} was aborted on this side because of {why.Why}."));

    /// <summary>Waits for somebody who takes matches slowly, unless other requests wait for the end of that one, or for answers behind the matches.</summary>
    bool IAssociationStreamEvents.IsFull => _requests.Backlog > MaxDataSetInMemory && !_requests.HasOthers;

    NegotiatedContext? IMessageEvents.FindContext(byte id) => _contexts[id];

    IDataSetSink IMessageEvents.BeginDataSet(NegotiatedContext context, CommandSet command)
    {
        if (command.IsResponse)
        {
            return new MemorySink(MaxDataSetInMemory);
        }

        if (DimseFields.OperationOf(command.Field) is not { } operation || !_providers.Takes(context.AbstractSyntax, command, operation))
        {
            // Read to its end, and answered with the status for it.
            return new MemorySink(0);
        }

        if (operation != DimseOperation.CStore)
        {
            return new MemorySink(MaxDataSetInMemory);
        }

        _folder ??= ReceiveFolder.Open(_options.ReceiveFolder);
        return new ReceivedInstance(_folder, Part10Header.Create(command.SopClassUid, command.SopInstanceUid, context.TransferSyntax.UID.UID, _options.CalledAE), context.TransferSyntax, _options.DataSetLimits);
    }

    Violation? IMessageEvents.Received(NegotiatedContext context, CommandSet command, IDataSetSink? dataSet)
    {
        if (command.IsResponse)
        {
            _requests.Receive(new ReceivedResponse(context, command, dataSet));
            return null;
        }

        Interlocked.Increment(ref _arrived);
        if (_dispatcher.TryEnqueue(new ReceivedRequest(context, command, dataSet, Stopwatch.GetTimestamp())))
        {
            return null;
        }

        dataSet?.Dispose();
        return Violation.Unspecified($"more than {RequestDispatcher.MaxQueue} requests that did not wait for an answer");
    }

    void IMessageEvents.Cancelled(ushort messageId) => _dispatcher.Cancel(messageId);

    private bool Proposes(string sopClassUid, DicomRole role) => _proposed.Any(context => context.SopClassUid == sopClassUid && context.Role == role);
}
