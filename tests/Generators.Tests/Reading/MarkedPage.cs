using Microsoft.CodeAnalysis.Text;
using Specgen.Generators.Reading;

namespace Specgen.Generators.Tests.Reading;

/// <summary>A page in which ⟦ and ⟧ stand around what a diagnostic is expected to point to. They are taken out before the page is read.</summary>
internal sealed class MarkedPage
{
    private MarkedPage(string path, string text, TextSpan? mark)
    {
        Path = path;
        Text = text;
        Mark = mark;
    }

    public string Path { get; }

    public string Text { get; }

    public TextSpan? Mark { get; }

    public PageReading Read() => PageReader.Read(Path, SourceText.From(Text), CancellationToken.None);

    public static MarkedPage Of(string marked, string path = "page.rst")
    {
        var (start, end) = (marked.IndexOf('⟦', StringComparison.Ordinal), marked.IndexOf('⟧', StringComparison.Ordinal));
        return new MarkedPage(
            path,
            marked.Replace("⟦", "", StringComparison.Ordinal).Replace("⟧", "", StringComparison.Ordinal),
            start < 0 ? null : TextSpan.FromBounds(start, end - 1));
    }
}
