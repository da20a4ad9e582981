using System.Text.RegularExpressions;

namespace Specgen.Spec.Tests;

/// <summary>registry.rst by itself, and the other pages against it.</summary>
[TestClass]
public sealed partial class RegistryTests
{
    private static readonly Dictionary<string, string> s_partOfType = new()
    {
        ["SOP Class"] = "PS3.4",
        ["Meta SOP Class"] = "PS3.4",
        ["Service Class"] = "PS3.4",
        ["Transfer Syntax"] = "PS3.5",
        ["Well-known Frame of Reference"] = "",
        ["Well-known SOP Instance"] = "PS3.4",
        ["Coding Scheme"] = "PS3.16",
        ["Mapping Resource"] = "PS3.16",
        ["DICOM UIDs as a Coding Scheme"] = "PS3.6",
        ["Application Context Name"] = "PS3.7",
        ["Application Hosting Model"] = "PS3.19",
        ["Synchronization Frame of Reference"] = "PS3.3",
        ["LDAP OID"] = "PS3.15",
    };

    [TestMethod]
    public void Uids_are_well_formed_and_under_the_standards_root()
    {
        foreach (var row in RegistryRow.All)
        {
            Assert.IsTrue(row.Uid.Length <= 64 && UidPattern().IsMatch(row.Uid), row.ToString());
            Assert.IsTrue(row.Uid.StartsWith("1.2.840.10008.", StringComparison.Ordinal), row.ToString());
        }
    }

    [TestMethod]
    public void Rows_are_in_the_order_of_their_uids_and_no_uid_or_keyword_stands_twice()
    {
        var rows = RegistryRow.All;
        foreach (var (above, below) in rows.Zip(rows.Skip(1)))
        {
            Assert.IsTrue(Components(above.Uid).Zip(Components(below.Uid)).Select(static pair => pair.First.CompareTo(pair.Second)).FirstOrDefault(static order => order != 0) is < 0 or 0 && above.Uid != below.Uid, $"{above.Uid} before {below.Uid}");
        }

        Assert.AreEqual(rows.Count, rows.Select(static row => row.Uid).Distinct().Count());
        Assert.AreEqual(rows.Count, rows.Select(static row => row.Keyword).Distinct().Count());

        static IEnumerable<int> Components(string uid) => uid.Split('.').Select(int.Parse);
    }

    [TestMethod]
    public void Keywords_are_identifiers_and_names_are_clean()
    {
        foreach (var row in RegistryRow.All)
        {
            Assert.IsTrue(KeywordPattern().IsMatch(row.Keyword), row.ToString());
            Assert.IsTrue(row.Name.Length > 0 && !row.Name.Contains("(Retired)", StringComparison.Ordinal) && !row.Name.Contains(": ", StringComparison.Ordinal), row.ToString());
        }
    }

    /// <summary>The keyword of a SOP class is its name without spaces and marks (PS3.6 Annex A); the exceptions are the standard's.</summary>
    [TestMethod]
    public void Keywords_of_sop_classes_follow_from_their_names()
    {
        var exceptions = RegistryRow.All
            .Where(static row => row.Type == "SOP Class" && !row.IsRetired && !string.Equals(Letters(row.Keyword), Letters(row.Name), StringComparison.OrdinalIgnoreCase))
            .Select(static row => row.Keyword)
            .Order(StringComparer.Ordinal)
            .ToList();

        CollectionAssert.AreEqual(
            new[]
            {
                "DICOSQuadrupoleResonanceStorage", // Quadrupole Resonance (QR)
                "MediaCreationManagement", // Media Creation Management SOP Class UID
                "TwelveLeadECGWaveformStorage", // 12-lead
            },
            exceptions,
            string.Join(", ", exceptions));

        static string Letters(string text) => new(text.Replace(" SOP Class", "", StringComparison.Ordinal).Where(char.IsLetterOrDigit).ToArray());
    }

    [TestMethod]
    public void A_type_has_its_part()
    {
        var others = RegistryRow.All.Where(static row => row.Part != s_partOfType[row.Type]).GroupBy(static row => row.Part).ToDictionary(static group => group.Key, static group => string.Join(' ', group.Select(static row => row.Keyword)));

        CollectionAssert.AreEquivalent(new[] { "DICOS", "DICONDE ASTM E2663", "DICONDE ASTM E2934", "DICONDE ASTM E3440", "PS3.6", "PS3.10", "PS3.22" }, others.Keys);
        StringAssert.Contains(others["PS3.22"], "AudioWaveformRealTimeCommunication");
        Assert.AreEqual(8, others["PS3.6"].Split(' ').Count(static keyword => keyword.EndsWith("Palette", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void Retired_is_yes_or_no() =>
        CollectionAssert.AreEquivalent(new[] { "Yes", "No" }, Repository.Page("registry.rst").Tables.Single().Column("Retired").Distinct().ToList());

    [TestMethod]
    public void Every_sop_class_of_a_page_is_registered_with_that_keyword_and_marked_where_it_is_retired()
    {
        var registry = RegistryRow.All.ToDictionary(static row => row.Uid);
        foreach (var page in Repository.Pages)
        {
            foreach (var row in page.SopClassTables.SelectMany(static table => table.Rows.Select(row => (Uid: row[0], Keyword: row[1], Retired: table.Cell(row, "Retired")))))
            {
                Assert.IsTrue(registry.TryGetValue(row.Uid, out var entry), $"{page.Name}: {row.Uid} is not registered");
                Assert.AreEqual(entry.Keyword, row.Keyword, $"{page.Name}: {row.Uid}");
                Assert.IsTrue(entry.Type is "SOP Class" or "Meta SOP Class", $"{page.Name}: {row.Uid}");
                Assert.AreEqual(entry.IsRetired ? "Yes" : "", row.Retired, $"{page.Name}: {row.Uid}");
            }
        }
    }

    [GeneratedRegex(@"^(0|[1-9][0-9]*)(\.(0|[1-9][0-9]*))+$")]
    private static partial Regex UidPattern();

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_]*$")]
    private static partial Regex KeywordPattern();
}
