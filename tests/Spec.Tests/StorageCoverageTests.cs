namespace Specgen.Spec.Tests;

/// <summary>That no storage SOP class is forgotten: each that is not retired stands on one page, or below with the reason why not.</summary>
[TestClass]
public sealed class StorageCoverageTests
{
    private const string Security = "DICOS: NEMA IIC 1, not in PS3.4 Table B.5-1";
    private const string Testing = "DICONDE: ASTM, not in PS3.4 Table B.5-1";

    /// <summary>UIDs that are on no page, each with the reason why.</summary>
    private static readonly Dictionary<string, string> Elsewhere = new()
    {
        ["1.2.840.10008.1.3.10"] = "Media Storage Directory: PS3.4 Annex I, never sent by C-STORE",
        ["1.2.840.10008.5.1.4.1.1.501.1"] = Security,
        ["1.2.840.10008.5.1.4.1.1.501.2.1"] = Security,
        ["1.2.840.10008.5.1.4.1.1.501.2.2"] = Security,
        ["1.2.840.10008.5.1.4.1.1.501.3"] = Security,
        ["1.2.840.10008.5.1.4.1.1.501.4"] = Security,
        ["1.2.840.10008.5.1.4.1.1.501.5"] = Security,
        ["1.2.840.10008.5.1.4.1.1.501.6"] = Security,
        ["1.2.840.10008.5.1.4.1.1.601.1"] = Testing,
        ["1.2.840.10008.5.1.4.1.1.601.2"] = Testing,
        ["1.2.840.10008.5.1.4.1.1.601.3"] = Testing,
        ["1.2.840.10008.5.1.4.1.1.601.4"] = Testing,
        ["1.2.840.10008.5.1.4.1.1.601.5"] = Testing,
    };

    [TestMethod]
    public void Every_storage_sop_class_stands_on_one_page_or_has_a_reason()
    {
        var pages = Repository.Pages.SelectMany(static page => page.SopClasses.Select(sopClass => (sopClass.Uid, page.Name))).ToLookup(static pair => pair.Uid, static pair => pair.Name);
        foreach (var row in RegistryRow.All.Where(static row => row is { Type: "SOP Class", IsRetired: false } && IsStorage(row)))
        {
            var places = pages[row.Uid].Count() + (Elsewhere.ContainsKey(row.Uid) ? 1 : 0);

            Assert.AreEqual(1, places, $"{row.Uid} {row.Keyword}: {string.Join(", ", pages[row.Uid])}");
        }
    }

    [TestMethod]
    public void Every_reason_is_needed()
    {
        var registry = RegistryRow.All.ToDictionary(static row => row.Uid);
        foreach (var (uid, reason) in Elsewhere)
        {
            Assert.IsTrue(registry.TryGetValue(uid, out var row) && row is { Type: "SOP Class", IsRetired: false } && IsStorage(row), $"{uid} ({reason}) is no storage SOP class");
        }
    }

    [TestMethod]
    public void Storage_page_has_storage_sop_classes_only()
    {
        var registry = RegistryRow.All.ToDictionary(static row => row.Uid);

        Assert.IsTrue(Repository.Page("storage.rst").SopClasses.All(sopClass => IsStorage(registry[sopClass.Uid])));
    }

    /// <summary>Keywords end in Storage, StorageForPresentation or StorageForProcessing.</summary>
    private static bool IsStorage(RegistryRow row) =>
        row.Keyword.EndsWith("Storage", StringComparison.Ordinal) || row.Keyword.EndsWith("StorageForPresentation", StringComparison.Ordinal) || row.Keyword.EndsWith("StorageForProcessing", StringComparison.Ordinal);

    [TestMethod]
    public void Storage_rows_are_in_the_order_of_their_uids_and_name_an_annex()
    {
        var table = Repository.Page("storage.rst").SopClassTables.Single();
        var uids = table.Column("UID").ToList();
        var registered = RegistryRow.All.Select(static row => row.Uid).ToList();

        CollectionAssert.AreEqual(uids.OrderBy(registered.IndexOf).ToList(), uids);
        foreach (var annex in table.Column("Part 3 Annex"))
        {
            Assert.MatchesRegex(@"^A\.[1-9][0-9]*(\.[1-9][0-9]*)*$", annex);
        }
    }
}
