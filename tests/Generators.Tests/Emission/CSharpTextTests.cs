using Specgen.Generators.Emission;
using Specgen.Generators.Text;

namespace Specgen.Generators.Tests.Emission;

[TestClass]
public sealed class CSharpTextTests
{
    [TestMethod]
    [DataRow("plain", "\"plain\"")]
    [DataRow("a \"b\" \\ c", "\"a \\\"b\\\" \\\\ c\"")]
    [DataRow("line\nbreak\u2028", "\"line\\nbreak\\u2028\"")]
    [DataRow(null, "null")]
    public void Literal(string? text, string expected) => Assert.AreEqual(expected, CSharpText.Literal(text));

    [TestMethod]
    [DataRow("CTImageStorage", "CTImageStorage")]
    [DataRow("Inventory FIND", "InventoryFIND")]
    [DataRow("event", "@event")]
    [DataRow("12Lead", "_12Lead")]
    [DataRow("", "_")]
    public void Identifier(string name, string expected) => Assert.AreEqual(expected, CSharpText.Identifier(name));

    [TestMethod]
    [DataRow("SopClasses", "SopClasses_")]
    [DataRow("ToString", "ToString_")]
    [DataRow("Other", "Other")]
    public void Member(string name, string expected) => Assert.AreEqual(expected, CSharpText.Member(name, "SopClasses"));

    [TestMethod]
    [DataRow("a < b & c > d", "a &lt; b &amp; c &gt; d")]
    [DataRow(" two\r\n  lines\t", "two lines")]
    [DataRow("good \U0001F5C4", "good \U0001F5C4")]
    public void Xml(string text, string expected) => Assert.AreEqual(expected, CSharpText.Xml(text).TrimEnd());

    [TestMethod]
    public void Xml_LeavesOutWhatXmlCannotHold() => Assert.AreEqual("bad and worse", CSharpText.Xml("bad\uD800 \u0001 and\uFFFF worse\uDC00"));

    [TestMethod]
    public void Xml_IsBounded()
    {
        var text = CSharpText.Xml(string.Join(" ", Enumerable.Repeat("<word>", 1000)));
        Assert.IsLessThan(3000, text.Length);
        Assert.EndsWith("&lt;word&gt;…", text);
    }

    [TestMethod]
    public void SourceWriter_IndentsAndEndsLinesAlike()
    {
        var writer = new SourceWriter();
        using (writer.Block("class C"))
        {
            writer.Lines("int a;\r\n\nint b;");
            using (writer.Block("void M()", ";"))
            using (writer.Indent())
            {
                writer.Line("x");
            }
        }

        Assert.AreEqual("class C\n{\n    int a;\n\n    int b;\n    void M()\n    {\n            x\n    };\n}\n", writer.ToString());
    }
}
