namespace Specgen;

/// <summary>
/// Is told what a server does, for a console, a log of its own or a count. Called on the server's threads: be quick, be ready for several at once. What it throws is logged and forgotten.
/// Implement what you need.
/// </summary>
public interface IDicomScpObserver
{
    /// <summary>The server listens.</summary>
    /// <param name="scp">The server.</param>
    void Started(DicomScp scp)
    {
    }

    /// <summary>An association was accepted.</summary>
    /// <param name="association">The association.</param>
    void AssociationOpened(AssociationInfo association)
    {
    }

    /// <summary>An accepted association is over.</summary>
    /// <param name="association">The association.</param>
    /// <param name="end">How it ended.</param>
    void AssociationClosed(AssociationInfo association, AssociationEnd end)
    {
    }

    /// <summary>An association was asked for and rejected.</summary>
    /// <param name="association">Who asked.</param>
    /// <param name="reason">Why, in words.</param>
    void AssociationRejected(AssociationInfo association, string reason)
    {
    }

    /// <summary>A request was answered.</summary>
    /// <param name="association">The association.</param>
    /// <param name="request">The request and its answer.</param>
    void RequestCompleted(AssociationInfo association, in CompletedRequest request)
    {
    }
}
