using System.Text.RegularExpressions;
using Specgen.Generators.Reading;

namespace Specgen.Spec.Tests;

/// <summary>data_elements.rst by itself, and some of its rows written down a second time. What modules say of attributes is compared with it in <see cref="ReaderAgreementTests"/>.</summary>
[TestClass]
public sealed partial class DataElementTests
{
    private static readonly PlainTable s_table = Repository.Page("data_elements.rst").Tables.Single();

    [TestMethod]
    public void Columns_are_those_of_Table_6_1() => CollectionAssert.AreEqual(new[] { "Tag", "Name", "Keyword", "VR", "VM", "Retired" }, s_table.Header.ToList());

    [TestMethod]
    public void Rows_are_in_the_order_of_their_tags_and_no_tag_or_keyword_stands_twice()
    {
        var tags = s_table.Column("Tag").ToList();

        CollectionAssert.AreEqual(tags.OrderBy(static tag => tag.Replace('x', '0'), StringComparer.Ordinal).ToList(), tags);
        CollectionAssert.AllItemsAreUnique(tags);
        CollectionAssert.AllItemsAreUnique(s_table.Column("Keyword").ToList());
    }

    [TestMethod]
    public void Cells_have_their_form()
    {
        foreach (var row in s_table.Rows)
        {
            var text = string.Join(" | ", row);
            Assert.MatchesRegex(TagPattern(), row[0], text);
            Assert.AreNotEqual("", row[1], text);
            Assert.MatchesRegex(KeywordPattern(), row[2], text);
            Assert.IsTrue(row[3].Length > 0 ? VrPattern().IsMatch(row[3]) : row[0].StartsWith("(FFFE,", StringComparison.Ordinal), text);
            Assert.MatchesRegex(VmPattern(), row[4], text);
            Assert.IsTrue(row[5] is "Yes" or "No", text);
        }
    }

    /// <summary>Each VR of the standard is some attribute's, and the generator knows these and no others.</summary>
    [TestMethod]
    public void Value_representations_are_those_of_the_generator() => CollectionAssert.AreEqual(
        s_table.Column("VR").SelectMany(static cell => cell.Split(" or ", StringSplitOptions.RemoveEmptyEntries)).Distinct().Order(StringComparer.Ordinal).ToList(), ModuleTables.ValueRepresentations.ToList());

    /// <summary>Groups are even: those of odd number are private (PS3.5 §7.1).</summary>
    [TestMethod]
    public void Groups_are_the_standards() => Assert.IsEmpty(s_table.Column("Tag").Where(static tag => tag[4] is not ('x' or '0' or '2' or '4' or '6' or '8' or 'A' or 'C' or 'E')).ToList());

    [TestMethod]
    [DataRow("(0002,0010) TransferSyntaxUID UI 1 No")]
    [DataRow("(0004,1220) DirectoryRecordSequence SQ 1 No")]
    [DataRow("(0008,0005) SpecificCharacterSet CS 1-n No")]
    [DataRow("(0008,0018) SOPInstanceUID UI 1 No")]
    [DataRow("(0010,0010) PatientName PN 1 No")]
    [DataRow("(0010,0030) PatientBirthDate DA 1 No")]
    [DataRow("(0010,1010) PatientAge AS 1 No")]
    [DataRow("(0020,0032) ImagePositionPatient DS 3 No")]
    [DataRow("(0028,0009) FrameIncrementPointer AT 1-n No")]
    [DataRow("(0028,0030) PixelSpacing DS 2 No")]
    [DataRow("(0028,0106) SmallestImagePixelValue US or SS 1 No")]
    [DataRow("(0040,0100) ScheduledProcedureStepSequence SQ 1 No")]
    [DataRow("(60xx,3000) OverlayData OB or OW 1 No")]
    [DataRow("(7FE0,0010) PixelData OB or OW 1 No")]
    [DataRow("(FFFE,E000) Item  1 No")]
    public void Rows(string expected) =>
        CollectionAssert.Contains(s_table.Rows.Select(static row => string.Join(' ', row[0], row[2], row[3], row[4], row[5])).ToList(), expected);

    [GeneratedRegex("^\\([0-9A-Fx]{4},[0-9A-Fx]{4}\\)$")]
    private static partial Regex TagPattern();

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9]*$")]
    private static partial Regex KeywordPattern();

    [GeneratedRegex("^[A-Z]{2}( or [A-Z]{2})*$")]
    private static partial Regex VrPattern();

    [GeneratedRegex("^[1-9][0-9]*(-([1-9][0-9]*|[1-9]?n))?( or 1)?$")]
    private static partial Regex VmPattern();
}
