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
