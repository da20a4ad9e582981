using FellowOakDicom;
using Specgen.Runtime.Tests.Associations;

namespace Specgen.Runtime.Tests.Surface;

/// <summary>Answers with a module.</summary>
[TestClass]
public sealed class TypedDimseResultTests
{
    private enum Status : ushort
    {
        Success = 0,
        Warning = 0xB600,
        Failure = 0xC600,
    }

    [TestMethod]
    public void A_status_is_an_answer_without_module()
    {
        DimseResult<Status, Reply> result = Status.Failure;

        Assert.AreEqual((Status.Failure, (ushort)0xC600, true, true), (result.Status, result.Code, result.Reply is null, result.ToResponse().Dataset is null));
    }

    [TestMethod]
    public void A_module_is_a_success_with_it()
    {
        var reply = new Reply(new DicomDataset { { DicomTag.PatientID, "P" } });
        DimseResult<Status, Reply> result = reply;
        DimseResult<Status> untyped = result;

        Assert.AreEqual(Status.Success, result.Status);
        Assert.AreSame(reply, result.Reply);
        Assert.AreSame(reply.Dataset, result.ToResponse().Dataset);
        Assert.AreSame(reply.Dataset, untyped.Dataset);
    }

    [TestMethod]
    public void A_module_of_nothing_is_no_data_set()
    {
        DimseResult<Status, Reply> result = new Reply([]);
        DimseResult<Status> untyped = result;

        Assert.IsNotNull(result.Reply);
        Assert.IsNull(result.Dataset);
        Assert.IsNull(result.ToResponse().Dataset);
        Assert.IsNull(untyped.Dataset);
        Assert.AreEqual(Status.Success, ((DimseResult<Status, Reply>)(Reply?)null).Status);
    }

    [TestMethod]
    public void What_an_answer_has_beside_its_module_stays()
    {
        var reply = new Reply(new DicomDataset { { DicomTag.PatientID, "P" } });
        var result = new DimseResult<Status, Reply>(Status.Warning, reply)
        {
            ErrorComment = "a\\b",
            ErrorId = 7,
            OffendingElements = [DicomTag.PatientID],
            AttributeIdentifiers = [DicomTag.StudyID],
            AffectedSopInstanceUid = "1.2",
        };
        DimseResult<Status> untyped = result;
        DimseResult<Status, Reply> again = untyped;

        foreach (var response in new[] { result.ToResponse(), untyped.ToResponse(), again.ToResponse() })
        {
            Assert.AreEqual((0xB600, "a/b", (ushort?)7, "1.2"), (response.Status, response.ErrorComment, response.ErrorId, response.AffectedSopInstanceUid));
            CollectionAssert.AreEqual(new[] { DicomTag.PatientID }, response.OffendingElements.ToArray());
            CollectionAssert.AreEqual(new[] { DicomTag.StudyID }, response.AttributeIdentifiers.ToArray());
            Assert.AreSame(reply.Dataset, response.Dataset);
        }

        Assert.AreEqual(Status.Failure, (result with { Status = Status.Failure }).Status);
        Assert.IsNull((result with { Reply = null }).Dataset);
        Assert.IsNull((again with { Reply = null }).Dataset);
        Assert.AreEqual(untyped.ToString(), result.ToString());
    }

    [TestMethod]
    public void What_is_received_gets_its_module_from_its_data_set()
    {
        var dataset = new DicomDataset { { DicomTag.PatientID, "P" } };

        Assert.AreSame(dataset, DimseResult<Status>.From(new DimseResponse(0) { Dataset = dataset }).WithReply(static data => new Reply(data)).Reply!.Dataset);
        Assert.IsNull(DimseResult<Status>.From(new DimseResponse(0xC600)).WithReply<Reply>(static _ => throw new InvalidOperationException()).Reply);
    }

    [TestMethod]
    public void A_module_goes_where_a_data_set_does()
    {
        var reply = new Reply([]);
        DicomDataset dataset = reply;
        DicomDataset? none = (Reply?)null;

        Assert.AreSame(reply.Dataset, dataset);
        Assert.IsNull(none);
    }

    private sealed class Reply(DicomDataset dataset) : ModuleView(dataset, ModuleShape.Of("00100020LO1"));
}
