namespace Specgen.Network;

/// <summary>What an <see cref="AssociationStream"/> tells its association.</summary>
internal interface IAssociationStreamEvents : IMessageEvents
{
    /// <summary>An A-ASSOCIATE-RQ, its header included, before fo-dicom sees it.</summary>
    Violation? AssociationRequested(ReadOnlySpan<byte> pdu);

    /// <summary>An A-ASSOCIATE-AC, its header included, before fo-dicom sees it: messages may follow at once.</summary>
    Violation? AssociationAccepted(ReadOnlySpan<byte> pdu);

    /// <summary>Items for the user information of our A-ASSOCIATE-RQ or -AC, which fo-dicom does not make.</summary>
    IReadOnlyList<byte[]> UserItems { get; }

    /// <summary>So much has come that is not wanted yet, that reading has to wait.</summary>
    bool IsFull { get; }

    /// <summary>An A-ABORT is about to be sent; told once.</summary>
    void Aborting(Violation why);
}
