using System.Buffers.Binary;
using Specgen.Wire;

namespace Specgen.Runtime.Tests.Wire;

/// <summary>A-ASSOCIATE-RQ and -AC (PS3.8 §9.3.2, §9.3.3): what they say, what makes them wrong, and that what is written is what is read.</summary>
[TestClass]
public sealed class AssociateTests
{
    private const int FixedLength = 68;
    private static readonly Proposal s_proposal = new(1, "1.2.3", Requestor.Implicit);

    [TestMethod]
    public void A_request_is_read()
    {
        var request = Read(Body([s_proposal], roles: [("1.2.3", 0, 1), ("1.2.4", 1, 1)]), out var problem);

        Assert.IsNull(problem);
        Assert.AreEqual(("SERVER", "CLIENT", (ushort)1, "1.2.840.10008.3.1.1.1", 16384u), (request!.CalledAE, request.CallingAE, request.ProtocolVersion, request.ApplicationContext, request.User.MaxDataLength));
        Assert.AreEqual(new RoleItem("1.2.3", false, true), request.User.FindRole("1.2.3"));
        Assert.AreEqual(new RoleItem("1.2.4", true, true), request.User.FindRole("1.2.4"));
        Assert.IsNull(request.User.FindRole("1.2.5"));
        Assert.AreEqual(((byte)1, "1.2.3", Requestor.Implicit), (request.Contexts.Single().Id, request.Contexts[0].AbstractSyntax, request.Contexts[0].TransferSyntaxes.Single()));
    }

    [TestMethod]
    public void A_request_is_read_as_it_was_written()
    {
        var written = new AssociateRequest { CalledAE = "A", CallingAE = "B", ApplicationContext = "1.2" };
        written.Contexts.Add(new ProposedItem(1, "1.2.3", ["1.2.4", "1.2.5"]));
        written.Contexts.Add(new ProposedItem(255, "1.2.3", []));
        Fill(written.User);
        written.User.Identity = new IdentityItem(2, true, new byte[] { 1, 2 }, new byte[] { 3 });

        var bytes = written.ToArray();
        var read = AssociateRequest.Read(bytes.AsSpan(PduType.HeaderLength), out var problem);

        Assert.IsNull(problem);
        Assert.AreEqual(PduType.AssociateRequest, bytes[0]);
        Assert.AreEqual(bytes.Length - PduType.HeaderLength, BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(2)));
        Assert.AreEqual("A               B               ", System.Text.Encoding.ASCII.GetString(bytes, 10, 32));
        CollectionAssert.AreEqual(new[] { "1.2.4", "1.2.5" }, read!.Contexts[0].TransferSyntaxes.ToArray());
        Assert.AreEqual((byte)255, read.Contexts[1].Id);
        CollectionAssert.AreEqual(new byte[] { 3 }, read.User.Identity!.Secondary.ToArray());
        CollectionAssert.AreEqual(bytes, read.ToArray());
    }

    [TestMethod]
    public void An_answer_is_read_as_it_was_written()
    {
        var written = new AssociateAccept { CalledAE = "A", CallingAE = "B", ApplicationContext = "1.2" };
        written.Contexts.Add(new AnsweredItem(1, ContextResult.Accept, "1.2.4"));
        written.Contexts.Add(new AnsweredItem(3, ContextResult.RejectTransferSyntaxesNotSupported, "1.2.5"));
        Fill(written.User);
        written.User.IdentityResponse = new byte[] { 9 };

        var bytes = written.ToArray();
        var read = AssociateAccept.Read(bytes.AsSpan(PduType.HeaderLength), out var problem);

        Assert.IsNull(problem);
        Assert.AreEqual(PduType.AssociateAccept, bytes[0]);
        CollectionAssert.AreEqual(written.Contexts, read!.Contexts);
        CollectionAssert.AreEqual(bytes, read.ToArray());
    }

    /// <summary>PS3.8 §9.3.1: "Items of unrecognized types shall be ignored and skipped", wherever there are items.</summary>
    [TestMethod]
    public void Unknown_items_are_skipped()
    {
        for (var type = 0; type < 256; type++)
        {
            if (type is not (0x10 or 0x20 or 0x21 or 0x30 or 0x40 or >= 0x50 and <= 0x59))
            {
                var unknown = Requestor.Item((byte)type, "anything"u8);
                byte[] context = [.. Requestor.Item(0x20, [1, 0, 0, 0, .. unknown, .. Requestor.Item(0x30, "1.2.3"u8), .. unknown, .. Requestor.Item(0x40, "1.2"u8), .. unknown])];
                var request = Read(Body([], userItems: unknown, items: [.. unknown, .. context, .. unknown]), out var problem);

                Assert.AreEqual("1.2.3", request?.Contexts.Single().AbstractSyntax, problem?.Why);
                Assert.AreEqual("1.2", request!.Contexts[0].TransferSyntaxes.Single());

                byte[] answered = [.. Requestor.Item(0x21, [1, 0, 0, 0, .. unknown, .. Requestor.Item(0x40, "1.2"u8), .. unknown])];
                var accept = AssociateAccept.Read(Body([], userItems: unknown, items: [.. unknown, .. answered]), out problem);
                Assert.AreEqual(new AnsweredItem(1, ContextResult.Accept, "1.2"), accept?.Contexts.Single(), problem?.Why);
            }
        }
    }

    [TestMethod]
    public void Cut_anywhere_it_is_refused_or_read_never_thrown_over()
    {
        var whole = Body([s_proposal, new Proposal(3, "1.2.3.4", Requestor.Explicit)], roles: ("1.2.3", 1, 0));
        for (var length = 0; length < whole.Length; length++)
        {
            Read(whole[..length], out _);
            AssociateAccept.Read(whole.AsSpan(0, length), out _);
        }

        Assert.IsNull(Read(whole[..^1], out var problem));
        Assert.IsNotNull(problem);
    }

    [TestMethod]
    public void Noise_is_refused_or_read_never_thrown_over()
    {
        var whole = Body([s_proposal], roles: ("1.2.3", 1, 0));
        var random = new Random(3);
        for (var round = 0; round < 20_000; round++)
        {
            var bytes = whole.ToArray();
            for (var i = 0; i < 3; i++)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            Read(bytes, out _);
            AssociateAccept.Read(bytes, out _);
        }
    }

    [TestMethod]
    public void Items_stay_in_what_they_are_in()
    {
        var whole = Body([s_proposal]);
        for (var item = FixedLength; item < whole.Length; item += 4 + BinaryPrimitives.ReadUInt16BigEndian(whole.AsSpan(item + 2)))
        {
            var bytes = whole.ToArray();
            bytes[item + 2] = 0x7F;

            Assert.IsNull(Read(bytes, out var problem), $"item {whole[item]:X2}");
            Assert.IsNotNull(problem);
        }
    }

    [TestMethod]
    public void Presentation_contexts_have_odd_numbers_of_their_own()
    {
        AssertRefused(new Proposal(2, "1.2.3", Requestor.Implicit));
        AssertRefused(new Proposal(1, "1.2.3", Requestor.Implicit), new Proposal(1, "1.2.4", Requestor.Implicit));
        AssertRefused(new Proposal(1, "", Requestor.Implicit));
        AssertRefused(new Proposal(1, "1.2.3", ""));

        static void AssertRefused(params Proposal[] proposals) => Assert.IsNull(Read(Body(proposals), out _));
    }

    private static void Fill(UserInformation user)
    {
        user.MaxDataLength = 40_000;
        user.ImplementationClassUid = "1.2.6";
        user.ImplementationVersionName = "NAME";
        user.AsyncOperations = (7, 1);
        user.Add(new RoleItem("1.2.3", true, false));
        user.Add(new ExtendedItem("1.2.3", [1, 0, 2]));
    }

    private static AssociateRequest? Read(byte[] body, out Violation? problem) => AssociateRequest.Read(body, out problem);

    private static byte[] Body(IEnumerable<Proposal> proposals, byte[]? userItems = null, byte[]? items = null, params (string Uid, byte Scu, byte Scp)[] roles) =>
        Requestor.AssociateRequest(proposals, userItems: userItems, items: items, roles: roles)[PduType.HeaderLength..];
}
