namespace Specgen.Spec.Tests;

/// <summary>That no SOP class is forgotten and none made up: each of the registry stands on exactly one page, or below with the reason why on none.</summary>
[TestClass]
public sealed class CoverageTests
{
    private const string RealTime = "real-time communication, PS3.22: no DIMSE service";
    private const string Security = "DICOS, NEMA IIC 1: not in PS3.4 Table B.5-1";
    private const string Testing = "DICONDE, ASTM: not in PS3.4 Table B.5-1";

    /// <summary>SOP classes of PS3.6 that are not PS3.4's.</summary>
    internal static readonly Dictionary<string, string> WithoutServiceClass = new()
    {
        ["VideoEndoscopicImageRealTimeCommunication"] = RealTime,
        ["VideoPhotographicImageRealTimeCommunication"] = RealTime,
        ["AudioWaveformRealTimeCommunication"] = RealTime,
        ["RenditionSelectionDocumentRealTimeCommunication"] = RealTime,
        ["DICOSCTImageStorage"] = Security,
        ["DICOSDigitalXRayImageStorageForPresentation"] = Security,
        ["DICOSDigitalXRayImageStorageForProcessing"] = Security,
        ["DICOSThreatDetectionReportStorage"] = Security,
        ["DICOS2DAITStorage"] = Security,
        ["DICOS3DAITStorage"] = Security,
        ["DICOSQuadrupoleResonanceStorage"] = Security,
        ["EddyCurrentImageStorage"] = Testing,
        ["EddyCurrentMultiFrameImageStorage"] = Testing,
        ["ThermographyImageStorage"] = Testing,
        ["ThermographyMultiFrameImageStorage"] = Testing,
        ["UltrasoundWaveformStorage"] = Testing,
    };

    [TestMethod]
    public void Every_sop_class_stands_on_one_page_or_has_a_reason()
    {
        var pages = Repository.Pages.SelectMany(static page => page.SopClasses.Select(sopClass => (sopClass.Uid, page.Name))).ToLookup(static pair => pair.Uid, static pair => pair.Name);
        var sopClasses = RegistryRow.All.Where(static row => row.Type is "SOP Class" or "Meta SOP Class").ToList();
        foreach (var row in sopClasses)
        {
            Assert.AreEqual(WithoutServiceClass.ContainsKey(row.Keyword) ? 0 : 1, pages[row.Uid].Count(), $"{row.Uid} {row.Keyword}: {string.Join(", ", pages[row.Uid])}");
        }

        Assert.HasCount(sopClasses.Count - WithoutServiceClass.Count, pages);
    }

    [TestMethod]
    public void Every_reason_is_for_a_sop_class()
    {
        var registry = RegistryRow.All.ToDictionary(static row => row.Keyword);
        foreach (var (keyword, reason) in WithoutServiceClass)
        {
            Assert.IsTrue(registry.TryGetValue(keyword, out var row) && row.Type is "SOP Class" or "Meta SOP Class", keyword);
            Assert.IsFalse(row.IsRetired, $"{keyword}: {reason}");
        }
    }

    /// <summary>What no table of DIMSE services is for is retired, or a meta SOP class. VOI LUT Box is retired in PS3.4 §H.4.7 only.</summary>
    [TestMethod]
    public void Sop_classes_without_a_dimse_service_are_retired()
    {
        foreach (var page in Repository.Pages.Where(static page => page.UsageTables.Any()))
        {
            var labels = page.UsageTables.SelectMany(static table => table.Labels).Select(static labels => labels.Select(RegistryRow.KeywordOf).ToList()).ToList();
            if (labels.Any(static labels => labels.Count == 0))
            {
                continue;
            }

            var served = labels.SelectMany(static keywords => keywords).Concat(page.MetaTables.SelectMany(static table => table.Labels).Select(static labels => RegistryRow.KeywordOf(labels.Single()))).ToHashSet();
            foreach (var (uid, keyword) in page.SopClasses)
            {
                var isRetired = RegistryRow.All.Single(row => row.Uid == uid).IsRetired || keyword == "VOILUTBox";
                Assert.IsTrue(served.Contains(keyword) || isRetired, $"{page.Name}: {keyword} has no DIMSE service");
            }
        }
    }

    [TestMethod]
    [DataRow("storage.rst")]
    [DataRow("non_patient_object_storage.rst")]
    public void Storage_pages_have_storage_sop_classes_only(string name)
    {
        var registry = RegistryRow.All.ToDictionary(static row => row.Uid);

        foreach (var (uid, keyword) in Repository.Page(name).SopClasses)
        {
            Assert.IsTrue(IsStorage(registry[uid]), $"{uid} {keyword}");
        }
    }

    /// <summary>Names end in Storage, or in Storage with what the images are for or that they were a trial.</summary>
    private static bool IsStorage(RegistryRow row) =>
        new[] { "", " SOP Class", " - For Presentation", " - For Processing", " - Trial" }.Any(end => row.Name.EndsWith("Storage" + end, StringComparison.Ordinal));

    [TestMethod]
    public void Storage_rows_are_in_the_order_of_their_uids_and_name_an_annex()
    {
        var registered = RegistryRow.All.Select(static row => row.Uid).ToList();
        foreach (var table in Repository.Page("storage.rst").SopClassTables)
        {
            var uids = table.Column("UID").ToList();
            CollectionAssert.AreEqual(uids.OrderBy(registered.IndexOf).ToList(), uids);
        }

        foreach (var annex in Repository.Page("storage.rst").SopClassTables.First().Column("Part 3 Annex").Concat(Repository.Page("non_patient_object_storage.rst").SopClassTables.Single().Column("Part 3 Annex")))
        {
            Assert.MatchesRegex(@"^A\.[1-9][0-9]*(\.[1-9][0-9]*)*$", annex);
        }
    }
}
