using Specgen.Interop.Tests.Peers;

namespace Specgen.Interop.Tests.Data;

/// <summary>The files themselves are what they are taken for: otherwise the tests that send them prove nothing.</summary>
[TestClass]
public sealed class TestFilesTests
{
    [TestMethod]
    [DataRow("ct", "1.2.840.10008.1.2.1")]
    [DataRow("ct-implicit", "1.2.840.10008.1.2")]
    [DataRow("ct-big-endian", "1.2.840.10008.1.2.2")]
    [DataRow("ct-deflated", "1.2.840.10008.1.2.1.99")]
    [DataRow("mr", "1.2.840.10008.1.2.1")]
    [DataRow("mr-enhanced", "1.2.840.10008.1.2.1")]
    [DataRow("mr-undefined-lengths", "1.2.840.10008.1.2.1")]
    [DataRow("multi-frame", "1.2.840.10008.1.2.1")]
    [DataRow("pdf", "1.2.840.10008.1.2.1")]
    [DataRow("ct-jpeg-lossless", "1.2.840.10008.1.2.4.70")]
    [DataRow("ct-jpeg-ls", "1.2.840.10008.1.2.4.80")]
    [DataRow("ct-rle", "1.2.840.10008.1.2.5")]
    public async Task IsADicomFileInItsTransferSyntax(string name, string transferSyntax)
    {
        var file = await TestFiles.GetAsync(name);
        await Tool.OutputAsync("dcmftest", file.Path);
        var dump = await Tool.OutputAsync("dcmdump", "-M", file.Path);
        StringAssert.Contains(dump, $"[{file.InstanceUid}]");
        StringAssert.Contains(dump, $"[{file.SeriesUid}]");
        var content = Part10.Read(file.Path);
        Assert.AreEqual(transferSyntax, content.TransferSyntaxUid);
        Assert.AreEqual(file.SopClassUid, content.SopClassUid);
        Assert.AreEqual(file.InstanceUid, content.SopInstanceUid);
    }
}
