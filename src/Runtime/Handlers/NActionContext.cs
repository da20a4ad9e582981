using FellowOakDicom;
using Specgen.Handlers;

namespace Specgen;

/// <summary>An N-ACTION-RQ (PS3.7 §10.1.4).</summary>
public sealed class NActionContext : DimseContext
{
    internal NActionContext(RequestInfo request, ushort actionTypeId, DicomDataset? dataset)
        : base(request)
    {
        ActionTypeId = actionTypeId;
        Dataset = dataset;
    }

    /// <summary>Action Type ID (0000,1008).</summary>
    public ushort ActionTypeId { get; }

    /// <summary>The Action Information; <see langword="null"/> when the request has none.</summary>
    public DicomDataset? Dataset { get; }
}
