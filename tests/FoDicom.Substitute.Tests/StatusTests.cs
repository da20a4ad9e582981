using FellowOakDicom.Network;

namespace Specgen.FoDicom.Substitute.Tests;

/// <summary>What is awkward about the one list of statuses: the runtime works around it, so it has to be there.</summary>
[TestClass]
public sealed class StatusTests
{
    [TestMethod]
    [DataRow((ushort)0x0124)]
    [DataRow((ushort)0x0105)]
    [DataRow((ushort)0x0131)]
    public void Code_that_is_not_listed_becomes_0110(ushort code) => Assert.AreEqual(0x0110, DicomStatus.Lookup(code).Code);

    [TestMethod]
    public void Code_of_a_pattern_keeps_its_code()
    {
        Assert.AreEqual(0xC123, DicomStatus.Lookup(0xC123).Code);
        Assert.AreEqual(DicomState.Failure, DicomStatus.Lookup(0xC123).State);
        Assert.AreEqual(DicomState.Pending, DicomStatus.Lookup(0xFF01).State);
        Assert.AreEqual(DicomState.Warning, DicomStatus.Lookup(0xB123).State);
    }

    [TestMethod]
    public void Status_of_a_response_is_read_through_the_list()
    {
        var response = new DicomCEchoResponse(new DicomCEchoRequest(), new DicomStatus("0124", DicomState.Failure, "Not authorized"));

        Assert.AreEqual(0x0110, response.Status.Code);
        Assert.AreEqual(0x0124, response.Command.GetSingleValue<ushort>(FellowOakDicom.DicomTag.Status));
    }
}
