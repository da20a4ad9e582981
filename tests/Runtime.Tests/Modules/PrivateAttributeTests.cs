using FellowOakDicom;
using Specgen.Associations;
using Specgen.Instances;

namespace Specgen.Runtime.Tests.Modules;

/// <summary>Private attributes of a module: the creator's element, any block, and values that arrive without their VR.</summary>
[TestClass]
public sealed class PrivateAttributeTests
{
    private const ushort Group = 0x0041;

    [TestMethod]
    public void A_value_that_is_set_brings_its_creator()
    {
        var view = new Traces(new DicomDataset()) { Label = "T7", Count = 4 };

        Assert.AreEqual("ACME 1.0", view.Dataset.GetString(new DicomTag(Group, 0x0010)).TrimEnd());
        Assert.AreEqual("T7", view.Label);
        Assert.AreEqual((ushort)4, view.Count);
        Assert.AreEqual(3, view.Dataset.Count());
        view.Label = null;
        Assert.IsNull(view.Label);
        Assert.AreEqual((ushort)4, view.Count);
    }

    /// <summary>PS3.5 §7.8.1: who writes takes the first block that is free, and who reads looks for the creator.</summary>
    [TestMethod]
    public void A_block_of_another_creator_is_left_alone()
    {
        var dataset = new DicomDataset();
        dataset.AddOrUpdate(DicomVR.LO, new DicomTag(Group, 0x0010), "OTHER");
        dataset.AddOrUpdate(DicomVR.LO, new DicomTag(Group, 0x1010), "not ours");
        dataset.AddOrUpdate(DicomVR.LO, new DicomTag(Group, 0x1110), "of nobody");
        var view = new Traces(dataset);

        Assert.IsNull(view.Label);
        view.Label = "T7";

        Assert.AreEqual("ACME 1.0", dataset.GetString(new DicomTag(Group, 0x0012)).TrimEnd());
        Assert.AreEqual("not ours", dataset.GetString(new DicomTag(Group, 0x1010)));
        Assert.AreEqual("of nobody", dataset.GetString(new DicomTag(Group, 0x1110)));
        Assert.AreEqual("T7", new Traces(Sent(dataset, DicomTransferSyntax.ImplicitVRLittleEndian)).Label);
    }

    [TestMethod]
    public void A_group_without_a_free_block_is_an_error_and_nothing_is_written()
    {
        var dataset = new DicomDataset();
        for (var block = 0x10; block <= 0xFF; block++)
        {
            dataset.AddOrUpdate(DicomVR.LO, new DicomTag(Group, (ushort)block), "OTHER");
        }

        StringAssert.Contains(Assert.ThrowsExactly<InvalidOperationException>(() => new Traces(dataset).Label = "T7").Message, "'ACME 1.0'");
        Assert.AreEqual(0xF0, dataset.Count());
    }

    /// <summary>Over implicit VR private elements are UN to who does not know them.</summary>
    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Values_of_every_kind_arrive_as_they_were_sent(bool isExplicit)
    {
        var sent = new Traces(new DicomDataset { { DicomTag.SpecificCharacterSet, "ISO_IR 192" } })
        {
            Label = "Größe",
            Labels = ["a", "b", "c"],
            Count = 0x1234,
            Offset = -5,
            Weight = 2.5,
            Weights = [1.5f, -1.5f],
            Pointer = DicomTag.PatientID,
            Bytes = [1, 2, 3, 4],
        };

        var arrived = new Traces(Sent(sent.Dataset, isExplicit ? DicomTransferSyntax.ExplicitVRLittleEndian : DicomTransferSyntax.ImplicitVRLittleEndian));

        Assert.AreEqual("Größe", arrived.Label);
        CollectionAssert.AreEqual(new[] { "a", "b", "c" }, arrived.Labels!.ToArray());
        Assert.AreEqual((ushort)0x1234, arrived.Count);
        Assert.AreEqual(-5, arrived.Offset);
        Assert.AreEqual(2.5, arrived.Weight);
        CollectionAssert.AreEqual(new[] { 1.5f, -1.5f }, arrived.Weights!.ToArray());
        Assert.AreEqual(DicomTag.PatientID, arrived.Pointer);
        CollectionAssert.AreEqual(new byte[] { 1, 2, 3, 4 }, arrived.Bytes);
        Assert.IsEmpty(arrived.Missing());
    }

    [TestMethod]
    public void What_is_not_there_is_missing()
    {
        var view = new Traces(new DicomDataset());

        Assert.AreEqual(new DicomTag(Group, 0x1010), view.Missing().Single().Tag);
        view.Label = "T7";
        Assert.IsEmpty(view.Missing());
    }

    [TestMethod]
    public void Items_bring_the_creator_when_one_is_added()
    {
        var view = new Traces(new DicomDataset());

        Assert.IsEmpty(view.Parts);
        Assert.AreEqual(0, view.Dataset.Count());
        view.Parts.Add().Label = "inside";

        Assert.AreEqual("ACME 1.0", view.Dataset.GetString(new DicomTag(Group, 0x0010)).TrimEnd());
        Assert.AreEqual("inside", view.Parts.Single().Label);
        Assert.AreEqual("ACME 1.0", view.Parts[0].Dataset.GetString(new DicomTag(Group, 0x0010)).TrimEnd());
    }

    private static DicomDataset Sent(DicomDataset dataset, DicomTransferSyntax syntax) =>
        DataSetCodec.Decode(DataSetCodec.Encode(dataset, syntax), syntax, DataSetLimits.Default);

    private sealed class Traces(DicomDataset dataset) : ModuleView(dataset, s_shape)
    {
        private static readonly ModuleShape s_shape = ModuleShape.Of(
            "00411010LO1,PACME%201.0;00411011US3,PACME%201.0;00411012SL3,PACME%201.0;00411013FD3,PACME%201.0;00411014FL3,PACME%201.0;00411015AT3,PACME%201.0;00411016OB3,PACME%201.0;00411017LO3,PACME%201.0;00411018SQ3,PACME%201.0");

        public string? Label { get => GetText(0); set => SetText(0, value); }

        public ushort? Count { get => Get<ushort>(1); set => Set<ushort>(1, value); }

        public int? Offset { get => Get<int>(2); set => Set<int>(2, value); }

        public double? Weight { get => Get<double>(3); set => Set<double>(3, value); }

        public IReadOnlyList<float>? Weights { get => GetList<float>(4); set => SetList(4, value); }

        public DicomTag? Pointer { get => GetTag(5); set => SetTag(5, value); }

        public byte[]? Bytes { get => GetBytes(6); set => SetBytes(6, value); }

        public IReadOnlyList<string>? Labels { get => GetList<string>(7); set => SetList(7, value); }

        public ModuleSequence<Traces> Parts => Items<Traces>(8);

        protected internal override ModuleView? SpecgenItem(int index, DicomDataset item) => index == 8 ? new Traces(item) : null;
    }
}
