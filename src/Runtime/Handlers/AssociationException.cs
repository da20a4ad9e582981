namespace Specgen;

/// <summary>An association could not be opened or did not last. The derived types say which; this one itself means that the peer could not be reached.</summary>
public class AssociationException : Exception
{
    /// <summary>Creates one.</summary>
    /// <param name="message">What happened, with the peer's name.</param>
    /// <param name="innerException">What caused it.</param>
    public AssociationException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
