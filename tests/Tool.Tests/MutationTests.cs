using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Specgen.Tool.DocBook;
using Specgen.Tool.Making;
using Specgen.Tool.Pages;
using Specgen.Tool.Profiles;
using Specgen.Tool.Updating;

namespace Specgen.Tool.Tests;

/// <summary>
/// The small standard, damaged: an error, or pages that are right; never an exception, never half of it. SPECGEN_MUTATIONS says how many
/// (10,000 take some minutes), SPECGEN_MUTATION_SEED where they begin: a failure names its seed.
/// </summary>
[TestClass]
public sealed partial class MutationTests
{
    private static readonly int s_count = FromEnvironment("SPECGEN_MUTATIONS", 1_000);
    private static readonly int s_first = FromEnvironment("SPECGEN_MUTATION_SEED", 0);

    private static readonly string[] s_files = ["part04.xml", "part06.xml", "part07.xml"];

    [TestMethod]
    [Timeout(900_000)]
    public void A_mutation_gives_an_error_or_right_pages()
    {
        using var small = new SmallStandard();
        var originals = s_files.ToDictionary(static file => file, file => File.ReadAllText(Path.Combine(small.DocBook, file)));
        var before = small.Pages();
        var folder = PageFolder.Read(small.Spec);
        var (errors, updates) = (0, 0);
        for (var seed = s_first; seed < s_first + s_count; seed++)
        {
            var random = new Random(seed);
            var file = s_files[random.Next(10) switch { < 7 => 0, 7 => 1, _ => 2 }];
            var path = Path.Combine(small.DocBook, file);
            File.WriteAllText(path, Mutated(originals[file], random));
            var about = string.Create(CultureInfo.InvariantCulture, $"mutation {seed} of {file}");
            if (IsUpdated(small, folder, about))
            {
                updates++;
            }
            else
            {
                errors++;
                if (seed % 50 == 0)
                {
                    // As a user sees it: it says so, and the folder is what it was.
                    var (code, output, complaint) = small.Update();
                    Assert.IsTrue((code == 1 ? output : complaint).Contains(": error", StringComparison.Ordinal), about);
                    CollectionAssert.AreEquivalent(before, small.Pages(), about);
                }
            }

            File.WriteAllText(path, originals[file]);
        }

        // Both happen, or the mutations say nothing.
        Assert.IsTrue(s_count < 100 || (errors > s_count / 10 && updates > s_count / 10), string.Create(CultureInfo.InvariantCulture, $"{errors} errors, {updates} updates"));
    }

    private static int FromEnvironment(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;

    /// <summary>Whether there is no error; then the generator has nothing new to say of the pages, and another update nothing to change.</summary>
    private static bool IsUpdated(SmallStandard small, PageFolder folder, string about)
    {
        var profile = Commands.SpecOptions.Profile(small.Spec);
        Edition edition;
        try
        {
            edition = Edition.Read(small.DocBook, profile, CancellationToken.None);
        }
        catch (DocBookException exception)
        {
            Assert.IsTrue(exception.Line > 0 && exception.Message.Length > 0, about);
            return false;
        }

        var update = Update.Of(edition, folder, profile, Commands.SpecOptions.Errata(small.Spec), new StandardLock());
        if (update.HasErrors)
        {
            Assert.AreEqual(0, update.Files.Count, about);
            return false;
        }

        // That pages of two parts disagree is no fault of a page: SPG0023.
        var wrong = PageDiagnosis.Of(update.Updated).Where(static diagnostic => diagnostic.Id is not ("SPG0023" or "SPG0028")).Select(PageDiagnosis.Line).ToList();
        Assert.AreEqual(0, wrong.Count, about + string.Join('\n', wrong));
        var again = Update.Of(edition, update.Updated, profile, Commands.SpecOptions.Errata(small.Spec), new StandardLock());
        Assert.AreEqual(0, again.Changes.Count, about + string.Join('\n', again.Changes));
        return true;
    }

    private static string Mutated(string text, Random random)
    {
        for (var count = random.Next(1, 4); count > 0; count--)
        {
            text = random.Next(8) switch
            {
                0 => text[..random.Next(text.Length)],
                1 => Without(text, Elements().Matches(text), random),
                2 => Without(text, Attributes().Matches(text), random),
                3 => Swapped(text, Cells().Matches(text), random),
                4 => Swapped(text, Rows().Matches(text), random),
                5 => Nested(text, random),
                6 => Replaced(text, Words().Matches(text), random),
                _ => Respanned(text, random),
            };
        }

        return text;
    }

    private static string Without(string text, MatchCollection matches, Random random) =>
        matches.Count == 0 ? text : matches[random.Next(matches.Count)] is var match ? text.Remove(match.Index, match.Length) : text;

    private static string Swapped(string text, MatchCollection matches, Random random)
    {
        if (matches.Count < 2)
        {
            return text;
        }

        var (one, other) = (matches[random.Next(matches.Count)], matches[random.Next(matches.Count)]);
        if (one.Index > other.Index)
        {
            (one, other) = (other, one);
        }

        return one.Index + one.Length > other.Index
            ? text
            : new StringBuilder(text.Length).Append(text, 0, one.Index).Append(other.Value).Append(text, one.Index + one.Length, other.Index - one.Index - one.Length)
                .Append(one.Value).Append(text, other.Index + other.Length, text.Length - other.Index - other.Length).ToString();
    }

    /// <summary>A table in the middle of another one.</summary>
    private static string Nested(string text, Random random)
    {
        var (tables, cells) = (Tables().Matches(text), Cells().Matches(text));
        return tables.Count == 0 || cells.Count == 0 ? text : text.Insert(cells[random.Next(cells.Count)].Index + (random.Next(2) * 4), tables[random.Next(tables.Count)].Value);
    }

    private static string Replaced(string text, MatchCollection matches, Random random)
    {
        string[] words = ["", "|", "*x*", "a_b_", "`", "\\", "+---+", "(0009,0001)", "1/1", "C001", "&#x200B;", "=====", "..", ":dcm:`x`", "0", new string('w', 300), "\u4E2D", "<para/>", "M/M"];
        if (matches.Count == 0)
        {
            return text;
        }

        var match = matches[random.Next(matches.Count)];
        return text.Remove(match.Index + 1, match.Length - 2).Insert(match.Index + 1, words[random.Next(words.Length)]);
    }

    private static string Respanned(string text, Random random)
    {
        var cells = CellStarts().Matches(text);
        string[] spans = [" rowspan=\"2\"", " rowspan=\"0\"", " colspan=\"3\"", " colspan=\"-1\"", " rowspan=\"99999999999\"", " colspan=\"x\"", " rowspan=\"19999\" colspan=\"64\""];
        return cells.Count == 0 ? text : text.Insert(cells[random.Next(cells.Count)].Index + 3, spans[random.Next(spans.Length)]);
    }

    [GeneratedRegex(@"<(tr|td|th|para|table|tbody|thead|caption|title|section)\b[^>]*>|</(tr|td|th|para|table|section)>|<td\b[^>]*>.*?</td>|<tr>.*?</tr>", RegexOptions.Singleline)]
    private static partial Regex Elements();

    [GeneratedRegex(@" [a-z:]+=""[^""]*""")]
    private static partial Regex Attributes();

    [GeneratedRegex(@"<td\b[^>]*>.*?</td>", RegexOptions.Singleline)]
    private static partial Regex Cells();

    [GeneratedRegex(@"<tr>.*?</tr>", RegexOptions.Singleline)]
    private static partial Regex Rows();

    [GeneratedRegex(@"<table\b.*?</table>", RegexOptions.Singleline)]
    private static partial Regex Tables();

    [GeneratedRegex(@">[^<>\n]+<")]
    private static partial Regex Words();

    [GeneratedRegex(@"<td\b")]
    private static partial Regex CellStarts();
}
