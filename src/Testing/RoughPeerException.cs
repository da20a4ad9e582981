namespace Specgen.Testing;

/// <summary>The other side sent something other than what a <see cref="RoughPeer"/> waited for. The message has the transcript.</summary>
/// <param name="message">What was waited for, and what came.</param>
/// <param name="innerException">What caused it.</param>
public sealed class RoughPeerException(string message, Exception? innerException = null)
    : Exception(message, innerException);
