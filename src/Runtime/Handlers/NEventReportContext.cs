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
}
