namespace Specgen;

/// <summary>A notification needs an association of its own, and <see cref="DicomScpOptions.Peers"/> has no address for the peer.</summary>
/// <param name="message">What happened and what to do.</param>
/// <param name="aeTitle">The peer's AE title.</param>
public sealed class UnknownPeerException(string message, string aeTitle)
    : AssociationException(message)
{
    /// <summary>The peer's AE title.</summary>
    public string AETitle { get; } = aeTitle;
}
