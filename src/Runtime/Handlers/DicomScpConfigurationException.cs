namespace Specgen;

/// <summary>A server cannot start as it is configured.</summary>
/// <param name="message">What is wrong, and what would be right.</param>
/// <param name="id">The diagnostic's id, if it has one.</param>
/// <param name="innerException">What caused it.</param>
public sealed class DicomScpConfigurationException(string message, string? id = null, Exception? innerException = null)
    : Exception(id is null ? message : $"{id}: {message}", innerException)
{
    /// <summary>The diagnostic's id, <c>SPG1100</c>, described under docs/diagnostics; <see langword="null"/> for a wrong option.</summary>
    public string? Id { get; } = id;
}
