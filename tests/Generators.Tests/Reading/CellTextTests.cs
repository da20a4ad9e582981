using Specgen.Generators.Reading;
using Standard = Specgen.Generators.Standard;

namespace Specgen.Generators.Tests.Reading;

[TestClass]
public sealed class CellTextTests
{
    [TestMethod]
    [DataRow("0xA700", 0xA700, 0xA700)]
    [DataRow("0XA700", 0xA700, 0xA700)]
    [DataRow("a700", 0xA700, 0xA700)]
    [DataRow("0110H", 0x0110, 0x0110)]
    [DataRow("0xA700 to 0xA7FF", 0xA700, 0xA7FF)]
    [DataRow("A700-A7FF", 0xA700, 0xA7FF)]
    [DataRow("A700 - A7FF", 0xA700, 0xA7FF)]
    [DataRow("A700\u2013A7FF", 0xA700, 0xA7FF)]
    [DataRow("A700H-A7FFH", 0xA700, 0xA7FF)]
    [DataRow("0xA700..0xA7FF", 0xA700, 0xA7FF)]
    [DataRow("A7xx", 0xA700, 0xA7FF)]
    [DataRow("0xCxxx", 0xC000, 0xCFFF)]
    [DataRow("C00X", 0xC000, 0xC00F)]
    public void Codes(string text, int first, int last)
    {
        Assert.IsTrue(CellText.TryCodes(text, out var from, out var to));
        Assert.AreEqual((first, last), ((int)from, (int)to));
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("0x")]
    [DataRow("A70")]
    [DataRow("A7000")]
    [DataRow("G000")]
    [DataRow("xxxx")]
    [DataRow("AxA0")]
    [DataRow("0xA7FF to 0xA700")]
    [DataRow("A7xx to A8xx")]
    [DataRow("0xA700 to")]
    [DataRow("to 0xA700")]
    [DataRow("A700-A7FF-A8FF")]
    [DataRow("anything else")]
    public void What_is_no_code(string text) => Assert.IsFalse(CellText.TryCodes(text, out _, out _));

    [TestMethod]
    [DataRow("Mandatory/Mandatory", Standard.Usage.Mandatory, Standard.Usage.Mandatory)]
    [DataRow("Optional / Mandatory", Standard.Usage.Optional, Standard.Usage.Mandatory)]
    [DataRow("Conditional/Not used", Standard.Usage.Conditional, Standard.Usage.NotUsed)]
    [DataRow("U/M", Standard.Usage.Optional, Standard.Usage.Mandatory)]
    [DataRow("-/M", Standard.Usage.NotUsed, Standard.Usage.Mandatory)]
    [DataRow("N/A/Mandatory", Standard.Usage.NotUsed, Standard.Usage.Mandatory)]
    public void Usages(string text, object scu, object scp)
    {
        Assert.IsTrue(CellText.TryUsages(text, out var user, out var provider));
        Assert.AreEqual((scu, scp), ((object)user, (object)provider));
    }

    [TestMethod]
    [DataRow("C-STORE", Standard.DimseOperation.CStore, null)]
    [DataRow("n-event-report", Standard.DimseOperation.NEventReport, null)]
    [DataRow("C\u2011ECHO", Standard.DimseOperation.CEcho, null)]
    [DataRow("N-ACTION - Request cancel", Standard.DimseOperation.NAction, "Request cancel")]
    [DataRow("N-ACTION \u2013 Un/subscribe", Standard.DimseOperation.NAction, "Un/subscribe")]
    [DataRow("Inventory FIND", Standard.DimseOperation.CFind, "Inventory")]
    public void Operations(string text, object operation, string? qualifier)
    {
        Assert.IsTrue(CellText.TryOperation(text, out var found, out var said));
        Assert.AreEqual((operation, qualifier), ((object)found, said));
    }

    [TestMethod]
    [DataRow("1.2.840.10008.1.1", null)]
    [DataRow("0.0", null)]
    [DataRow("1.02", "the component '02' begins with 0")]
    [DataRow("1..2", "a component is empty")]
    [DataRow("1.2.", "a component is empty")]
    [DataRow("", "a component is empty")]
    [DataRow("1.2a", "only digits and '.' may stand in it, not 'a'")]
    [DataRow("1.\u0663", "only digits and '.' may stand in it, not '\u0663'")]
    [DataRow("1.2345678901234567890123456789012345678901234567890123456789012", null)]
    [DataRow("1.23456789012345678901234567890123456789012345678901234567890123", null)]
    [DataRow("1.234567890123456789012345678901234567890123456789012345678901234", "it has 65 characters, 64 at most are allowed")]
    public void Uids(string text, string? why) => Assert.AreEqual(why, CellText.WhyNoUid(text));

    [TestMethod]
    [DataRow("(0008,1195)", true)]
    [DataRow("(0008,119A)", true)]
    [DataRow("0008,1195", false)]
    [DataRow("(0008,119X)", false)]
    [DataRow("(0008 1195)", false)]
    public void Tags(string text, bool expected) => Assert.AreEqual(expected, CellText.TryTag(text, out _, out _));

    [TestMethod]
    [DataRow("CT Image Storage", "CTImageStorage")]
    [DataRow("Storage Commitment Push Model SOP Class", "StorageCommitmentPushModel")]
    [DataRow("Unified Procedure Step - Push SOP Class", "UnifiedProcedureStepPush")]
    [DataRow("Patient Root Query/Retrieve Information Model - FIND", "PatientRootQueryRetrieveInformationModelFIND")]
    [DataRow("12-lead ECG", "12LeadECG")]
    public void Keywords(string name, string keyword) => Assert.AreEqual(keyword, SopClassTables.KeywordOf(name));

    [TestMethod]
    [DataRow("C-STROE", "C-STORE")]
    [DataRow("N-EVENT", null)]
    [DataRow("c-find", "C-FIND")]
    public void Suggestions(string found, string? nearest) => Assert.AreEqual(nearest, Suggestion.Nearest(found, CellText.DimseNames));

    [TestMethod]
    public void Suggestions_do_not_depend_on_the_order_of_what_is_known()
    {
        string[] known = ["abcd", "abce", "abcf"];

        Assert.AreEqual("abcd", Suggestion.Nearest("abcx", known));
        Assert.AreEqual("abcd", Suggestion.Nearest("abcx", known.Reverse()));
        Assert.AreEqual("StorageForProcessing", Suggestion.NearestByWords("ProcessingStorage", ["StorageForProcessing", "SomethingElse"]));
    }
}
