using Specgen.Generators.Rst;

namespace Specgen.Generators.Tests.Rst;

/// <summary>Inline markup by reStructuredText's recognition rules.</summary>
[TestClass]
public sealed class InlineTextTests
{
    [TestMethod]
    [DataRow("plain", "plain")]
    [DataRow("*emphasis* and **strong**", "emphasis and strong")]
    [DataRow("``evt.EVT_C_STORE`` returned", "evt.EVT_C_STORE returned")]
    [DataRow("``a\\b``", "a\\b", DisplayName = "No escapes in literals")]
    [DataRow("``a`b``", "a`b")]
    [DataRow("a (0000,0900) *Status* element", "a (0000,0900) Status element")]
    [DataRow("2*3*4", "2*3*4", DisplayName = "Markup does not begin within a word")]
    [DataRow("2 * 3 * 4", "2 * 3 * 4", DisplayName = "Nor before a space")]
    [DataRow("\"*\" and '*'", "\"*\" and '*'", DisplayName = "Nor in quotes of its own")]
    [DataRow("(*a*)", "(a)")]
    [DataRow("*a", "*a", DisplayName = "Markup without end is text")]
    [DataRow("**a", "**a")]
    [DataRow("``a", "``a")]
    [DataRow("`a", "`a")]
    [DataRow("*a *b c*", "a *b c")]
    [DataRow("*a*b c*", "a*b c", DisplayName = "What ends it is not followed by a letter")]
    [DataRow("\\*a\\*", "*a*")]
    [DataRow("re\\ structured", "restructured")]
    [DataRow("see __x__ there", "see __x__ there", DisplayName = "No name begins with an underscore")]
    [DataRow("tkinter.__init__", "tkinter.__init__", DisplayName = "Nor has it two marks in a row")]
    [DataRow("a._ b", "a._ b", DisplayName = "Nor ends with one")]
    [DataRow("!x.a.b_ y", "!x.a.b_ y", DisplayName = "Nor stands behind what is no mark")]
    [DataRow("a--b_ and !x.a-b_ and a:c-d_ and x_a.b__ y", "a--b and !x.a-b and a:c-d and x_a.b y", DisplayName = "A name may begin behind a dash or a colon")]
    [DataRow("`a \\<b>`__", "a <b>", DisplayName = "An escaped bracket opens no target")]
    [DataRow("end\\", "end")]
    [DataRow("*a\\* b*", "a* b")]
    [DataRow(":dcm:`Storage Service Class<part04/chapter_B.html>`", "Storage Service Class")]
    [DataRow(":dcm:`text <a.html>` and on", "text and on")]
    [DataRow(":pep:`8`", "8")]
    [DataRow("`8`:pep: it is", "8 it is")]
    [DataRow("x:dcm:`t`", "x:dcm:t", DisplayName = "A role does not begin within a word; its text is interpreted text")]
    [DataRow("at 10:30", "at 10:30")]
    [DataRow("`link <http://example.org/>`_ and `other`__", "link and other")]
    [DataRow("http://example.org/a_b", "http://example.org/a_b")]
    [DataRow("ITIS_TSN", "ITIS_TSN")]
    [DataRow("reference_ and other__", "reference and other")]
    [DataRow("Out of resources [1]_", "Out of resources")]
    [DataRow("[0..1]", "[0..1]")]
    [DataRow("|product| says", "product says")]
    [DataRow("a | b", "a | b")]
    [DataRow("_`target` here", "target here")]
    [DataRow("“*quoted*”", "“quoted”")]
    public void Plain_text(string source, string plain) => Assert.AreEqual(plain, InlineText.Parse(source).Plain);

    [TestMethod]
    [DataRow("*Unified Procedure Step*", true, false)]
    [DataRow("*one* and *two*", false, false)]
    [DataRow("**strong**", false, false)]
    [DataRow("``literal``", false, true)]
    [DataRow("a ``literal``", false, false)]
    public void Whole_cells(string source, bool emphasized, bool literal)
    {
        var text = InlineText.Parse(source);

        Assert.AreEqual((emphasized, literal), (text.IsEmphasized, text.IsLiteral));
    }

    [TestMethod]
    [DataRow(":dcm:`Annex J <part04/chapter_J.html>`", "dcm", "Annex J", "part04/chapter_J.html")]
    [DataRow(":dcm:`Storage Commitment Service Class<part04/chapter_J.html>`", "dcm", "Storage Commitment Service Class", "part04/chapter_J.html")]
    [DataRow(":dcm:`<part04.html>`", "dcm", "part04.html", "part04.html")]
    [DataRow(":c:func:`f`", "c:func", "f", null)]
    public void Roles(string source, string name, string text, string? target)
    {
        var role = InlineText.Parse(source).Roles.Single();

        Assert.AreEqual((name, text, target), (role.Name, role.Text, role.Target));
    }

    [TestMethod]
    public void The_target_of_a_role_may_stand_on_the_next_line()
    {
        var paragraph = Rendered.Parse("The :dcm:`Storage Service Class\n<part04/chapter_B.html>` is.\n").Blocks.OfType<RstParagraph>().Single();

        Assert.AreEqual("The Storage Service Class is.", paragraph.Text.Plain);
        Assert.AreEqual("part04/chapter_B.html", paragraph.Text.Roles.Single().Target);
    }

    [TestMethod]
    public void One_text_stands_for_equal_cells()
    {
        var first = InlineText.Parse("Failure");

        Assert.AreSame(first, InlineText.Parse("Failure", first));
        Assert.AreNotSame(InlineText.Parse("*Failure*"), InlineText.Parse("Failure", InlineText.Parse("*Failure*")));
    }

    [TestMethod]
    [Timeout(10_000)]
    public void Time_is_linear()
    {
        foreach (var piece in new[] { "*a ", "**a ", "`a ", "``a ", ":a:`b ", "|a ", "[a ", "a_ ", "a_:", "a_-`b`_", "\\", "`<" })
        {
            var text = string.Concat(Enumerable.Repeat(piece, 100_000));

            Assert.IsNotEmpty(InlineText.Parse(text).Plain);
        }
    }
}
