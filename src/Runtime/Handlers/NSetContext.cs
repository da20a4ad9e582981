using FellowOakDicom;
using Specgen.Handlers;

namespace Specgen;

/// <summary>An N-SET-RQ (PS3.7 §10.1.3).</summary>
public sealed class NSetContext : DimseContext
{
    internal NSetContext(RequestInfo request, DicomDataset modificationList)
        : base(request) => ModificationList = modificationList;

    /// <summary>The Modification List: the attributes that are to be changed, with their new values.</summary>
    public DicomDataset ModificationList { get; }
}
