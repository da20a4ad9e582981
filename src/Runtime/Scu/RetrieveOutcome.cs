using FellowOakDicom;

namespace Specgen;

/// <summary>The outcome of a C-MOVE or C-GET.</summary>
/// <typeparam name="TStatus">The service class's status enum for the DIMSE service.</typeparam>
/// <param name="Result">The last answer.</param>
/// <param name="Completed">Sub-operations that succeeded.</param>
/// <param name="Failed">Sub-operations that failed.</param>
/// <param name="Warning">Sub-operations that succeeded with a warning.</param>
/// <param name="Remaining">Sub-operations that were not begun, because the request was cancelled; <see langword="null"/> where the provider does not say.</param>
/// <param name="FailedSopInstanceUids">Failed SOP Instance UID List (0008,0058).</param>
public sealed record RetrieveOutcome<TStatus>(
    DimseResult<TStatus> Result, int Completed, int Failed, int Warning, int? Remaining, IReadOnlyList<string> FailedSopInstanceUids)
    where TStatus : struct, Enum
{
    internal static RetrieveOutcome<TStatus> From((DimseResponse Answer, RetrieveProgress Counts) end) => new(
        DimseResult<TStatus>.From(end.Answer),
        end.Counts.Completed,
        end.Counts.Failed,
        end.Counts.Warning,
        end.Counts.Remaining,
        end.Answer.Dataset is { } identifier && identifier.TryGetValues<string>(DicomTag.FailedSOPInstanceUIDList, out var failed) ? failed : []);
}
