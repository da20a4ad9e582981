using FellowOakDicom;

namespace Specgen;

/// <summary>A C-FIND-RQ (PS3.7 §9.1.2).</summary>
public sealed class CFindContext : DimseContext
{
    internal CFindContext(RequestInfo request, DicomDataset identifier)
        : base(request) => Identifier = identifier;

    /// <summary>The Identifier: what is asked for, and the attributes that the matches should have (PS3.4 §C.2.2).</summary>
    public DicomDataset Identifier { get; }

    /// <summary>Query/Retrieve Level (0008,0052), <c>PATIENT</c>, <c>STUDY</c>, <c>SERIES</c> or <c>IMAGE</c> (PS3.4 §C.3), without padding; <see langword="null"/> where there is none: worklists have no level.</summary>
    public string? Level => QueryLevel.Of(Identifier);
}
