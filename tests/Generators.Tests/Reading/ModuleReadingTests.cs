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

    /// <summary>Media creation has attributes whose names begin like an inclusion: Include Non-DICOM Objects (2200,0008). They have a tag.</summary>
    [TestMethod]
    public void An_attribute_may_be_named_like_an_inclusion()
    {
        var reading = PageReader.Read("page.rst", SourceText.From("""
            Acme Disc Module
            ================

            ========================= =========== ===== ================
            Attribute Name            Tag         Type  N-CREATE SCU/SCP
            ========================= =========== ===== ================
            Include Non-DICOM Objects (2200,0008) 3     3/1C
            ========================= =========== ===== ================
            """), CancellationToken.None);

        var attribute = reading.Content.Modules.Single().Attributes.Single();
        Assert.AreEqual(("Include Non-DICOM Objects", (ushort)0x2200, null), (attribute.Name, attribute.Group, attribute.Include));
        Assert.IsEmpty(reading.Diagnostics);
        Assert.IsEmpty(reading.Facts.Includes);
    }
}
