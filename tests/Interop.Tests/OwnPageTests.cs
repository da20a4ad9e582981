using Specgen.Interop.Tests.Services;
using Specgen.Standard;

namespace Specgen.Interop.Tests;

/// <summary>A page of the user's own, Services/acme_drawers.rst: what it says about presentation contexts holds for provider and user.</summary>
[TestClass]
public sealed class OwnPageTests
{
    /// <summary>In the contexts of a meta SOP class messages are of its members (PS3.4 §H.3.2.2), in those of others they name the one that the page says.</summary>
    [TestMethod]
    [DataRow("AcmeDrawer", "AcmeDrawer", "AcmeDrawer")]
    [DataRow("AcmeCabinetMeta", "AcmeDrawer", "AcmeDrawer")]
    [DataRow("AcmeDrawerReading", "AcmeShelf", "AcmeDrawerReading")]
    [DataRow("AcmeDrawerReading", "AcmeDrawerReading", "AcmeDrawerReading")]
    public async Task AMessageGoesOverTheContextThatThePageSays(string context, string sopClass, string handled)
    {
        var provider = new Drawers();
        await using var scp = await DicomScp.StartAsync(new DicomScpOptions { Address = "127.0.0.1", Port = 0, AETitle = "DRAWERS" }, provider);
        await using var user = new DrawerUser();
        await user.ConnectAsync(new ScuOptions("127.0.0.1", scp.Port)
        {
            CalledAE = "DRAWERS",
            PresentationContexts = [new ProposedContext(Find(context).Uid, TransferSyntaxUids.ExplicitVRLittleEndian, TransferSyntaxUids.ImplicitVRLittleEndian)],
        });

        Assert.AreEqual(AcmeDrawersNGetStatus.Success, (await user.NGetAsync(Find(sopClass), "1.2.3", null)).Status);
        Assert.AreEqual(AcmeDrawersNGetStatus.NoSuchSopInstance, (await user.NGetAsync(Find(sopClass), "1.2.4", null)).Status);
        CollectionAssert.AreEqual(new[] { handled, handled }, provider.Asked);
    }

    [TestMethod]
    public async Task AMessageOfAnotherSopClassHasNoContext()
    {
        await using var scp = await DicomScp.StartAsync(new DicomScpOptions { Address = "127.0.0.1", Port = 0, AETitle = "DRAWERS" }, new Drawers());
        await using var user = new DrawerUser();
        await user.ConnectAsync(new ScuOptions("127.0.0.1", scp.Port) { CalledAE = "DRAWERS", PresentationContexts = [new ProposedContext(SopClassUids.AcmeCabinetMeta, TransferSyntaxUids.ExplicitVRLittleEndian)] });

        var e = await Assert.ThrowsExactlyAsync<ContextNotAcceptedException>(async () => await user.NGetAsync(SopClasses.AcmeShelf, "1.2.3", null));
        Assert.AreEqual(SopClasses.AcmeShelf, e.SopClass);
    }

    private static SopClass Find(string keyword) => AcmeDrawersServiceClass.SopClasses.Single(sopClass => sopClass.Keyword == keyword);
}
