using FellowOakDicom;

namespace Specgen.Handlers;

/// <summary>The level of a query or retrieval.</summary>
internal static class QueryLevel
{
    public static string? Of(DicomDataset identifier) =>
        identifier.TryGetString(DicomTag.QueryRetrieveLevel, out var level) && level?.Trim('\0', ' ') is { Length: > 0 } text ? text : null;
}
