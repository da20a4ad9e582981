namespace Specgen.Wire;

/// <summary>An A-ASSOCIATE-AC (PS3.8 §9.3.3).</summary>
internal sealed class AssociateAccept : AssociatePdu
{
    public List<AnsweredItem> Contexts { get; } = [];

    /// <summary>Reads the PDU, without its header.</summary>
    /// <param name="body">All that comes behind the header.</param>
    /// <param name="problem">What is wrong with it, if anything.</param>
    public static AssociateAccept? Read(ReadOnlySpan<byte> body, out Violation? problem)
    {
        var accept = new AssociateAccept();
        problem = AssociateReader.Read(body, accept);
        return problem is null ? accept : null;
    }

    /// <summary>The PDU, with its header.</summary>
    public byte[] ToArray() => AssociateWriter.Write(this);
}
