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

    /// <summary>Makes the context of an N-ACTION for a test of its handler.</summary>
    /// <param name="sopInstanceUid">The SOP instance that the request is of.</param>
    /// <param name="actionTypeId">Action Type ID (0000,1008).</param>
    /// <param name="dataset">The Action Information; <see langword="null"/> for none.</param>
    /// <param name="request">Further details of the request; <see langword="null"/> for the defaults. A SOP class converts to it.</param>
    public static NActionContext ForTest(string sopInstanceUid, ushort actionTypeId, DicomDataset? dataset = null, TestRequest? request = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(sopInstanceUid);
        return TestRequest.Make(request, info => new NActionContext(info, actionTypeId, dataset), sopInstanceUid);
    }
}
