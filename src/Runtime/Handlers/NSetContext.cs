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

    /// <summary>Makes the context of an N-SET for a test of its handler.</summary>
    /// <param name="sopInstanceUid">The SOP instance that the request is of.</param>
    /// <param name="modificationList">The Modification List.</param>
    /// <param name="request">Further details of the request; <see langword="null"/> for the defaults. A SOP class converts to it.</param>
    public static NSetContext ForTest(string sopInstanceUid, DicomDataset modificationList, TestRequest? request = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(sopInstanceUid);
        ArgumentNullException.ThrowIfNull(modificationList);
        return TestRequest.Make(request, info => new NSetContext(info, modificationList), sopInstanceUid);
    }
}
