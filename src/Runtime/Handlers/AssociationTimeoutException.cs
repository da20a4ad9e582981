namespace Specgen;

/// <summary>The peer did not connect, answer or release in the time that the options allow.</summary>
/// <param name="message">What happened, with the peer's name and the time-out.</param>
public sealed class AssociationTimeoutException(string message)
    : AssociationException(message);
