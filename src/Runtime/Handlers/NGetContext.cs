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
}
