using System.Text;
using FellowOakDicom;
using Specgen.Associations;
using Specgen.Runtime.Tests.Scu;
using Specgen.Runtime.Tests.Wire;
using Specgen.Wire;
using static Specgen.Runtime.Tests.Wire.Requestor;

namespace Specgen.Runtime.Tests.Associations;

/// <summary>User identities (PS3.7 D.3.3.7) and relational queries (PS3.4 C.5.1.1.1), from both sides.</summary>
[TestClass]
public sealed class ExtendedNegotiationTests
{
    private static readonly TestHandlers s_user = new(TestClasses.Scu(TestClasses.Verification), TestClasses.Scu(FindTests.Find));

    [TestMethod]
    public async Task A_user_name_and_passcode_are_checked()
    {
        await using var server = await IdentityServerAsync();

        await using (var association = await OpenAsync(server, UserIdentity.User("ann", "secret")))
        {
            Assert.AreEqual(0, association.UserIdentityResponse!.Value.Length);
            Assert.AreEqual(TestStatus.Success, (await association.CEchoAsync<TestStatus>()).Status);
        }

        var rejection = await Assert.ThrowsExactlyAsync<AssociationRejectedException>(async () => await OpenAsync(server, UserIdentity.User("ann", "wrong")));
        Assert.AreEqual(FellowOakDicom.Network.DicomRejectReason.NoReasonGiven, rejection.Reason);
        await Assert.ThrowsExactlyAsync<AssociationRejectedException>(async () => await OpenAsync(server, null));
        await TestServer.EventuallyAsync(() => server.Scp.AssociationCount == 0, "all slots are free");
    }

    [TestMethod]
    public async Task A_token_is_answered_where_an_answer_is_asked_for()
    {
        await using var server = await IdentityServerAsync();

        await using var association = await OpenAsync(server, UserIdentity.Jwt("a.b.c"));
        Assert.AreEqual("welcome", Encoding.UTF8.GetString(association.UserIdentityResponse!.Value.Span));

        await using var silent = await OpenAsync(server, new UserIdentity(UserIdentityType.Jwt, "a.b.c"u8.ToArray()) { IsResponseRequested = false });
        Assert.IsNull(silent.UserIdentityResponse);
    }

    [TestMethod]
    public async Task Without_a_check_identities_are_neither_looked_at_nor_answered()
    {
        await using var server = await TestServer.StartAsync();

        await using var association = await OpenAsync(server, UserIdentity.User("ann"));

        Assert.IsNull(association.UserIdentityResponse);
        Assert.AreEqual(TestStatus.Success, (await association.CEchoAsync<TestStatus>()).Status);
    }

    [TestMethod]
    public async Task A_handler_sees_who_asks()
    {
        string? seen = null;
        await using var server = await TestServer.StartAsync(
            static options => options.CheckUserIdentity = static (_, _, _) => new(UserIdentityDecision.Accept()),
            Find((context, _) =>
            {
                seen = $"{context.Association.UserIdentity} {context.IsRelational}";
                return NoneAsync();
            }));
        await using var association = await OpenAsync(server, UserIdentity.User("ann", "secret"));

        await foreach (var _ in association.CFindAsync<TestStatus>(FindTests.Find, []))
        {
        }

        Assert.AreEqual("UserNameAndPasscode ann False", seen);
    }

    [TestMethod]
    [DataRow(true, true)]
    [DataRow(true, false)]
    [DataRow(false, true)]
    public async Task Relational_queries_are_for_those_who_propose_and_accept_them(bool proposes, bool accepts)
    {
        bool? seen = null;
        await using var server = await TestServer.StartAsync(
            options => options.AcceptRelationalQueries = accepts,
            Find((context, _) =>
            {
                seen = context.IsRelational;
                return NoneAsync();
            }));
        var options = ScuAssociationTests.Options(server.Port);
        options.CalledAE = "SERVER";
        options.ProposeRelationalQueries = proposes;
        await using var association = await ScuAssociation.OpenAsync(s_user, options);

        await foreach (var _ in association.CFindAsync<TestStatus>(FindTests.Find, []))
        {
        }

        Assert.AreEqual((proposes && accepts, proposes && accepts), (association.IsRelational(FindTests.Find), seen!.Value));
        Assert.IsFalse(association.IsRelational(TestClasses.Verification));
    }

    [TestMethod]
    public async Task What_else_a_peer_proposes_is_answered_with_not_supported()
    {
        await using var server = await TestServer.StartAsync(static options => options.AcceptRelationalQueries = true, Find(static (_, _) => NoneAsync()));
        using var peer = await Requestor.ConnectAsync(server.Port);
        byte[] item = [0x56, 0, 0, (byte)(2 + FindTests.StudyRoot.Length + 3), 0, (byte)FindTests.StudyRoot.Length, .. Encoding.ASCII.GetBytes(FindTests.StudyRoot), 1, 1, 1];
        await peer.Stream.WriteAsync(AssociateRequest([new Proposal(1, FindTests.StudyRoot, Implicit)], userItems: item));

        var (type, accept) = await peer.ReadAsync();

        Assert.AreEqual(RawConnection.Ac, type);
        CollectionAssert.AreEqual(new byte[] { 1, 0, 0 }, UserItems(accept, 0x56).Single()[^3..]);
        Assert.IsEmpty(UserItems(accept, 0x59));
    }

    [TestMethod]
    [DataRow(true, true)]
    [DataRow(true, false)]
    [DataRow(false, true)]
    public async Task What_a_server_does_with_what_it_stores_is_told_to_who_asks(bool asks, bool tells)
    {
        var support = new StorageSupport(StorageLevel.Full) { SignatureLevel = 1, MayCoerce = true };
        await using var server = await TestServer.StartAsync(
            options => options.StorageSupport = tells ? support : null,
            TestClasses.Binding(DicomRole.Scp, [TestClasses.CT], cStore: static (_, _, _) => new(new DimseResponse(0))));
        var options = ScuAssociationTests.Options(server.Port);
        options.CalledAE = "SERVER";
        options.AskStorageSupport = asks;
        await using var association = await ScuAssociation.OpenAsync(new TestHandlers(TestClasses.Scu(TestClasses.CT), TestClasses.Scu(TestClasses.MR), TestClasses.Scu(TestClasses.Verification)), options);

        Assert.AreEqual(asks && tells ? support : null, association.StorageSupportOf(TestClasses.CT));
        Assert.IsNull(association.StorageSupportOf(TestClasses.MR));
        Assert.IsNull(association.StorageSupportOf(TestClasses.Verification));
    }

    [TestMethod]
    public async Task The_bytes_of_storage_are_those_of_the_standard()
    {
        await using var server = await TestServer.StartAsync(
            static options => options.StorageSupport = new StorageSupport(StorageLevel.Base) { SignatureLevel = 2 },
            TestClasses.Binding(DicomRole.Scp, [TestClasses.CT], cStore: static (_, _, _) => new(new DimseResponse(0))));
        using var peer = await Requestor.ConnectAsync(server.Port);
        // SCU only, no signature level, SCU only (PS3.4 Table B.3-1).
        byte[] item = [0x56, 0, 0, (byte)(2 + TestClasses.CT.Uid.Length + 6), 0, (byte)TestClasses.CT.Uid.Length, .. Encoding.ASCII.GetBytes(TestClasses.CT.Uid), 3, 0, 0, 0, 2, 0];
        await peer.Stream.WriteAsync(AssociateRequest([new Proposal(1, TestClasses.CT.Uid, Implicit)], userItems: item));

        var (_, accept) = await peer.ReadAsync();

        CollectionAssert.AreEqual(new byte[] { 1, 0, 2, 0, 0, 0 }, UserItems(accept, 0x56).Single()[^6..]);
    }

    private static Task<TestServer> IdentityServerAsync() => TestServer.StartAsync(static options => options.CheckUserIdentity = static (_, identity, _) => new(identity switch
    {
        { UserName: "ann", Passcode: "secret" } => UserIdentityDecision.Accept(),
        { Token: "a.b.c" } => UserIdentityDecision.Accept("welcome"u8.ToArray()),
        _ => UserIdentityDecision.Reject("nobody we know"),
    }));

    private static ValueTask<ScuAssociation> OpenAsync(TestServer server, UserIdentity? identity)
    {
        var options = ScuAssociationTests.Options(server.Port);
        options.CalledAE = "SERVER";
        options.UserIdentity = identity;
        return ScuAssociation.OpenAsync(s_user, options);
    }

    private static ServiceBinding Find(Func<CFindContext, CancellationToken, IAsyncEnumerable<DimseResponse>> handler) => new()
    {
        Role = DicomRole.Scp,
        ServiceClass = FindTests.Find.ServiceClass,
        SopClasses = [FindTests.Find],
        FindStatus = static (_, _) => null,
        CFind = (_, context, token) => handler(context, token),
    };

    private static async IAsyncEnumerable<DimseResponse> NoneAsync()
    {
        await Task.Yield();
        yield break;
    }
}
