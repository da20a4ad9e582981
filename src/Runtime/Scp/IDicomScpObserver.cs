namespace Specgen;

/// <summary>
/// Is notified of what a server does, for a console, a log or a counter. Its methods are called on the server's threads, several at once: they must be quick. What they throw is
/// logged, and has no other effect. Implement those that you need.
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
    /// <param name="association">The association.</param>
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
