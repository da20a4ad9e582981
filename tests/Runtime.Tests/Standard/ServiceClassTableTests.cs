using System.Globalization;

namespace Specgen.Runtime.Tests.Standard;

/// <summary>SOP classes and DIMSE services of a page, and of several.</summary>
[TestClass]
public sealed class ServiceClassTableTests
{
    private static readonly SopClass s_other = new("1.2.3", "Other", "The other one", "Another Service Class", null, false);

    private static readonly ServiceClassTable s_table = ServiceClassTable.Of(
        "Acme Service Class",
        "1.3.99.1|AcmeScan|A.3||Acme | Scan\nOther\n1.3.99.2|AcmeReport||R|Acme Report",
        "CStore|M/U||\nNAction|C/-|0,2|Request | it",
        s_other);

    [TestMethod]
    public void SopClasses_AreTheLines_InTheirOrder()
    {
        CollectionAssert.AreEqual(
            new[] { new SopClass("1.3.99.1", "AcmeScan", "Acme | Scan", "Acme Service Class", "A.3", false), s_other, new("1.3.99.2", "AcmeReport", "Acme Report", "Acme Service Class", null, true) },
            s_table.SopClasses.ToArray());
        Assert.AreSame(s_other, s_table[1]);
        Assert.AreSame(s_table.SopClasses[2], s_table.Find("1.3.99.2"));
    }

    [TestMethod]
    public void Services_AreTheLines_InTheirOrder()
    {
        Assert.AreEqual("CStore,,,Optional,Mandatory NAction,Request | it,AcmeScan AcmeReport,NotUsed,Conditional", string.Join(' ', s_table.Services.Select(static service =>
            $"{service.Operation},{service.Qualifier},{string.Join(' ', service.SopClasses.Select(static sop => sop.Keyword))},{service.ScpUsage},{service.ScuUsage}")));
    }

    /// <summary>Where messages about a SOP class go, whose own presentation context is not the only one.</summary>
    [TestMethod]
    [DataRow(0, DimseOperation.NGet, "1.1 1.5 1.2", "1.1")]
    [DataRow(0, DimseOperation.NEventReport, "1.1 1.5 1.3", "1.1")]
    [DataRow(0, DimseOperation.CFind, "1.1", "1.1")]
    [DataRow(1, DimseOperation.NGet, "1.2 1.5", "1.1")]
    [DataRow(1, DimseOperation.CFind, "1.2", "1.2")]
    [DataRow(2, DimseOperation.NEventReport, "1.3 1.5", "1.1")]
    [DataRow(3, DimseOperation.NGet, "1.4 1.5", "1.4")]
    [DataRow(4, DimseOperation.NGet, "1.5", "1.5")]
    public void Messages_GoOverOtherContexts_AndNameAnotherSopClass(int index, DimseOperation operation, string contexts, string named)
    {
        var table = ServiceClassTable.Of(
            "Acme",
            "1.1|Thing|||Thing\n1.2|Reader||=0|Reader\n1.3|Listener||R =0|Listener\n1.4|Member|||Member\n1.5|Meta||+0,1,2,3|Meta\n1.6|EmptyMeta||+|Empty",
            "NCreate|M/M|0|\nNGet|M/M|0,1|\nNEventReport|M/M|2|\nCFind|M/M|1|");
        var sopClass = table[index];
        List<string> accepted = ["1.1", "1.2", "1.3", "1.4", "1.5", "1.6"];
        var order = new List<string>();
        while (sopClass.ChooseContext(accepted, static uid => uid, operation) is { } next)
        {
            order.Add(next);
            accepted.Remove(next);
        }

        CollectionAssert.AreEquivalent(contexts.Split(' '), order);
        Assert.AreEqual(sopClass.Uid, order[0]);
        Assert.AreEqual(named, sopClass.Named(operation).Uid);
        Assert.AreEqual((index >= 4, false, index == 2), (sopClass.IsMeta, sopClass.IsStorage, sopClass.IsRetired));
    }

    [TestMethod]
    public void SopClassesWithCStore_AreOfStorage()
    {
        var table = ServiceClassTable.Of("Acme", "1.1|A|||A\n1.2|B||Q R|B\n1.3|C||Q|C", "CStore|M/M|0,2|\nCFind|M/M|1|");

        Assert.AreEqual("1.1 1.3", string.Join(' ', table.SopClasses.Where(static s => s.IsStorage).Select(static s => s.Uid)));
        Assert.AreEqual("1.2 1.3", string.Join(' ', table.SopClasses.Where(static s => s.IsRelational).Select(static s => s.Uid)));
        Assert.AreEqual("1.2", table.SopClasses.Single(static s => s.IsRetired).Uid);
    }

    [TestMethod]
    public void AUidThatIsNotThere_IsNull()
    {
        foreach (var uid in new[] { "", "1", "1.3.99.3", "1.3.99.1 ", "1.3.99.1.1", null })
        {
            Assert.IsNull(s_table.Find(uid), uid);
        }
    }

    [TestMethod]
    public void APageWithoutRows_HasNothing()
    {
        var empty = ServiceClassTable.Of("Empty Service Class", "", "");
        Assert.IsEmpty(empty.SopClasses);
        Assert.IsEmpty(empty.Services);
        Assert.IsNull(empty.Find("1.2"));
    }

    /// <summary>Many that differ by their ends, and many that do not: each is found, and a neighbour is not.</summary>
    [TestMethod]
    [DataRow("1.2.840.10008.5.1.4.1.1.{0}")]
    [DataRow("1.{0}.840.10008.5.1.4.1.1.2")]
    public void EveryOneOfMany_IsFound(string format)
    {
        var uids = Enumerable.Range(0, 1000).Select(number => string.Format(CultureInfo.InvariantCulture, format, number)).ToArray();
        var table = ServiceClassTable.Of("Many", string.Join('\n', uids.Select(static (uid, number) => $"{uid}|K{number}|||Name")), "");
        for (var i = 0; i < uids.Length; i++)
        {
            Assert.AreEqual("K" + i, table.Find(uids[i])?.Keyword);
            Assert.IsNull(table.Find(uids[i] + "0.0"));
        }
    }

    [TestMethod]
    public void TheCatalogue_AsksThePagesInTheirOrder()
    {
        var catalogue = new ServiceClassCatalogue().Add<First>().Add<Second>();
        Assert.AreEqual(("First", "Second", null), (catalogue.FindSopClass("1.1")?.ServiceClass, catalogue.FindSopClass("1.2")?.ServiceClass, catalogue.FindSopClass("1.3")));

        // Both have 1.1, and only the second says something about its 0xB000.
        Assert.AreEqual(("First", "Second"), (catalogue.FindStatus("1.1", DimseOperation.CStore, 0xA700)?.ServiceClass, catalogue.FindStatus("1.1", DimseOperation.CStore, 0xB000)?.ServiceClass));
        Assert.IsNull(catalogue.FindStatus("1.1", DimseOperation.CStore, 0xC000));
        Assert.IsNull(catalogue.FindStatus("1.3", DimseOperation.CStore, 0xA700));
        Assert.IsNull(new ServiceClassCatalogue().FindSopClass("1.1"));
    }

    private sealed class First : IServiceClass
    {
        private static readonly ServiceClassTable s_page = ServiceClassTable.Of(Name, "1.1|A|||A", "CStore|M/M||");
        private static readonly StatusTable s_statuses = StatusTable.Of(Name, "A700 F Out of resources");

        public static string Name => "First";

        public static IReadOnlyList<SopClass> SopClasses => s_page.SopClasses;

        public static IReadOnlyList<DimseService> Services => s_page.Services;

        public static SopClass? FindSopClass(string uid) => s_page.Find(uid);

        public static StatusInfo? FindStatus(DimseOperation operation, ushort code) => s_statuses.Find(code);
    }

    private sealed class Second : IServiceClass
    {
        private static readonly ServiceClassTable s_page = ServiceClassTable.Of(Name, "1.1|A|||A\n1.2|B|||B", "CStore|M/M||");
        private static readonly StatusTable s_statuses = StatusTable.Of(Name, "A700 F Out of resources\nB000 W Coercion");

        public static string Name => "Second";

        public static IReadOnlyList<SopClass> SopClasses => s_page.SopClasses;

        public static IReadOnlyList<DimseService> Services => s_page.Services;

        public static SopClass? FindSopClass(string uid) => s_page.Find(uid);

        public static StatusInfo? FindStatus(DimseOperation operation, ushort code) => s_statuses.Find(code);
    }
}
