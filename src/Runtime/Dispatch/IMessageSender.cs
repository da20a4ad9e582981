using Specgen.Network;

namespace Specgen.Dispatch;

/// <summary>The way of messages to the peer.</summary>
internal interface IMessageSender
{
    /// <summary>Sends it whole. It is with the operating system when the task completes.</summary>
    /// <exception cref="IOException">The association is over.</exception>
    ValueTask SendAsync(NegotiatedContext context, byte[] command, ReadOnlyMemory<byte>? dataSet);

    /// <summary>Ends the association with an A-ABORT.</summary>
    Task AbortAsync(Violation why);
}
