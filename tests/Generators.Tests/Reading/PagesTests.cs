using Specgen.Generators.Reading;
using Standard = Specgen.Generators.Standard;

namespace Specgen.Generators.Tests.Reading;

/// <summary>The repository's own pages.</summary>
[TestClass]
public sealed class PagesTests
{
    [TestMethod]
    public void Pages_have_nothing_to_report()
    {
        var readings = TestFiles.Pages.Select(static path => PageReader.Read(path, TestFiles.Text(path), CancellationToken.None)).ToList();
        var diagnostics = readings.SelectMany(static reading => reading.Diagnostics)
            .Concat(CrossPageChecks.Run([.. readings.Select(static reading => reading.Facts)], CancellationToken.None))
            .Select(static diagnostic => diagnostic.ToDiagnostic().ToString())
            .ToList();

        Assert.AreEqual("", string.Join("\n", diagnostics));
    }

    [TestMethod]
    public void Storage_page_is_read_whole()
    {
        var page = Read("storage.rst").Content.ServiceClasses.Single();

        Assert.AreEqual("StorageServiceClass", page.Name);
        Assert.AreEqual("Storage", page.ShortName);
        Assert.AreEqual("part04/chapter_B.html", page.Reference);
        Assert.IsTrue(page.SopClasses.Contains(new Standard.SopClass("1.2.840.10008.5.1.4.1.1.2", "CTImageStorage", null, "A.3", false)));
        Assert.IsTrue(page.SopClasses.Count > 165, $"{page.SopClasses.Count} SOP classes");
        Assert.AreEqual(new Standard.DimseUsage(Standard.DimseOperation.CStore, null, Standard.EquatableArray<string>.Empty, Standard.Usage.Mandatory, Standard.Usage.Mandatory), page.Usages.Single());
        var table = page.Statuses.Single();
        Assert.AreEqual(Standard.DimseOperation.CStore, table.Operation);
        Assert.AreEqual(13, table.Rows.Count);
        Assert.IsTrue(table.Rows.Contains(new Standard.Status(0xA700, 0xA7FF, Standard.StatusCategory.Failure, "Out of Resources", null)));
    }

    [TestMethod]
    public void Module_page_nests_and_includes()
    {
        var module = Read(Path.Combine("modules", "storage_commitment.rst")).Content.Modules.Single();

        Assert.AreEqual("StorageCommitmentModule", module.Name);
        Assert.IsFalse(module.IsMacro);
        var failed = module.Attributes.Single(static attribute => attribute.Name == "Failed SOP Sequence");
        Assert.AreEqual("SOP Instance Reference Macro", failed.Items[0].Include);
        Assert.AreEqual(((ushort)0x0008, (ushort)0x1197, "US"), (failed.Items[1].Group, failed.Items[1].Element, failed.Items[1].Vr));
        var values = module.Values.Single();
        Assert.AreEqual("FailureReason", values.Name);
        Assert.AreEqual(new Standard.ModuleValue(0x0131, "Duplicate transaction UID", "The Transaction UID is in use"), values.Rows.Single(static row => row.Code == 0x0131));
    }

    [TestMethod]
    [DataRow("000", "StorageCommitmentServiceClass", 1, 2, 26)]
    [DataRow("001", "StorageManagementServiceClass", 1, 2, 27)]
    [DataRow("003", "StorageServiceClass", 136, 1, 17)]
    public void Documents_are_read_verbatim(string seed, string name, int sopClasses, int usages, int statuses)
    {
        var page = ReadSeed(seed).Content.ServiceClasses.Single();

        Assert.AreEqual(name, page.Name);
        Assert.AreEqual(sopClasses, page.SopClasses.Count);
        Assert.AreEqual(usages, page.Usages.Count);
        Assert.AreEqual(statuses, page.Statuses.Sum(static table => table.Rows.Count));
    }

    [TestMethod]
    public void Statuses_of_an_implementation_belong_to_the_service_above()
    {
        var table = ReadSeed("003").Content.ServiceClasses.Single().Statuses.Single();

        CollectionAssert.AreEqual(
            new ushort[] { 0xC001, 0xC002, 0xC210, 0xC211 },
            table.Rows.Where(static row => row.Implementation == "pynetdicom").Select(static row => row.First).ToArray());
    }

    /// <summary>Each contradiction that a table of the documents shows, where it stands.</summary>
    [TestMethod]
    public void Contradictions_of_the_documents_are_reported_at_their_cells()
    {
        var registry = Read("registry.rst");
        var general = Read("general_statuses.rst");
        var readings = new[] { registry, general, ReadSeed("000"), ReadSeed("001"), ReadSeed("003"), PageReader.Read("n7.rst", Microsoft.CodeAnalysis.Text.SourceText.From(ConformanceOfTheDocument), CancellationToken.None) };
        var diagnostics = readings.SelectMany(static reading => reading.Diagnostics)
            .Concat(CrossPageChecks.Run([.. readings.Select(static reading => reading.Facts)], CancellationToken.None))
            .Select(static diagnostic => diagnostic.ToDiagnostic())
            .ToList();
        var found = diagnostics.Select(static d => $"{Path.GetFileName(d.Location.GetLineSpan().Path)}({d.Location.GetLineSpan().StartLinePosition.Line + 1},{d.Location.GetLineSpan().StartLinePosition.Character + 1}) {d.Id} {d.GetMessage(null)}").ToList();
        var all = string.Join("\n", found);

        Has("SPG0010", "1.2.840.10008.5.1.4.1.1.1.1.1.1");
        Has("SPG0010", "1.2.840.10008.5.1.1.4.1.1.3.1");
        Assert.AreEqual(21, found.Count(static line => line.Contains(" SPG0012 ", StringComparison.Ordinal)), all);
        Has("SPG0012", "'StorageCommitmentPushModel' in the registry");
        Has("SPG0023", "0x0112", "'Refused: SOP Class not supported' is 0x0122");
        Has("SPG0023", "0x0117", "Invalid object instance");
        Has("SPG0023", "0x0214", "0x0124");
        Has("SPG0005", "'Refused'", "Failure");
        Has("SPG0014", "Data Set does not match SOP Class", "B007", "B006");
        Has("SPG0014", "Elements Discarded", "B006", "B007");
        foreach (var code in new[] { "A700", "A901", "C000" })
        {
            Has("SPG0014", "0x" + code, "range");
        }

        void Has(params string[] words) =>
            Assert.IsTrue(found.Any(line => words.All(word => line.Contains(word, StringComparison.OrdinalIgnoreCase))), $"nothing says {string.Join(", ", words)} in\n{all}");
    }

    private static PageReading Read(string page)
    {
        var path = Path.Combine(TestFiles.Spec, page);
        return PageReader.Read(path, TestFiles.Text(path), CancellationToken.None);
    }

    private static PageReading ReadSeed(string prefix)
    {
        var path = TestFiles.Seed(prefix);
        return PageReader.Read(Path.ChangeExtension(path, ".rst"), TestFiles.Text(path), CancellationToken.None);
    }

    /// <summary>Tables N.7-42 and N.7-43 of PS3.2 2024d as they are printed.</summary>
    private const string ConformanceOfTheDocument = """
        Storage Status Codes
        ====================

        C-STORE of the SCU
        ------------------

        ================= ================================= ============ =========
        Service Status    Further Meaning                   Status Code  Behavior
        ================= ================================= ============ =========
        Success           Success                           0000
        Warning           Coercion of Data Elements         B000
        Warning           Data Set does not match SOP Class B007
        Warning           Elements Discarded                B006
        Failure           SOP Class not supported           0112
        Failure           Invalid SOP Instance              0117
        Failure           Duplicate invocation              0210
        Failure           Unrecognized operation            0211
        Failure           Mistyped argument                 0212
        Failure           Not authorized                    0214
        Failure           Out of Resources                  A700-A7FF
        Failure           Data Set does not match SOP Class A900-A9FF
        Failure           Cannot Understand                 C000-CFFF
        \-                Other Status Codes                any other
        ================= ================================= ============ =========

        C-STORE of the SCP
        ------------------

        ================= ======================================== ============ ============== =========
        Service Status    Further Meaning                          Status Codes Related Fields Condition
        ================= ======================================== ============ ============== =========
        Success           Success                                  0000
        Warning           Coercion of Data Elements                B000
        Warning           Data Set does not match SOP Class        B007
        Warning           Elements Discarded                       B006
        Refused           Refused: Out of Resources                A700
        Failure           Error: Data Set does not match SOP Class A901
        Failure           Error: Cannot understand                 C000
        ================= ======================================== ============ ============== =========
        """;
}
