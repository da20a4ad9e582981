namespace Specgen.Spec.Tests;

/// <summary>The storage commitment module against PS3.3 C.14, PS3.4 J.3 and PS3.6 Table 6-1, written down here a second time.</summary>
[TestClass]
public sealed class ModuleTests
{
    private static readonly string[] Expected =
    [
        "Transaction UID (0008,1195) UI 1",
        "Retrieve AE Title (0008,0054) AE 3",
        "Storage Media File-Set ID (0088,0130) SH 3",
        "Storage Media File-Set UID (0088,0140) UI 3",
        "Referenced SOP Sequence (0008,1199) SQ 1C",
        ">Include Table 10-11 \"SOP Instance Reference Macro Attributes\"",
        ">Retrieve AE Title (0008,0054) AE 3",
        ">Storage Media File-Set ID (0088,0130) SH 3",
        ">Storage Media File-Set UID (0088,0140) UI 3",
        "Failed SOP Sequence (0008,1198) SQ 1C",
        ">Include Table 10-11 \"SOP Instance Reference Macro Attributes\"",
        ">Failure Reason (0008,1197) US 1",
    ];

    [TestMethod]
    public void Attributes()
    {
        var table = Repository.Page("modules/storage_commitment.rst").Tables[0];

        CollectionAssert.AreEqual(new[] { "Attribute Name", "Tag", "VR", "Type", "Attribute Description" }, table.Header.ToList());
        CollectionAssert.AreEqual(Expected, table.Rows.Select(static row => string.Join(' ', row.Take(4)).TrimEnd()).ToList());
        Assert.IsTrue(table.Rows.All(static row => (row[1].Length == 0) == row[0].Contains("Include", StringComparison.Ordinal) && (row[4].Length == 0) == (row[1].Length == 0)));
    }

    [TestMethod]
    public void Macro() => CollectionAssert.AreEqual(
        new[] { "Referenced SOP Class UID (0008,1150) UI 1", "Referenced SOP Instance UID (0008,1155) UI 1" },
        Repository.Page("modules/sop_instance_reference_macro.rst").Tables.Single().Rows.Select(static row => string.Join(' ', row.Take(4))).ToList());

    [TestMethod]
    public void Failure_reasons() => CollectionAssert.AreEqual(
        new[]
        {
            "0110H Processing failure",
            "0112H No such object instance",
            "0119H Class / Instance conflict",
            "0122H Referenced SOP Class not supported",
            "0131H Duplicate transaction UID",
            "0213H Resource limitation",
        },
        Repository.Page("modules/storage_commitment.rst").Tables[1].Rows.Select(static row => $"{row[0]} {row[1]}").ToList());

    /// <summary>Attributes, tags and nesting of the published module are ours; only the types and representations are added.</summary>
    [TestMethod]
    public void Published_module_has_the_same_attributes_and_failure_reasons()
    {
        var paragraphs = Repository.DocumentText("002").Replace('\u00A0', ' ').Replace('\u201C', '"').Replace('\u201D', '"').Split('\n').Select(static line => line.Trim()).Where(static line => line.Length > 0).ToList();
        var published = paragraphs.Zip(paragraphs.Skip(1))
            .Where(static pair => pair.Second is ['(', _, _, _, _, ',', _, _, _, _, ')'] || pair.First.StartsWith(">Include", StringComparison.Ordinal))
            .Select(static pair => pair.First.StartsWith(">Include", StringComparison.Ordinal) ? pair.First : $"{pair.First} {pair.Second}")
            .ToList();
        var reasons = paragraphs.Where(static line => line.Length > 8 && line[4] == 'H' && line[5..8] == " - ").ToList();

        CollectionAssert.AreEqual(published, Expected.Select(static row => row.Contains("Include", StringComparison.Ordinal) ? row : row[..(row.IndexOf(')', StringComparison.Ordinal) + 1)]).ToList());
        CollectionAssert.AreEquivalent(
            reasons.Select(static line => line[..5]).ToList(),
            Repository.Page("modules/storage_commitment.rst").Tables[1].Column("Value").ToList());
        foreach (var row in Repository.Page("modules/storage_commitment.rst").Tables[1].Rows)
        {
            Assert.IsTrue(reasons.Any(line => line.StartsWith($"{row[0]} - {row[1]} ", StringComparison.Ordinal)), $"{row[0]} {row[1]}");
        }
    }
}
