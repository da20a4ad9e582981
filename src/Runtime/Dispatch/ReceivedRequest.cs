using Specgen.Network;

namespace Specgen.Dispatch;

/// <summary>A request that is there whole.</summary>
/// <param name="Context">The presentation context that it came in.</param>
/// <param name="Command">Its command set.</param>
/// <param name="DataSet">Its data set; null where it has none.</param>
/// <param name="ReceivedAt">When its command set came (<see cref="System.Diagnostics.Stopwatch"/> ticks).</param>
internal sealed record ReceivedRequest(NegotiatedContext Context, CommandSet Command, IDataSetSink? DataSet, long ReceivedAt);
