using FellowOakDicom;
using Specgen.Runtime.Tests.Scu;
using Specgen.Runtime.Tests.Wire;
using Specgen.Wire;
using static Specgen.Runtime.Tests.Wire.Requestor;

namespace Specgen.Runtime.Tests.Associations;

/// <summary>What is accepted, and what not (PS3.8 §7.1, PS3.7 D.3.3.4).</summary>
[TestClass]
public sealed class NegotiationTests
{
    private const string Jpeg = "1.2.840.10008.1.2.4.70";

    private static readonly ServiceBinding s_storage = TestClasses.Binding(DicomRole.Scp, [TestClasses.CT], cStore: static (_, _, _) => ValueTask.FromResult(new DimseResponse(0)));
    private static readonly ServiceBinding s_commitment = TestClasses.Binding(DicomRole.Scp, [TestClasses.Commitment], nAction: static (_, _, _) => ValueTask.FromResult(new DimseResponse(0)));
    private static readonly ServiceBinding s_commitmentUser = TestClasses.Binding(DicomRole.Scu, [TestClasses.Commitment], nEventReport: static (_, _, _) => ValueTask.FromResult(new DimseResponse(0)));

    [TestMethod]
    public async Task Each_context_gets_its_result()
    {
        await using var server = await TestServer.StartAsync(s_storage, s_commitment);
        var accept = await AcceptAsync(server,
            [
                new(1, TestClasses.CT.Uid, Jpeg, Explicit), new(3, TestClasses.CT.Uid, Implicit), new(5, "1.2.3.4", Explicit), new(7, TestClasses.Verification.Uid, Implicit),
                new(9, TestClasses.Verification.Uid, Jpeg), new(11, TestClasses.Commitment.Uid, Jpeg, Implicit, Explicit), new(13, TestClasses.CT.Uid, "1.2.3.4.5"), new(255, TestClasses.CT.Uid, Implicit),
            ]);

        // Storage keeps what it gets, as the peer would like to send it, where it can be read back; for other services nobody needs compression.
        CollectionAssert.AreEqual(new[] { 0, 0, 3, 0, 4, 0, 4, 0 }, new byte[] { 1, 3, 5, 7, 9, 11, 13, 255 }.Select(id => Result(accept, id)).ToArray());
        CollectionAssert.AreEqual(new[] { Jpeg, Implicit, Implicit, Explicit }, new byte[] { 1, 3, 7, 11 }.Select(id => Syntax(accept, id)).ToArray());
        Assert.IsEmpty(UserItems(accept, 0x53), "No asynchronous operations.");
        Assert.IsEmpty(UserItems(accept, 0x54), "No role was proposed.");
    }

    [TestMethod]
    public async Task Transfer_syntaxes_can_be_chosen()
    {
        await using var server = await TestServer.StartAsync(static o => o.TransferSyntaxes.Add(Explicit), s_storage);
        var accept = await AcceptAsync(server, [new(1, TestClasses.CT.Uid, Jpeg, Implicit, Explicit), new(3, TestClasses.CT.Uid, Implicit), new(5, TestClasses.CT.Uid, Jpeg)]);

        Assert.AreEqual(Explicit, Syntax(accept, 1));
        Assert.AreEqual(Implicit, Syntax(accept, 3));
        Assert.AreEqual(4, Result(accept, 5));
    }

    [TestMethod]
    [DataRow("1.2.840.10008.1.2.8.1.77")]
    [DataRow("1.3.9999.1.2.3")]
    [DataRow("no/syntax")]
    [DataRow("1.2.840.10008.1.1")]
    public async Task What_cannot_be_read_back_is_not_taken(string syntax)
    {
        await using var server = await TestServer.StartAsync(s_storage);
        using var peer = await ConnectAsync(server.Port);
        await peer.Stream.WriteAsync(AssociateRequest([new Proposal(1, TestClasses.CT.Uid, syntax), new Proposal(3, TestClasses.CT.Uid, syntax, Explicit)]));

        var (_, accept) = await peer.ReadAsync();

        Assert.AreEqual((4, 0), (Result(accept, 1), Result(accept, 3)));
        Assert.AreEqual(Explicit, Syntax(accept, 3));
    }

    [TestMethod]
    public async Task What_fo_dicom_does_not_know_can_be_taken()
    {
        const string Own = "1.3.9999.1.2.4";
        await using var server = await TestServer.StartAsync(static o => o.UnknownTransferSyntaxes.Add(Own), s_storage);
        using var peer = await ConnectAsync(server.Port);
        await peer.Stream.WriteAsync(AssociateRequest([new Proposal(1, TestClasses.CT.Uid, Own), new Proposal(3, TestClasses.CT.Uid, "1.3.9999.1.2.5")]));

        var (_, accept) = await peer.ReadAsync();

        Assert.AreEqual((0, 4), (Result(accept, 1), Result(accept, 3)));
        Assert.AreEqual(Own, Syntax(accept, 1));
    }

    [TestMethod]
    public async Task Roles_are_answered_as_far_as_there_is_a_provider_or_a_user()
    {
        await using var both = await TestServer.StartAsync(s_commitment, s_commitmentUser);
        await AssertRolesAsync(both, proposed: (1, 1), answered: (1, 1));
        await AssertRolesAsync(both, proposed: (0, 1), answered: (0, 1));
        await AssertRolesAsync(both, proposed: (1, 0), answered: (1, 0));
        await using var provider = await TestServer.StartAsync(s_commitment);
        await AssertRolesAsync(provider, proposed: (1, 1), answered: (1, 0));
        await AssertRolesAsync(provider, proposed: (0, 1), answered: null);
        await using var user = await TestServer.StartAsync(s_commitmentUser);
        await AssertRolesAsync(user, proposed: (0, 1), answered: (0, 1));
        await AssertRolesAsync(user, proposed: (1, 1), answered: (0, 1));
        await AssertRolesAsync(user, proposed: (1, 0), answered: null);
        Assert.AreEqual(3, Result(await AcceptAsync(user, [new(1, TestClasses.Commitment.Uid, Implicit)]), 1), "Without a proposal the requestor is SCU, and we are no provider.");

        static async Task AssertRolesAsync(TestServer server, (byte Scu, byte Scp) proposed, (byte Scu, byte Scp)? answered)
        {
            // Two contexts of one SOP class: its role is answered once.
            var accept = await AcceptAsync(
                server, [new(1, TestClasses.Commitment.Uid, Implicit), new(3, TestClasses.Commitment.Uid, Explicit)], (TestClasses.Commitment.Uid, proposed.Scu, proposed.Scp));
            Assert.AreEqual(answered is null ? 3 : 0, Result(accept, 1));
            Assert.AreEqual(answered is null ? 3 : 0, Result(accept, 3));
            var items = UserItems(accept, 0x54);
            if (answered is { } roles)
            {
                CollectionAssert.AreEqual(new[] { roles.Scu, roles.Scp }, items.Single()[^2..]);
            }
            else
            {
                Assert.IsEmpty(items);
            }
        }
    }

    [TestMethod]
    [DataRow("OTHER", "CLIENT", AssociateRequestContext, (byte)1, 1, 1, 7)]
    [DataRow("SERVER", "STRANGER", AssociateRequestContext, (byte)1, 1, 1, 3)]
    [DataRow("SERVER", "CLIENT", "1.2.3", (byte)1, 1, 1, 2)]
    [DataRow("SERVER", "CLIENT", AssociateRequestContext, (byte)2, 1, 2, 2)]
    public async Task Rejections(string called, string calling, string applicationContext, byte version, int result, int source, int reason)
    {
        await using var server = await TestServer.StartAsync(static o => o.CallingAETitles.Add("CLIENT"));
        using var peer = await ConnectAsync(server.Port);
        await peer.Stream.WriteAsync(AssociateRequest([new(1, TestClasses.Verification.Uid, Implicit)], called, calling, applicationContext, version));

        var (type, body) = await peer.ReadAsync();

        Assert.AreEqual(RawConnection.Rj, type);
        CollectionAssert.AreEqual(new[] { 0, result, source, reason }, body.Select(static b => (int)b).ToArray());
        Assert.AreEqual(0, server.Scp.AssociationCount);
    }

    [TestMethod]
    public async Task One_association_too_many_is_rejected_until_another_ends()
    {
        await using var server = await TestServer.StartAsync(static o => o.MaxAssociations = 2);
        using var first = await server.AssociateAsync(new Proposal(1, TestClasses.Verification.Uid, Implicit));
        using var second = await server.AssociateAsync(new Proposal(1, TestClasses.Verification.Uid, Implicit));
        using (var third = await ConnectAsync(server.Port))
        {
            await third.Stream.WriteAsync(AssociateRequest([new(1, TestClasses.Verification.Uid, Implicit)]));
            var (type, body) = await third.ReadAsync();
            Assert.AreEqual(RawConnection.Rj, type);
            CollectionAssert.AreEqual(new byte[] { 0, 2, 3, 2 }, body);
        }

        await first.ReleaseAsync();

        using var fourth = await server.AssociateAsync(new Proposal(1, TestClasses.Verification.Uid, Implicit));
        Assert.AreEqual(2, server.Scp.AssociationCount);
        await fourth.AssertLivesAsync(1);
    }

    private const string AssociateRequestContext = "1.2.840.10008.3.1.1.1";

    private static async Task<byte[]> AcceptAsync(TestServer server, IEnumerable<Proposal> contexts, params (string Uid, byte Scu, byte Scp)[] roles)
    {
        using var peer = await ConnectAsync(server.Port);
        await peer.Stream.WriteAsync(AssociateRequest(contexts, roles: roles));
        var (type, body) = await peer.ReadAsync();
        Assert.AreEqual(RawConnection.Ac, type);
        await peer.ReleaseAsync();
        return body;
    }
}
