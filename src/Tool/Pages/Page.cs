using System.Text;
using Microsoft.CodeAnalysis.Text;
using Specgen.Generators.Reading;
using Specgen.Generators.Rst;

namespace Specgen.Tool.Pages;

/// <summary>A page as a file: its text, its tables by the headings above them, and what the generator reads in it.</summary>
internal sealed class Page
{
    private Page(string path, string name, SourceText text, RstDocument document)
    {
        Path = path;
        Name = name;
        Text = text;
        Tables = TablesOf(text, document);
        Reading = PageReader.Read(path, text, CancellationToken.None);
    }

    public string Path { get; }

    /// <summary>As the profile has it: relative to the folder, with '/'.</summary>
    public string Name { get; }

    public SourceText Text { get; }

    public IReadOnlyList<PageTable> Tables { get; }

    public PageReading Reading { get; }

    public static Page Read(string path, string name)
    {
        using var stream = File.OpenRead(path);
        return Of(path, name, SourceText.From(stream, Encoding.UTF8));
    }

    public static Page Of(string path, string name, SourceText text) => new(path, name, text, RstParser.Parse(text, CancellationToken.None));

    /// <summary>The page with some of its tables written anew.</summary>
    public Page With(IEnumerable<(PageTable Table, string Text)> tables) =>
        Of(Path, Name, Text.WithChanges(tables.OrderBy(static change => change.Table.Layout.Span.Start).Select(static change => new TextChange(change.Table.Layout.Span, change.Text))));

    private static List<PageTable> TablesOf(SourceText text, RstDocument document)
    {
        var tables = new List<PageTable>();
        var heading = "";
        foreach (var block in document.Blocks)
        {
            if (block is RstTitle title)
            {
                heading = title.Text.Plain;
            }
            else if (block is RstTable table)
            {
                tables.Add(new PageTable(heading, table, text));
            }
        }

        return tables;
    }
}
