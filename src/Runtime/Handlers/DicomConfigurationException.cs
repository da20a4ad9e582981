namespace Specgen;

/// <summary>A server cannot start, or a user cannot connect, as it is configured. It lists everything that is wrong, not only the first problem.</summary>
public sealed class DicomConfigurationException : Exception
{
    /// <summary>Creates the exception for one problem.</summary>
    /// <param name="message">What is wrong, and what would be right.</param>
    /// <param name="id">The diagnostic's id, if it has one.</param>
    /// <param name="innerException">What caused it.</param>
    public DicomConfigurationException(string message, string? id = null, Exception? innerException = null)
        : base(id is null ? message : $"{id}: {message}", innerException)
    {
        Id = id;
        Problems = [Message];
    }

    /// <summary>Creates the exception for several problems.</summary>
    /// <param name="problems">What is wrong, and what would be right: a sentence each, at least one.</param>
    /// <param name="innerException">What caused it.</param>
    public DicomConfigurationException(IReadOnlyList<string> problems, Exception? innerException = null)
        : base(Text(problems), innerException) => Problems = problems;

    /// <summary>The diagnostic's id, <c>SPG1100</c>, described under docs/diagnostics; <see langword="null"/> for wrong options.</summary>
    public string? Id { get; }

    /// <summary>What is wrong: a sentence each.</summary>
    public IReadOnlyList<string> Problems { get; }

    private static string Text(IReadOnlyList<string> problems)
    {
        ArgumentNullException.ThrowIfNull(problems);
        return problems.Count == 1 ? problems[0] : $"{problems.Count} things are wrong:{string.Concat(problems.Select(static problem => "\n- " + problem))}";
    }
}
