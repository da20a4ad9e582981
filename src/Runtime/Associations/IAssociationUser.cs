using Specgen.Wire;

namespace Specgen.Associations;

/// <summary>Who has an association (the service user of PS3.8 §7): decides on a request, or has made it. Called while the network is being read: nothing here may wait.</summary>
internal interface IAssociationUser
{
    /// <summary>The peer, for messages.</summary>
    string Peer { get; }

    /// <summary>What the association layer itself rejects (PS3.8 AE-6); null where the request is to be decided on.</summary>
    Rejection? Check(AssociateRequest request);

    /// <summary>An acceptor's: to be answered by <see cref="Association.AcceptAsync"/> or <see cref="Association.RejectAsync(Rejection)"/>, now or later.</summary>
    void Requested(AssociateRequest request);

    /// <summary>A requestor's: what was accepted; null with what is wrong with it.</summary>
    NegotiatedAssociation? Accepted(AssociateAccept accept, out Violation? problem);

    /// <summary>A requestor's: from now on messages may be sent.</summary>
    void Opened();

    /// <summary>The association is over, whatever becomes of the connection. Told once, when requests under way have been told.</summary>
    void Ended(AssociationEnd end, AssociationException why);
}
