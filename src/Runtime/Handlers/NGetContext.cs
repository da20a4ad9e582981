using FellowOakDicom;
using Specgen.Handlers;

namespace Specgen;

/// <summary>An N-GET-RQ (PS3.7 §10.1.2).</summary>
public sealed class NGetContext : DimseContext
{
    internal NGetContext(RequestInfo request, IReadOnlyList<DicomTag> attributes)
        : base(request) => Attributes = attributes;

    /// <summary>Attribute Identifier List (0000,1005): the attributes that are asked for. Empty for all that the SOP class has.</summary>
    public IReadOnlyList<DicomTag> Attributes { get; }

    /// <summary>Makes the context of an N-GET for a test of its handler.</summary>
    /// <param name="sopInstanceUid">The SOP instance that the request is of.</param>
    /// <param name="attributes">The attributes that are asked for; <see langword="null"/> for all.</param>
    /// <param name="request">Further details of the request; <see langword="null"/> for the defaults. A SOP class converts to it.</param>
    public static NGetContext ForTest(string sopInstanceUid, IReadOnlyList<DicomTag>? attributes = null, TestRequest? request = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(sopInstanceUid);
        return TestRequest.Make(request, info => new NGetContext(info, attributes ?? []), sopInstanceUid);
    }
}
