using Specgen.Wire;

namespace Specgen.Associations;

/// <summary>The way of messages to the peer.</summary>
internal interface IMessageSender
{
    /// <summary>Sends it whole. It is with the operating system when the task completes.</summary>
    /// <exception cref="IOException">The association is over.</exception>
    ValueTask SendAsync(NegotiatedContext context, byte[] command, ReadOnlyMemory<byte>? dataSet);

    /// <summary>Sends it with a data set that is read on its way; where that begins and does not come to its end, the association is aborted.</summary>
    /// <exception cref="IOException">The association is over.</exception>
    /// <exception cref="UnreadableDataSetException">The data set cannot be read.</exception>
    ValueTask SendAsync(NegotiatedContext context, byte[] command, Stream dataSet, CancellationToken cancellationToken);

    /// <summary>Ends the association with an A-ABORT.</summary>
    Task AbortAsync(Violation why);
}
