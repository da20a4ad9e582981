using System.Reflection;

namespace Specgen.Generators.Tests.Emission;

/// <summary>One snapshot for each kind of table and option; everything else is compiled and asked.</summary>
[TestClass]
public sealed class SnapshotTests
{
    [TestMethod]
    public void ServiceClass() => Snapshot.Verify(new TestProject().Page(TestPages.Vault).Run());

    [TestMethod]
    public void ActionAndEventTypes() => Snapshot.Verify(new TestProject().Page(TestPages.Promise).Run(), static hint => hint == "AcmePromiseServiceClass.g.cs");

    [TestMethod]
    public void Module() => Snapshot.Verify(new TestProject().Page(TestPages.Module).Run());

    [TestMethod]
    public void Registry() => Snapshot.Verify(new TestProject().Page(TestPages.Registry).Run());

    [TestMethod]
    public void PublicInOtherNamespace() => Snapshot.Verify(
        new TestProject().Page(TestPages.Registry).Option("SpecgenNamespace", "Acme.event").Option("SpecgenAccessibility", "public").Run());

    [TestMethod]
    public void Provider() => Snapshot.Verify(
        new TestProject().Page(TestPages.Vault).Source(TestPages.VaultProvider).Run(), static hint => hint.Contains("Handlers", StringComparison.Ordinal));

    [TestMethod]
    public void User() => Snapshot.Verify(
        new TestProject().Page(TestPages.Promise).Source("""
            using Specgen;
            using Specgen.Standard;

            [Scu<AcmePromiseServiceClass>]
            internal sealed partial class PromiseUser
            {
            }
            """).Run(),
        static hint => hint.Contains("Handlers", StringComparison.Ordinal));

    [TestMethod]
    public void NoSnapshotIsLeftOver() => Assert.IsEmpty(Snapshot.Orphans(Assembly.GetExecutingAssembly().GetTypes()));
}
