using FellowOakDicom.Network;
using Microsoft.CodeAnalysis.Testing;
using Specgen.Generators.Analyzers;

namespace Specgen.CodeFixes.Tests;

/// <summary>Numbers as statuses, and fo-dicom's list of them.</summary>
[TestClass]
public sealed class StatusTests
{
    private const string Usings = "using FellowOakDicom.Network;\nusing Specgen;\nusing Specgen.Standard;\nusing System.Threading.Tasks;\n\n";

    [TestMethod]
    [DataRow("(StorageCStoreStatus)0xA7F0")]
    [DataRow("(StorageCStoreStatus){|SPG2004:0xB00F|}")]
    [DataRow("(StorageCStoreStatus)({|SPG2004:0xB00F|})")]
    [DataRow("(StorageCStoreStatus){|SPG2004:Code|}")]
    [DataRow("(StorageCStoreStatus)Computed()")]
    [DataRow("(StorageCStoreStatus){|SPG2004:QueryRetrieveCFindStatus.MatchesAreContinuing|}")]
    [DataRow("(System.DayOfWeek)0xB00F")]
    [DataRow("(ushort)Status == 0xB000")]
    [DataRow("(ushort)Status == {|SPG2004:0xB00F|}")]
    [DataRow("{|SPG2004:0xB00F|} != (int)Status")]
    [DataRow("((int)Status).Equals({|SPG2004:70000|})")]
    [DataRow("(ushort)Status is 0x0000 or {|SPG2004:0xB00F|}")]
    [DataRow("(ushort)Status is not {|SPG2004:0xB00F|}")]
    [DataRow("(ushort)Status switch { 0xC123 => 1, {|SPG2004:0xB00F|} => 2, _ => 3 }")]
    [DataRow("(ushort)Status >= 0xB00F")]
    [DataRow("Computed() == 0xB00F")]
    [DataRow("Status == StorageCStoreStatus.Success")]
    public async Task A_number_that_the_operation_does_not_have_is_told_of(string expression) => await new Analysis<StatusAnalyzer, EmptyCodeFixProvider>(
        Usings + $"class C {{ const ushort Code = 0xB00F; StorageCStoreStatus Status; ushort Computed() => 0xB00F; object O() => {expression}; }}").RunAsync();

    [TestMethod]
    public async Task A_label_of_a_switch_is_told_of() => await new Analysis<StatusAnalyzer, EmptyCodeFixProvider>(
        Usings + "class C { void M(StorageCStoreStatus status) { switch ((ushort)status) { case 0xA700: case {|SPG2004:0xB00F|}: break; } } }").RunAsync();

    [TestMethod]
    public async Task The_message_has_the_codes_of_the_operation()
    {
        var test = new Analysis<StatusAnalyzer, EmptyCodeFixProvider>(Usings + "class C { object O => (VerificationCEchoStatus){|#0:0x0112|}; }");
        test.TestState.ExpectedDiagnostics.Add(new DiagnosticResult("SPG2004", Microsoft.CodeAnalysis.DiagnosticSeverity.Warning).WithLocation(0).WithArguments("0x0112", "VerificationCEchoStatus", "0000, 0122, 0210, 0211, 0212"));
        await test.RunAsync();
    }

    /// <summary>In a class of Query/Retrieve, where B000 and Cxxx are other things than in Storage, which fo-dicom's list has first.</summary>
    [TestMethod]
    [DataRow("DicomStatus.Lookup(0xA702)", null)]
    [DataRow("DicomStatus.Lookup(0x0122)", null)]
    [DataRow("DicomStatus.Lookup(0xB000)", "QueryRetrieveCGetStatus.SubOperationsCompleteOneOrMoreFailuresOrWarnings.ToDicomStatus()")]
    [DataRow("DicomStatus.Lookup((ushort)QueryRetrieveCMoveStatus.MoveDestinationUnknown)", null)]
    [DataRow("DicomStatus.Lookup((ushort)UnifiedProcedureStepNSetStatus.TheUpsMayNoLongerBeUpdated)", "UnifiedProcedureStepNSetStatus.TheUpsMayNoLongerBeUpdated.ToDicomStatus()")]
    [DataRow("DicomStatus.Lookup(Computed())", null)]
    [DataRow("Theirs == DicomStatus.QueryRetrieveUnableToProcess", null)]
    [DataRow("Theirs == DicomStatus.ProcessingFailure", null)]
    public async Task A_status_that_means_something_else_in_the_service_class_at_hand_becomes_that_of_the_page(string expression, string? after) => await AssertFixed(
        "[Scp<QueryRetrieveServiceClass>] partial class C { DicomStatus Theirs; ushort Computed() => 0xB000; object O() => ", expression, after, "; }");

    [TestMethod]
    [DataRow("StorageCStoreStatus", "theirs == DicomStatus.StorageCoercionOfDataElements", null)]
    [DataRow("QueryRetrieveCGetStatus", "DicomStatus.StorageCoercionOfDataElements != theirs", "QueryRetrieveCGetStatus.SubOperationsCompleteOneOrMoreFailuresOrWarnings.ToDicomStatus() != theirs")]
    [DataRow("QueryRetrieveCGetStatus", "theirs.Equals(DicomStatus.StorageCoercionOfDataElements)", "theirs.Equals(QueryRetrieveCGetStatus.SubOperationsCompleteOneOrMoreFailuresOrWarnings.ToDicomStatus())")]
    [DataRow("VerificationCEchoStatus", "theirs == DicomStatus.StorageCoercionOfDataElements", null)]
    public async Task The_handler_around_says_which_statuses_are_meant(string status, string expression, string? after) => await AssertFixed(
        $"class C {{ ValueTask<DimseResult<{status}>> M(DicomStatus theirs) {{ if (", expression, after, ") { } return default; } }");

    [TestMethod]
    public async Task Outside_of_a_service_class_nothing_is_reported() => await AssertFixed("class C { object O() => ", "DicomStatus.Lookup(0xB000)", null, "; }");

    [TestMethod]
    [DataRow("SPG2004", "(StorageCStoreStatus)0xB00F")]
    [DataRow("SPG2005", "DicomStatus.Lookup((ushort)QueryRetrieveCGetStatus.SubOperationsCompleteOneOrMoreFailuresOrWarnings)")]
    public async Task Each_is_off_by_editorconfig(string id, string expression)
    {
        var source = Usings + $"class C {{ object O() => {expression}; }}";
        var off = ("/.editorconfig", $"root = true\n[*]\ndotnet_diagnostic.{id}.severity = none\n");
        var numbers = new Analysis<StatusAnalyzer, EmptyCodeFixProvider>(source);
        numbers.TestState.AnalyzerConfigFiles.Add(off);
        await numbers.RunAsync();
        var lists = new Analysis<DicomStatusAnalyzer, EmptyCodeFixProvider>(source);
        lists.TestState.AnalyzerConfigFiles.Add(off);
        await lists.RunAsync();
    }

    /// <summary>The library's own list: names, codes, and what is found for a code.</summary>
    [TestMethod]
    public void The_list_of_fo_dicom_is_what_it_is_said_to_be()
    {
        var fields = typeof(DicomStatus).GetFields().Where(static field => field.FieldType == typeof(DicomStatus)).ToDictionary(static field => field.Name, static field => (DicomStatus)field.GetValue(null)!);
        var known = FoDicomStatus.All.Where(entry => fields.ContainsKey(entry.Name)).ToList();
        Assert.IsGreaterThan(6, known.Count);
        foreach (var entry in known)
        {
            Assert.AreEqual(entry.Code, fields[entry.Name].Code, entry.Name);
        }

        foreach (var (name, status) in fields.Where(static field => !FoDicomStatus.IsGeneral(field.Value.Code)))
        {
            Assert.IsNotNull(FoDicomStatus.Named(name), $"{name}, {status.Code:X4}");
        }

        for (var code = 0xA000; code <= 0xCFFF; code++)
        {
            var found = DicomStatus.Lookup((ushort)code);
            var entry = FoDicomStatus.Lookup((ushort)code);
            if (entry is null || fields.ContainsKey(entry.Name))
            {
                Assert.AreEqual(entry is null ? DicomStatus.ProcessingFailure.Description : fields[entry.Name].Description, found.Description, $"{code:X4}");
            }
        }
    }

    private static async Task AssertFixed(string before, string expression, string? fixedExpression, string after)
    {
        // What is reported is the entry, or the call that finds it.
        var reported = System.Text.RegularExpressions.Regex.Replace(expression, @"DicomStatus\.(Lookup\(.*\)|[A-Z][A-Za-z]*)", "{|SPG2005:$0|}");
        var test = new Analysis<DicomStatusAnalyzer, StatusFix>(Usings + before + (fixedExpression is null ? expression : reported) + after);
        Setup.Of(test.FixedState);
        test.FixedState.Sources.Add(Usings + before + (fixedExpression ?? expression) + after);
        await test.RunAsync();
    }
}
