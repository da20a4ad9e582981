using FellowOakDicom;
using Specgen;
using Specgen.Standard;
using Specgen.Testing;

[Scu<VerificationServiceClass>]
internal sealed partial class Pinger;

[TestClass]
public sealed class RoughTests
{
    private static readonly Proposal s_images = new(1, SopClassUids.CTImageStorage, DicomUID.ImplicitVRLittleEndian.UID);

    /// <summary>A provider: a peer that is gone in the middle of an image leaves nothing behind.</summary>
    [TestMethod]
    public async Task Half_an_image_is_no_image()
    {
        var folder = Directory.CreateTempSubdirectory("images-").FullName;
        await using (var scp = await TestScp.StartAsync(o => o.AETitle = "ARCHIVE", new ImageStore(folder)))
        {
            using var peer = scp.ConnectRough();
            await peer.AssociateAsync("ARCHIVE", s_images);
            await peer.SendAsync(1, DimseCommand.Store(1, SopClassUids.CTImageStorage, "1.2.3.4"));
            await peer.SendDataSetAsync(1, new byte[1000], finish: false);
        }

        Assert.IsEmpty(Directory.GetFiles(folder));
        Directory.Delete(folder);
    }

    /// <summary>A user: a provider that aborts instead of answering is an exception, and the transcript is in its message.</summary>
    [TestMethod]
    public async Task Abort_instead_of_an_answer()
    {
        await using var provider = RoughProvider.Start(async peer =>
        {
            await peer.AcceptAsync();
            await peer.ReadMessageAsync();
            await peer.AbortAsync();
        });
        await using var pinger = await provider.ConnectAsync<Pinger>();

        var failure = await Assert.ThrowsExactlyAsync<AssociationAbortedException>(() => pinger.CEchoAsync().AsTask());

        StringAssert.Contains(failure.Message, "C-ECHO-RQ");
        StringAssert.Contains(failure.Message, "A-ABORT");
    }

    /// <summary>Both: wherever the connection breaks, the user hears of it, and the server goes on.</summary>
    [TestMethod]
    public async Task Connection_that_breaks_anywhere()
    {
        await using var scp = await TestScp.StartAsync();
        for (var at = 1; at < 300; at += 7)
        {
            await Assert.ThrowsAsync<AssociationException>(async () =>
            {
                await using var pinger = await scp.ConnectAsync<Pinger>(wire: new TestWire { CutToProvider = at });
                await pinger.CEchoAsync();
            });
        }

        await using var other = await scp.ConnectAsync<Pinger>(wire: new TestWire { ReadSize = 1 });
        Assert.AreEqual(VerificationCEchoStatus.Success, (await other.CEchoAsync()).Status);
    }
}
