namespace Specgen;

/// <summary>The association is over: the connection was lost, or it was released or aborted on this side, while a request was waiting or before one was made.</summary>
/// <param name="message">What happened, with the peer's name.</param>
/// <param name="innerException">What caused it.</param>
public sealed class AssociationClosedException(string message, Exception? innerException = null)
    : AssociationException(message, innerException);
