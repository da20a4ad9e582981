using FellowOakDicom;
using Specgen.Handlers;

namespace Specgen;

/// <summary>
/// An N-CREATE-RQ (PS3.7 §10.1.5). Where the peer leaves the choice of the SOP Instance UID to the provider, <see cref="DimseContext.SopInstanceUid"/> is a new one (PS3.5 §B.2), and the
/// response carries it.
/// </summary>
public sealed class NCreateContext : DimseContext
{
    internal NCreateContext(RequestInfo request, bool isSopInstanceUidAssigned, DicomDataset? dataset)
        : base(request)
    {
        IsSopInstanceUidAssigned = isSopInstanceUidAssigned;
        Dataset = dataset;
    }

    /// <summary>The Attribute List: attributes of the new SOP instance; <see langword="null"/> when the request has none.</summary>
    public DicomDataset? Dataset { get; }

    /// <summary>Whether <see cref="DimseContext.SopInstanceUid"/> was made here, because the request has no Affected SOP Instance UID (0000,1000).</summary>
    public bool IsSopInstanceUidAssigned { get; }

    /// <summary>Makes the context of an N-CREATE for a test of its handler.</summary>
    /// <param name="dataset">The Attribute List; <see langword="null"/> for none.</param>
    /// <param name="sopInstanceUid">The SOP instance that is to be made; <see langword="null"/> where the peer leaves that to the provider: then the context has a new one.</param>
    /// <param name="request">Further details of the request; <see langword="null"/> for the defaults. A SOP class converts to it.</param>
    public static NCreateContext ForTest(DicomDataset? dataset, string? sopInstanceUid = null, TestRequest? request = null) =>
        TestRequest.Make(request, info => new NCreateContext(info, sopInstanceUid is null, dataset), sopInstanceUid ?? DicomUID.Generate().UID);
}
