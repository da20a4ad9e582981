using Microsoft.CodeAnalysis.Text;
using Specgen.Generators.Reading;
using Specgen.Generators.Standard;

namespace Specgen.Generators.Tests.Reading;

/// <summary>Tables of attributes and values → the model.</summary>
[TestClass]
public sealed class ModuleReadingTests
{
    [TestMethod]
    public void Modules_nest_include_and_have_values()
    {
        var reading = PageReader.Read("page.rst", SourceText.From("""
            Acme Things
            ===========

            Acme Box Module
            ---------------

            Of :dcm:`PS3.3 <part03/sect_C.html>`.

            +-----------------------------------+-------------+----+------+-----------------------+
            | Attribute Name                    | Tag         | VR | Type | Attribute Description |
            +===================================+=============+====+======+=======================+
            | Box Sequence                      | (0099,1001) | SQ | 1    | Boxes                 |
            +-----------------------------------+-------------+----+------+-----------------------+
            | >Include Table 1-1 “Acme Macro Attributes”                                          |
            +-----------------------------------+-------------+----+------+-----------------------+
            | > Inner Sequence                  | (0099,1002) | SQ | 3    |                       |
            +-----------------------------------+-------------+----+------+-----------------------+
            | >>Failure Reason                  | (0099,1003) | US |      | Why                   |
            +-----------------------------------+-------------+----+------+-----------------------+
            | Bad                               | nothing     | SQ |      |                       |
            +-----------------------------------+-------------+----+------+-----------------------+
            | >Below bad                        | (0099,1005) | US |      |                       |
            +-----------------------------------+-------------+----+------+-----------------------+
            | Label                             | (0099,1006) |    |      |                       |
            +-----------------------------------+-------------+----+------+-----------------------+

            Failure Reason
            ~~~~~~~~~~~~~~

            ===== ================== ===========
            Value Meaning            Description
            ===== ================== ===========
            0110H Processing failure In general
            0112  No such instance
            ===== ================== ===========
            """), CancellationToken.None);

        var none = EquatableArray<ModuleAttribute>.Empty;
        var module = reading.Content.Modules.Single();
        Assert.AreEqual(
            new Module(
                "Acme Box Module",
                "AcmeBoxModule",
                "part03/sect_C.html",
                false,
                new[]
                {
                    new ModuleAttribute("Box Sequence", 0x0099, 0x1001, "SQ", "1", "Boxes", null, new[]
                    {
                        new ModuleAttribute("Include Table 1-1 “Acme Macro Attributes”", 0, 0, null, null, "", "Acme Macro", none),
                        new ModuleAttribute("Inner Sequence", 0x0099, 0x1002, "SQ", "3", "", null, new[] { new ModuleAttribute("Failure Reason", 0x0099, 0x1003, "US", null, "Why", null, none) }.ToEquatableArray()),
                    }.ToEquatableArray()),
                    new ModuleAttribute("Label", 0x0099, 0x1006, null, null, "", null, none),
                }.ToEquatableArray(),
                new[] { new ValueSet("Failure Reason", "FailureReason", new[] { new ModuleValue(0x0110, "Processing failure", "In general"), new ModuleValue(0x0112, "No such instance", "") }.ToEquatableArray()) }.ToEquatableArray()),
            module);
        Assert.AreEqual("SPG0019", reading.Diagnostics.Single().Id);
        Assert.AreEqual("Acme Macro", reading.Facts.Includes.Single().Title);
    }
}
