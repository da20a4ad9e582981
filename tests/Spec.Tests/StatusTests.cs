namespace Specgen.Spec.Tests;

/// <summary>The statuses against what PS3.7 and PS3.4 say, written down here a second time.</summary>
[TestClass]
public sealed class StatusTests
{
    [TestMethod]
    public void Categories_are_those_of_the_codes_classes()
    {
        foreach (var page in Repository.Pages)
        {
            foreach (var (service, status) in page.Statuses)
            {
                Assert.AreEqual(ClassOf(status.First), status.Category, $"{page.Name}, {service}: {status}");
                Assert.AreEqual(ClassOf(status.Last), status.Category, $"{page.Name}, {service}: {status}");
            }
        }

        foreach (var row in Repository.Page("general_statuses.rst").Tables.Single().Rows)
        {
            Assert.AreEqual(ClassOf(PlainStatus.Of(row).First), row[1], string.Join(' ', row));
        }
    }

    [TestMethod]
    public void General_statuses_mean_the_same_on_every_page()
    {
        var general = Repository.Page("general_statuses.rst").Tables.Single().Rows.Select(PlainStatus.Of).ToDictionary(static status => status.First, static status => status.Description);
        foreach (var page in Repository.Pages)
        {
            foreach (var (service, status) in page.Statuses.Where(static row => IsGeneral(row.Status)))
            {
                Assert.AreEqual(general[status.First], status.Description, $"{page.Name}, {service}: {status}");
            }
        }
    }

    /// <summary>The status parameter of each DIMSE service, PS3.7 2026c.</summary>
    [TestMethod]
    [DataRow("C-ECHO", "0000 0122 0210 0211 0212", DisplayName = "PS3.7 9.1.5.1.4")]
    [DataRow("C-STORE", "0000 0117 0122 0124 0210 0211 0212", DisplayName = "PS3.7 9.1.1.1.9")]
    [DataRow("C-FIND", "0000 0122 0124 0210 0211 0212 FE00", DisplayName = "PS3.7 9.1.2.1.6")]
    [DataRow("C-GET", "0000 0122 0124 0210 0211 0212 FE00", DisplayName = "PS3.7 9.1.3.1.6")]
    [DataRow("C-MOVE", "0000 0122 0124 0210 0211 0212 FE00", DisplayName = "PS3.7 9.1.4.1.7")]
    [DataRow("N-EVENT-REPORT", "0000 0110 0112 0113 0114 0115 0117 0118 0119 0210 0211 0212 0213", DisplayName = "PS3.7 10.1.1.1.8")]
    [DataRow("N-GET", "0000 0107 0110 0112 0117 0118 0119 0124 0210 0211 0212 0213", DisplayName = "PS3.7 10.1.2.1.9")]
    [DataRow("N-SET", "0000 0105 0106 0107 0110 0112 0116 0117 0118 0119 0121 0124 0210 0211 0212 0213", DisplayName = "PS3.7 10.1.3.1.9")]
    [DataRow("N-ACTION", "0000 0110 0112 0114 0115 0117 0118 0119 0123 0124 0210 0211 0212 0213", DisplayName = "PS3.7 10.1.4.1.10")]
    [DataRow("N-CREATE", "0000 0105 0106 0107 0110 0111 0116 0117 0118 0120 0121 0124 0210 0211 0212 0213", DisplayName = "PS3.7 10.1.5.1.6")]
    [DataRow("N-DELETE", "0000 0110 0112 0117 0118 0119 0124 0210 0211 0212 0213", DisplayName = "PS3.7 10.1.6.1.7")]
    public void General_statuses_of_a_service_are_complete_on_every_page_that_has_it(string service, string codes)
    {
        foreach (var page in Repository.Pages.Where(page => page.StatusTables.Any(table => table.Service == service)))
        {
            Assert.AreEqual(codes, string.Join(' ', page.Statuses.Where(row => row.Service == service && IsGeneral(row.Status)).Select(static row => row.Status.First.ToString("X4"))), page.Name);
        }
    }

    /// <summary>A DIMSE service that a page has is one whose statuses it has, and the other way round.</summary>
    [TestMethod]
    public void Services_and_statuses_go_together()
    {
        foreach (var page in Repository.Pages.Where(static page => page.UsageTables.Any()))
        {
            CollectionAssert.AreEquivalent(
                page.UsageTables.SelectMany(static table => table.Rows).Select(static row => row[0].Split(" - ")[0]).Distinct().ToList(),
                page.StatusTables.Select(static table => table.Service).Distinct().ToList(),
                page.Name);
        }
    }

    /// <summary>The words of PS3.4 Table B.2-1 and Table KK.2.2.3-1; Annexes A and J have none.</summary>
    [TestMethod]
    [DataRow("storage.rst", "A700-A7FF Failure Out of Resources|A900-A9FF Failure Data Set does not match SOP Class|B000 Warning Coercion of Data Elements|B006 Warning Elements Discarded|B007 Warning Data Set does not match SOP Class|C000-CFFF Failure Cannot understand")]
    [DataRow("storage_commitment.rst", "")]
    [DataRow("storage_management.rst", "B010 Warning Attribute List warning - One or more of Key Attributes are not supported for matching")]
    [DataRow("verification.rst", "")]
    public void Statuses_of_a_service_class_are_complete(string page, string rows) =>
        Assert.AreEqual(rows, string.Join('|', Repository.Page(page).Statuses.Where(static row => !IsGeneral(row.Status)).Select(static row => row.Status.ToString())));

    /// <summary>Code, category and words; a table need not have every status.</summary>
    [TestMethod]
    public void Conformance_tables_say_what_the_service_pages_say()
    {
        foreach (var page in Repository.Pages.Where(static page => page.Name.StartsWith("conformance/", StringComparison.Ordinal)))
        {
            var service = Repository.Page(page.Name["conformance/".Length..]);
            foreach (var table in page.Tables)
            {
                var statuses = service.Statuses.Where(row => row.Service == table.Service).Select(static row => row.Status).ToDictionary(static status => status.First == status.Last ? $"{status.First:X4}" : $"{status.First:X4}-{status.Last:X4}");
                foreach (var row in table.Rows.Where(static row => row[0] != "-"))
                {
                    Assert.IsTrue(statuses.TryGetValue(row[2], out var status), $"{page.Name}, line {table.Line}: {row[2]}");
                    Assert.AreEqual((status.Category, status.Description), (row[0], row[1]), $"{page.Name}: {row[2]}");
                }
            }
        }
    }

    /// <summary>Of PS3.7, and not of a service class. 0001 is one whose meaning a service class gives.</summary>
    private static bool IsGeneral(PlainStatus status) => status.First is 0x0000 or (>= 0x0100 and < 0x0300) or 0xFE00;

    /// <summary>PS3.7 Annex C: the class of a code.</summary>
    private static string ClassOf(int code) => code switch
    {
        0x0000 => "Success",
        0x0001 or 0x0107 or 0x0116 => "Warning",
        0xFE00 => "Cancel",
        0xFF00 or 0xFF01 => "Pending",
        _ => (code >> 12, code >> 8) switch
        {
            (0xB, _) => "Warning",
            (0xA, _) or (0xC, _) or (_, 0x01) or (_, 0x02) => "Failure",
            _ => "not to be used",
        },
    };
}
