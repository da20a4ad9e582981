using FellowOakDicom;

namespace Specgen.Outbox;

/// <summary>The way to a peer with an address: one association, opened for the first message and kept for the others. Without an address: an
/// association that the peer has opened.</summary>
internal sealed class OutboxRoute(PeerLink link, PeerLink? open, IOutboxSender sender, string localAE) : IOutboxRoute, IAsyncDisposable
{
    private ScuAssociation? _association;

    public async ValueTask<DimseResponse> NEventReportAsync(
        SopClass sopClass, string sopInstanceUid, ushort eventTypeId, DicomDataset dataset, CancellationToken cancellationToken) =>
        (open is not null
            ? await open.NEventReportOnAssociationAsync<AnyStatus>(sopClass, sopInstanceUid, eventTypeId, dataset,
                cancellationToken).ConfigureAwait(false)
            : await (await AssociationAsync(cancellationToken).ConfigureAwait(false))
                .NEventReportAsync<AnyStatus>(sopClass, sopInstanceUid, eventTypeId, dataset, cancellationToken).ConfigureAwait(false)).ToResponse();

    public async ValueTask<ScuAssociation> AssociationAsync(CancellationToken cancellationToken)
    {
        if (_association is { IsOpen: false })
        {
            await CloseAsync().ConfigureAwait(false);
        }

        try
        {
            return _association ??= await link.ConnectAsync(sender.Contexts, localAE.Length == 0 ? null : localAE,
                cancellationToken).ConfigureAwait(false);
        }
        catch (AssociationException e)
        {
            throw new NoRouteException(e);
        }
    }

    /// <summary>What was under way has failed: the next message gets an association of its own.</summary>
    public async ValueTask BreakAsync()
    {
        if (_association is { } association)
        {
            _association = null;
            await association.AbortAsync().ConfigureAwait(false);
        }
    }

    public ValueTask DisposeAsync() => CloseAsync();

    private async ValueTask CloseAsync()
    {
        if (_association is { } association)
        {
            _association = null;
            await association.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>The status of an answer goes through as the number that it is.</summary>
    private enum AnyStatus : ushort
    {
    }
}
