namespace Specgen.Network;

/// <summary>What an <see cref="ScpStream"/> tells its association.</summary>
internal interface IScpStreamEvents : IMessageEvents
{
    /// <summary>An A-ASSOCIATE-RQ, its header included, before fo-dicom sees it.</summary>
    Violation? AssociationRequested(ReadOnlySpan<byte> pdu);

    /// <summary>An A-ABORT is about to be sent; told once.</summary>
    void Aborting(Violation why);
}
