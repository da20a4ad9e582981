using System.Text;

namespace Specgen.Spec.Tests;

/// <summary>How the pages are written: what makes them pleasant to diff, and tables whose borders line up.</summary>
[TestClass]
public sealed class FormTests
{
    [TestMethod]
    public void Every_page_is_plain_text_that_diffs_well()
    {
        foreach (var path in Directory.EnumerateFiles(Repository.Spec, "*", SearchOption.AllDirectories))
        {
            var text = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(File.ReadAllBytes(path));
            var lines = text.Split('\n');

            Assert.DoesNotContain('\r', text, path);
            Assert.DoesNotContain('\t', text, path);
            Assert.DoesNotContain('\u00A0', text, path);
            Assert.DoesNotContain('\uFEFF', text, path);
            Assert.IsTrue(text.EndsWith('\n') && !text.EndsWith("\n\n", StringComparison.Ordinal), $"{path} ends in one line feed");
            foreach (var (line, at) in lines.Select(static (line, at) => (line, at)))
            {
                Assert.AreEqual(line.TrimEnd(), line, $"{path}({at + 1}) has trailing spaces");
            }
        }
    }

    [TestMethod]
    public void Headings_are_underlined_to_their_length()
    {
        foreach (var page in Repository.Pages)
        {
            var lines = File.ReadAllLines(Repository.PathOf(page));
            for (var at = 1; at < lines.Length; at++)
            {
                if (lines[at].Length > 3 && lines[at][0] is '=' or '-' or '~' && lines[at].Distinct().Count() == 1)
                {
                    Assert.AreEqual(lines[at - 1].Length, lines[at].Length, $"{page.Name}({at + 1})");
                }
            }
        }
    }

    [TestMethod]
    public void Every_cell_has_its_space_and_no_other()
    {
        foreach (var page in Repository.Pages)
        {
            foreach (var (line, at) in File.ReadAllLines(Repository.PathOf(page)).Select(static (line, at) => (line, at)).Where(static pair => pair.line.StartsWith('|')))
            {
                foreach (var cell in line.Trim('|').Split('|'))
                {
                    Assert.IsTrue(cell.StartsWith(' ') && (cell.Trim().Length == 0 || cell[1] != ' '), $"{page.Name}({at + 1}): '{cell}' has one space before it");
                    Assert.IsTrue(cell.EndsWith(' '), $"{page.Name}({at + 1}): '{cell}' touches the bar");
                }
            }
        }
    }

    [TestMethod]
    public void Every_table_says_where_in_the_standard_it_stands()
    {
        foreach (var page in Repository.Pages)
        {
            var text = File.ReadAllText(Repository.PathOf(page));

            Assert.IsTrue(text.Contains("PS3.", StringComparison.Ordinal), page.Name);
            Assert.IsTrue(text.Contains(".. ", StringComparison.Ordinal) || page.Name == "modules/sop_instance_reference_macro.rst", page.Name);
        }
    }
}
