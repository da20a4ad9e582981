using Microsoft.CodeAnalysis.Text;
using Specgen.Generators.Reading;
using Specgen.Generators.Standard;
using Standard = Specgen.Generators.Standard;

namespace Specgen.Generators.Tests.Reading;

/// <summary>Each kind of table → the model.</summary>
[TestClass]
public sealed class PageReaderTests
{
    [TestMethod]
    public void Sop_classes()
    {
        var page = ServiceClass("""
            Acme Service Class
            ==================

            +---------+--------------------+------------+---------+---------+
            | UID     | SOP Class          | Name       | Part 3  | Retired |
            |         |                    |            | Annex   |         |
            +=========+====================+============+=========+=========+
            | *These are labels and read over*                              |
            +---------+--------------------+------------+---------+---------+
            | 1.2.3.1 | AcmeReport         |            | A.3     |         |
            +---------+--------------------+------------+---------+---------+
            | 1.2.3.2 | Acme Scan SOP Class| Acme Scan  |         | Yes     |
            +---------+--------------------+------------+---------+---------+
            | 1.2.3.3 | Acme Old (Retired) |            | -       |         |
            +---------+--------------------+------------+---------+---------+
            """);

        Assert.AreEqual(("Acme Service Class", "AcmeServiceClass", "Acme"), (page.Title, page.Name, page.ShortName));
        CollectionAssert.AreEqual(
            new[]
            {
                new Standard.SopClass("1.2.3.1", "AcmeReport", null, "A.3", false),
                new Standard.SopClass("1.2.3.2", "AcmeScan", "Acme Scan", null, true),
                new Standard.SopClass("1.2.3.3", "AcmeOld", "Acme Old", null, true),
            },
            page.SopClasses.ToArray());
    }

    [TestMethod]
    public void Columns_stand_in_any_order()
    {
        var page = ServiceClass("Acme\n====\n\n========== =======\nsop class  uid\n========== =======\nAcmeReport 1.2.3.1\n========== =======\n");

        Assert.AreEqual(new Standard.SopClass("1.2.3.1", "AcmeReport", null, null, false), page.SopClasses.Single());
        Assert.AreEqual("AcmeServiceClass", page.Name);
    }

    [TestMethod]
    public void Labels_of_dimse_services_stack_and_begin_anew()
    {
        var page = ServiceClass("""
            Acme Service Class
            ==================

            ===== ============
            UID   SOP Class
            ===== ============
            1.2.1 AcmePush
            1.2.2 AcmePull
            1.2.3 AcmeWatch
            ===== ============

            +----------------------------+---------------------+
            | DIMSE Service              | Usage SCU/SCP       |
            +============================+=====================+
            | *Acme - Push SOP Class*                          |
            +----------------------------+---------------------+
            | *Acme - Pull SOP Class*                          |
            +----------------------------+---------------------+
            | N-ACTION - Request cancel  | Optional/Mandatory  |
            +----------------------------+---------------------+
            | N-GET                      | M/M                 |
            +----------------------------+---------------------+
            | *Acme - Watch SOP Class*                         |
            +----------------------------+---------------------+
            | N-GET                      | -/C                 |
            +----------------------------+---------------------+

            +----------------------------+---------------------+
            | DIMSE Service              | Usage SCU/SCP       |
            +============================+=====================+
            | C-ECHO                     | Mandatory/Mandatory |
            +----------------------------+---------------------+
            """);

        CollectionAssert.AreEqual(
            new[]
            {
                new DimseUsage(Standard.DimseOperation.NAction, "Request cancel", Keywords("AcmePush", "AcmePull"), Standard.Usage.Optional, Standard.Usage.Mandatory),
                new DimseUsage(Standard.DimseOperation.NGet, null, Keywords("AcmePush", "AcmePull"), Standard.Usage.Mandatory, Standard.Usage.Mandatory),
                new DimseUsage(Standard.DimseOperation.NGet, null, Keywords("AcmeWatch"), Standard.Usage.NotUsed, Standard.Usage.Conditional),
                new DimseUsage(Standard.DimseOperation.CEcho, null, EquatableArray<string>.Empty, Standard.Usage.Mandatory, Standard.Usage.Mandatory),
            },
            page.Usages.ToArray());
    }

    [TestMethod]
    public void Services_of_an_unknown_sop_class_are_not_those_of_all()
    {
        var reading = Read("""
            Acme Service Class
            ==================

            ===== ============
            UID   SOP Class
            ===== ============
            1.2.1 AcmePush
            ===== ============

            +---------------+---------------------+
            | DIMSE Service | Usage SCU/SCP       |
            +===============+=====================+
            | *Something entirely different*      |
            +---------------+---------------------+
            | C-STORE       | Mandatory/Mandatory |
            +---------------+---------------------+
            | *Acme Push*                         |
            +---------------+---------------------+
            | C-FIND        | Mandatory/Mandatory |
            +---------------+---------------------+
            """);

        Assert.AreEqual(new DimseUsage(Standard.DimseOperation.CFind, null, Keywords("AcmePush"), Standard.Usage.Mandatory, Standard.Usage.Mandatory), reading.Content.ServiceClasses.Single().Usages.Single());
        Assert.AreEqual("SPG0017", reading.Diagnostics.Single().Id);
    }

    [TestMethod]
    public void Meta_sop_classes_consist_of_members()
    {
        var page = ServiceClass("""
            Acme Service Class
            ==================

            ===== ============
            UID   SOP Class
            ===== ============
            1.2.1 AcmeMeta
            1.2.2 AcmeFilm
            1.2.3 AcmeBox
            ===== ============

            +----------------------+---------------------+
            | SOP Class            | Usage SCU/SCP       |
            +======================+=====================+
            | *Acme Meta SOP Class*                      |
            +----------------------+---------------------+
            | *Acme Film SOP Class*| Mandatory/Mandatory |
            +----------------------+---------------------+
            | *Acme Box SOP Class* | Optional/Mandatory  |
            +----------------------+---------------------+
            """);

        var meta = page.MetaSopClasses.Single();
        Assert.AreEqual("AcmeMeta", meta.Keyword);
        CollectionAssert.AreEqual(
            new[] { new MetaSopClassMember("AcmeFilm", Standard.Usage.Mandatory, Standard.Usage.Mandatory), new MetaSopClassMember("AcmeBox", Standard.Usage.Optional, Standard.Usage.Mandatory) },
            meta.Members.ToArray());
    }

    [TestMethod]
    public void Messages_of_a_sop_class_may_name_another_one()
    {
        var reading = Read("""
            Acme Service Class
            ==================

            ===== ============ ========= ==========
            UID   SOP Class    Named As  Relational
            ===== ============ ========= ==========
            1.2.1 AcmeReader   Acme Push Yes
            1.2.2 AcmePush
            1.2.3 AcmeWatch    AcmePull
            1.2.4 AcmeListener Something
            ===== ============ ========= ==========
            """);

        Assert.AreEqual("AcmePush,True ,False AcmePush,False ,False", string.Join(' ', reading.Content.ServiceClasses.Single().SopClasses.Select(static sop => $"{sop.MessageClass},{sop.IsRelational}")));
        Assert.AreEqual("SPG0017 SPG0017", string.Join(' ', reading.Diagnostics.Select(static diagnostic => diagnostic.Id)));
    }

    [TestMethod]
    [DataRow("C-STORE Statuses", "CStore", null)]
    [DataRow("UPS N-ACTION Service Statuses", "NAction", null)]
    [DataRow("Query/Retrieve (Find) Service Statuses", "CFind", null)]
    [DataRow("Query/Retrieve (Move) Service Statuses", "CMove", null)]
    [DataRow("N-EVENT-REPORT of the C-STORE", "NEventReport", null)]
    [DataRow("Acme Statuses", "NSet", null, DisplayName = "the service class's own")]
    [DataRow("Acme Service Statuses", "NSet", null)]
    [DataRow("General Statuses", "NSet", null)]
    [DataRow("Warning Statuses", "NSet", null)]
    [DataRow("keeper Statuses", "NSet", "keeper")]
    public void Headings_name_the_dimse_service(string heading, string operation, string? implementation)
    {
        var page = ServiceClass($"Acme Service Class\n==================\n\nN-SET Statuses\n--------------\n\n{heading}\n{new string('-', heading.Length)}\n\n" + Statuses("0x0000 Success Success"));

        var table = page.Statuses.Single();
        Assert.AreEqual(operation, table.Operation.ToString());
        Assert.AreEqual(new Status(0, 0, Standard.StatusCategory.Success, "Success", implementation), table.Rows.Single());
    }

    [TestMethod]
    public void A_heading_above_ends_the_dimse_service()
    {
        var reading = Read("Acme Service Class\n==================\n\nStatuses\n--------\n\nC-STORE Statuses\n~~~~~~~~~~~~~~~~\n\nOther\n-----\n\n" + Statuses("0x0000 Success Success"));

        Assert.AreEqual("SPG0018", reading.Diagnostics.Single().Id);
    }

    [TestMethod]
    public void Tables_of_one_service_are_merged_and_equal_rows_are_one()
    {
        var page = ServiceClass("Acme\n====\n\nC-FIND Statuses\n---------------\n\n" + Statuses("0x0000 Success Success", "0xC0xx Failure Unable")
            + "\nAcme Service Statuses\n---------------------\n\n" + Statuses("0x0000 Success success.", "0xC001 Failure Very"));

        CollectionAssert.AreEqual(
            new[] { (0x0000, 0x0000, "Success"), (0xC000, 0xC0FF, "Unable"), (0xC001, 0xC001, "Very") },
            page.Statuses.Single().Rows.Select(static row => ((int)row.First, (int)row.Last, row.Description)).ToArray());
    }

    [TestMethod]
    public void A_category_may_span_rows()
    {
        var page = ServiceClass("""
            Acme
            ====

            C-STORE Statuses
            ----------------

            +------------+----------+------------------------+
            | Code (hex) | Category | Description            |
            +============+==========+========================+
            | 0xB000     | Warning  | Coercion of            |
            |            |          | ``data`` *elements*    |
            +------------+          +------------------------+
            | B006H      |          | Elements discarded     |
            +------------+----------+------------------------+
            """);

        CollectionAssert.AreEqual(
            new[] { new Status(0xB000, 0xB000, Standard.StatusCategory.Warning, "Coercion of data elements", null), new Status(0xB006, 0xB006, Standard.StatusCategory.Warning, "Elements discarded", null) },
            page.Statuses.Single().Rows.ToArray());
    }

    [TestMethod]
    public void No_break_spaces_are_spaces()
    {
        var page = ServiceClass("Acme\n====\n\nC-STORE\u00A0Statuses\n----------------\n\n" + Statuses("0xA7xx Failure Out\u00A0of\u00A0resources"));

        Assert.AreEqual("Out of resources", page.Statuses.Single().Rows.Single().Description);
    }

    [TestMethod]
    public void One_bad_row_leaves_the_rest()
    {
        var reading = Read("Acme\n====\n\nC-STORE Statuses\n----------------\n\n" + Statuses("0x0000 Success Success", "0xZ000 Failure Bad", "0xA700 Refused Bad", "0xC000 Failure Good"));

        CollectionAssert.AreEqual(new[] { "SPG0004", "SPG0005" }, reading.Diagnostics.Select(static diagnostic => diagnostic.Id).ToArray());
        CollectionAssert.AreEqual(new[] { "Success", "Good" }, reading.Content.ServiceClasses.Single().Statuses.Single().Rows.Select(static row => row.Description).ToArray());
    }

    [TestMethod]
    public void Action_and_event_types()
    {
        var page = ServiceClass("""
            Acme
            ====

            =========== == ===========
            Action Type ID Description
            =========== == ===========
            Archive     1  to tape
            Forget      2
            =========== == ===========

            =========== ===
            Event Type  ID
            =========== ===
            Done        65535
            =========== ===
            """);

        CollectionAssert.AreEqual(
            new[] { new OperationType(Standard.DimseOperation.NAction, 1, "Archive"), new OperationType(Standard.DimseOperation.NAction, 2, "Forget"), new OperationType(Standard.DimseOperation.NEventReport, 65535, "Done") },
            page.Types.ToArray());
    }

    [TestMethod]
    public void Registry_and_names()
    {
        var registry = Read("""
            ================= ================ ========= =============== ===== =======
            UID               Name             Keyword   Type            Part  Retired
            ================= ================ ========= =============== ===== =======
            1.2.840.10008.1.1 Old SOP Class    OldClass  SOP Class       PS3.4 Yes
            1.2.840.10008.1.2 Implicit         Implicit  Transfer Syntax PS3.5 No
            ================= ================ ========= =============== ===== =======
            """).Content.Registry!;
        var page = ServiceClass("Acme\n====\n\n================= =========\nUID               SOP Class\n================= =========\n1.2.840.10008.1.1 OldClass\n1.2.3             AcmeMine\n================= =========\n");

        Assert.AreEqual(new RegistryEntry("1.2.840.10008.1.2", "Implicit", "Implicit", "Transfer Syntax", "PS3.5", false), registry.Entries[1]);
        CollectionAssert.AreEqual(
            new[] { new Standard.SopClass("1.2.840.10008.1.1", "OldClass", "Old SOP Class", null, true), new Standard.SopClass("1.2.3", "AcmeMine", null, null, false) },
            RegistryNames.Apply(page, registry).SopClasses.ToArray());
        Assert.AreEqual(page, RegistryNames.Apply(page, null));
    }

    [TestMethod]
    public void A_page_may_have_two_service_classes()
    {
        const string Page = """
            One Service Class
            =================

            :dcm:`One <one.html>`

            ===== ============
            UID   SOP Class
            ===== ============
            1.2.1 AcmeOne
            ===== ============

            Two Service Class
            =================

            :dcm:`Two <two.html>`

            ===== ============
            UID   SOP Class
            ===== ============
            1.2.2 AcmeTwo
            ===== ============
            """;

        CollectionAssert.AreEqual(
            new[] { ("OneServiceClass", "one.html", "AcmeOne"), ("TwoServiceClass", "two.html", "AcmeTwo") },
            Read(Page).Content.ServiceClasses.Select(static service => (service.Name, service.Reference!, service.SopClasses.Single().Keyword)).ToArray());
    }

    [TestMethod]
    public void A_page_without_title_is_named_as_its_file() =>
        Assert.AreEqual("AcmeStoreServiceClass", PageReader.Read("pages/acme store.rst", SourceText.From("===== ====\nUID   SOP Class\n===== ====\n1.2.1 A\n===== ====\n"), CancellationToken.None).Content.ServiceClasses.Single().Name);

    [TestMethod]
    public void The_model_has_no_positions()
    {
        const string Page = "Acme\n====\n\nC-STORE Statuses\n----------------\n\n";
        var before = Read(Page + Statuses("0x0000 Success Success"));
        var after = Read("\n\n.. A comment.\n\n" + Page + "More prose.\n\n" + Statuses("0x0000  Success  Success"));

        Assert.AreEqual(before.Content, after.Content);
        Assert.AreNotEqual(before.Facts, after.Facts);
        Assert.AreEqual(before, Read(Page + Statuses("0x0000 Success Success")));
    }

    private static EquatableArray<string> Keywords(params string[] keywords) => keywords.ToEquatableArray();

    private static PageReading Read(string text, string path = "page.rst") => PageReader.Read(path, SourceText.From(text), CancellationToken.None);

    /// <summary>The only service class of a page with which nothing is wrong.</summary>
    private static ServiceClass ServiceClass(string text)
    {
        var reading = Read(text);
        Assert.AreEqual("", string.Join("\n", reading.Diagnostics.Select(static diagnostic => diagnostic.ToDiagnostic().ToString())));
        return reading.Content.ServiceClasses.Single();
    }

    /// <summary>A simple table of statuses; the three words of a row stand one space apart.</summary>
    private static string Statuses(params string[] rows) => "========== ======== ===========\nCode (hex) Category Description\n========== ======== ===========\n"
        + string.Concat(rows.Select(static row =>
        {
            var words = row.Split(' ', 3, StringSplitOptions.RemoveEmptyEntries);
            return $"{words[0],-10} {words[1],-8} {words[2].Trim()}\n";
        }))
        + "========== ======== ===========\n";
}
