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
        var conformance = PageReader.Read("n7.rst", Microsoft.CodeAnalysis.Text.SourceText.From(ConformanceOfTheDocument), CancellationToken.None);
        var readings = new[] { Read("registry.rst"), Read("general_statuses.rst"), ReadSeed("000"), ReadSeed("001"), ReadSeed("003"), conformance };
        var found = readings.SelectMany(static reading => reading.Diagnostics)
            .Concat(CrossPageChecks.Run([.. readings.Select(static reading => reading.Facts)], CancellationToken.None))
            .Select(static diagnostic => Line(diagnostic.ToDiagnostic()))
            .Order(StringComparer.Ordinal)
            .ToList();

        var expected = Contradictions.Split('\n').Select(static line => line.Split(" # ")[0].TrimEnd()).ToList();
        Assert.AreEqual(string.Join("\n", expected), string.Join("\n", found.Select(static line => line.Split(": ")[0])), string.Join("\n", found));

        // In the order of facts: which words have to be in the message at a place.
        foreach (var line in Contradictions.Split('\n').Select(static line => line.Split(" # ")).Where(static parts => parts.Length > 1))
        {
            var message = found.Single(candidate => candidate.StartsWith(line[0].TrimEnd() + ": ", StringComparison.Ordinal));
            foreach (var words in line[1].Split(" | "))
            {
                StringAssert.Contains(message, words, StringComparison.Ordinal);
            }
        }

        static string Line(Microsoft.CodeAnalysis.Diagnostic diagnostic)
        {
            var place = diagnostic.Location.GetLineSpan();
            var name = Path.GetFileName(place.Path);
            return $"{(name.StartsWith("n7", StringComparison.Ordinal) ? "n7" : name[..3])}({place.StartLinePosition.Line + 1:D3},{place.StartLinePosition.Character + 1:D2}) {diagnostic.Id}: {diagnostic.GetMessage(null)}";
        }
    }

    /// <summary>Document, line, column and diagnostic; behind "#" what the message says.</summary>
    private const string Contradictions = """
        000(018,32) SPG0012 # StorageCommitmentPushModel
        000(043,03) SPG0028 # 0x0110
        000(053,33) SPG0023 # 'Invalid SOP Instance'
        000(090,33) SPG0023 # 'Invalid SOP Instance'
        001(043,03) SPG0028 # 0x0110
        001(053,33) SPG0023 # 'Invalid SOP Instance'
        001(093,33) SPG0023 # 'Invalid SOP Instance'
        003(022,38) SPG0012 # DigitalXRayImageStorageForPresentation
        003(024,03) SPG0010 # 1.2.840.10008.5.1.4.1.1.1.1.1
        003(024,38) SPG0011 # DigitalXRayImageStorageForProcessing
        003(026,38) SPG0012 # DigitalMammographyXRayImageStorageForPresentation
        003(028,38) SPG0012 # DigitalMammographyXRayImageStorageForProcessing
        003(030,38) SPG0012 # DigitalIntraOralXRayImageStorageForPresentation
        003(032,03) SPG0010 # 1.2.840.10008.5.1.4.1.1.1.3.1
        003(032,38) SPG0011 # DigitalIntraOralXRayImageStorageForProcessing
        003(040,38) SPG0012 # UltrasoundMultiFrameImageStorage
        003(058,38) SPG0012 # MultiFrameSingleBitSecondaryCaptureImageStorage
        003(060,38) SPG0012 # MultiFrameGrayscaleByteSecondaryCaptureImageStorage
        003(062,38) SPG0012 # MultiFrameGrayscaleWordSecondaryCaptureImageStorage
        003(064,38) SPG0012 # MultiFrameTrueColorSecondaryCaptureImageStorage
        003(088,38) SPG0012 # PseudoColorSoftcopyPresentationStateStorage
        003(120,38) SPG0012 # BreastProjectionXRayImageStorageForPresentation
        003(122,38) SPG0012 # BreastProjectionXRayImageStorageForProcessing
        003(124,38) SPG0012 # IntravascularOpticalCoherenceTomographyImageStorageForPresentation
        003(126,38) SPG0012 # IntravascularOpticalCoherenceTomographyImageStorageForProcessing
        003(180,38) SPG0012 # OphthalmicOpticalCoherenceTomographyBscanVolumeAnalysisStorage
        003(200,38) SPG0012 # MacularGridThicknessAndVolumeReportStorage
        003(218,38) SPG0012 # ProcedureLogStorage
        003(222,38) SPG0012 # KeyObjectSelectionDocumentStorage
        003(242,38) SPG0012 # PerformedImagingAgentAdministrationSRStorage
        003(290,38) SPG0012 # RTBrachyApplicationSetupDeliveryInstructionStorage
        003(311,03) SPG0028 # 0x0122
        003(315,03) SPG0023 # 'Refused: SOP Class not supported' is 0x0122
        003(317,27) SPG0023 # 'Invalid SOP Instance'
        n7(012,53) SPG0014 # 0xB007 | 0xB006
        n7(013,53) SPG0014 # 0xB006 | 0xB007
        n7(014,53) SPG0023 # 'Refused: SOP Class not supported' is 0x0122
        n7(015,19) SPG0014 # 0x0117
        n7(019,53) SPG0014 # 0x0214 | 0x0124
        n7(019,53) SPG0023 # unassigned | 'Refused: Not authorized' is 0x0124
        n7(034,60) SPG0014 # 0xB007 | 0xB006
        n7(035,60) SPG0014 # 0xB006 | 0xB007
        n7(036,01) SPG0005 # did you mean 'Failure'?
        n7(036,60) SPG0014 # 0xA700 to 0xA7FF
        n7(037,60) SPG0014 # 0xA900 to 0xA9FF
        n7(038,60) SPG0014 # 0xC000 to 0xCFFF
        """;

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
