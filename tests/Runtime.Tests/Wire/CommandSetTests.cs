using Specgen.Runtime.Tests.Associations;
using Specgen.Wire;

namespace Specgen.Runtime.Tests.Wire;

/// <summary>
/// Command sets of peers that do not keep to PS3.7 §6.3.1: what is behind group 0000 does not count, and what is not whole within it is none.
/// </summary>
[TestClass]
public sealed class CommandSetTests
{
    /// <summary>Bytes behind a C-ECHO-RQ, and whether it still is one.</summary>
    public static IEnumerable<(string What, byte[] Behind, bool IsRead)> Endings =>
    [
        ("nothing", [], true),
        ("an element of another group", [8, 0, 0x52, 0, 6, 0, 0, 0, .. "STUDY "u8], true),
        ("two of them", [8, 0, 0x52, 0, 0, 0, 0, 0, 0x10, 0, 0x20, 0, 2, 0, 0, 0, (byte)'1', 0], true),
        ("one of a private group", [9, 0, 0x10, 0, 2, 0, 0, 0, (byte)'X', (byte)' '], true),
        ("one with a VR", [8, 0, 0x52, 0, (byte)'C', (byte)'S', 6, 0, .. "STUDY "u8], true),
        ("one that is longer than what is there", [8, 0, 0x52, 0, 0xFF, 0xFF, 0xFF, 0xFF], true),
        ("half a header", [8, 0, 0x52], true),
        ("a group and no more", [8, 0], true),
        ("half a group", [8], false),
        ("an element of the group behind another's", [8, 0, 0x52, 0, 0, 0, 0, 0, 0, 0, 0x10, 0x01, 2, 0, 0, 0, 0x77, 0], true),
        ("half an element of the group", [0, 0, 0, 9, 4, 0, 0, 0, 1, 2], false),
        ("an element of the group that is longer than what is there", [0, 0, 0, 9, 0xFF, 0xFF, 0xFF, 0x7F], false),
    ];

    [TestMethod]
    [DynamicData(nameof(Endings))]
    public void Elements_behind_group_0000_are_left_out(string what, byte[] behind, bool isRead)
    {
        var command = CommandSet.Read([.. Requestor.Echo(7), .. behind]);

        Assert.AreEqual(isRead, command is not null, what);
        if (command is not null)
        {
            Assert.AreEqual(((ushort)0x0030, (ushort)7), (command.Field, command.MessageId), what);
            Assert.IsTrue(command.Get(0x0052).IsEmpty, what);
        }
    }

    [TestMethod]
    public async Task A_request_with_elements_behind_group_0000_is_answered_and_one_that_is_no_command_set_is_an_abort()
    {
        await using var server = await TestServer.StartAsync();
        foreach (var (what, behind, isRead) in Endings)
        {
            using var peer = await server.AssociateAsync(new Proposal(1, TestClasses.Verification.Uid, Requestor.Implicit));
            await peer.SendCommandAsync(1, [.. Requestor.Echo(7), .. behind]);
            if (isRead)
            {
                Assert.AreEqual(0, await peer.ReadStatusAsync(), what);
                await peer.ReleaseAsync();
            }
            else
            {
                // Of the service provider: an invalid PDU parameter value (PS3.8 Table 9-26).
                Assert.AreEqual(((byte)2, (byte)6), await peer.ReadAbortAsync(), what);
            }
        }
    }
}
