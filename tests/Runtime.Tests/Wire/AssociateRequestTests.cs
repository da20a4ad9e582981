using System.Buffers.Binary;
using Specgen.Network;

namespace Specgen.Runtime.Tests.Network;

/// <summary>A-ASSOCIATE-RQ (PS3.8 §9.3.2): what it says, and what makes it wrong.</summary>
[TestClass]
public sealed class AssociateRequestTests
{
    private const int FirstItem = 74;

    [TestMethod]
    public void It_is_read()
    {
        var request = AssociateRequest.Read(
            Requestor.AssociateRequest([new Proposal(1, "1.2.3", Requestor.Implicit)], "CALLED", "CALLING", maxPduLength: 12345, roles: [("1.2.3", 0, 1), ("1.2.4", 1, 1)]), out var problem);

        Assert.IsNull(problem);
        Assert.AreEqual(("CALLED", "CALLING", (ushort)1, AssociateRequest.DicomApplicationContext, 12345u), (request!.CalledAE, request.CallingAE, request.ProtocolVersion, request.ApplicationContext, request.MaxDataLength));
        Assert.AreEqual((false, true), request.Roles["1.2.3"]);
        Assert.AreEqual((true, true), request.Roles["1.2.4"]);
    }

    [TestMethod]
    public void Cut_anywhere_it_is_refused_or_read_never_thrown_over()
    {
        var whole = Requestor.AssociateRequest([new Proposal(1, "1.2.3", Requestor.Implicit), new Proposal(3, "1.2.3.4", Requestor.Explicit)], roles: ("1.2.3", 1, 0));
        for (var length = 6; length < whole.Length; length++)
        {
            AssociateRequest.Read(whole.AsSpan(0, length), out _);
        }

        Assert.IsNull(AssociateRequest.Read(whole.AsSpan(0, whole.Length - 1), out var problem));
        Assert.IsNotNull(problem);
    }

    [TestMethod]
    public void Noise_is_refused_or_read_never_thrown_over()
    {
        var whole = Requestor.AssociateRequest([new Proposal(1, "1.2.3", Requestor.Implicit)], roles: ("1.2.3", 1, 0));
        var random = new Random(3);
        for (var round = 0; round < 20_000; round++)
        {
            var bytes = whole.ToArray();
            for (var i = 0; i < 3; i++)
            {
                bytes[random.Next(6, bytes.Length)] = (byte)random.Next(256);
            }

            AssociateRequest.Read(bytes, out _);
        }
    }

    [TestMethod]
    public void Items_stay_in_what_they_are_in()
    {
        var whole = Requestor.AssociateRequest([new Proposal(1, "1.2.3", Requestor.Implicit)]);
        for (var item = FirstItem; item < whole.Length; item += 4 + BinaryPrimitives.ReadUInt16BigEndian(whole.AsSpan(item + 2)))
        {
            var bytes = whole.ToArray();
            bytes[item + 2] = 0x7F;

            Assert.IsNull(AssociateRequest.Read(bytes, out var problem), $"item {whole[item]:X2}");
            Assert.IsNotNull(problem);
        }
    }

    [TestMethod]
    public void Presentation_contexts_have_odd_numbers_of_their_own()
    {
        AssertRefused(new Proposal(2, "1.2.3", Requestor.Implicit));
        AssertRefused(new Proposal(1, "1.2.3", Requestor.Implicit), new Proposal(1, "1.2.4", Requestor.Implicit));
        AssertRefused(new Proposal(1, "", Requestor.Implicit));

        static void AssertRefused(params Proposal[] proposals) => Assert.IsNull(AssociateRequest.Read(Requestor.AssociateRequest(proposals), out _));
    }
}
