namespace Specgen.CodeFixes.Tests;

/// <summary>The other fixes: each does what its message says.</summary>
[TestClass]
public sealed class FixTests
{
    private const string Usings = "using System.Threading;\nusing System.Threading.Tasks;\nusing Specgen;\nusing Specgen.Standard;\n\n";

    private const string Handler = "public partial ValueTask<DimseResult<StorageCStoreStatus>> OnCStoreAsync(CStoreContext context, CancellationToken cancellationToken) => new(StorageCStoreStatus.Success);";

    [TestMethod]
    [DataRow("internal sealed class {|SPG1002:Ping|} { }", "internal sealed partial class Ping { }")]
    [DataRow("class {|SPG1002:Ping|} { }", "partial class Ping { }")]
    [DataRow("// A user.\nrecord {|SPG1002:Ping|};", "// A user.\npartial record Ping;")]
    public async Task A_class_is_made_partial(string before, string after) =>
        await new Fix<PartialFix>(Usings + "[Scu<VerificationServiceClass>]\n" + before, Usings + "[Scu<VerificationServiceClass>]\n" + after).RunAsync();

    [TestMethod]
    [DataRow("VerifikationServiceClass")]
    [DataRow("Specgen.Standard.VerifikationServiceClass")]
    public async Task A_service_class_is_named_right(string name) => await new Fix<SuggestionFix>(
        Usings + $"[Scu<{{|SPG1001:{name}|}}>] partial class Ping;",
        Usings + $"[Scu<{name.Replace("VerifikationServiceClass", "VerificationServiceClass")}>] partial class Ping;").RunAsync();

    [TestMethod]
    [DataRow("SopClassUids.CTImageStorag", "SopClassUids.CTImageStorage")]
    [DataRow("\"1.2.840.10008.5.1.4.1.1.2.9\"", "\"1.2.840.10008.5.1.4.1.1.2.1\"")]
    public async Task A_SOP_class_is_named_right(string before, string after) => await new Fix<SuggestionFix>(
        Usings + $"[Scp<StorageServiceClass>(SopClasses = [{{|SPG1007:{before}|}}])] partial class Store {{ {Handler} }}",
        Usings + $"[Scp<StorageServiceClass>(SopClasses = [{after}])] partial class Store {{ {Handler} }}").RunAsync();

    [TestMethod]
    [DataRow("using System;\nusing Specgen;\n", "using System;\nusing Specgen;\nusing Specgen.Standard;\n")]
    [DataRow("// A file.\n\n", "// A file.\n\nusing Specgen.Standard;\n")]
    public async Task A_using_directive_is_added(string before, string after) => await new Fix<SuggestionFix>(
        before + "[Specgen.Scu<{|SPG1001:VerificationServiceClass|}>] partial class Ping;",
        after + "[Specgen.Scu<VerificationServiceClass>] partial class Ping;").RunAsync();

    [TestMethod]
    [DataRow("public partial Task<DimseResult<StorageCStoreStatus>> {|SPG1004:OnCStoreAsync|}(CStoreContext request, CancellationToken token) => throw null!;", "public partial ValueTask<DimseResult<StorageCStoreStatus>> OnCStoreAsync(CStoreContext request, CancellationToken token) => throw null!;")]
    [DataRow("/// <summary>Stores.</summary>\n    public ValueTask<DimseResult<StorageCStoreStatus>> {|SPG1004:OnCStoreAsync|}(CStoreContext context) => throw null!;", "/// <summary>Stores.</summary>\n    public partial ValueTask<DimseResult<StorageCStoreStatus>> OnCStoreAsync(CStoreContext context, CancellationToken cancellationToken) => throw null!;")]
    [DataRow("async Task {|SPG1004:OnCStoreAsync|}() => await Task.Yield();", "public async partial ValueTask<DimseResult<StorageCStoreStatus>> OnCStoreAsync(CStoreContext context, CancellationToken cancellationToken) => await Task.Yield();")]
    public async Task A_signature_is_corrected(string before, string after) => await new Fix<SignatureFix>(
        Usings + $"[Scp<StorageServiceClass>]\npartial class Store\n{{\n    {before}\n}}\n",
        Usings + $"[Scp<StorageServiceClass>]\npartial class Store\n{{\n    {after}\n}}\n").RunAsync();

    [TestMethod]
    [DataRow(0, "public partial class Vault", "internal partial ValueTask")]
    [DataRow(1, "internal partial class Vault", "public partial ValueTask")]
    public async Task A_handler_over_internal_types_is_made_internal_or_its_class(int choice, string type, string method)
    {
        const string Page = """
            Acme Vault Service Class
            ========================

            Supported SOP Classes
            ---------------------

            ==========  =========  ============
            UID         SOP Class  Part 3 Annex
            ==========  =========  ============
            1.3.99.1.1  AcmeScan   A.3
            ==========  =========  ============

            DIMSE Services
            --------------

            =============  ===================
            DIMSE Service  Usage SCU/SCP
            =============  ===================
            C-STORE        Mandatory/Mandatory
            =============  ===================

            C-STORE Statuses
            ----------------

            ==========  ========  ===========
            Code (hex)  Category  Description
            ==========  ========  ===========
            0x0000      Success   Success
            ==========  ========  ===========

            """;
        const string Config = "is_global = true\nbuild_property.SpecgenNamespace = Acme\n\n[/spec/vault.rst]\nbuild_metadata.AdditionalFiles.SpecgenPage = own\n";
        var fix = new Fix<AccessibilityFix>(
            Source("public partial class Vault", "public partial ValueTask", "{|SPG1006:OnCStoreAsync|}"),
            Source(type, method, "OnCStoreAsync"))
        { CodeActionIndex = choice };
        foreach (var state in new[] { fix.TestState, fix.FixedState })
        {
            state.AdditionalFiles.Add(("/spec/vault.rst", Page));
            state.AnalyzerConfigFiles.Add(("/.globalconfig", Config));
        }

        await fix.RunAsync();

        static string Source(string type, string method, string name) => Usings
            + $"using Acme;\n\n[Scp<AcmeVaultServiceClass>]\n{type}\n{{\n    {method}<DimseResult<AcmeVaultCStoreStatus>> {name}(CStoreContext context, CancellationToken cancellationToken) => throw null!;\n}}\n";
    }
}
