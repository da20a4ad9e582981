using Specgen.Wire;

namespace Specgen.Associations;

/// <summary>A request that is there whole.</summary>
/// <param name="Context">The presentation context that it came in.</param>
/// <param name="Command">Its command set.</param>
/// <param name="DataSet">Its data set; null where it has none.</param>
/// <param name="ReceivedAt">When its command set came (<see cref="System.Diagnostics.Stopwatch"/> ticks).</param>
internal sealed record ReceivedRequest(NegotiatedContext Context, CommandSet Command, IDataSetSink? DataSet, long ReceivedAt)
{
    private volatile bool _isCancelled;

    /// <summary>The peer has sent a C-CANCEL-RQ for it, perhaps before its turn came.</summary>
    public bool IsCancelled
    {
        get => _isCancelled;
        set => _isCancelled = value;
    }
}
