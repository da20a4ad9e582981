namespace Specgen.Tool.Making;

/// <summary>What a person must know: an error keeps the pages as they are.</summary>
/// <param name="Id">Of the table or section of the standard that it is about; empty for a file.</param>
internal sealed record Finding(bool IsError, string File, int Line, string Id, string Message);
