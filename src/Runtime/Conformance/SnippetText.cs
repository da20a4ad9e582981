namespace Specgen.Conformance;

/// <summary>The part of Markdown that snippets are read as where they do not stay Markdown: paragraphs, headings, lists, tables, code blocks.</summary>
internal static class SnippetText
{
    /// <summary>Blocks in their order; a heading is a paragraph of its own.</summary>
    public static IEnumerable<DocumentBlock> Read(string markdown)
    {
        var lines = markdown.Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n');
        for (var i = 0; i < lines.Length;)
        {
            var line = lines[i].TrimEnd();
            if (line.Length == 0)
            {
                i++;
            }
            else if (line.StartsWith("```", StringComparison.Ordinal))
            {
                var code = lines.Skip(i + 1).TakeWhile(static l => !l.StartsWith("```", StringComparison.Ordinal)).ToList();
                yield return new CodeBlock(string.Join("\n", code));
                i += code.Count + 2;
            }
            else if (IsRow(line) && i + 1 < lines.Length && IsRule(lines[i + 1]))
            {
                var rows = lines.Skip(i + 2).TakeWhile(static l => IsRow(l.Trim())).Select(static l => (IReadOnlyList<string>)Cells(l)).ToList();
                var headers = Cells(line);
                yield return new Table("", headers, [.. rows.Select(r => (IReadOnlyList<string>)[.. r.Take(headers.Length), .. Enumerable.Repeat("", Math.Max(0, headers.Length - r.Count))])], []);
                i += rows.Count + 2;
            }
            else if (IsItem(line))
            {
                var items = lines.Skip(i).TakeWhile(static l => IsItem(l)).ToList();
                yield return new BulletList([.. items.Select(static l => l.Trim()[2..])]);
                i += items.Count;
            }
            else
            {
                var heading = line.TrimStart('#');
                var paragraph = heading.Length < line.Length ? [heading] : lines.Skip(i).TakeWhile(static l => l.Trim().Length > 0 && !IsItem(l) && !IsRow(l.Trim())).ToList();
                paragraph = paragraph.Count == 0 ? [line] : paragraph;
                yield return new Paragraph(string.Join(" ", paragraph.Select(static l => l.Trim())));
                i += paragraph.Count;
            }
        }
    }

    private static bool IsItem(string line) => line.TrimStart() is ['-' or '*', ' ', ..];

    private static bool IsRow(string line) => line is ['|', .., '|'];

    private static bool IsRule(string line) => IsRow(line.Trim()) && line.All(static c => c is '|' or '-' or ':' or ' ');

    private static string[] Cells(string line) => [.. line.Trim()[1..^1].Split('|').Select(static c => c.Trim())];
}

/// <summary>Text as it is.</summary>
internal sealed record CodeBlock(string Text) : DocumentBlock;
