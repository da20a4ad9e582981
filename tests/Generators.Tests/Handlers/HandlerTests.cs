using Microsoft.CodeAnalysis;

namespace Specgen.Generators.Tests.Handlers;

/// <summary>Providers and users that are written as they should be.</summary>
[TestClass]
public sealed class HandlerTests
{
    private const string Usings = """
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading;
        using System.Threading.Tasks;
        using Specgen;
        using Specgen.Standard;

        """;

    private const string OnCStore = "public partial ValueTask<DimseResult<AcmeVaultCStoreStatus>> OnCStoreAsync(CStoreContext context, CancellationToken cancellationToken) => new(AcmeVaultCStoreStatus.Success);";
    private const string OnNAction = "public partial ValueTask<DimseResult<AcmeVaultNActionStatus>> OnNActionAsync(NActionContext context, CancellationToken cancellationToken) => new(AcmeVaultNActionStatus.Success);";
    private const string OnNEventReport = "public partial ValueTask<DimseResult<AcmePromiseNEventReportStatus>> OnNEventReportAsync(NEventReportContext context, CancellationToken cancellationToken) => new(AcmePromiseNEventReportStatus.Success);";

    private static readonly TestProject s_project = new TestProject().Page(TestPages.Vault).Page(TestPages.Promise, "promise.rst");

    [TestMethod]
    public void AMandatoryHandlerThatIsMissing_DoesNotCompile()
    {
        var run = Project("[Scp<AcmeVaultServiceClass>] internal sealed partial class Vault { }").Run();
        run.MustLack("OnCStoreAsync");

        var diagnostic = run.Single("SPG1010");
        Assert.AreEqual("Vault", run.TextAt(diagnostic));
        Assert.AreEqual(
            "'Vault' does not answer C-STORE, which is mandatory for the SCP of the Acme Vault Service Class (PS3.4 B): write "
                + "'private partial ValueTask<DimseResult<AcmeVaultCStoreStatus>> OnCStoreAsync(CStoreContext context, CancellationToken cancellationToken)'",
            diagnostic.GetMessage());
    }

    [TestMethod]
    public void AnOptionalHandler_IsBoundWhenWritten()
    {
        Assert.AreEqual("True,False,Scp,2", Ask($"[Scp<AcmeVaultServiceClass>] internal sealed partial class Vault {{ {OnCStore} }}", "B(new Vault())"));
        Assert.AreEqual("True,True,Scp,2", Ask($"[Scp<AcmeVaultServiceClass>] internal sealed partial class Vault {{ {OnCStore} {OnNAction} }}", "B(new Vault())"));
    }

    [TestMethod]
    public void TheDefinition_TakesWhatTheUserWrote() => Assert.Contains(
        "internal partial global::System.Threading.Tasks.ValueTask<global::Specgen.DimseResult<global::Specgen.Standard.AcmeVaultCStoreStatus>> OnCStoreAsync(global::Specgen.CStoreContext request, global::System.Threading.CancellationToken @default);",
        Compile($"[Scp<AcmeVaultServiceClass>] internal sealed partial class Vault {{ {OnCStore.Replace("public", "internal", StringComparison.Ordinal).Replace("context", "request", StringComparison.Ordinal).Replace("cancellationToken", "@default", StringComparison.Ordinal)} }}").Source("Vault.Handlers"));

    [TestMethod]
    [DataRow("protected virtual", "internal partial class Vault")]
    [DataRow("private", "internal sealed partial class Vault")]
    [DataRow("public async", "internal partial record Vault")]
    [DataRow("protected internal", "internal abstract partial class Vault")]
    public void ModifiersAndKinds(string modifiers, string declaration) => Compile(
        $"[Scp<AcmeVaultServiceClass>] {declaration} {{ {OnCStore.Replace("public", modifiers, StringComparison.Ordinal).Replace("=> new(AcmeVaultCStoreStatus.Success);", modifiers.Contains("async", StringComparison.Ordinal) ? "{ await Task.Yield(); return AcmeVaultCStoreStatus.Success; }" : "=> new(AcmeVaultCStoreStatus.Success);", StringComparison.Ordinal)} }}");

    [TestMethod]
    [DataRow("[Scu<AcmePromiseServiceClass>] internal partial class Both : Vault { private partial ValueTask<DimseResult<AcmePromiseNEventReportStatus>> OnNEventReportAsync(NEventReportContext context, CancellationToken cancellationToken) => new(AcmePromiseNEventReportStatus.Success); }", "False,False,Scu,1;True,False,Scp,2")]
    [DataRow("internal class Middle : Vault { } [Scp<AcmeVaultServiceClass>] internal partial class Both : Middle { {0} {1} }", "True,True,Scp,2")]
    [DataRow("internal class Both : Vault { }", "True,False,Scp,2")]
    public void WhatABaseOffers_ADerivedClassOffersToo_UnlessItOffersTheSameItself(string derived, string bindings) => Assert.AreEqual(
        bindings,
        Ask($"[Scp<AcmeVaultServiceClass>] internal partial class Vault {{ {OnCStore.Replace("public", "private", StringComparison.Ordinal)} }} {derived.Replace("{0}", OnCStore.Replace("public", "private", StringComparison.Ordinal), StringComparison.Ordinal).Replace("{1}", OnNAction, StringComparison.Ordinal)}", "B(new Both())"));

    [TestMethod]
    public void AUserThatDerivesFromAUser_HasAnAssociationOfItsOwn() => Compile(
        $"[Scu<AcmePromiseServiceClass>] internal partial class First {{ {OnNEventReport} }} [Scu<AcmeVaultServiceClass>] internal partial class Second : First {{ }}");

    [TestMethod]
    public void NestedAndGenericClasses()
    {
        var run = Compile($$"""
            namespace Acme.@event
            {
                internal static partial class Outer<T>
                {
                    internal partial record struct Middle
                    {
                        [Scp<AcmeVaultServiceClass>]
                        internal sealed partial class Vault<TStore> where TStore : new() { {{OnCStore}} }

                        [Scp<AcmeVaultServiceClass>]
                        internal sealed partial class vault { {{OnCStore}} }

                        [Scp<AcmeVaultServiceClass>]
                        internal sealed partial class Vault { {{OnCStore}} }
                    }
                }
            }
            """);
        Assert.HasCount(3, run.Sources.Keys.Where(static hint => hint.Contains("Handlers", StringComparison.Ordinal)).ToList());
        Assert.HasCount(3, run.Sources.Keys.Where(static hint => hint.Contains("Handlers", StringComparison.Ordinal)).Distinct(StringComparer.OrdinalIgnoreCase).ToList());
    }

    [TestMethod]
    [DataRow("SopClasses = new[] { SopClassUids.AcmeReport }")]
    [DataRow("SopClasses = new string[] { Specgen.Standard.SopClassUids.AcmeReport }")]
    [DataRow("SopClasses = new[] { \"1.3.99.1.2\" }")]
    [DataRow("SopClasses = new[] { Own.Uid }")]
    [DataRow("SopClasses = [SopClassUids.AcmeReport]")]
    public void Narrowing(string narrowing) => Assert.AreEqual(
        "AcmeReport",
        (Project($"internal static class Own {{ public const string Uid = \"1.3.99.1.\" + \"2\"; }} [Scp<AcmeVaultServiceClass>({narrowing})] internal sealed partial class Vault {{ {OnCStore} }}") with { Language = Microsoft.CodeAnalysis.CSharp.LanguageVersion.Latest })
            .Ask("string.Join(\" \", ((IDimseHandlers)new Vault()).Bindings.SelectMany(b => b.SopClasses).Select(c => c.Keyword))"));

    [TestMethod]
    public void SeveralAttributes_OnSeveralParts_AreOneClass()
    {
        var run = Compile(
            $"[Scp<AcmeVaultServiceClass>] internal sealed partial class Both {{ {OnCStore} }} [Scp<AcmePromiseServiceClass>] internal sealed partial class Both {{ {OnNAction.Replace("AcmeVaultNAction", "AcmePromiseNAction", StringComparison.Ordinal).Replace("OnNActionAsync", "OnAcmePromiseNActionAsync", StringComparison.Ordinal)} }}");
        Assert.HasCount(1, run.Sources.Keys.Where(static hint => hint.Contains("Handlers", StringComparison.Ordinal)).ToList());
    }

    [TestMethod]
    public void OneOperationOfSeveralServiceClasses_IsNamedAfterThem_InAnyOrder()
    {
        foreach (var attributes in new[] { "[Scp<AcmeVaultServiceClass>, Scp<AcmePromiseServiceClass>]", "[Scp<AcmePromiseServiceClass>, Scp<AcmeVaultServiceClass>]" })
        {
            Compile($$"""
                {{attributes}}
                internal sealed partial class Both
                {
                    {{OnCStore}}
                    {{OnNAction.Replace("OnNAction", "OnAcmeVaultNAction", StringComparison.Ordinal)}}
                    {{OnNAction.Replace("AcmeVaultNAction", "AcmePromiseNAction", StringComparison.Ordinal).Replace("OnNActionAsync", "OnAcmePromiseNActionAsync", StringComparison.Ordinal)}}
                }
                """);
        }
    }

    [TestMethod]
    public void TwoNarrowedAttributesOfOneServiceClass_AreOneBinding() => Assert.AreEqual("True,False,Scp,2", Ask(
        $"[Scp<AcmeVaultServiceClass>(SopClasses = new[] {{ SopClassUids.AcmeScan }}), Scp<AcmeVaultServiceClass>(SopClasses = new[] {{ SopClassUids.AcmeReport }})] internal sealed partial class Vault {{ {OnCStore} }}", "B(new Vault())"));

    [TestMethod]
    public void SopClassesOfDifferentOperations_AreDifferentBindings()
    {
        var page = TestPages.Vault.Replace("| N-ACTION        | Optional/Optional   |", "| *AcmeReport*                          |\n+-----------------+---------------------+\n| N-ACTION        | Mandatory/Mandatory |", StringComparison.Ordinal)
            .Replace("| C-STORE         | Mandatory", "| *AcmeScan*                            |\n+-----------------+---------------------+\n| C-STORE         | Mandatory", StringComparison.Ordinal);
        Assert.AreEqual("AcmeScan: True False; AcmeReport: False True", new TestProject().Page(page).Source(Usings + $"[Scp<AcmeVaultServiceClass>] internal sealed partial class Vault {{ {OnCStore} {OnNAction} }}")
            .Ask("string.Join(\"; \", ((IDimseHandlers)new Vault()).Bindings.Select(b => $\"{b.SopClasses[0].Keyword}: {b.CStore is not null} {b.NAction is not null}\"))"));

        // Narrowed to scans, N-ACTION is not asked for.
        new TestProject().Page(page).Source(Usings + $"[Scp<AcmeVaultServiceClass>(SopClasses = new[] {{ SopClassUids.AcmeScan }})] internal sealed partial class Vault {{ {OnCStore} }}").Run().MustCompile();
    }

    [TestMethod]
    public void ASopClassWithoutServices_IsServedOnlyWhereItIsNamed()
    {
        var page = TestPages.Vault.Replace("| C-STORE         | Mandatory", "| *AcmeScan*                            |\n+-----------------+---------------------+\n| C-STORE         | Mandatory", StringComparison.Ordinal);
        foreach (var (narrowing, expected) in new[] { ("", "AcmeScan"), ("(SopClasses = new[] { SopClassUids.AcmeReport })", "AcmeReport") })
        {
            Assert.AreEqual(expected, new TestProject().Page(page).Source(Usings + $"[Scp<AcmeVaultServiceClass>{narrowing}] internal sealed partial class Vault {{ {(narrowing.Length == 0 ? OnCStore : "")} }}")
                .Ask("string.Join(\" \", ((IDimseHandlers)new Vault()).Bindings.SelectMany(b => b.SopClasses).Select(c => c.Keyword))"));
        }
    }

    /// <summary>PS3.4 Tables H.4-14 and H.4-16: 1 is Pending of a print job, and Normal of a printer.</summary>
    [TestMethod]
    public void TypesOfSopClassesThatShareIds_AreEnumsAndBindingsOfTheirOwn()
    {
        const string Page = """
            Acme Print Service Class
            ========================

            ========== ===========
            UID        SOP Class
            ========== ===========
            1.3.99.8.1 AcmeJob
            1.3.99.8.2 AcmePrinter
            ========== ===========

            ============== ===================
            DIMSE Service  Usage SCU/SCP
            ============== ===================
            N-EVENT-REPORT Mandatory/Mandatory
            ============== ===================

            +------------+----+
            | Event Type | ID |
            +============+====+
            | *AcmeJob*       |
            +------------+----+
            | Pending    | 1  |
            +------------+----+
            | Done       | 2  |
            +------------+----+
            | *AcmePrinter*   |
            +------------+----+
            | Normal     | 1  |
            +------------+----+

            N-EVENT-REPORT Statuses
            -----------------------

            ========== ======== ===========
            Code (hex) Category Description
            ========== ======== ===========
            0x0000     Success  Success
            ========== ======== ===========
            """;
        const string Listener = """
            [Scu<AcmePrintServiceClass>]
            internal sealed partial class Listener
            {
                public partial ValueTask<DimseResult<AcmePrintNEventReportStatus>> OnNEventReportAsync(NEventReportContext context, CancellationToken cancellationToken) => new(AcmePrintNEventReportStatus.Success);
            }

            [Scp<AcmePrintServiceClass>]
            internal sealed partial class Printer
            {
                public async Task Tell(PeerLink peer, CancellationToken cancellationToken)
                {
                    await NEventReportAsync(peer, SopClasses.AcmeJob, "1.2", AcmeJobEvent.Done, null, cancellationToken);
                    await NEventReportAsync(peer, SopClasses.AcmePrinter, "1.2", AcmePrinterEvent.Normal, null, cancellationToken);
                }
            }
            """;

        Assert.AreEqual("AcmeJob: 1 2; AcmePrinter: 1", new TestProject().Page(Page).Source(Usings + Listener)
            .Ask("string.Join(\"; \", ((IDimseHandlers)new Listener()).Bindings.Select(b => $\"{b.SopClasses[0].Keyword}: {string.Join(\" \", b.EventTypes!)}\"))"));
    }

    [TestMethod]
    public void AProvider_SendsItsNotifications() => Compile($$"""
        [Scp<AcmePromiseServiceClass>]
        internal sealed partial class Promises
        {
            public partial ValueTask<DimseResult<AcmePromiseNActionStatus>> OnNActionAsync(NActionContext context, CancellationToken cancellationToken)
            {
                context.AfterResponse(async ct => await NEventReportAsync(context.Peer, "1.2", AcmePromiseEvent.ItIsKept, null, ct));
                return new(AcmePromiseNActionStatus.Success);
            }
        }
        """);

    [TestMethod]
    public void AUser_HasClientMethods_AndMustTakeNotifications()
    {
        var user = $$"""
            [Scu<AcmePromiseServiceClass>, Scu<AcmeVaultServiceClass>(SopClasses = new[] { SopClassUids.AcmeScan })]
            internal sealed partial class PromiseUser
            {
                {{OnNEventReport}}

                public async Task<bool> UseAsync()
                {
                    await using var me = this;
                    await me.ConnectAsync(new ScuOptions("127.0.0.1", 104));
                    var kept = (await me.AcmePromiseNActionAsync("1.2", AcmePromiseAction.RequestIt, null, default)).Status == AcmePromiseNActionStatus.Success;
                    return kept && (await me.CStoreAsync("file.dcm")).Status == AcmeVaultCStoreStatus.Success && (await me.AcmeVaultNActionAsync("1.2", 5, null)).Status == AcmeVaultNActionStatus.Success;
                }
            }
            """;
        Compile(user);
        Assert.AreEqual("Scu 1 True,Scu 1 False", Ask(user, "string.Join(\",\", ((IDimseHandlers)new PromiseUser()).Bindings.Select(b => $\"{b.Role} {b.SopClasses.Count} {b.NEventReport is not null}\"))"));

        var missing = Project(user.Replace(OnNEventReport, "", StringComparison.Ordinal)).Run();
        Assert.AreEqual("CS8795", missing.Output.GetDiagnostics().Single(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Id);
    }

    [TestMethod]
    public void BothRoles_OfOneServiceClass_InOneClass() => Assert.AreEqual("Scp True False,Scu False True", Ask(
        $"[Scp<AcmePromiseServiceClass>, Scu<AcmePromiseServiceClass>] internal sealed partial class Both {{ {OnNEventReport} {OnNAction.Replace("AcmeVaultNAction", "AcmePromiseNAction", StringComparison.Ordinal)} }}",
        "string.Join(\",\", ((IDimseHandlers)new Both()).Bindings.Select(b => $\"{b.Role} {b.NAction is not null} {b.NEventReport is not null}\"))"));

    [TestMethod]
    public void PartsInSeveralFiles_AreOneClass()
    {
        var project = s_project.Source(Usings + $"internal sealed partial class Vault {{ {OnCStore} }}", "A.cs").Source(Usings + "[Scp<AcmeVaultServiceClass>] internal sealed partial class Vault { }", "B.cs");
        project.Run().MustCompile();

        var session = new TestSession(project);
        session.Run();
        var renamed = session.Edit(project.Source(Usings + $"internal sealed partial class Vault {{ {OnCStore.Replace("context", "request", StringComparison.Ordinal)} }}", "A.cs"));
        renamed.MustCompile();
        Assert.Contains("CStoreContext request", renamed.Source("Vault.Handlers"));
    }

    [TestMethod]
    public void AUserThatDisposesItself_KeepsItsOwn() => Compile(
        $"[Scu<AcmePromiseServiceClass>] internal sealed partial class PromiseUser : System.IAsyncDisposable {{ {OnNEventReport} public ValueTask DisposeAsync() => ReleaseAssociationAsync(); }}");

    [TestMethod]
    public void APublicUserOverInternalTypes_HasInternalMethods()
    {
        var run = Project($"/// <summary>A user.</summary>\n[Scu<AcmePromiseServiceClass>] public sealed partial class PromiseUser {{ {OnNEventReport.Replace("public", "internal", StringComparison.Ordinal)} }}").Run();
        run.MustCompile();
        Assert.Contains("internal global::System.Threading.Tasks.ValueTask<global::Specgen.DimseResult<global::Specgen.Standard.AcmePromiseNActionStatus>> NActionAsync(", run.Source("PromiseUser"));
    }

    [TestMethod]
    public void TheServiceClass_IsSeenThroughAliases() => Compile($"[Scp<Kept>] internal sealed partial class Vault {{ {OnCStore} }}", "using Kept = Specgen.Standard.AcmeVaultServiceClass;");

    [TestMethod]
    public void ABindingCallsItsHandler() => Assert.AreEqual("0,ActionTypes 1,EventTypes 1 2,Acme Promise Service Class,No such action", Ask(
        """
        [Scp<AcmePromiseServiceClass>]
        internal sealed partial class Promises
        {
            public partial ValueTask<DimseResult<AcmePromiseNActionStatus>> OnNActionAsync(NActionContext context, CancellationToken cancellationToken) => new(AcmePromiseNActionStatus.Success);
        }

        internal static class Of
        {
            public static IReadOnlyList<Specgen.Generated.ServiceBinding> Class<T>() where T : class, IDimseHandlers<T> => T.ServiceBindings;
        }
        """,
        "Of.Class<Promises>()[0].NAction!(new Promises(), null!, default).Result.Status, \"ActionTypes \" + string.Join(\" \", Of.Class<Promises>()[0].ActionTypes!), \"EventTypes \" + string.Join(\" \", Of.Class<Promises>()[0].EventTypes!), "
            + "Of.Class<Promises>()[0].ServiceClass, Of.Class<Promises>()[0].FindStatus(DimseOperation.NAction, 0x0123)!.Value.Description"));

    private static TestProject Project(string source, string usings = "") => s_project.Source(usings + Usings + source);

    private static TestRun Compile(string source, string usings = "")
    {
        var run = Project(source, usings).Run();
        run.MustCompile();
        return run;
    }

    private static string Ask(string source, string expression) => Project(source + """

        internal static class Help
        {
            internal static string Of(IDimseHandlers handlers) => string.Join(";", handlers.Bindings.Select(static b => $"{b.CStore is not null},{b.NAction is not null},{b.Role},{b.SopClasses.Count}"));
        }
        """).Ask(expression.Replace("B(", "Help.Of(", StringComparison.Ordinal));
}
