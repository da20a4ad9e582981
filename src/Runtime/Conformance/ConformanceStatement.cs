using System.Text;

namespace Specgen.Conformance;

/// <summary>
/// A DICOM conformance statement (PS3.2 Annex N) of what a program really runs on: its providers and users, its options, and what their authors say about statuses. <see cref="DicomScpConformance"/> makes one,
/// a running server has its own: <see cref="DicomScp.Conformance"/>.
/// </summary>
/// <param name="Entities">The application entities.</param>
public sealed record ConformanceStatement(IReadOnlyList<ConformanceEntity> Entities)
{
    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false), s_strict = new(false, throwOnInvalidBytes: true);

    /// <summary>The product's name; the AE titles if none is given.</summary>
    public string Product { get; init; } = string.Join(", ", Entities.Select(static e => e.AETitle));

    /// <summary>The product's version; empty if none is given.</summary>
    public string Version { get; init; } = "";

    /// <summary>What was written by hand, as Markdown, by the number of its section (<c>N.1.7</c>).</summary>
    public IReadOnlyDictionary<string, string> Snippets { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>What is still missing: sections to be written by hand, and statuses that nothing explains. Empty for a complete statement.</summary>
    public IReadOnlyList<string> Missing => ConformanceOutline.Of(this).Missing;

    /// <summary>Whether something is missing; then the document is marked as a draft.</summary>
    public bool IsDraft => Missing.Count > 0;

    /// <summary>Adds what is written by hand: the files <c>N.1.7.md</c>, <c>N.5.2.7.md</c>, … of a folder, each at its section.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="InvalidDataException">A file's name is not the number of a section of the statement, so its text would be lost; or the file is not text in UTF-8.</exception>
    /// <exception cref="IOException">The folder, or a file, cannot be read.</exception>
    public ConformanceStatement WithSnippets(string folder)
    {
        var snippets = new Dictionary<string, string>(Snippets, StringComparer.Ordinal);
        var everyCase = new EnumerationOptions { MatchCasing = MatchCasing.CaseInsensitive, IgnoreInaccessible = false };
        foreach (var file in Directory.EnumerateFiles(folder, "*.md", everyCase).Order(StringComparer.Ordinal))
        {
            snippets[Path.GetFileNameWithoutExtension(file)] = ReadText(file);
        }

        var statement = this with { Snippets = snippets };
        var known = ConformanceOutline.Of(statement).All.Select(static s => s.Number).ToHashSet(StringComparer.Ordinal);
        return snippets.Keys.FirstOrDefault(number => !known.Contains(number)) is { } unknown
            ? throw new InvalidDataException($"{Path.Combine(folder, unknown + ".md")}: the statement has no section {unknown}.")
            : statement;
    }

    /// <summary>Writes one self-contained HTML file, without scripts.</summary>
    /// <param name="stream">Is left open.</param>
    /// <param name="cancellationToken">Cancels writing.</param>
    public Task WriteHtmlAsync(Stream stream, CancellationToken cancellationToken = default) => WriteAsync(stream, HtmlDocument.Write(this), cancellationToken);

    /// <summary>Writes Markdown.</summary>
    /// <param name="stream">Is left open.</param>
    /// <param name="cancellationToken">Cancels writing.</param>
    public Task WriteMarkdownAsync(Stream stream, CancellationToken cancellationToken = default) => WriteAsync(stream, MarkdownDocument.Write(this), cancellationToken);

    /// <summary>Writes DocBook 5, in the form of NEMA's PS3.2: sections and tables with their numbers as labels.</summary>
    /// <param name="stream">Is left open.</param>
    /// <param name="cancellationToken">Cancels writing.</param>
    public Task WriteDocBookAsync(Stream stream, CancellationToken cancellationToken = default) => WriteAsync(stream, DocBookDocument.Write(this), cancellationToken);

    /// <summary>Writes the model as JSON.</summary>
    /// <param name="stream">Is left open.</param>
    /// <param name="cancellationToken">Cancels writing.</param>
    public Task WriteJsonAsync(Stream stream, CancellationToken cancellationToken = default) => WriteAsync(stream, JsonDocumentWriter.Write(this), cancellationToken);

    /// <summary>Writes one of the formats.</summary>
    /// <param name="stream">Is left open.</param>
    /// <param name="format">The format.</param>
    /// <param name="cancellationToken">Cancels writing.</param>
    public Task WriteAsync(Stream stream, ConformanceFormat format, CancellationToken cancellationToken = default) => format switch
    {
        ConformanceFormat.Html => WriteHtmlAsync(stream, cancellationToken),
        ConformanceFormat.Markdown => WriteMarkdownAsync(stream, cancellationToken),
        ConformanceFormat.Json => WriteJsonAsync(stream, cancellationToken),
        ConformanceFormat.DocBook => WriteDocBookAsync(stream, cancellationToken),
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "There is no such format."),
    };

    /// <summary>With the encoding that a byte order mark says, else UTF-8; in another one words would be lost.</summary>
    private static string ReadText(string file)
    {
        try
        {
            return File.ReadAllText(file, s_strict);
        }
        catch (DecoderFallbackException e)
        {
            throw new InvalidDataException($"{file}: no text in UTF-8 ({e.Message})", e);
        }
    }

    private static async Task WriteAsync(Stream stream, string text, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stream);
        await stream.WriteAsync(s_utf8.GetBytes(text), cancellationToken).ConfigureAwait(false);
    }
}
