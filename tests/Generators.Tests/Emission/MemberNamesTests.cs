using Specgen.Generators.Emission;
using Specgen.Generators.Standard;
using Specgen.Generators.Text;

namespace Specgen.Generators.Tests.Emission;

[TestClass]
public sealed class MemberNamesTests
{
    [TestMethod]
    [DataRow("Out of resources", "OutOfResources")]
    [DataRow("SOP Class not supported", "SopClassNotSupported")]
    [DataRow("Dataset doesn't match SOP Class", "DatasetDoesntMatchSopClass")]
    [DataRow("Dataset doesn’t match SOP Class", "DatasetDoesntMatchSopClass")]
    [DataRow("Class-Instance conflict", "ClassInstanceConflict")]
    [DataRow("Storage Media File-Set ID", "StorageMediaFileSetId")]
    [DataRow("Retrieve AE Title", "RetrieveAETitle")]
    [DataRow("Refused: not authorised", "RefusedNotAuthorised")]
    [DataRow("2D image", "_2DImage")]
    [DataRow("  ", "")]
    [DataRow("(*)", "")]
    [DataRow("Überlauf im Speicher", "ÜberlaufImSpeicher")]
    [DataRow("Handler bound to evt.EVT_C_STORE returned a status Dataset with no (0000,0900) Status element", "HandlerBoundToEvtEvtCStoreReturnedAStatusDatasetWithNo0000")]
    public void PascalCase(string text, string expected)
    {
        var name = MemberNames.Pascal(text);
        Assert.AreEqual(expected, name);
        Assert.IsLessThanOrEqualTo(61, name.Length);
    }

    [TestMethod]
    public void OneDescriptionInTwoCategories_GetsTheCategory() => AssertNames(
        [Row(0xA900, "No match"), Row(0xB007, "No match", Standard.StatusCategory.Warning), Row(0xC000, "Other")],
        ["NoMatchFailure", "NoMatchWarning", "Other"]);

    [TestMethod]
    public void OneDescriptionUnderTwoCodes_GetsTheCode() => AssertNames(
        [Row(0xC100, "Cannot understand"), Row(0xC200, "Cannot understand")],
        ["CannotUnderstandC100", "CannotUnderstandC200"]);

    [TestMethod]
    public void CategoryAndCode_WhereBothAreNeeded() => AssertNames(
        [Row(0xC100, "X"), Row(0xC200, "X"), Row(0xB000, "X", Standard.StatusCategory.Warning)],
        ["XFailureC100", "XFailureC200", "XWarning"]);

    [TestMethod]
    public void ExactRowAtTheBeginningOfARange_GetsTheRangesEnd() => AssertNames(
        [Row(0xA700, "Full"), new Status(0xA700, 0xA7FF, Standard.StatusCategory.Failure, "Full", null)],
        ["FullA700A700", "FullA700A7FF"]);

    [TestMethod]
    public void ANameThatAnotherBecomes_IsNotTaken() => AssertNames(
        [Row(0xA100, "X failure"), Row(0xA200, "X"), Row(0xB000, "X", Standard.StatusCategory.Warning)],
        ["XFailureA100", "XFailureA200", "XWarning"]);

    [TestMethod]
    public void WithoutWords_TheCodeIsTheName() => AssertNames([Row(0x0110, "???")], ["Code0110"]);

    [TestMethod]
    public void OrderDoesNotMatter()
    {
        Status[] rows = [Row(0xA900, "No match"), Row(0xB007, "No match", Standard.StatusCategory.Warning), Row(0xC100, "X"), Row(0xC200, "X"), Row(0xA100, "X failure"), Row(0xB000, "X", Standard.StatusCategory.Warning)];
        var expected = Named(rows);
        for (var i = 1; i < rows.Length; i++)
        {
            CollectionAssert.AreEqual(expected, Named([.. rows[i..], .. rows[..i]]));
        }

        static string[] Named(Status[] rows) => rows.Zip(MemberNames.OfStatuses(rows), static (row, name) => $"{row.First:X4}={name}").Order(StringComparer.Ordinal).ToArray();
    }

    private static Status Row(ushort code, string description, Standard.StatusCategory category = Standard.StatusCategory.Failure) => new(code, code, category, description, null);

    private static void AssertNames(Status[] rows, string[] expected) => CollectionAssert.AreEqual(expected, MemberNames.OfStatuses(rows).ToArray());
}
