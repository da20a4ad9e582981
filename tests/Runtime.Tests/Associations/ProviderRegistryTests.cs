using Specgen.Associations;

namespace Specgen.Runtime.Tests.Associations;

[TestClass]
public sealed class ProviderRegistryTests
{
    private static readonly DimseHandler<CStoreContext> s_store = static (_, _, _) => ValueTask.FromResult(new DimseResponse(0));
    private static readonly DimseHandler<NEventReportContext> s_event = static (_, _, _) => ValueTask.FromResult(new DimseResponse(0));
    private static readonly DimseHandler<NActionContext> s_action = static (_, _, _) => ValueTask.FromResult(new DimseResponse(0));

    [TestMethod]
    public async Task Two_providers_of_one_SOP_class_are_a_startup_diagnostic_that_names_both()
    {
        var one = new One(TestClasses.Binding(DicomRole.Scp, [TestClasses.MR, TestClasses.CT], cStore: s_store));
        var two = new Two(TestClasses.Binding(DicomRole.Scp, [TestClasses.CT], cStore: s_store));

        var e = await Assert.ThrowsExactlyAsync<DicomConfigurationException>(() => DicomScp.StartAsync(new DicomScpOptions { Port = 0 }, one, two));

        Assert.AreEqual("SPG1100", e.Id);
        StringAssert.StartsWith(e.Message, "SPG1100: ");
        StringAssert.Contains(e.Message, "CStore of CT Image Storage");
        StringAssert.Contains(e.Message, typeof(One).ToString());
        StringAssert.Contains(e.Message, typeof(Two).ToString());
    }

    [TestMethod]
    public void One_class_that_handles_it_twice_is_no_better()
    {
        var twice = new One(TestClasses.Binding(DicomRole.Scp, [TestClasses.CT], cStore: s_store), TestClasses.Binding(DicomRole.Scp, [TestClasses.CT], cStore: s_store));

        var e = Assert.ThrowsExactly<DicomConfigurationException>(() => Registry(twice));

        StringAssert.Contains(e.Message, "handles it twice");
    }

    [TestMethod]
    public async Task Users_alone_are_no_server_beside_a_provider_they_are_in_its_conformance_statement()
    {
        var user = new Two(TestClasses.Binding(DicomRole.Scu, [TestClasses.CT]));

        var e = await Assert.ThrowsExactlyAsync<DicomConfigurationException>(() => DicomScp.StartAsync(new DicomScpOptions { Port = 0 }, user));
        await using var scp = await DicomScp.StartAsync(
            new DicomScpOptions { Port = 0, Address = "127.0.0.1" }, user, new One(TestClasses.Binding(DicomRole.Scp, [TestClasses.MR], cStore: s_store)));
        await using var notified = await DicomScp.StartAsync(
            new DicomScpOptions { Port = 0, Address = "127.0.0.1" }, new Two(TestClasses.Binding(DicomRole.Scu, [TestClasses.Commitment], nEventReport: s_event)));

        StringAssert.Contains(e.Message, $"{typeof(Two)} is a user ([Scu<…>])");
        StringAssert.Contains(e.Message, "[Scp<…>]");
        CollectionAssert.Contains(scp.SopClasses.ToList(), TestClasses.MR);
        Assert.IsTrue(notified.IsListening);
    }

    [TestMethod]
    public void Other_roles_operations_and_classes_go_together()
    {
        var registry = Registry(
            new One(TestClasses.Binding(DicomRole.Scp, [TestClasses.Commitment], nAction: s_action), TestClasses.Binding(DicomRole.Scp, [TestClasses.CT], cStore: s_store)),
            new Two(TestClasses.Binding(DicomRole.Scu, [TestClasses.Commitment], nEventReport: s_event), TestClasses.Binding(DicomRole.Scp, [TestClasses.MR], cStore: s_store)));

        Assert.IsNotNull(registry.Find(TestClasses.Commitment.Uid, DicomRole.Scp, DimseOperation.NAction));
        Assert.IsNull(registry.Find(TestClasses.Commitment.Uid, DicomRole.Scp, DimseOperation.NEventReport));
        Assert.AreEqual(typeof(Two), registry.Find(TestClasses.Commitment.Uid, DicomRole.Scu, DimseOperation.NEventReport)!.Source.Type);
        Assert.AreEqual(typeof(One), registry.Find(TestClasses.CT.Uid, DicomRole.Scp, DimseOperation.CStore)!.Source.Type);
        Assert.IsFalse(registry.TryFind("1.2.3", DicomRole.Scp, out _, out _));
        Assert.IsTrue(registry.TryFind(TestClasses.MR.Uid, DicomRole.Scp, out var mr, out _));
        Assert.AreSame(TestClasses.MR, mr);
    }

    [TestMethod]
    public async Task Verification_is_always_there_and_can_be_replaced()
    {
        var builtIn = Registry().Find(TestClasses.Verification.Uid, DicomRole.Scp, DimseOperation.CEcho)!;
        var own = Registry(new One(TestClasses.Binding(DicomRole.Scp, [TestClasses.Verification], cEcho: static (_, _, _) => ValueTask.FromResult(new DimseResponse(0x0122)))))
            .Find(TestClasses.Verification.Uid, DicomRole.Scp, DimseOperation.CEcho)!;

        Assert.AreEqual((ushort)0x0000, (await builtIn.Binding.CEcho!(VerificationProvider.Instance, null!, default)).Status);
        Assert.AreEqual((ushort)0x0122, (await own.Binding.CEcho!(null!, null!, default)).Status);
    }

    private static ProviderRegistry Registry(params IDimseHandlers[] providers) => new(providers.Select(static p => new ProviderSource(p)));

    private sealed class One(params ServiceBinding[] bindings) : IDimseHandlers
    {
        public IReadOnlyList<ServiceBinding> Bindings { get; } = bindings;
    }

    private sealed class Two(params ServiceBinding[] bindings) : IDimseHandlers
    {
        public IReadOnlyList<ServiceBinding> Bindings { get; } = bindings;
    }
}
