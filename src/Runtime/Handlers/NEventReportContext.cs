using FellowOakDicom;
using Specgen.Handlers;

namespace Specgen;

/// <summary>An N-EVENT-REPORT-RQ (PS3.7 §10.1.1): a notification of a provider, received by its user.</summary>
public sealed class NEventReportContext : DimseContext
{
    internal NEventReportContext(RequestInfo request, ushort eventTypeId, DicomDataset? dataset)
        : base(request)
    {
        EventTypeId = eventTypeId;
        Dataset = dataset;
    }

    /// <summary>Event Type ID (0000,1002).</summary>
    public ushort EventTypeId { get; }

    /// <summary>The Event Information; <see langword="null"/> when the request has none.</summary>
    public DicomDataset? Dataset { get; }

    /// <summary>Makes the context of an N-EVENT-REPORT for a test of its handler.</summary>
    /// <param name="sopInstanceUid">The SOP instance that the request is of.</param>
    /// <param name="eventTypeId">Event Type ID (0000,1002).</param>
    /// <param name="dataset">The Event Information; <see langword="null"/> for none.</param>
    /// <param name="request">Further details of the request; <see langword="null"/> for the defaults. A SOP class converts to it.</param>
    public static NEventReportContext ForTest(string sopInstanceUid, ushort eventTypeId, DicomDataset? dataset = null, TestRequest? request = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(sopInstanceUid);
        return TestRequest.Make(request, info => new NEventReportContext(info, eventTypeId, dataset), sopInstanceUid);
    }
}
