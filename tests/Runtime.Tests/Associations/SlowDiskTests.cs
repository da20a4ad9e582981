using System.Net;
using System.Net.Sockets;
using FellowOakDicom;
using FellowOakDicom.Imaging.Codec;
using Microsoft.Extensions.Logging.Abstractions;
using Specgen.Associations;
using Specgen.Handlers;
using Specgen.Instances;
using Specgen.Runtime.Tests.Instances;
using Specgen.Runtime.Tests.Scu;
using Specgen.Runtime.Tests.Wire;
using Specgen.Wire;

namespace Specgen.Runtime.Tests.Associations;

/// <summary>
/// A disk that stands still, under an association over TCP: what the peer says meanwhile is heard, time-outs are kept, and what it sends does not
/// pile up in memory.
/// </summary>
[TestClass]
public sealed class SlowDiskTests
{
    private const byte Context = 1;
    private const int Megabyte = 1024 * 1024;

    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(10);

    private readonly string _path = Path.Combine(Path.GetTempPath(), "specgen-tests-" + Guid.NewGuid().ToString("N"));
    private readonly ManualResetEventSlim _go = new();
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<long> _kept = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ReceiveFolder _folder = null!;

    [TestInitialize]
    public void MakeFolder() => _folder = ReceiveFolder.Open(_path);

    [TestCleanup]
    public void DeleteFolder()
    {
        _go.Set();
        _folder.Dispose();
        Directory.Delete(_path, recursive: true);
    }

    [TestMethod]
    [DataRow(100_000, true, DisplayName = "a small data set, which is whole")]
    [DataRow(600_000, true, DisplayName = "a larger one, which is whole")]
    [DataRow(600_000, false, DisplayName = "a larger one, in its midst")]
    [DataRow(3 * Megabyte, true, DisplayName = "a large one, which is whole")]
    [DataRow(3 * Megabyte, false, DisplayName = "a large one, in its midst")]
    public async Task An_abort_is_heard_while_the_disk_stands_still(int length, bool isWhole)
    {
        await using var served = await Served.StartAsync(this, TimeSpan.FromMinutes(1));
        await served.SendAsync(Served.Message(length, isWhole));
        await _begun.Task.WaitAsync(s_soon);

        await served.Wire.WriteAsync(PduType.Abort, 0, 0, 0, 0);

        await served.Association.WhenOver.WaitAsync(s_soon);
        Assert.AreEqual(AssociationEnd.AbortedByPeer, served.End);
        Assert.IsFalse(_go.IsSet);
    }

    [TestMethod]
    public async Task A_disk_that_stands_still_for_too_long_ends_the_association_and_memory_is_bounded()
    {
        await using var served = await Served.StartAsync(this, TimeSpan.FromMilliseconds(1500));
        var message = Served.Message(100 * Megabyte, isWhole: true);
        var before = GC.GetTotalAllocatedBytes();
        var sending = served.SendAsync(message);
        await _begun.Task.WaitAsync(s_soon);

        // TCP makes the peer wait: no more is taken than fits into memory.
        await TestServer.EventuallyAsync(() => served.Association.State == AssociationState.Sta13, "The time-out was not kept.");
        Assert.IsFalse(_go.IsSet);
        Assert.IsLessThan(16 * Megabyte, GC.GetTotalAllocatedBytes() - before);
        Assert.AreEqual(AssociationEnd.Aborted, served.End);
        Assert.AreEqual(PduType.Abort, (await served.Wire.ReadAsync()).Type);

        // Read and ignored, until the peer closes its side (Sta13).
        await sending.WaitAsync(s_soon);
    }

    [TestMethod]
    [DataRow(100_000)]
    [DataRow(600_000)]
    [DataRow(20 * Megabyte)]
    public async Task What_came_while_the_disk_stood_still_is_kept_when_it_goes_on(int length)
    {
        await using var served = await Served.StartAsync(this, TimeSpan.FromMinutes(1));
        var sending = served.SendAsync(Served.Message(length, isWhole: true));
        await _begun.Task.WaitAsync(s_soon);
        await Task.Delay(200);
        Assert.IsFalse(_kept.Task.IsCompleted);

        _go.Set();

        await sending.WaitAsync(s_soon);
        Assert.AreEqual(length, await _kept.Task.WaitAsync(s_soon));
        Assert.AreEqual(0, CommandSet.Read((await served.Wire.ReadMessageAsync(hasData: false)).Command)!.GetUInt16(0x0900) ?? 0xFFFF);
    }

    private ReceiveFolder Open()
    {
        _begun.TrySetResult();
        _go.Wait();
        return _folder;
    }

    private async ValueTask<DimseResponse> StoreAsync(object self, CStoreContext context, CancellationToken cancellationToken)
    {
        var path = Path.Combine(_path, "kept.dcm");
        await context.SaveAsync(path, cancellationToken);
        _kept.TrySetResult(context.Length ?? -1);
        return new DimseResponse(0);
    }

    /// <summary>An association with a handler that saves, and its peer.</summary>
    private sealed class Served : IAssociationUser, IPeers, IAsyncDisposable
    {
        private readonly TcpClient _peer;
        private readonly Task _run;
        private readonly Timer _watch;

        private Served(Socket socket, TcpClient peer, SlowDiskTests test, TimeSpan time)
        {
            _peer = peer;
            Wire = new RawConnection(peer.GetStream());
            var binding = TestClasses.Binding(DicomRole.Scp, [TestClasses.CT], cStore: test.StoreAsync);
            var services = new AssociationServices
            {
                Providers = new ProviderRegistry([new ProviderSource(new TestHandlers(binding))]),
                Events = new AssociationEvents(NullLogger.Instance),
                Peers = this,
                RequestTimeout = time,
                Memory = TestMemory.Plenty,
                ReceiveFolder = test.Open,
                Transcoders = new DefaultTranscoderManager(),
            };
            var limits = new AssociationLimits(131072, time, Timeout.InfiniteTimeSpan, time);
            Association = new Association(SocketTransport.Create(socket, SocketTransport.Open(socket)), isRequestor: false, limits, services, this);
            _run = Association.RunAsync();
            _watch = new Timer(static self => ((Association)self!).Watch(), Association, limits.WatchInterval, limits.WatchInterval);
        }

        public Association Association { get; }

        public RawConnection Wire { get; }

        public AssociationEnd? End { get; private set; }

        public string Peer => "the peer";

        public static async Task<Served> StartAsync(SlowDiskTests test, TimeSpan time)
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            var peer = new TcpClient { NoDelay = true };
            await peer.ConnectAsync(IPAddress.Loopback, ((IPEndPoint)listener.LocalEndpoint).Port);
            var served = new Served(await listener.AcceptSocketAsync(), peer, test, time);
            await peer.GetStream().WriteAsync(Requestor.AssociateRequest([new Proposal(Context, TestClasses.CT.Uid, Requestor.Explicit)]));
            await TestServer.EventuallyAsync(() => served.Association.State == AssociationState.Sta3, "The request was not read.");
            var negotiated = new NegotiatedAssociation(
                new AssociationInfo(1, "A", "B", "127.0.0.1", 1),
                [new NegotiatedContext(Context, TestClasses.CT.Uid, DicomTransferSyntax.ExplicitVRLittleEndian, IsScp: true, IsScu: false)],
                16384);
            await served.Association.AcceptAsync(new AssociateAccept { ApplicationContext = "1.2" }, negotiated);
            Assert.AreEqual(PduType.AssociateAccept, (await served.Wire.ReadAsync()).Type);
            return served;
        }

        /// <summary>A C-STORE whose data set has a length, as it is sent.</summary>
        public static byte[] Message(int length, bool isWhole)
        {
            const int Piece = 100_000;
            const string Instance = "1.2.3.4";
            using var message = new MemoryStream();
            message.Write(Requestor.Pdu(PduType.Data, Requestor.Fragment(Context, true, true, Requestor.Store(1, TestClasses.CT.Uid, Instance))));
            var dataSet = EncodedDataSet.Instance(length, TestClasses.CT.Uid, Instance).AsSpan();
            while (!dataSet.IsEmpty)
            {
                var next = dataSet[..Math.Min(dataSet.Length, Piece)];
                dataSet = dataSet[next.Length..];
                message.Write(Requestor.Pdu(PduType.Data, Requestor.Fragment(Context, false, dataSet.IsEmpty && isWhole, next)));
            }

            return message.ToArray();
        }

        public Task SendAsync(byte[] message) => _peer.GetStream().WriteAsync(message).AsTask();

        public async ValueTask DisposeAsync()
        {
            _peer.Dispose();
            Association.Close();
            await _run;
            await _watch.DisposeAsync();
        }

        Rejection? IAssociationUser.Check(AssociateRequest request) => null;

        void IAssociationUser.Requested(AssociateRequest request)
        {
        }

        NegotiatedAssociation? IAssociationUser.Accepted(AssociateAccept accept, out Violation? problem) => throw new NotSupportedException();

        void IAssociationUser.Opened()
        {
        }

        void IAssociationUser.Ended(AssociationEnd end, AssociationException why) => End ??= end;

        DicomPeer? INotifier.Find(string aeTitle) => null;

        ValueTask<DimseResponse> INotifier.NEventReportAsync(
            string aeTitle, IPeerChannel? channel, SopClass sopClass, string sopInstanceUid, ushort eventTypeId, DicomDataset? dataset, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        ValueTask<IDestination> IPeers.OpenAsync(string aeTitle, DicomPeer peer, IList<ProposedContext> contexts, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
