using System.Text.RegularExpressions;

namespace Specgen.Conformance;

/// <summary>The part of Markdown that snippets are read as where they do not stay Markdown: paragraphs, headings, lists, tables, code blocks.</summary>
internal static partial class SnippetText
{
    private const string Fence = "```";

    /// <summary>Blocks in their order.</summary>
    public static IEnumerable<DocumentBlock> Read(string markdown)
    {
        var lines = markdown.ReplaceLineEndings("\n").Split('\n');
        for (var i = 0; i < lines.Length;)
        {
            var line = lines[i].TrimEnd();
            if (line.Length == 0)
            {
                i++;
            }
            else if (line.StartsWith(Fence, StringComparison.Ordinal))
            {
                var code = lines.Skip(i + 1).TakeWhile(static l => !l.StartsWith(Fence, StringComparison.Ordinal)).ToList();
                yield return new CodeBlock(string.Join("\n", code));
                i += code.Count + 2;
            }
            else if (IsTable(lines, i))
            {
                var rows = lines.Skip(i + 2).TakeWhile(static l => IsRow(l.Trim())).Select(static l => (IReadOnlyList<string>)Cells(l)).ToList();
                var headers = Cells(line);
                yield return new Table("", headers, [.. rows.Select(r => (IReadOnlyList<string>)[.. r.Take(headers.Length), .. Enumerable.Repeat("", Math.Max(0, headers.Length - r.Count))])], []);
                i += rows.Count + 2;
            }
            else if (Heading().Match(line) is { Success: true } heading)
            {
                yield return new Subheading(heading.Groups["text"].Value);
                i++;
            }
            else if (Item().Match(line) is { Success: true } item)
            {
                var isNumbered = item.Groups["number"].Success;
                var items = new List<string>();
                for (; i < lines.Length && lines[i].Trim().Length > 0; i++)
                {
                    if (Item().Match(lines[i]) is not { Success: true } next)
                    {
                        items[^1] += " " + lines[i].Trim();
                    }
                    else if (next.Groups["number"].Success == isNumbered)
                    {
                        items.Add(next.Groups["text"].Value.Trim());
                    }
                    else
                    {
                        break;
                    }
                }

                yield return new BulletList(items, isNumbered);
            }
            else
            {
                var first = i;
                do
                {
                    i++;
                }
                while (i < lines.Length && lines[i].Trim().Length > 0 && !lines[i].StartsWith(Fence, StringComparison.Ordinal) && !IsTable(lines, i) && !Heading().IsMatch(lines[i]) && !Item().IsMatch(lines[i]));
                yield return new Paragraph(string.Join(" ", lines[first..i].Select(static l => l.Trim())));
            }
        }
    }

    private static bool IsTable(string[] lines, int at) => IsRow(lines[at].Trim()) && at + 1 < lines.Length && IsRule(lines[at + 1].Trim());

    private static bool IsRow(string line) => line is ['|', .., '|'];

    private static bool IsRule(string line) => IsRow(line) && line.All(static c => c is '|' or '-' or ':' or ' ');

    /// <summary>A bar behind a backslash is one of the cell's own.</summary>
    private static string[] Cells(string line) => [.. Bar().Split(line.Trim()[1..^1]).Select(static c => c.Replace("\\|", "|", StringComparison.Ordinal).Trim())];

    [GeneratedRegex(@"^#{1,6}\s+(?<text>.*?)\s*#*$", RegexOptions.ExplicitCapture)]
    private static partial Regex Heading();

    [GeneratedRegex(@"^\s*([-*+]|(?<number>\d{1,9}[.)]))\s+(?<text>.+)$", RegexOptions.ExplicitCapture)]
    private static partial Regex Item();

    [GeneratedRegex(@"(?<!\\)\|")]
    private static partial Regex Bar();
}
