namespace Specgen;

/// <summary>The association is open, but the peer accepted no presentation context that the request could go over: not the SOP class, not its role, or not the transfer syntax.</summary>
/// <param name="message">What happened, with the peer's name.</param>
/// <param name="sopClass">The SOP class of the request.</param>
public sealed class ContextNotAcceptedException(string message, SopClass sopClass)
    : AssociationException(message)
{
    /// <summary>The SOP class of the request.</summary>
    public SopClass SopClass { get; } = sopClass;
}
