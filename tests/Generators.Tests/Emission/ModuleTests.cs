using Specgen.Generators.Text;

namespace Specgen.Generators.Tests.Emission;

/// <summary>Generated views of modules, asked by running them.</summary>
[TestClass]
public sealed class ModuleTests
{
    private static readonly TestProject s_project = new TestProject().Page(TestPages.Module);

    [TestMethod]
    public void Values_GoToTheDataSetAndComeBack() => Assert.AreEqual("1.2.3,512,1.2.3,,", Ask("""
        box.TransactionUid = "1.2.3";
        box.Rows = 512;
        var first = $"{box.TransactionUid},{box.Rows},{box.Dataset.GetString(new DicomTag(0x0008, 0x1195))}";
        box.TransactionUid = null;
        box.Rows = null;
        return $"{first},{box.TransactionUid},{box.Rows}";
        """));

    [TestMethod]
    public void EmptyText_LeavesTheAttributeEmpty() => Assert.AreEqual("True,True,False", Ask("""
        box.TransactionUid = "";
        var there = box.Dataset.Contains(new DicomTag(0x0008, 0x1195));
        var empty = box.TransactionUid == "";
        box.TransactionUid = null;
        return $"{there},{empty},{box.Dataset.Contains(new DicomTag(0x0008, 0x1195))}";
        """));

    [TestMethod]
    public void Sequences_GrowByTypedItems() => Assert.AreEqual("0,False,2,1.2 NoSuchInstance No such instance,,1,0,True", Ask("""
        var failed = box.FailedSopSequence;
        var text = $"{failed.Count},{failed.IsPresent}";
        var item = failed.Add();
        item.ReferencedSopClassUid = "1.2";
        item.FailureReason = FailureReason.NoSuchInstance;
        failed.Add();
        text += $",{failed.Count},{failed[0].ReferencedSopClassUid} {failed[0].FailureReason} {failed[0].FailureReason!.Value.Description()},{failed[1].FailureReason}";
        failed.RemoveAt(0);
        text += $",{box.FailedSopSequence.Count}";
        failed.Clear();
        return text + $",{failed.Count},{failed.IsPresent}";
        """));

    [TestMethod]
    public void Sequences_CanBeEnumerated() => Assert.AreEqual("a b", Ask("""
        box.FailedSopSequence.Add().ReferencedSopClassUid = "1";
        box.FailedSopSequence.Add().ReferencedSopClassUid = "2";
        return string.Join(" ", System.Linq.Enumerable.Select(box.FailedSopSequence, i => i.ReferencedSopClassUid == "1" ? "a" : "b"));
        """));

    [TestMethod]
    public void ASequenceWithinItsOwnKind_Compiles() => new TestProject().Page("""
        Acme Tree Module
        ================

        +----------------+-------------+----+-----------------------+
        | Attribute Name | Tag         | VR | Attribute Description |
        +================+=============+====+=======================+
        | Node Sequence  | (0040,A730) | SQ | Nodes                 |
        +----------------+-------------+----+-----------------------+
        | >Node Sequence | (0040,A730) | SQ | Nodes of nodes        |
        +----------------+-------------+----+-----------------------+
        | >>Dataset      | (0008,0060) | CS | Named like a member   |
        +----------------+-------------+----+-----------------------+
        """).Run().MustCompile();

    [TestMethod]
    public void Missing_GoesByTheTypes_IntoEachItem() => Assert.AreEqual(
        "(0008,1195) Transaction UID; (0040,0340) Performed Series Sequence | (0008,1195) Transaction UID without value; (0040,0340)[2] > (0020,000e) Series Instance UID; (0040,0340)[2] > (0018,1030) Protocol Name | ",
        Typed("""
        string Missing() => string.Join("; ", work.Missing());
        var text = Missing();
        work.TransactionUid = "";
        var first = work.PerformedSeriesSequence.Add();
        first.SeriesInstanceUid = "1.2";
        first.ProtocolName = "";
        work.PerformedSeriesSequence.Add();
        text += " | " + Missing();
        work.TransactionUid = "1.2.3";
        work.PerformedSeriesSequence.RemoveAt(1);
        return text + " | " + Missing();
        """));

    [TestMethod]
    public void Missing_OfAMessage_GoesByItsUsage() => Assert.AreEqual(
        "(0008,1195),(0040,0340) / (0008,1195),(0040,0340) / (0040,0340) /  / (0008,1195)",
        Typed("""
        string Missing(DimseOperation operation, DicomRole role) => string.Join(",", System.Linq.Enumerable.Select(work.Missing(operation, role), m => m.Path));
        return string.Join(" / ", Missing(DimseOperation.NCreate, DicomRole.Scu), Missing(DimseOperation.NCreate, DicomRole.Scp), Missing(DimseOperation.NSet, DicomRole.Scp), Missing(DimseOperation.NSet, DicomRole.Scu), Missing(DimseOperation.NGet, DicomRole.Scp));
        """));

    [TestMethod]
    public void BytesAndTags_AreWhatTheyAre() => Assert.AreEqual("1-2-3-4,(0010,0010),7,True,True", Typed("""
        work.EncapsulatedDocument = new byte[] { 1, 2, 3, 4 };
        work.SelectorAttribute = new DicomTag(0x0010, 0x0010);
        work.ObjectCount = 7;
        var text = string.Join("-", work.EncapsulatedDocument) + "," + work.SelectorAttribute + "," + work.ObjectCount;
        (work.EncapsulatedDocument, work.SelectorAttribute) = (null, null);
        return text + "," + (work.EncapsulatedDocument is null) + "," + !work.Dataset.Contains(new DicomTag(0x0072, 0x0026));
        """));

    /// <summary>There is nothing that a type of their own could have.</summary>
    [TestMethod]
    public void ItemsThatThePageDoesNotDescribe_ArePlainItems() => Assert.AreEqual("ModuleItem,1,True,", Typed("""
        work.ContentSequence.Add().Dataset.AddOrUpdate(new DicomTag(0x0008, 0x0100), "CODE");
        var item = work.ContentSequence[0];
        return $"{item.GetType().Name},{work.ContentSequence.Count},{item.Dataset.Contains(new DicomTag(0x0008, 0x0100))},{string.Join(" ", item.Missing())}";
        """));

    [TestMethod]
    public void AnAttributeNamedLikeAMemberOfTheView_HasItsOwnName() => Assert.AreEqual("X", Typed("work.Items_ = \"X\"; return work.Items_;"));

    /// <summary>Absent is null, without value is empty, and every value counts.</summary>
    [TestMethod]
    [DataRow("Texts", "new[] { \"A\", \"B\" }", "A,B")]
    [DataRow("Texts", "new[] { \"A\" }", "A")]
    [DataRow("Texts", "new string[0]", "")]
    [DataRow("Texts", "null", "none")]
    [DataRow("Names", "new[] { \"A^B\", \"C^D\" }", "A^B,C^D")]
    [DataRow("Decimals", "new[] { \"1.5\", \"-2\" }", "1.5,-2")]
    [DataRow("Shorts", "new ushort[] { 1, 65535 }", "1,65535")]
    [DataRow("Shorts", "new ushort[0]", "")]
    [DataRow("Shorts", "null", "none")]
    [DataRow("Singles", "new[] { 0.25f, 0.5f }", "0.25,0.5")]
    [DataRow("Pointers", "new[] { DicomTag.PatientID, DicomTag.StudyID }", "(0010,0020),(0020,0010)")]
    [DataRow("Pointers", "new DicomTag[0]", "")]
    public void AnAttributeOfSeveralValues_IsAList(string property, string values, string expected) => Assert.AreEqual(expected + " " + (expected != "none"), new TestProject().Page("""
        Acme List Module
        ================

        ============== =========== == ===
        Attribute Name Tag         VR VM
        ============== =========== == ===
        Texts          (0008,0005) CS 1-n
        Names          (0008,1070) PN 1-n
        Decimals       (2010,0376) DS 2
        Shorts         (0062,000B) US 1-n
        Singles        (0028,7018) FL 2
        Pointers       (0072,0052) AT 1-n
        One            (0010,0020) LO 1
        Document       (0042,0011) OB 1-n
        ============== =========== == ===
        """).Source($$"""
        using System.Globalization;
        using System.Linq;
        using FellowOakDicom;
        using Specgen;
        using Specgen.Standard;

        internal static class Body
        {
            internal static string Run()
            {
                var list = new AcmeListModule(new DicomDataset()) { One = "1", Document = new byte[2] };
                list.{{property}} = {{values}};
                return (list.{{property}} is { } all ? string.Join(",", all.Select(one => System.Convert.ToString(one, CultureInfo.InvariantCulture))) : "none") + " " + (list.Dataset.Count() == 3);
            }
        }
        """).Ask("Body.Run()"));

    /// <summary>A page with usages and types of all kinds.</summary>
    private const string Work = """
        Acme Work Module
        ================

        +---------------------------+-------------+----+------+----------+-------------+---------+
        | Attribute Name            | Tag         | VR | Type | N-CREATE | N-SET       | N-GET   |
        |                           |             |    |      | SCU/SCP  | SCU/SCP     | SCU/SCP |
        +===========================+=============+====+======+==========+=============+=========+
        | Transaction UID           | (0008,1195) | UI | 1    | 1/1      | Not allowed | -/1     |
        +---------------------------+-------------+----+------+----------+-------------+---------+
        | Performed Series Sequence | (0040,0340) | SQ | 2    | 2/2      | 3/2         | 3/3     |
        +---------------------------+-------------+----+------+----------+-------------+---------+
        | >Series Instance UID      | (0020,000E) | UI | 1    | 1/1      |             |         |
        +---------------------------+-------------+----+------+----------+-------------+---------+
        | >Protocol Name            | (0018,1030) | LO | 2    | 2/2      |             |         |
        +---------------------------+-------------+----+------+----------+-------------+---------+
        | Encapsulated Document     | (0042,0011) | OB | 3    |          |             |         |
        +---------------------------+-------------+----+------+----------+-------------+---------+
        | Selector Attribute        | (0072,0026) | AT | 1C   | 1C/1C    |             |         |
        +---------------------------+-------------+----+------+----------+-------------+---------+
        | Object Count              | (0040,A0FF) | US |      |          |             |         |
        +---------------------------+-------------+----+------+----------+-------------+---------+
        | Content Sequence          | (0040,A730) | SQ | 3    |          |             |         |
        +---------------------------+-------------+----+------+----------+-------------+---------+
        | Items                     | (0072,0027) | CS | 3    |          |             |         |
        +---------------------------+-------------+----+------+----------+-------------+---------+
        """;

    /// <summary>
    /// A macro has types of its own where it is included: beside the module's attributes, as the items of a sequence, through another macro, and within the items of another macro. Its view is the same
    /// everywhere, and the types are the place's whether the module or the item is asked.
    /// </summary>
    [TestMethod]
    [DataRow("NCreate", "Scu", "P0100 P0104 T0100 S0100 C0100 | 0100 0104 | 0100 | 0100 | 0100")]
    [DataRow("NSet", "Scu", "P0100 P0104 S0100 S0104 | 0100 0104 |  | 0100 0104 | ")]
    [DataRow("NGet", "Scp", "P0100 P0104 T0100 S0100 S0104 C0100 | 0100 0104 | 0100 | 0100 0104 | 0100")]
    public void AMacro_HasTypesOfItsOwnWhereItIsIncluded(string operation, string role, string expected)
    {
        var answer = new TestProject().Page(Macros).Source($$"""
            using System.Linq;
            using FellowOakDicom;
            using Specgen;
            using Specgen.Standard;

            internal static class Body
            {
                internal static string Run()
                {
                    var coded = new AcmeCodedModule(new DicomDataset());
                    AcmeCodeItem plain = coded.PlainSequence.Add(), typed = coded.TypedSequence.Add(), same = coded.SameSequence.Add();
                    AcmeCodeItem within = coded.ContentSequence.Add().ConceptSequence.Add();
                    string Missing(ModuleView view) => string.Join(" ", view.Missing(DimseOperation.{{operation}}, DicomRole.{{role}}).Select(static missing => Place(missing.Path)));
                    static string Place(string path) => (path.Contains("0340") ? "P" : path.Contains("0341") ? "T" : path.Contains("0342") ? "S" : path.Contains("0343") ? "C" : "") + path[(path.LastIndexOf("(0008,") + 6)..].Split(')')[0];
                    return string.Join(" | ", Missing(coded), Missing(plain), Missing(typed), Missing(same), Missing(within));
                }
            }
            """).Ask("Body.Run()");
        Assert.AreEqual(expected, answer);
    }

    private const string Macros = """
        Acme Coded Module
        =================

        ============================== =========== == ==== ================ ============= =============
        Attribute Name                 Tag         VR Type N-CREATE SCU/SCP N-SET SCU/SCP N-GET SCU/SCP
        ============================== =========== == ==== ================ ============= =============
        Plain Sequence                 (0040,0340) SQ 3
        >Include "Acme Code Macro"
        Typed Sequence                 (0040,0341) SQ 3    3/3              3/3           3/3
        >Include "Acme Typed Macro"
        Same Sequence                  (0040,0342) SQ 3    3/3              3/3           3/3
        >Include "Acme Code Macro"
        >Code Meaning                  (0008,0104)         3/3              1/1           -/2
        Content Sequence               (0040,0343) SQ 3    3/3              3/3           3/3
        >Include "Acme Item Macro"
        ============================== =========== == ==== ================ ============= =============

        Acme Code Macro
        ---------------

        ============================== =========== == ====
        Attribute Name                 Tag         VR Type
        ============================== =========== == ====
        Code Value                     (0008,0100) SH 1
        Code Meaning                   (0008,0104) LO 1
        ============================== =========== == ====

        Acme Typed Macro
        ----------------

        ============================== =========== ================ ============= =============
        Attribute Name                 Tag         N-CREATE SCU/SCP N-SET SCU/SCP N-GET SCU/SCP
        ============================== =========== ================ ============= =============
        Include "Acme Code Macro"
        Code Value                     (0008,0100) 1/1              3/1           -/1
        Code Meaning                   (0008,0104) 3/3              Not allowed   -/3
        ============================== =========== ================ ============= =============

        Acme Item Macro
        ---------------

        ============================== =========== == ================ ============= =============
        Attribute Name                 Tag         VR N-CREATE SCU/SCP N-SET SCU/SCP N-GET SCU/SCP
        ============================== =========== == ================ ============= =============
        Concept Sequence               (0040,A043) SQ 1/1              1/1           -/1
        >Include "Acme Typed Macro"
        ============================== =========== == ================ ============= =============
        """;

    private static string Typed(string body) => new TestProject().Page(Work).Source($$"""
        using System;
        using FellowOakDicom;
        using Specgen;
        using Specgen.Standard;

        internal static class Body
        {
            internal static string Run()
            {
                var work = new AcmeWorkModule(new DicomDataset());
                {{body}}
            }
        }
        """).Ask("Body.Run()");

    private static string Ask(string body) => s_project.Source($$"""
        using System;
        using FellowOakDicom;
        using Specgen;
        using Specgen.Standard;

        internal static class Body
        {
            internal static string Run()
            {
                var box = new AcmeBoxModule(new DicomDataset());
                {{body}}
            }
        }
        """).Ask("Body.Run()");
}
