namespace Specgen.Generators.Tests.Emission;

/// <summary>Generated statuses, asked by running them.</summary>
[TestClass]
public sealed class StatusTests
{
    private const string Out = "AcmeVaultCStoreStatus.OutOfResources";
    private static readonly TestProject s_project = new TestProject().Page(TestPages.Vault).Page(TestPages.Promise, "promise.rst");

    [TestMethod]
    public void ACodeWithinARange_IsDefined() => Assert.AreEqual(
        "Failure,Out of resources,True,OutOfResources",
        s_project.Ask("((AcmeVaultCStoreStatus)0xA7F0).Category(), ((AcmeVaultCStoreStatus)0xA7F0).Description(), ((AcmeVaultCStoreStatus)0xA7F0).IsDefined(), ((AcmeVaultCStoreStatus)0xA7F0).Definition()"));

    [TestMethod]
    public void TheMemberOfARange_IsItsFirstCode() => Assert.AreEqual($"{0xA700}", s_project.Ask($"(ushort){Out}"));

    [TestMethod]
    public void AnExactRow_WinsOverTheRangeAroundIt() => Assert.AreEqual(
        "UnhandledExceptionQuotes,keeper,CannotUnderstand,,CannotUnderstand",
        s_project.Ask("((AcmeVaultCStoreStatus)0xC211).Definition(), AcmeVaultServiceClass.FindStatus(DimseOperation.CStore, 0xC211)!.Value.Implementation, ((AcmeVaultCStoreStatus)0xC210).Definition(), AcmeVaultServiceClass.FindStatus(DimseOperation.CStore, 0xC210)!.Value.Implementation, ((AcmeVaultCStoreStatus)0xC212).Definition()"));

    [TestMethod]
    public void AnUnknownCode_HasTheCategoryOfItsClassAndKeepsItsNumber() => Assert.AreEqual(
        "Warning,,False,49151,Failure",
        s_project.Ask("((AcmeVaultCStoreStatus)0xBFFF).Category(), ((AcmeVaultCStoreStatus)0xBFFF).Description(), ((AcmeVaultCStoreStatus)0xBFFF).IsDefined(), (int)((AcmeVaultCStoreStatus)0xBFFF).Definition(), ((AcmeVaultCStoreStatus)0x0110).Category()"));

    [TestMethod]
    public void ToDicomStatus_HasTheTablesStateAndWords() => Assert.AreEqual(
        "Failure,Out of resources,42992,Warning,Dataset doesn't match SOP Class,45063,Warning,",
        s_project.Ask("((AcmeVaultCStoreStatus)0xA7F0).ToDicomStatus().State, ((AcmeVaultCStoreStatus)0xA7F0).ToDicomStatus().Description, ((AcmeVaultCStoreStatus)0xA7F0).ToDicomStatus().Code, "
            + "AcmeVaultCStoreStatus.DatasetDoesntMatchSopClassWarning.ToDicomStatus().State, AcmeVaultCStoreStatus.DatasetDoesntMatchSopClassWarning.ToDicomStatus().Description, AcmeVaultCStoreStatus.DatasetDoesntMatchSopClassWarning.ToDicomStatus().Code, "
            + "((AcmeVaultCStoreStatus)0xBFFF).ToDicomStatus().State, ((AcmeVaultCStoreStatus)0xBFFF).ToDicomStatus().Description"));

    [TestMethod]
    public void ToDicomStatus_OfAListedCode_IsOneObject() => Assert.AreEqual(
        "True,True", s_project.Ask($"ReferenceEquals({Out}.ToDicomStatus(), {Out}.ToDicomStatus()), ReferenceEquals(AcmeVaultCStoreStatus.Success.ToDicomStatus(), AcmeVaultCStoreStatus.Success.ToDicomStatus())"));

    [TestMethod]
    public void Lookups_DoNotAllocate() => Assert.AreEqual("0", s_project.Source("""
        using Specgen;
        using Specgen.Standard;

        internal static class Measure
        {
            internal static long Bytes()
            {
                Lookups();
                var before = System.GC.GetAllocatedBytesForCurrentThread();
                Lookups();
                return System.GC.GetAllocatedBytesForCurrentThread() - before;
            }

            private static int Lookups()
            {
                var sum = 0;
                for (var code = 0xA6F0; code < 0xA710; code++)
                {
                    var status = (AcmeVaultCStoreStatus)code;
                    sum += (int)status.Category() + status.Description().Length + (status.IsDefined() ? 1 : 0) + (int)status.Definition();
                    sum += DicomStandard.FindStatus("1.3.99.1.1", DimseOperation.CStore, (ushort)code)?.Code ?? 0;
                    sum += DicomStandard.FindSopClass("1.3.99.1.2")!.Uid.Length;
                    sum += AcmeVaultCStoreStatus.OutOfResources.ToDicomStatus().Code;
                }

                return sum;
            }
        }
        """).Ask("Measure.Bytes()"));

    [TestMethod]
    public void TheCatalogue_FindsAcrossPages() => Assert.AreEqual(
        "AcmePromise,,No such event type,,Acme Vault Service Class",
        s_project.Ask("DicomStandard.FindSopClass(\"1.3.99.2.1\")!.Keyword, DicomStandard.FindSopClass(\"1.2\"), DicomStandard.FindStatus(\"1.3.99.2.1\", DimseOperation.NEventReport, 0x0113)!.Value.Description, "
            + "DicomStandard.FindStatus(\"1.3.99.2.1\", DimseOperation.CStore, 0xA700), DicomStandard.FindStatus(SopClassUids.AcmeScan, DimseOperation.CStore, 0xA7F0)!.Value.ServiceClass"));

    [TestMethod]
    public void AServiceClass_HasWhatItsPageSays() => Assert.AreEqual(
        "Acme Vault Service Class,AcmeScan AcmeReport,A.3,CStore Mandatory Mandatory;NAction Optional Optional",
        s_project.Ask("AcmeVaultServiceClass.Name, string.Join(\" \", AcmeVaultServiceClass.SopClasses.Select(c => c.Keyword)), SopClasses.AcmeScan.Iod, "
            + "string.Join(\";\", AcmeVaultServiceClass.Services.Select(s => $\"{s.Operation} {s.ScuUsage} {s.ScpUsage}\"))"));

    [TestMethod]
    public void TheRegistry_GivesNames()
    {
        Assert.AreEqual("AcmeScan", s_project.Ask("SopClasses.AcmeScan.Name"));
        Assert.AreEqual("Acme Scan,1.3.99.9.1", s_project.Page(TestPages.Registry, "registry.rst").Ask("SopClasses.AcmeScan.Name, TransferSyntaxUids.AcmeEncoding"));
    }

    [TestMethod]
    public void ActionAndEventTypes_AreEnums() => Assert.AreEqual(
        "1,Request it,True,False", s_project.Ask("(int)AcmePromiseAction.RequestIt, AcmePromiseAction.RequestIt.Description(), AcmePromiseEvent.ItIsBroken.IsDefined(), ((AcmePromiseEvent)3).IsDefined()"));
}
