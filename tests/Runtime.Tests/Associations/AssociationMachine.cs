using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using FellowOakDicom;
using FellowOakDicom.Imaging.Codec;
using FellowOakDicom.Network;
using Microsoft.Extensions.Logging.Abstractions;
using Specgen.Associations;
using Specgen.Handlers;
using Specgen.Runtime.Tests.Scu;
using Specgen.Runtime.Tests.Wire;
using Specgen.Wire;

namespace Specgen.Runtime.Tests.Associations;

/// <summary>An association on a connection, brought into a state by what its peer and its user do; and both of them. From Sta6 on a handler is running, which does what the test asks for.</summary>
internal sealed class AssociationMachine : IAssociationUser, IPeers, IAsyncDisposable
{
    private const byte Context = 1;
    private static readonly TimeSpan s_artim = TimeSpan.FromMilliseconds(50), s_time = TimeSpan.FromSeconds(20);

    private readonly TcpClient _peer;
    private readonly RawConnection _wire;
    private readonly Channel<Action> _handler = Channel.CreateUnbounded<Action>();
    private readonly TaskCompletionSource _handling = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _run;
    private readonly bool _isRequestor;

    private AssociationMachine(Socket socket, TcpClient peer, bool isRequestor)
    {
        (_peer, _isRequestor) = (peer, isRequestor);
        _wire = new RawConnection(peer.GetStream());
        var binding = TestClasses.Binding(DicomRole.Scp, [TestClasses.Commitment], nAction: HandleAsync);
        Association = new Association(
            SocketTransport.Create(socket, SocketTransport.Open(socket)),
            isRequestor,
            new AssociationLimits(16384, s_artim, Timeout.InfiniteTimeSpan, s_time),
            new AssociationServices
            {
                Providers = new ProviderRegistry([new ProviderSource(new TestHandlers(binding))]),
                Events = new AssociationEvents(NullLogger.Instance),
                Peers = this,
                RequestTimeout = s_time,
                Memory = TestMemory.Plenty,
                ReceiveFolder = static () => throw new NotSupportedException(),
                Transcoders = new DefaultTranscoderManager(),
            },
            this);
        _run = Association.RunAsync();
    }

    public Association Association { get; }

    public string Peer => "the peer";

    private NegotiatedAssociation Negotiated { get; } = new(
        new AssociationInfo(1, "A", "B", "127.0.0.1", 1),
        [new NegotiatedContext(Context, TestClasses.Commitment.Uid, DicomTransferSyntax.ImplicitVRLittleEndian, IsScp: true, IsScu: true)],
        16384);

    public static async Task<AssociationMachine> InAsync(AssociationState state, bool isRequestor)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var peer = new TcpClient { NoDelay = true };
        await peer.ConnectAsync(IPAddress.Loopback, ((IPEndPoint)listener.LocalEndpoint).Port);
        var machine = new AssociationMachine(await listener.AcceptSocketAsync(), peer, isRequestor);
        await machine.BringAsync((int)state);
        Assert.AreEqual(state, machine.Association.State);
        return machine;
    }

    /// <summary>Of our own user, or of time: without a connection there is nothing else (Sta1).</summary>
    public static bool IsOwn(AssociationEvent what) => what is AssociationEvent.AcceptResponse or AssociationEvent.RejectResponse
        or AssociationEvent.DataRequest or AssociationEvent.ReleaseRequest or AssociationEvent.AbortRequest or AssociationEvent.ArtimExpired;

    /// <summary>Lets something happen.</summary>
    public async Task FireAsync(AssociationEvent what, bool other)
    {
        switch (what)
        {
            case AssociationEvent.AssociateAcceptPdu:
                await SendAsync(new AssociateAccept { ApplicationContext = "1.2" }.ToArray());
                break;
            case AssociationEvent.AssociateRejectPdu:
                await _wire.WriteAsync(PduType.AssociateReject, 0, 1, 1, 1);
                break;
            case AssociationEvent.AssociateRequestPdu:
                await SendAsync(Requestor.AssociateRequest([new Proposal(Context, TestClasses.Commitment.Uid, Requestor.Implicit)], version: other ? (byte)2 : (byte)1));
                break;
            case AssociationEvent.DataPdu:
                // A response that answers nothing.
                await _wire.WriteAsync(PduType.Data, Requestor.Fragment(Context, true, true, Requestor.Response(CommandSet.Read(Requestor.Echo(77))!, 0)));
                break;
            case AssociationEvent.ReleaseRequestPdu:
                await _wire.WriteAsync(PduType.ReleaseRequest, 0, 0, 0, 0);
                break;
            case AssociationEvent.ReleaseResponsePdu:
                await _wire.WriteAsync(PduType.ReleaseResponse, 0, 0, 0, 0);
                break;
            case AssociationEvent.AbortPdu:
                await _wire.WriteAsync(PduType.Abort, 0, 0, 0, 0);
                break;
            case AssociationEvent.InvalidPdu:
                await _wire.WriteAsync(0x7F, 1, 2, 3);
                break;
            case AssociationEvent.TransportClosed when other:
                _peer.Client.Shutdown(SocketShutdown.Send);
                break;
            case AssociationEvent.TransportClosed:
                _peer.Client.LingerState = new LingerOption(true, 0);
                _peer.Close();
                break;
            case AssociationEvent.AcceptResponse:
                await Association.AcceptAsync(new AssociateAccept { ApplicationContext = "1.2" }, Negotiated);
                break;
            case AssociationEvent.RejectResponse:
                await Association.RejectAsync(Rejection.User(DicomRejectReason.NoReasonGiven, "the test"));
                break;
            case AssociationEvent.DataRequest:
                try
                {
                    await ((IMessageSender)Association).SendAsync(Negotiated.Contexts[0], Requestor.Response(CommandSet.Read(Requestor.Echo(77))!, 0), null);
                }
                catch (IOException)
                {
                    // Not in this state.
                }

                break;
            case AssociationEvent.ReleaseRequest:
                Release();
                break;
            case AssociationEvent.ReleaseResponse:
                _handler.Writer.Complete();
                break;
            case AssociationEvent.AbortRequest:
                await Association.AbortAsync(Violation.ByUser("the test"));
                break;
            case AssociationEvent.ArtimExpired:
                await Task.Delay(s_artim * 3);
                Association.Watch();
                break;
        }
    }

    /// <summary>The types of the PDUs that have been sent, and whether our side is closed. Waits for as many as are expected, and for a moment more.</summary>
    public async Task<(List<byte> Types, bool IsClosed)> ReadAsync(int expected)
    {
        var types = new List<byte>();
        while (true)
        {
            try
            {
                types.Add((await _wire.ReadAsync().WaitAsync(types.Count < expected ? s_time : TimeSpan.FromMilliseconds(250))).Type);
            }
            catch (TimeoutException)
            {
                return (types, false);
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
            {
                await _run.WaitAsync(TimeSpan.FromSeconds(1)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                return (types, true);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _handler.Writer.TryComplete();
        _peer.Dispose();
        Association.Close();
        await _run;
        await Association.DisposeAsync();
    }

    Rejection? IAssociationUser.Check(AssociateRequest request) => Rejection.OfProtocol(request);

    void IAssociationUser.Requested(AssociateRequest request)
    {
    }

    NegotiatedAssociation? IAssociationUser.Accepted(AssociateAccept accept, out Violation? problem)
    {
        problem = null;
        return Negotiated;
    }

    void IAssociationUser.Opened()
    {
    }

    void IAssociationUser.Ended(AssociationEnd end, AssociationException why)
    {
    }

    DicomPeer? INotifier.Find(string aeTitle) => null;

    ValueTask<DimseResponse> INotifier.NEventReportAsync(
        string aeTitle, IPeerChannel? channel, SopClass sopClass, string sopInstanceUid, ushort eventTypeId, DicomDataset? dataset, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    ValueTask<IDestination> IPeers.OpenAsync(string aeTitle, DicomPeer peer, IList<ProposedContext> contexts, CancellationToken cancellationToken) => throw new NotSupportedException();

    private async Task BringAsync(int state)
    {
        if (_isRequestor)
        {
            await Association.RequestAsync(new AssociateRequest { ApplicationContext = "1.2" });
            Assert.AreEqual(PduType.AssociateRequest, (await _wire.ReadAsync()).Type);
        }
        else if (state != 2)
        {
            await FireAsync(AssociationEvent.AssociateRequestPdu, false);
            await WaitAsync(3);
        }

        if (state is > 1 and < 6)
        {
            return;
        }

        await FireAsync(_isRequestor ? AssociationEvent.AssociateAcceptPdu : AssociationEvent.AcceptResponse, false);
        if (!_isRequestor)
        {
            Assert.AreEqual(PduType.AssociateAccept, (await _wire.ReadAsync()).Type);
        }

        await _wire.WriteAsync(PduType.Data, Requestor.Fragment(Context, true, true, Requestor.Action(1, TestClasses.Commitment.Uid, TestClasses.CommitmentInstance, 1, false)));
        await _handling.Task.WaitAsync(s_time);
        if (state == 1)
        {
            await FireAsync(AssociationEvent.AbortPdu, false);
            await WaitAsync(1);
        }

        if (state is 7 or 9 or 10 or 11 or 12)
        {
            Release();
            Assert.AreEqual(PduType.ReleaseRequest, (await _wire.ReadAsync()).Type);
        }

        if (state >= 8)
        {
            await FireAsync(AssociationEvent.ReleaseRequestPdu, false);
            await WaitAsync(state is 8 or 13 ? 8 : _isRequestor ? 9 : 10);
        }

        switch (state)
        {
            case 11:
                _handler.Writer.Complete();
                Assert.AreEqual(PduType.ReleaseResponse, (await _wire.ReadAsync()).Type);
                break;
            case 12:
                await FireAsync(AssociationEvent.ReleaseResponsePdu, false);
                await WaitAsync(12);
                break;
            case 13:
                _handler.Writer.Complete();
                Assert.AreEqual(PduType.Data, (await _wire.ReadAsync()).Type);
                Assert.AreEqual(PduType.ReleaseResponse, (await _wire.ReadAsync()).Type);
                break;
        }
    }

    /// <summary>Out of the handler, where there is one: a release waits for handlers, but not for the one that asks for it.</summary>
    private void Release()
    {
        void Ask() => _ = Association.ReleaseAsync(s_time, CancellationToken.None).AsTask().ContinueWith(static t => _ = t.Exception, TaskScheduler.Default);
        if (!_handler.Writer.TryWrite(Ask) || !_handling.Task.IsCompleted)
        {
            Ask();
        }
    }

    private async ValueTask<DimseResponse> HandleAsync(object self, NActionContext context, CancellationToken cancellationToken)
    {
        _handling.TrySetResult();
        await foreach (var act in _handler.Reader.ReadAllAsync(cancellationToken))
        {
            act();
        }

        return new DimseResponse(0);
    }

    private Task WaitAsync(int state) => TestServer.EventuallyAsync(() => (int)Association.State == state, $"Sta{state}, is {Association.State}");

    private Task SendAsync(byte[] pdu) => _peer.GetStream().WriteAsync(pdu).AsTask();
}
