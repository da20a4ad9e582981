using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using Specgen.Associations;
using Specgen.Wire;

namespace Specgen.Runtime.Tests.Associations;

/// <summary>
/// The upper layer protocol's state machine against PS3.8 Table 9-10, whose copy stands here by itself: each cell as action and next state, written from the standard and compared with pynetdicom's.
/// </summary>
[TestClass]
public sealed class StateMachineTests
{
    private const string Table = """
        AssociateRequest    | AE-1 4 |        |         |        |        |         |         |         |         |          |         |         |
        TransportConfirmed  |        |        |         | AE-2 5 |        |         |         |         |         |          |         |         |
        AssociateAcceptPdu  |        | AA-1 13| AA-8 13 |        | AE-3 6 | AA-8 13 | AA-8 13 | AA-8 13 | AA-8 13 | AA-8 13  | AA-8 13 | AA-8 13 | AA-6 13
        AssociateRejectPdu  |        | AA-1 13| AA-8 13 |        | AE-4 1 | AA-8 13 | AA-8 13 | AA-8 13 | AA-8 13 | AA-8 13  | AA-8 13 | AA-8 13 | AA-6 13
        TransportIndicated  | AE-5 2 |        |         |        |        |         |         |         |         |          |         |         |
        AssociateRequestPdu |        | AE-6 3/13| AA-8 13|       | AA-8 13| AA-8 13 | AA-8 13 | AA-8 13 | AA-8 13 | AA-8 13  | AA-8 13 | AA-8 13 | AA-7 13
        AcceptResponse      |        |        | AE-7 6  |        |        |         |         |         |         |          |         |         |
        RejectResponse      |        |        | AE-8 13 |        |        |         |         |         |         |          |         |         |
        DataRequest         |        |        |         |        |        | DT-1 6  |         | AR-7 8  |         |          |         |         |
        DataPdu             |        | AA-1 13| AA-8 13 |        | AA-8 13| DT-2 6  | AR-6 7  | AA-8 13 | AA-8 13 | AA-8 13  | AA-8 13 | AA-8 13 | AA-6 13
        ReleaseRequest      |        |        |         |        |        | AR-1 7  |         |         |         |          |         |         |
        ReleaseRequestPdu   |        | AA-1 13| AA-8 13 |        | AA-8 13| AR-2 8  | AR-8 9/10 | AA-8 13 | AA-8 13 | AA-8 13 | AA-8 13 | AA-8 13 | AA-6 13
        ReleaseResponsePdu  |        | AA-1 13| AA-8 13 |        | AA-8 13| AA-8 13 | AR-3 1  | AA-8 13 | AA-8 13 | AR-10 12 | AR-3 1  | AA-8 13 | AA-6 13
        ReleaseResponse     |        |        |         |        |        |         |         | AR-4 13 | AR-9 11 |          |         | AR-4 13 |
        AbortRequest        |        |        | AA-1 13 | AA-2 1 | AA-1 13| AA-1 13 | AA-1 13 | AA-1 13 | AA-1 13 | AA-1 13  | AA-1 13 | AA-1 13 |
        AbortPdu            |        | AA-2 1 | AA-3 1  |        | AA-3 1 | AA-3 1  | AA-3 1  | AA-3 1  | AA-3 1  | AA-3 1   | AA-3 1  | AA-3 1  | AA-2 1
        TransportClosed     |        | AA-5 1 | AA-4 1  | AA-4 1 | AA-4 1 | AA-4 1  | AA-4 1  | AA-4 1  | AA-4 1  | AA-4 1   | AA-4 1  | AA-4 1  | AR-5 1
        ArtimExpired        |        | AA-2 1 |         |        |        |         |         |         |         |          |         |         | AA-2 1
        InvalidPdu          |        | AA-1 13| AA-8 13 |        | AA-8 13| AA-8 13 | AA-8 13 | AA-8 13 | AA-8 13 | AA-8 13  | AA-8 13 | AA-8 13 | AA-7 13
        """;

    private static readonly Dictionary<(AssociationEvent Event, int State), (string Action, int[] Next)> s_cells = Read();

    [TestMethod]
    public void Every_cell_is_the_standards()
    {
        foreach (var (what, state) in Enum.GetValues<AssociationEvent>().SelectMany(static e => Enumerable.Range(1, 13).Select(s => (e, s))))
        {
            var action = StateTable.Find(what, (AssociationState)state);
            var (expected, next) = s_cells.TryGetValue((what, state), out var cell) ? cell : ("None", [state]);

            Assert.AreEqual(expected.Replace("-", "", StringComparison.Ordinal), action.ToString(), $"{what} in Sta{state}");
            foreach (var isRequestor in new[] { true, false })
            {
                foreach (var isRejected in new[] { true, false })
                {
                    // AE-6 has its second state where the request is rejected, AR-8 where we are no requestor.
                    var second = (action == AssociationAction.AE6 && isRejected) || (action == AssociationAction.AR8 && !isRequestor);
                    Assert.AreEqual((AssociationState)(second ? next[1] : next[0]), StateTable.After(action, (AssociationState)state, isRequestor, isRejected), $"{what} in Sta{state}");
                }
            }
        }
    }

    /// <summary>Every event in every state that the role has, over a connection: what is sent, what the state is afterwards, and whether the connection is closed.</summary>
    [TestMethod]
    [DataRow(false, 1)]
    [DataRow(false, 2)]
    [DataRow(false, 3)]
    [DataRow(false, 6)]
    [DataRow(false, 7)]
    [DataRow(false, 8)]
    [DataRow(false, 10)]
    [DataRow(false, 12)]
    [DataRow(false, 13)]
    [DataRow(true, 1)]
    [DataRow(true, 5)]
    [DataRow(true, 6)]
    [DataRow(true, 7)]
    [DataRow(true, 8)]
    [DataRow(true, 9)]
    [DataRow(true, 11)]
    [DataRow(true, 13)]
    public async Task Every_event_does_what_the_standard_says(bool isRequestor, int state)
    {
        var events = Enum.GetValues<AssociationEvent>().Where(e => e is not (AssociationEvent.AssociateRequest or AssociationEvent.TransportConfirmed or AssociationEvent.TransportIndicated)
            && (e != AssociationEvent.ReleaseResponse || s_cells.ContainsKey((e, state)))
            && (state != 1 || AssociationMachine.IsOwn(e)));
        var failures = await Task.WhenAll(events.SelectMany(e => new[] { (e, false), (e, true) }).Where(static e => e.Item1 is AssociationEvent.TransportClosed or AssociationEvent.AssociateRequestPdu || !e.Item2)
            .Select(e => TryAsync(isRequestor, state, e.Item1, e.Item2)));

        Assert.AreEqual("", string.Join('\n', failures.OfType<string>()));
    }

    /// <summary>
    /// Sta4: TCP has connected, TLS is being agreed upon. Our abort (AA-2) and the end of the connection (AA-4) are its end, without a PDU.
    /// </summary>
    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public async Task While_the_connection_is_being_opened_no_PDU_is_sent(bool isOurs)
    {
        const byte Handshake = 0x16, Alert = 0x15;
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var abort = new CancellationTokenSource();
        var user = new TestHandlers(TestClasses.Scu(TestClasses.Verification));
        var options = new ScuOptions("127.0.0.1", ((IPEndPoint)listener.LocalEndpoint).Port)
        {
            CallingAE = "US",
            CalledAE = "THEM",
            Tls = new SslClientAuthenticationOptions(),
        };
        var connecting = ScuAssociation.OpenAsync(user, options, abort.Token).AsTask();
        using var peer = await listener.AcceptTcpClientAsync();
        var stream = peer.GetStream();
        var first = new byte[5];
        await stream.ReadExactlyAsync(first);
        Assert.AreEqual(Handshake, first[0]);
        await stream.ReadExactlyAsync(new byte[first[3] << 8 | first[4]]);

        if (isOurs)
        {
            await abort.CancelAsync();
            await Assert.ThrowsAsync<OperationCanceledException>(() => connecting);
        }
        else
        {
            peer.Client.Shutdown(SocketShutdown.Send);
            await Assert.ThrowsAsync<AssociationException>(() => connecting);
        }

        var rest = new MemoryStream();
        await stream.CopyToAsync(rest).WaitAsync(TimeSpan.FromSeconds(10));
        Assert.IsTrue(rest.Length == 0 || rest.GetBuffer()[0] == Alert, Convert.ToHexString(rest.ToArray()));
    }

    /// <param name="isRequestor">Our role.</param>
    /// <param name="state">The state to begin in.</param>
    /// <param name="what">What happens.</param>
    /// <param name="other">The connection is closed in one direction only; the request is one that is rejected by the association layer itself.</param>
    private static async Task<string?> TryAsync(bool isRequestor, int state, AssociationEvent what, bool other)
    {
        await using var machine = await AssociationMachine.InAsync((AssociationState)state, isRequestor);
        var (action, next) = s_cells.TryGetValue((what, state), out var cell) ? cell : ("", [state]);
        var expected = next[(action == "AE-6" && other) || (action == "AR-8" && !isRequestor) ? 1 : 0];
        byte[] sent = action switch
        {
            "AA-1" or "AA-7" or "AA-8" => [PduType.Abort],
            "AE-7" => [PduType.AssociateAccept],
            "AE-8" => [PduType.AssociateReject],
            "AE-6" when other => [PduType.AssociateReject],
            "DT-1" or "AR-7" => [PduType.Data],
            "AR-1" => [PduType.ReleaseRequest],

            // The answer of the handler that the release has waited for goes first, where it may go (AR-7).
            "AR-4" when state == 8 => [PduType.Data, PduType.ReleaseResponse],
            "AR-4" or "AR-9" => [PduType.ReleaseResponse],
            _ => [],
        };

        await machine.FireAsync(what, other);
        var (types, isClosed) = await machine.ReadAsync(sent.Length);
        var closes = expected == 1 || action is "AA-1" or "AA-7" or "AA-8";
        return (int)machine.Association.State == expected && types.SequenceEqual(sent) && isClosed == closes
            ? null
            : $"{what}{(other ? "*" : "")} in Sta{state}: {action}, expected Sta{expected} [{string.Join(' ', sent)}] closed {closes}; was {machine.Association.State} [{string.Join(' ', types)}] closed {isClosed}";
    }

    private static Dictionary<(AssociationEvent, int), (string, int[])> Read()
    {
        var cells = new Dictionary<(AssociationEvent, int), (string, int[])>();
        foreach (var row in Table.Split('\n'))
        {
            var texts = row.Split('|', StringSplitOptions.TrimEntries);
            for (var state = 1; state < texts.Length; state++)
            {
                if (texts[state].Split(' ') is [var action, var next])
                {
                    cells.Add((Enum.Parse<AssociationEvent>(texts[0]), state), (action, [.. next.Split('/').Select(int.Parse)]));
                }
            }
        }

        return cells;
    }
}
