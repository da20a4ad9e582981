namespace Specgen.Runtime.Tests.Standard;

/// <summary>Which row of a table a code belongs to.</summary>
[TestClass]
public sealed class StatusTableTests
{
    [TestMethod]
    public void ExactRowsAndNarrowRanges_AreCutOutOfTheRangeAroundThem() =>
        AssertOwners("C000-CFFF F wide\nC100-C1FF F narrow\nC111 F exact", "C000:wide C0FF:wide C100:narrow C110:narrow C111:exact C112:narrow C1FF:narrow C200:wide CFFF:wide D000:- BFFF:-");

    [TestMethod]
    public void TheOrderOfRows_DoesNotMatter() => AssertOwners("C111 F exact\nC000-CFFF F wide", "C110:wide C111:exact C112:wide");

    [TestMethod]
    public void TheStandardsRow_WinsOverAnImplementations()
    {
        AssertOwners("C111 F own\n keeper\nC111 F standard", "C111:standard");
        AssertOwners("C111 F standard\nC111 F own\n keeper", "C111:standard");
    }

    [TestMethod]
    public void OfTwoAlike_TheFirstWins() => AssertOwners("C111 F first\nC111 F second", "C111:first");

    [TestMethod]
    public void OverlappingRanges_TheNarrowerWins() => AssertOwners("A700-A7FF F first\nA780-A80F F second", "A77F:first A780:second A7FF:second A800:second A80F:second A810:-");

    [TestMethod]
    public void TheLastCodeAndTheFirst_AreNotForgotten() => AssertOwners("FF00-FFFF P last\n0000-00FF S first", "FEFF:- FF00:last FFFF:last 0000:first 00FF:first 0100:-");

    [TestMethod]
    public void ATableOfEveryCode_HasEveryCode() => AssertOwners("0000-FFFF F all", "0000:all 7FFF:all FFFF:all");

    [TestMethod]
    public void ATableWithoutRows_HasNone() => AssertOwners("", "0000:- FFFF:-");

    [TestMethod]
    [DataRow("S", StatusCategory.Success)]
    [DataRow("W", StatusCategory.Warning)]
    [DataRow("F", StatusCategory.Failure)]
    [DataRow("C", StatusCategory.Cancel)]
    [DataRow("P", StatusCategory.Pending)]
    public void Find_GivesTheRow(string letter, StatusCategory category)
    {
        var table = StatusTable.Of("Acme Service Class", $"C000-CFFF {letter} Some words: more\n the keeper");
        Assert.AreEqual(new StatusInfo(0xC123, category, "Some words: more", "Acme Service Class", "the keeper"), table.Find(0xC123));
        Assert.AreEqual((category, 0xC000), (table.Category(0xC123), table.Definition(0xC123)));
    }

    [TestMethod]
    public void ACodeOfNoRow_HasTheCategoryOfItsClass()
    {
        var table = StatusTable.Of("Acme Service Class", "0000 F Strange");
        Assert.AreEqual((StatusCategory.Failure, StatusCategory.Warning), (table.Category(0x0000), table.Category(0xB000)));
        Assert.AreEqual(("", 0xB000), (table.Description(0xB000), table.Definition(0xB000)));
        Assert.AreEqual("b000", table.ToDicomStatus(0xB000).Code.ToString("x4", System.Globalization.CultureInfo.InvariantCulture));
    }

    [TestMethod]
    public void ToDicomStatus_IsOneObjectForTheCodesThatTheRowsAreNamedBy()
    {
        var table = StatusTable.Of("Acme Service Class", "C000-CFFF F Words\nC100 F Exact\nD000-DFFF F Around\nD000 F First of it");
        Assert.AreSame(table.ToDicomStatus(0xC000), table.ToDicomStatus(0xC000));
        Assert.AreSame(table.ToDicomStatus(0xC100), table.ToDicomStatus(0xC100));
        Assert.AreEqual(("Words", (ushort)0xC001), (table.ToDicomStatus(0xC001).Description, table.ToDicomStatus(0xC001).Code));
        Assert.AreEqual(("Around", (ushort)0xD001), (table.ToDicomStatus(0xD001).Description, table.ToDicomStatus(0xD001).Code));
        Assert.AreEqual("First of it", table.ToDicomStatus(0xD000).Description);
    }

    private static void AssertOwners(string rows, string expected)
    {
        var table = StatusTable.Of("Acme Service Class", rows);
        var codes = expected.Split(' ').Select(static pair => pair.Split(':')[0]);
        Assert.AreEqual(expected, string.Join(' ', codes.Select(code => code + ":" + (table.Find(Convert.ToUInt16(code, 16))?.Description ?? "-"))));
        foreach (var code in codes.Select(static code => Convert.ToUInt16(code, 16)))
        {
            Assert.AreEqual(table.Find(code) is not null, table.IsDefined(code));
            Assert.AreEqual(table.Find(code)?.Description ?? "", table.Description(code));
        }
    }
}
