using System.Text;
using Microsoft.CodeAnalysis.Text;
using Specgen.Generators.Reading;
using Specgen.Generators.Rst;

namespace Specgen.Generators.Tests.Rst;

/// <summary>Pages that somebody is in the middle of typing: reading them never throws, ends soon, and every place lies in the text.</summary>
[TestClass]
public sealed class MutilationTests
{
    private static readonly string[] s_pieces = ["+", "-", "|", "=", " ", "\n", "\n\n", "\t", "`", "*", ":", "..", "_", "\\", "北", "\u0301", "\uD840", "\r\n", "+---+\n", "== ==\n", ">", "x"];

    [TestMethod]
    [Timeout(120_000)]
    public void Mutilated_pages_are_read()
    {
        var random = new Random(20_261_121);
        foreach (var path in TestFiles.Pages)
        {
            // Long pages are mutilated at their beginning, where every kind of line is.
            var text = File.ReadAllText(path);
            text = text.Length > 12_000 ? text[..12_000] : text;
            for (var i = 0; i < 150; i++)
            {
                Read(Mutilated(text, random));
            }
        }
    }

    [TestMethod]
    [Timeout(60_000)]
    public void Noise_is_read()
    {
        var random = new Random(8_11);
        for (var i = 0; i < 3_000; i++)
        {
            var text = new StringBuilder();
            while (text.Length < 400)
            {
                text.Append(s_pieces[random.Next(s_pieces.Length)]);
            }

            Read(text.ToString());
        }
    }

    [TestMethod]
    [Timeout(60_000)]
    public void Every_beginning_of_a_page_is_read()
    {
        var text = File.ReadAllText(Path.Combine(TestFiles.Spec, "modules", "storage_commitment.rst"));
        for (var length = 0; length < text.Length; length += 7)
        {
            Read(text[..length]);
        }
    }

    [TestMethod]
    [Timeout(60_000)]
    [DataRow("+---+---+\n| a | b |\n", DisplayName = "a border over and over, nothing closed")]
    [DataRow("+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+\n", DisplayName = "corners only")]
    [DataRow("= =\n", DisplayName = "borders of simple tables only")]
    [DataRow("===\n", DisplayName = "adornments only")]
    [DataRow("text\n", DisplayName = "one paragraph")]
    [DataRow("a::\n\n", DisplayName = "literal blocks")]
    [DataRow(".. note::\n", DisplayName = "directives")]
    public void Long_texts_of_one_kind_are_read_soon(string line)
    {
        var text = string.Concat(Enumerable.Repeat(line, 20_000));

        Assert.IsNotNull(RstParser.Parse(SourceText.From(text)));
    }

    /// <summary>Whatever takes a time that grows with the square of the width would take hours.</summary>
    [TestMethod]
    [Timeout(60_000)]
    [DataRow("(---+)/( x |)/(---+)/( x |)/(---+)", DisplayName = "a grid")]
    [DataRow("(---+)/(    )/(----)", DisplayName = "corners at the top only")]
    [DataRow("(----)/(    )/(---+)", DisplayName = "corners at the bottom only")]
    [DataRow("(---+)/( x |)/(----)", DisplayName = "bars, and no corners at the bottom")]
    [DataRow("(---+)/( x |)/(- -+)", DisplayName = "a bottom that is no border")]
    [DataRow("(---+)/( x |)/(---+)/( x |)/(- -+)", DisplayName = "a second row that is not closed")]
    [DataRow("(---+)(---+)/(    )( x |)/(----)- -+(---+)", DisplayName = "a bottom with a gap in the middle")]
    [DataRow("(---+)/(北 |)/(---+)", DisplayName = "wide characters")]
    [DataRow("(---+)/(\t|)/(---+)", DisplayName = "tabs")]
    [DataRow("(---+)/(a_:|)/(---+)/(a_: )/(---+)", DisplayName = "words of a word")]
    public void Wide_grids_are_read_soon(string lines)
    {
        var text = string.Concat(lines.Split('/').Select(static line =>
        {
            var wide = System.Text.RegularExpressions.Regex.Replace(line, @"\(([^)]*)\)", static piece => string.Concat(Enumerable.Repeat(piece.Groups[1].Value, 200_000)));
            return (line[1] == '-' ? '+' : '|') + wide[..^1] + (line[1] == '-' ? '+' : '|') + "\n";
        }));

        Assert.IsNotNull(RstParser.Parse(SourceText.From(text)));
    }

    /// <summary>Lines of one character, each of which would be a row of all columns.</summary>
    [TestMethod]
    [Timeout(60_000)]
    [DataRow("+-", "-+\n", "|\n+\n", DisplayName = "a grid")]
    [DataRow("== ", "==\n", "x\n", DisplayName = "a simple table")]
    public void Many_rows_of_many_columns_that_nobody_wrote_are_not_made(string column, string last, string row)
    {
        var top = string.Concat(Enumerable.Repeat(column, 50_000)) + last;
        var page = RstParser.Parse(SourceText.From(top + string.Concat(Enumerable.Repeat(row, 50_000)) + top));

        Assert.IsNotEmpty(page.Errors);
        Assert.IsTrue(page.Blocks.OfType<RstTable>().All(static table => (long)table.Rows * table.Columns <= 1_000_000));
    }

    private static string Mutilated(string text, Random random)
    {
        var result = new StringBuilder(text);
        for (var change = random.Next(1, 6); change > 0; change--)
        {
            var at = random.Next(result.Length);
            switch (random.Next(4))
            {
                case 0:
                    result.Remove(at, Math.Min(random.Next(1, 30), result.Length - at));
                    break;
                case 1:
                    result.Insert(at, s_pieces[random.Next(s_pieces.Length)]);
                    break;
                case 2:
                    result[at] = s_pieces[random.Next(s_pieces.Length)][0];
                    break;
                default:
                    var piece = text.Substring(random.Next(text.Length - 60), 60);
                    result.Insert(at, piece);
                    break;
            }
        }

        return result.ToString();
    }

    private static void Read(string text)
    {
        var reading = PageReader.Read("page.rst", SourceText.From(text), CancellationToken.None);
        foreach (var diagnostic in reading.Diagnostics)
        {
            Assert.AreNotEqual("SPG0022", diagnostic.Id, diagnostic.ToDiagnostic() + "\n" + text);
            Assert.IsTrue(diagnostic.Place.Span.End <= text.Length && diagnostic.ToDiagnostic().GetMessage(null).Length > 0, text);
        }

        foreach (var cell in RstParser.Parse(SourceText.From(text)).Blocks.OfType<RstTable>().SelectMany(static table => table.Cells))
        {
            Assert.IsTrue(cell.Span.End <= text.Length && cell.Lines.All(line => line.Start >= cell.Span.Start && line.End <= cell.Span.End), text);
        }
    }
}
