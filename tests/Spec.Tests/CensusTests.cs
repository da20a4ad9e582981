namespace Specgen.Spec.Tests;

/// <summary>How much the pages hold. A number that changes is a row that was added or lost: change both.</summary>
[TestClass]
public sealed class CensusTests
{
    [TestMethod]
    [DataRow("basic_worklist_management.rst", "Basic Worklist Management Service Class", "2 1 7 5")]
    [DataRow("conformance/storage.rst", "Storage Status Codes in a Conformance Statement", "14 7")]
    [DataRow("general_statuses.rst", "General Statuses", "24")]
    [DataRow("modality_performed_procedure_step.rst", "Modality Performed Procedure Step Service Class", "3 4 5 16 13 12 1 16")]
    [DataRow("modules/sop_instance_reference_macro.rst", "SOP Instance Reference Macro", "2")]
    [DataRow("modules/storage_commitment.rst", "Storage Commitment Module", "12 6")]
    [DataRow("non_patient_object_storage.rst", "Non-Patient Object Storage Service Class", "9 1 7 3")]
    [DataRow("query_retrieve.rst", "Query/Retrieve Service Class", "13 3 7 7 7 11 7 12")]
    [DataRow("registry.rst", "Registry of DICOM Unique Identifiers", "494")]
    [DataRow("storage.rst", "Storage Service Class", "173 1 7 6")]
    [DataRow("storage_commitment.rst", "Storage Commitment Service Class", "1 2 1 2 14 13")]
    [DataRow("storage_management.rst", "Storage Management Service Class", "1 2 5 3 15 13")]
    [DataRow("unified_procedure_step.rst", "Unified Procedure Step Service Class", "9 13 5 5 7 5 14 16 16 2 13 12 2 16 6")]
    [DataRow("verification.rst", "Verification Service Class", "1 1 5")]
    public void Tables_and_their_rows(string name, string title, string rows)
    {
        var page = Repository.Page(name);

        Assert.AreEqual(title, page.Title);
        Assert.AreEqual(rows, string.Join(' ', page.Tables.Select(static table => table.Rows.Count)));
    }

    [TestMethod]
    public void Whole()
    {
        var pages = Repository.Pages;

        Assert.HasCount(14, pages);
        Assert.AreEqual(65, pages.Sum(static page => page.Tables.Count), "tables");
        Assert.AreEqual(212, pages.Sum(static page => page.SopClasses.Count()), "SOP classes");
        Assert.AreEqual(28, pages.Sum(static page => page.UsageTables.Sum(static table => table.Rows.Count)), "DIMSE services");
        Assert.AreEqual(313, pages.Sum(static page => page.Statuses.Count()), "statuses");
        Assert.AreEqual(8, pages.Sum(static page => page.Statuses.Count(static row => row.Status.First != row.Status.Last)), "ranges");
        Assert.AreEqual(26, pages.Sum(static page => page.Types("Action Type").Count() + page.Types("Event Type").Count()), "action and event types");
    }

    [TestMethod]
    public void Registry_by_type()
    {
        var types = RegistryRow.All.GroupBy(static row => row.Type).ToDictionary(static group => group.Key, static group => group.Count());

        CollectionAssert.AreEquivalent(
            new Dictionary<string, int>
            {
                ["SOP Class"] = 312,
                ["Transfer Syntax"] = 63,
                ["LDAP OID"] = 39,
                ["Well-known Frame of Reference"] = 28,
                ["Well-known SOP Instance"] = 19,
                ["Coding Scheme"] = 15,
                ["Meta SOP Class"] = 9,
                ["Service Class"] = 3,
                ["Application Hosting Model"] = 2,
                ["Application Context Name"] = 1,
                ["DICOM UIDs as a Coding Scheme"] = 1,
                ["Mapping Resource"] = 1,
                ["Synchronization Frame of Reference"] = 1,
            },
            types);
        Assert.AreEqual(73, RegistryRow.All.Count(static row => row.IsRetired));
    }
}
