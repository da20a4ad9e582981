using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using Specgen.Runtime.Tests.Scu;

namespace Specgen.Runtime.Tests.Scp;

/// <summary>What the defaults are, and what is left alone.</summary>
[TestClass]
public sealed class ListeningTests
{
    [TestMethod]
    public async Task Without_an_address_it_listens_on_IPv4_and_where_there_is_one_on_IPv6()
    {
        await using var scp = await DicomScp.StartAsync(new DicomScpOptions { Port = 0, AETitle = "SERVER" });
        foreach (var address in Socket.OSSupportsIPv6 && HasLoopback6() ? new[] { IPAddress.Loopback, IPAddress.IPv6Loopback } : [IPAddress.Loopback])
        {
            var options = new ScuOptions(address.ToString(), scp.Port) { CalledAE = "SERVER" };
            await using var association = await ScuAssociation.OpenAsync(new TestHandlers(TestClasses.Scu(TestClasses.Verification)), options);

            Assert.AreEqual(TestStatus.Success, (await association.CEchoAsync<TestStatus>()).Status, address.ToString());
        }
    }

    [TestMethod]
    public async Task An_address_of_IPv4_is_not_reached_over_IPv6()
    {
        await using var scp = await DicomScp.StartAsync(new DicomScpOptions { Address = "0.0.0.0", Port = 0 });
        using var client = new TcpClient(AddressFamily.InterNetwork);
        await client.ConnectAsync(IPAddress.Loopback, scp.Port);
        if (HasLoopback6())
        {
            using var other = new TcpClient(AddressFamily.InterNetworkV6);
            await Assert.ThrowsAsync<SocketException>(async () => await other.ConnectAsync(IPAddress.IPv6Loopback, scp.Port));
        }
    }

    [TestMethod]
    public void The_folder_for_what_arrives_is_the_users_own()
    {
        StringAssert.Contains(new DicomScpOptions().ReceiveFolder, Environment.UserName);
        Assert.AreEqual(new DicomScpOptions().ReceiveFolder, new ScuOptions("host", 104).ReceiveFolder);
    }

    [TestMethod]
    public async Task The_callers_TLS_options_are_not_written_to()
    {
        var tls = new SslClientAuthenticationOptions();
        await using var peer = new RawPeer(static async c => await c.ReadTypesAsync());
        var options = new ScuOptions("localhost", peer.Port) { Tls = tls, ConnectTimeout = TimeSpan.FromSeconds(1) };

        await Assert.ThrowsAsync<AssociationException>(async () => await ScuAssociation.OpenAsync(new TestHandlers(TestClasses.Scu(TestClasses.Verification)), options));

        Assert.IsNull(tls.TargetHost);
    }

    private static bool HasLoopback6()
    {
        try
        {
            using var socket = new Socket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(IPAddress.IPv6Loopback, 0));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
