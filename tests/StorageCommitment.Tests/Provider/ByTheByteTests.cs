using System.Buffers.Binary;
using System.Text;
using Specgen.StorageCommitment.Tests.Stores;
using Specgen.Testing;

namespace Specgen.StorageCommitment.Tests.Provider;

/// <summary>A peer made of bytes, that nobody has an address of.</summary>
[TestClass]
public sealed class ByTheByteTests
{
    private const string ImplicitLittleEndian = "1.2.840.10008.1.2";
    private const string PushModel = "1.2.840.10008.1.20.1";
    private const string PushModelInstance = "1.2.840.10008.1.20.1.1";

    [TestMethod]
    public async Task APeerThatLeavesWithItsRequestIsToldOverItsNextAssociation()
    {
        await using var database = new TestDatabase.Sqlite();
        await using var node = await Node.StartAsync(database.Open());
        var answered = 0;
        for (var i = 0; i < 10; i++)
        {
            var transaction = Modality.NewTransaction();
            using (var peer = await AssociateAsync(node))
            {
                // The request and the release in one go: there is no time for a report.
                var information = Information(transaction);
                await peer.SendAsync(new[]
                {
                    Pdu.Fragment(1, isCommand: true, isLast: true, DimseCommand.Action(1, PushModel, PushModelInstance, 1).ToArray()),
                        Pdu.Fragment(1, isCommand: false, isLast: true, information), Pdu.Short(Pdu.ReleaseRequest),
                }.SelectMany(static p => p.ToArray()).ToArray());
                var (_, command, _) = await peer.ReadMessageAsync();
                if (command.Field != 0x8130)
                {
                    continue;
                }

                if (command.Status != 0)
                {
                    Assert.AreEqual(0x0110, command.Status);
                    Assert.IsNotNull(command.Text(0x0902));
                    continue;
                }
            }

            using var next = await AssociateAsync(node);
            var (_, report, content) = await next.ReadMessageAsync();
            Assert.AreEqual(0x0100, report.Field);
            StringAssert.Contains(Encoding.Latin1.GetString(content), transaction);
            await next.SendAsync(1, DimseCommand.Response(report, 0));
            await node.SettleAsync();
            await next.ReleaseAsync();
            answered++;
        }

        Assert.AreEqual(0, (await node.Provider.Outbox.CountAsync()).Waiting, $"{answered} were told");
    }

    private static async Task<RoughPeer> AssociateAsync(Node node) =>
        await RoughPeer.AssociateAsync("127.0.0.1", node.Port, Node.AETitle, new Proposal(1, PushModel, ImplicitLittleEndian));

    private static byte[] Information(string transactionUid) =>
    [
        .. Element(0x1195, Uid(transactionUid)),
        .. Element(0x1199, [0xFE, 0xFF, 0x00, 0xE0, 0xFF, 0xFF, 0xFF, 0xFF, .. Element(0x1150, Uid("1.2.840.10008.5.1.4.1.1.2")),
            .. Element(0x1155, Uid("1.2.03.4")), 0xFE, 0xFF, 0x0D, 0xE0, 0, 0, 0, 0]),
    ];

    private static byte[] Uid(string uid) => Encoding.ASCII.GetBytes(uid.Length % 2 == 0 ? uid : uid + "\0");

    private static byte[] Element(ushort element, byte[] value)
    {
        var header = new byte[8];
        BinaryPrimitives.WriteUInt16LittleEndian(header, 0x0008);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(2), element);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(4), value.Length);
        return [.. header, .. value];
    }
}
