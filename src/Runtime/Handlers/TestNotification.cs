using FellowOakDicom;

namespace Specgen;

/// <summary>A notification (N-EVENT-REPORT) that a handler sent in a test.</summary>
/// <param name="SopClass">The Affected SOP Class.</param>
/// <param name="SopInstanceUid">The Affected SOP Instance.</param>
/// <param name="EventTypeId">Event Type ID (0000,1002).</param>
/// <param name="Dataset">The Event Information; <see langword="null"/> for none.</param>
public sealed record TestNotification(SopClass SopClass, string SopInstanceUid, ushort EventTypeId, DicomDataset? Dataset);
