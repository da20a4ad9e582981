namespace Specgen;

/// <summary>An association could not be opened or did not last. The derived types say which; this one itself means that the peer could not be reached.</summary>
public class AssociationException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What happened, with the peer's name.</param>
    /// <param name="innerException">What caused it.</param>
    public AssociationException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>What happened, and on lines of its own what <see cref="ScuOptions.FailureDetails"/> adds.</summary>
    public override string Message => Details is null ? base.Message : $"{base.Message}{Environment.NewLine}{Details}";

    /// <summary>What else is known.</summary>
    internal string? Details { get; set; }
}
