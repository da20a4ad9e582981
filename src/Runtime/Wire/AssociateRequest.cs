namespace Specgen.Wire;

/// <summary>An A-ASSOCIATE-RQ (PS3.8 §9.3.2).</summary>
internal sealed class AssociateRequest : AssociatePdu
{
    public List<ProposedItem> Contexts { get; } = [];

    /// <summary>Reads the PDU, without its header.</summary>
    /// <param name="body">All that comes behind the header.</param>
    /// <param name="problem">What is wrong with it, if anything.</param>
    public static AssociateRequest? Read(ReadOnlySpan<byte> body, out Violation? problem)
    {
        var request = new AssociateRequest();
        problem = AssociateReader.Read(body, request);
        return problem is null ? request : null;
    }

    /// <summary>The PDU, with its header.</summary>
    public byte[] ToArray() => AssociateWriter.Write(this);
}
