using FellowOakDicom;
using Specgen.Runtime.Tests.Associations;

namespace Specgen.Runtime.Tests.Surface;

[TestClass]
public sealed class DimseResultTests
{
    [TestMethod]
    public void A_status_converts_and_comes_back_whole()
    {
        DimseResult<TestStatus> result = TestStatus.OutOfResources;
        var rich = new DimseResult<TestStatus>(TestStatus.Coercion)
        {
            ErrorComment = "why",
            ErrorId = 7,
            OffendingElements = [DicomTag.PatientID],
            Dataset = new DicomDataset { { DicomTag.PatientID, "1" } },
        };

        Assert.AreEqual((ushort)0xA700, result.ToResponse().Status);
        var back = DimseResult<TestStatus>.From(rich.ToResponse());
        Assert.AreEqual(TestStatus.Coercion, back.Status);
        Assert.AreEqual("why", back.ErrorComment);
        Assert.AreEqual((ushort)7, back.ErrorId);
        CollectionAssert.AreEqual(new[] { DicomTag.PatientID }, back.OffendingElements.ToArray());
        Assert.AreSame(rich.Dataset, back.Dataset);
    }

    [TestMethod]
    public void A_code_that_the_table_lacks_keeps_its_number()
    {
        var result = DimseResult<TestStatus>.From(new DimseResponse(0xA7F0));

        Assert.AreEqual(0xA7F0, (ushort)result.Status);
        Assert.AreEqual((ushort)0xA7F0, result.Code);
        Assert.AreEqual("42992 (0xA7F0)", result.ToString());
    }

    [TestMethod]
    public void The_default_has_no_null_lists()
    {
        Assert.IsEmpty(default(DimseResponse).OffendingElements);
        Assert.IsEmpty(default(DimseResult<TestStatus>).OffendingElements);
        Assert.AreEqual((ushort)0, default(DimseResponse).Status);
    }

    [TestMethod]
    public void An_enum_of_another_size_is_no_status()
    {
        Assert.ThrowsExactly<InvalidOperationException>(static () => DimseResult<DayOfWeek>.From(new DimseResponse(0x0110)));
        Assert.ThrowsExactly<InvalidOperationException>(static () => new DimseResult<DayOfWeek>(DayOfWeek.Friday).ToResponse());
    }

    [TestMethod]
    [DataRow(0x0000, StatusCategory.Success)]
    [DataRow(0x0001, StatusCategory.Warning)]
    [DataRow(0x0107, StatusCategory.Warning)]
    [DataRow(0x0116, StatusCategory.Warning)]
    [DataRow(0xB000, StatusCategory.Warning)]
    [DataRow(0xBFFF, StatusCategory.Warning)]
    [DataRow(0x0110, StatusCategory.Failure)]
    [DataRow(0x0211, StatusCategory.Failure)]
    [DataRow(0xA700, StatusCategory.Failure)]
    [DataRow(0xC000, StatusCategory.Failure)]
    [DataRow(0xFE00, StatusCategory.Cancel)]
    [DataRow(0xFF00, StatusCategory.Pending)]
    [DataRow(0xFF01, StatusCategory.Pending)]
    [DataRow(0x1234, StatusCategory.Failure)]
    public void The_class_of_a_code_is_that_of_Annex_C(int code, StatusCategory expected) =>
        Assert.AreEqual(expected, StatusCategories.Of((ushort)code));

    [TestMethod]
    public void A_SOP_class_finds_its_UID_in_fo_dicom_or_brings_its_own()
    {
        var acme = new SopClass("1.2.826.0.1.3680043.10.1", "AcmeStorage", "Acme Storage", "Acme Service Class", null, false);

        Assert.AreEqual(DicomUID.Parse("1.2.840.10008.1.1"), TestClasses.Verification.ToDicomUID());
        Assert.AreEqual("Acme Storage", acme.ToDicomUID().Name);
        Assert.AreSame(acme.ToDicomUID(), acme.ToDicomUID());
        Assert.AreEqual(acme, acme with { });
        Assert.AreNotEqual(acme, acme with { Iod = "A.3" });
    }
}
