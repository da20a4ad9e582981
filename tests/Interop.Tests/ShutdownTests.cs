using Specgen.Interop.Tests.Data;
using Specgen.Interop.Tests.Peers;
using Specgen.Testing;

namespace Specgen.Interop.Tests;

/// <summary>The end of the process: soon, with exit code 0, and with whole files only.</summary>
[TestClass]
public sealed class ShutdownTests
{
    private const string ExplicitLittleEndian = "1.2.840.10008.1.2.1";
    private const int StopSeconds = 15;

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public async Task SignalInTheMiddleOfACStore(bool interrupt)
    {
        if (interrupt)
        {
            Peer.NeedsInterrupts();
        }

        using var folder = new TemporaryFolder();
        await using var archive = await ArchiveProcess.StartAsync(folder.Sub("archive"));
        var whole = await TestFiles.GetAsync("mr");
        var half = await TestFiles.GetAsync("ct");
        using var peer = await RoughPeer.AssociateAsync("127.0.0.1", archive.Port, ArchiveProcess.AETitle,
            new Proposal(1, TestFiles.CTImageStorage, ExplicitLittleEndian), new Proposal(3, TestFiles.MRImageStorage, ExplicitLittleEndian));
        await peer.SendAsync(3, DimseCommand.Store(1, whole.SopClassUid, whole.InstanceUid));
        await peer.SendDataSetAsync(3, Part10.Read(whole.Path).DataSet.ToArray());
        Assert.AreEqual(0, (await peer.ReadMessageAsync()).Command.Status);
        await peer.SendAsync(1, DimseCommand.Store(2, half.SopClassUid, half.InstanceUid));
        await peer.SendAsync(Pdu.Fragment(1, isCommand: false, isLast: false, Part10.Read(half.Path).DataSet[..10_000]));
        await Task.Delay(200);

        if (interrupt)
        {
            archive.Process.Interrupt();
        }
        else
        {
            archive.Process.Terminate();
        }

        // The peer is told so, or sees the connection go; it is not left waiting, and it gets no answer that would be a lie.
        peer.Patience = TimeSpan.FromSeconds(StopSeconds);
        Assert.IsTrue((await peer.TryReadAsync())?.Type is null or Pdu.Abort);
        Assert.AreEqual(0, await archive.Process.WaitForExitAsync(StopSeconds), archive.Process.Output);
        archive.AssertHolds(whole);
    }

    [TestMethod]
    public async Task WhatAKilledArchiveLeftIsClearedAwayByTheNext()
    {
        using var folder = new TemporaryFolder();
        var half = await TestFiles.GetAsync("ct");
        await using (var archive = await ArchiveProcess.StartAsync(folder.Sub("archive")))
        {
            using var peer = await RoughPeer.AssociateAsync("127.0.0.1", archive.Port, ArchiveProcess.AETitle, new Proposal(1, TestFiles.CTImageStorage, ExplicitLittleEndian));
            await peer.SendAsync(1, DimseCommand.Store(2, half.SopClassUid, half.InstanceUid));
            await peer.SendAsync(Pdu.Fragment(1, isCommand: false, isLast: false, Part10.Read(half.Path).DataSet[..10_000]));
            await Task.Delay(200);
            archive.Process.Kill();
            await archive.Process.WaitForExitAsync(StopSeconds);
            Assert.IsFalse(archive.Files().Any(static f => f.EndsWith(".dcm", StringComparison.Ordinal)), "A half-written file under a DICOM file's name.");
        }

        await using var next = await ArchiveProcess.StartAsync(folder["archive"]);

        next.AssertHolds();
    }

    [TestMethod]
    public async Task ATakenPortIsOneClearLine()
    {
        using var folder = new TemporaryFolder();
        await using var archive = await ArchiveProcess.StartAsync(folder.Sub("archive"));

        var second = await ArchiveProcess.RunAsync("--port", $"{archive.Port}", "--folder", folder["second"], "--address", "127.0.0.1");

        Assert.AreNotEqual(0, second.ExitCode);
        StringAssert.Contains(second.Output, $"{archive.Port}");
        Assert.IsFalse(second.Output.Contains("   at ", StringComparison.Ordinal), second.Output);
    }
}
