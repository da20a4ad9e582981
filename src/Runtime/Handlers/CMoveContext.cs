using FellowOakDicom;
using Specgen.Handlers;

namespace Specgen;

/// <summary>A C-MOVE-RQ (PS3.7 §9.1.4).</summary>
public sealed class CMoveContext : DimseContext
{
    internal CMoveContext(RequestInfo request, string moveDestination, DicomDataset identifier)
        : base(request)
    {
        MoveDestination = moveDestination;
        Identifier = identifier;
    }

    /// <summary>The Identifier: the unique keys of what is to be retrieved (PS3.4 §C.4.2.1.4).</summary>
    public DicomDataset Identifier { get; }

    /// <summary>Whether relational retrievals were negotiated (PS3.4 §C.4.1.2.2.1, §C.5.1.1.1): then keys of any level may be in the Identifier, and the unique keys above its level may be missing.</summary>
    public bool IsRelational => Request.IsRelational;

    /// <summary>Query/Retrieve Level (0008,0052), <c>PATIENT</c>, <c>STUDY</c>, <c>SERIES</c> or <c>IMAGE</c> (PS3.4 §C.3), without padding; <see langword="null"/> where there is none.</summary>
    public string? Level => QueryLevel.Of(Identifier);

    /// <summary>Move Destination (0000,0600): the AE title that the instances are to be sent to, without padding.</summary>
    public string MoveDestination { get; }

    /// <summary>Makes the context of a C-MOVE for a test of its handler.</summary>
    /// <param name="identifier">The Identifier.</param>
    /// <param name="moveDestination">The AE title that the instances are to be sent to.</param>
    /// <param name="request">Further details of the request; <see langword="null"/> for the defaults. A SOP class converts to it.</param>
    public static CMoveContext ForTest(DicomDataset identifier, string moveDestination, TestRequest? request = null)
    {
        ArgumentNullException.ThrowIfNull(identifier);
        ArgumentException.ThrowIfNullOrEmpty(moveDestination);
        return TestRequest.Make(request, info => new CMoveContext(info, moveDestination, identifier));
    }
}
