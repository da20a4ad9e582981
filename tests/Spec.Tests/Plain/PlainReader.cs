namespace Specgen.Spec.Tests.Plain;

/// <summary>
/// A reader of the shapes that pages have, and of nothing else: it shares no line with the generator's, so that the two can be compared. It knows underlined
/// headings, grid tables whose rows have all columns or one cell for all of them, and simple tables, and fails on everything that only looks like one of them.
/// </summary>
internal static class PlainReader
{
    private const string Adornments = "=-~^\"'`#*+";

    public static PlainPage Read(string name, string text)
    {
        var lines = text.Split('\n');
        var headings = new List<(char Adornment, string Text)>();
        var order = new List<char>();
        var tables = new List<PlainTable>();
        string? title = null;
        for (var line = 0; line < lines.Length; line++)
        {
            if (line + 1 < lines.Length && IsHeading(lines[line], lines[line + 1]))
            {
                var adornment = lines[line + 1][0];
                if (!order.Contains(adornment))
                {
                    order.Add(adornment);
                }

                headings.RemoveAll(heading => order.IndexOf(heading.Adornment) >= order.IndexOf(adornment));
                headings.Add((adornment, lines[line]));
                title ??= lines[line];
                line++;
            }
            else if (lines[line].StartsWith("+-", StringComparison.Ordinal))
            {
                var end = line;
                while (end < lines.Length && lines[end].StartsWith('+') | lines[end].StartsWith('|'))
                {
                    end++;
                }

                tables.Add(Grid(name, lines[line..end], Texts(headings), line + 1));
                line = end;
            }
            else if (IsSimpleBorder(lines[line]))
            {
                var borders = Enumerable.Range(line, lines.Length - line).Where(at => lines[at] == lines[line]).Take(3).ToArray();
                Assert.HasCount(3, borders, $"{name}({line + 1}): a simple table has three borders");
                tables.Add(Simple(lines[borders[0]], lines[(borders[0] + 1)..borders[1]], lines[(borders[1] + 1)..borders[2]], Texts(headings), line + 1));
                line = borders[2];
            }
        }

        return new PlainPage(name, title ?? "", tables);
    }

    private static List<string> Texts(List<(char Adornment, string Text)> headings) => [.. headings.Select(static heading => heading.Text)];

    private static bool IsHeading(string text, string below) =>
        text.Length > 0 && !char.IsWhiteSpace(text[0]) && text[0] is not ('.' or '+' or '|')
        && below.Length >= text.Length && Adornments.Contains(below[0], StringComparison.Ordinal) && below.All(c => c == below[0]);

    private static bool IsSimpleBorder(string line) => line.StartsWith("==", StringComparison.Ordinal) && line.Contains(' ', StringComparison.Ordinal) && line.All(static c => c is '=' or ' ');

    private static PlainTable Grid(string name, string[] lines, IReadOnlyList<string> headings, int line)
    {
        var bars = Enumerable.Range(0, lines[0].Length).Where(at => lines[0][at] == '+').ToArray();
        var header = new List<string>();
        var rows = new List<IReadOnlyList<string>>();
        var labels = new List<IReadOnlyList<string>>();
        var group = new List<string>();
        var pending = new List<string[]>();
        var isBelowLabel = false;
        for (var at = 1; at < lines.Length; at++)
        {
            var where = $"{name}({line + at})";
            Assert.AreEqual(lines[0].Length, lines[at].Length, $"{where}: the table's lines are of one length");
            var isBar = lines[at][0] == '+';
            var marks = string.Concat(bars[1..^1].Select(bar => lines[at][bar]).Distinct());
            if (!isBar && marks != "|")
            {
                Assert.AreEqual(2, lines[at].Count(static c => c == '|'), $"{where}: a cell spans all columns or none");
                Assert.IsEmpty(pending, $"{where}: a label has one line");
                if (!isBelowLabel)
                {
                    group = [];
                }

                group.Add(Plain(lines[at].Trim('|', ' ')));
                isBelowLabel = true;
                Assert.IsTrue(++at < lines.Length && lines[at][0] == '+' && lines[at].All(static c => c is '+' or '-'), $"{where}: a border follows");
                continue;
            }

            foreach (var bar in bars)
            {
                Assert.AreEqual(isBar ? '+' : '|', lines[at][bar], $"{where}: the columns' borders are below each other");
            }

            if (!isBar)
            {
                pending.Add([.. Enumerable.Range(0, bars.Length - 1).Select(cell => lines[at][(bars[cell] + 1)..bars[cell + 1]].Trim())]);
                continue;
            }

            var fill = lines[at][1];
            Assert.IsTrue(fill is '-' or '=' && lines[at].All(c => c == '+' || c == fill), $"{where}: a border is of one kind");
            Assert.IsNotEmpty(pending, $"{where}: no row is empty");
            var cells = Enumerable.Range(0, bars.Length - 1)
                .Select(cell => Plain(string.Join(' ', pending.Select(part => part[cell]).Where(static part => part.Length > 0))))
                .ToArray();
            pending.Clear();
            if (fill == '=')
            {
                Assert.IsEmpty(header, $"{where}: one border ends the header");
                header.AddRange(cells);
            }
            else
            {
                rows.Add(cells);
                labels.Add(group);
                isBelowLabel = false;
            }
        }

        Assert.IsFalse(isBelowLabel && header[0] != "SOP Class", $"{name}({line}): the last label heads a row, or is a meta SOP class of which no member is known");
        Assert.IsEmpty(pending, $"{name}({line}): the table has a bottom border");
        Assert.IsNotEmpty(header, $"{name}({line}): the table has a header");
        return new PlainTable(headings, header, rows, labels, line);
    }

    private static PlainTable Simple(string border, string[] header, string[] body, IReadOnlyList<string> headings, int line)
    {
        var starts = Enumerable.Range(0, border.Length).Where(at => border[at] == '=' && (at == 0 || border[at - 1] == ' ')).ToArray();
        var names = Cells(header.Single());
        var rows = new List<IReadOnlyList<string>>();
        foreach (var text in body)
        {
            var cells = Cells(text);
            if (cells[0].Length == 0)
            {
                rows[^1] = [.. rows[^1].Zip(cells, static (above, below) => $"{above} {below}".Trim())];
            }
            else
            {
                rows.Add(cells);
            }
        }

        return new PlainTable(headings, names, rows, [.. rows.Select(static _ => Array.Empty<string>())], line);

        string[] Cells(string text)
        {
            foreach (var start in starts.Skip(1))
            {
                Assert.IsTrue(text.Length < start || text[start - 1] == ' ', $"text between two columns: {text}");
            }

            return [.. starts.Select((start, column) => start >= text.Length ? "" : Plain((column == starts.Length - 1 ? text[start..] : text[start..Math.Min(starts[column + 1], text.Length)]).Trim()))];
        }
    }

    /// <summary>Literals, emphasis and escapes without their marks.</summary>
    private static string Plain(string cell) => cell.Replace("``", "", StringComparison.Ordinal).Replace("*", "", StringComparison.Ordinal).Replace("\\", "", StringComparison.Ordinal);
}
