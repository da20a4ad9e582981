using FellowOakDicom;
using Specgen.Handlers;

namespace Specgen;

/// <summary>A C-GET-RQ (PS3.7 §9.1.3).</summary>
public sealed class CGetContext : DimseContext
{
    internal CGetContext(RequestInfo request, DicomDataset identifier)
        : base(request) => Identifier = identifier;

    /// <summary>The Identifier: the unique keys of what is to be retrieved (PS3.4 §C.4.3.1.3).</summary>
    public DicomDataset Identifier { get; }

    /// <summary>Whether relational retrievals were negotiated (PS3.4 §C.4.1.2.2.1, §C.5.1.1.1): then keys of any level may be in the Identifier, and the unique keys above its level may be missing.</summary>
    public bool IsRelational => Request.IsRelational;

    /// <summary>Query/Retrieve Level (0008,0052), <c>PATIENT</c>, <c>STUDY</c>, <c>SERIES</c> or <c>IMAGE</c> (PS3.4 §C.3), without padding; <see langword="null"/> where there is none.</summary>
    public string? Level => QueryLevel.Of(Identifier);

    /// <summary>Makes the context of a C-GET for a test of its handler.</summary>
    /// <param name="identifier">The Identifier.</param>
    /// <param name="request">Further details of the request; <see langword="null"/> for the defaults. A SOP class converts to it.</param>
    public static CGetContext ForTest(DicomDataset identifier, TestRequest? request = null)
    {
        ArgumentNullException.ThrowIfNull(identifier);
        return TestRequest.Make(request, info => new CGetContext(info, identifier));
    }
}
