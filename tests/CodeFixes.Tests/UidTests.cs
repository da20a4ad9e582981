using Microsoft.CodeAnalysis.Testing;
using Specgen.Generators.Analyzers;

namespace Specgen.CodeFixes.Tests;

/// <summary>UIDs and keywords as texts.</summary>
[TestClass]
public sealed class UidTests
{
    private const string Usings = "using System.Linq;\nusing FellowOakDicom;\nusing Specgen.Standard;\n\n";

    [TestMethod]
    [DataRow("1.2.840.10008.5.1.4.1.1.2", "SPG2001", "SopClassUids.CTImageStorage")]
    [DataRow("1.2.840.10008.1.2.1", "SPG2001", "TransferSyntaxUids.ExplicitVRLittleEndian")]
    [DataRow("1.2.840.10008.1.20.1.1", "SPG2001", "WellKnownSopInstanceUids.StorageCommitmentPushModelInstance")]
    [DataRow("1.2.840.10008.5.1.4.1.1.2.", null, null)]
    [DataRow("1.2.840.10008.1.20.11", "SPG2002", "SopClassUids.StorageCommitmentPushModel")]
    [DataRow("1.2.840.10008.5.1.4.1.1.77.1.99", "SPG2002", "SopClassUids.ConfocalMicroscopyTiledPyramidalImageStorage")]
    [DataRow("1.2.840.10008.3.1.1.1", "SPG2001", "OtherUids.DICOMApplicationContext")]
    [DataRow("1.2.840.10008.1.4.1.1", "SPG2001", "OtherUids.TalairachBrainAtlas")]
    [DataRow("1.2.840.10008.15.0.3.1", "SPG2001", "OtherUids.dicomDeviceName")]
    [DataRow("1.2.840.10008.99.1.2", null, null)]
    [DataRow("1.2.826.0.1.3680043", null, null)]
    [DataRow("CT", null, null)]
    public async Task A_UID_as_text_becomes_its_constant(string text, string? id, string? constant) => await AssertFixed(
        id is null ? $"class C {{ string S => \"{text}\"; }}" : $"class C {{ string S => {{|{id}:\"{text}\"|}}; }}",
        id is null ? $"class C {{ string S => \"{text}\"; }}" : $"class C {{ string S => {constant}; }}");

    /// <summary>PS3.6 has UIDs that no constant is of: those of PS3.22 (this one is one character off that of Verification), and those of service classes that a project has not chosen.</summary>
    [TestMethod]
    [DataRow("standard", false)]
    [DataRow("own", false)]
    [DataRow("", true)]
    public async Task A_UID_that_stands_on_a_page_is_no_misspelling(string page, bool isReported)
    {
        const string Uid = "\"1.2.840.10008.10.1\"";
        var test = new Analysis<UidAnalyzer, EmptyCodeFixProvider>($"class C {{ string S => {(isReported ? $"{{|SPG2002:{Uid}|}}" : Uid)}; }}");
        test.TestState.AdditionalFiles.Add(("/registry.rst", "1.2.840.10008.10.1  Video Endoscopic Image Real-Time Communication  VideoEndoscopicImageRealTimeCommunication"));
        test.TestState.AnalyzerConfigFiles.Add(("/.globalconfig", $"is_global = true\n[/registry.rst]\nbuild_metadata.AdditionalFiles.SpecgenPage = {page}\n"));
        await test.RunAsync();
    }

    [TestMethod]
    [DataRow("DicomDictionary.Default[\"PatientName\"]")]
    [DataRow("DicomDictionary.Default[{|SPG2003:\"PatientNme\"|}]")]
    [DataRow("DicomTag.PatientName.DictionaryEntry.Keyword == {|SPG2003:\"PatientNme\"|}")]
    [DataRow("\"PatientName\" != DicomTag.PatientName.DictionaryEntry.Keyword")]
    [DataRow("DicomTag.PatientName.DictionaryEntry.Keyword is \"PatientName\" or {|SPG2003:\"PatientNme\"|}")]
    [DataRow("DicomTag.PatientName.DictionaryEntry.Keyword.Equals({|SPG2003:\"PatientNme\"|}, System.StringComparison.Ordinal)")]
    [DataRow("string.Equals({|SPG2003:\"PatientNme\"|}, DicomTag.PatientName.DictionaryEntry.Keyword, System.StringComparison.Ordinal)")]
    [DataRow("DicomTag.PatientName.DictionaryEntry.Keyword switch { {|SPG2003:\"PatientNme\"|} => 1, \"PatientID\" => 2, _ => 3 }")]
    public async Task A_keyword_that_PS36_does_not_have_is_told_of(string expression)
    {
        var test = new Analysis<KeywordAnalyzer, EmptyCodeFixProvider>(Usings + $"class C {{ object O() => {expression}; }}");
        await test.RunAsync();
    }

    [TestMethod]
    public async Task Each_is_off_by_editorconfig()
    {
        var test = new Analysis<UidAnalyzer, UidFix>("class C { string S => \"1.2.840.10008.5.1.4.1.1.2\" + \"1.2.840.10008.1.20.11\"; }");
        test.TestState.AnalyzerConfigFiles.Add(("/.editorconfig", "root = true\n[*]\ndotnet_diagnostic.SPG2001.severity = none\ndotnet_diagnostic.SPG2002.severity = none\n"));
        await test.RunAsync();
    }

    private static async Task AssertFixed(string before, string after)
    {
        var test = new Analysis<UidAnalyzer, UidFix>(Usings + before);
        Setup.Of(test.FixedState);
        test.FixedState.Sources.Add(Usings + after);
        await test.RunAsync();
    }
}
