using System.Runtime.ExceptionServices;
using Microsoft.Extensions.Logging;
using Specgen.Wire;

namespace Specgen.Associations;

/// <summary>What is sent: the PDUs of the association and messages.</summary>
internal sealed partial class Association : IMessageSender
{
    /// <summary>A requestor's: sends the A-ASSOCIATE-RQ (AE-2).</summary>
    /// <exception cref="IOException">The connection is lost.</exception>
    public async ValueTask RequestAsync(AssociateRequest request)
    {
        try
        {
            await _writer.SendAsync(request.ToArray(), () => State == AssociationState.Sta5).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            await LoseAsync(e).ConfigureAwait(false);
        }
    }

    /// <summary>An acceptor's: accepts the request (AE-7).</summary>
    public async ValueTask AcceptAsync(AssociateAccept accept, NegotiatedAssociation negotiated)
    {
        if (State != AssociationState.Sta3)
        {
            return;
        }

        Establish(negotiated);
        try
        {
            await _writer.SendAsync(accept.ToArray(), () => Fire(AssociationEvent.AcceptResponse) == AssociationAction.AE7).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            await LoseAsync(e).ConfigureAwait(false);
        }
    }

    /// <summary>An acceptor's: rejects the request (AE-8).</summary>
    public ValueTask RejectAsync(Rejection rejection) => RejectAsync(rejection, () => Fire(AssociationEvent.RejectResponse) == AssociationAction.AE8);

    async ValueTask IMessageSender.SendAsync(NegotiatedContext context, byte[] command, ReadOnlyMemory<byte>? dataSet)
    {
        try
        {
            await _writer.SendAsync(context.Id, command, dataSet, ThrowIfOver).ConfigureAwait(false);
        }
        catch (IOException e) when (MaySend)
        {
            await LoseAsync(e).ConfigureAwait(false);
            throw;
        }
    }

    async ValueTask IMessageSender.SendAsync(NegotiatedContext context, byte[] command, Stream dataSet, CancellationToken cancellationToken)
    {
        try
        {
            if (await _writer.SendAsync(context.Id, command, dataSet, context.TransferSyntax.IsDeflate, ThrowIfOver, cancellationToken).ConfigureAwait(false) is { } failure)
            {
                // Half a data set cannot be taken back.
                await (failure is IOException ? LoseAsync(failure) : new ValueTask(AbortAsync(Violation.ByUser("a data set that could not be sent whole")))).ConfigureAwait(false);
                ExceptionDispatchInfo.Throw(failure);
            }
        }
        catch (IOException e) when (MaySend)
        {
            await LoseAsync(e).ConfigureAwait(false);
            throw;
        }
    }

    Task IMessageSender.AbortAsync(Violation why) => AbortAsync(why);

    private bool MaySend => State is AssociationState.Sta6 or AssociationState.Sta8;

    private void ThrowIfOver()
    {
        // DT-1, AR-7.
        if (Fire(AssociationEvent.DataRequest) == AssociationAction.None)
        {
            throw new IOException("The association is over.");
        }
    }

    /// <summary>The way to the peer: over this association while it lasts.</summary>
    public PeerLink LinkTo(AssociationInfo info) => new(_isRequestor ? info.CalledAE : info.CallingAE, info.RemoteHost, new PeerChannel(info, this), _services.Peers);

    /// <summary>What both sides have agreed upon; from now on messages may come.</summary>
    private void Establish(NegotiatedAssociation negotiated)
    {
        _writer.PeerMaxDataLength = negotiated.PeerMaxDataLength;
        _requests.Open(negotiated.OwnWindow);
        var info = negotiated.Info;
        var peer = info.Peer ?? LinkTo(info);
        var dispatcher = new RequestDispatcher(_services, info, peer, this, new Retrieval(_services, info, this, _requests, negotiated.Contexts, _memory)) { Window = negotiated.PeerWindow };
        bool isOver;
        lock (_lock)
        {
            (_negotiated, _dispatcher) = (negotiated, dispatcher);
            isOver = _why is not null;
        }

        if (isOver)
        {
            dispatcher.End();
        }
    }

    private async ValueTask RejectAsync(Rejection rejection, Func<bool> maySend)
    {
        try
        {
            byte[] pdu = [PduType.AssociateReject, 0, 0, 0, 0, 4, 0, (byte)rejection.Result, (byte)rejection.Source, (byte)((int)rejection.Reason & 0xF)];
            await _writer.SendAsync(pdu, () => maySend()).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            await LoseAsync(e).ConfigureAwait(false);
        }

        if (State == AssociationState.Sta13)
        {
            End(AssociationEnd.Released, new AssociationClosedException($"The association of {_user.Peer} was rejected: {rejection.Why}."));
        }
    }

    /// <summary>Answers the peer's release (AR-4, AR-9): it asks nothing any more, but takes the answers to what it asked before (PS3.8 §9.2, Sta7 and AR-6).</summary>
    private async Task AnswerReleaseAsync()
    {
        _requests.End(Explained(new AssociationClosedException($"{_user.Peer} released the association.")));
        await _dispatcher!.WhenAnsweredAsync().ConfigureAwait(false);
        try
        {
            await _writer.SendAsync(ShortPdu(PduType.ReleaseResponse), RespondToRelease).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            LogNotReleased(Name, e.Message);
            await LoseAsync(e).ConfigureAwait(false);
        }
    }

    private bool RespondToRelease()
    {
        switch (Fire(AssociationEvent.ReleaseResponse))
        {
            case AssociationAction.AR4:
                // Before the peer knows it: one that comes back at once finds its place free.
                End(AssociationEnd.Released, new AssociationClosedException($"{_user.Peer} released the association."));
                return true;
            case AssociationAction.AR9:
                return true;
            default:
                return false;
        }
    }

    /// <summary>Requests of the peer's are answered before we ask for the release: after it, answers have no way (PS3.8 §9.2, Sta7). One whose handler asks for it cannot be waited for.</summary>
    private async ValueTask AnswerAllAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (_dispatcher is not { } dispatcher || dispatcher.IsWithin)
        {
            return;
        }

        try
        {
            await dispatcher.WhenAnsweredAsync().WaitAsync(timeout, Time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            LogNotAnswered(Name, timeout);
        }
    }

    [LoggerMessage(1016, LogLevel.Warning, "{Association}: is released although a handler has not returned within {Timeout}")]
    private partial void LogNotAnswered(string association, TimeSpan timeout);
}
