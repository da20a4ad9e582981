using FellowOakDicom;
using Specgen.Handlers;

namespace Specgen;

/// <summary>A C-FIND-RQ (PS3.7 §9.1.2).</summary>
public sealed class CFindContext : DimseContext
{
    internal CFindContext(RequestInfo request, DicomDataset identifier)
        : base(request) => Identifier = identifier;

    /// <summary>The Identifier: what is asked for, and the attributes that the matches should have (PS3.4 §C.2.2).</summary>
    public DicomDataset Identifier { get; }

    /// <summary>Whether relational queries were negotiated (PS3.4 §C.4.1.2.2.1, §C.5.1.1.1): then keys of any level may be in the Identifier, and the unique keys above its level may be missing.</summary>
    public bool IsRelational => Request.IsRelational;

    /// <summary>Query/Retrieve Level (0008,0052), <c>PATIENT</c>, <c>STUDY</c>, <c>SERIES</c> or <c>IMAGE</c> (PS3.4 §C.3), without padding; <see langword="null"/> where there is none: worklists have no level.</summary>
    public string? Level => QueryLevel.Of(Identifier);

    /// <summary>Makes the context of a C-FIND for a test of its handler.</summary>
    /// <param name="identifier">The Identifier.</param>
    /// <param name="request">Further details of the request; <see langword="null"/> for the defaults. A SOP class converts to it.</param>
    public static CFindContext ForTest(DicomDataset identifier, TestRequest? request = null)
    {
        ArgumentNullException.ThrowIfNull(identifier);
        return TestRequest.Make(request, info => new CFindContext(info, identifier));
    }
}
