using FellowOakDicom;
using FellowOakDicom.Imaging.Codec;
using Microsoft.Extensions.Logging.Abstractions;
using Specgen.Associations;
using Specgen.Handlers;
using Specgen.Instances;
using Specgen.Scp;
using Specgen.Wire;

namespace Specgen.Fuzz;

/// <summary>A server's association over a stream in memory, in which a requestor says what it may not say. However that is, it ends, and soon.</summary>
internal sealed class FuzzedAssociation : IAssociationUser, IPeers
{
    private static readonly TimeSpan s_time = TimeSpan.FromSeconds(10);
    private static readonly ReceiveFolder s_folder = ReceiveFolder.Open(Path.Combine(Path.GetTempPath(), "specgen-fuzz"));
    private static readonly DefaultTranscoderManager s_transcoders = new();
    private static readonly ProviderRegistry s_providers = new([new ProviderSource(new Anything())]);
    private static long s_handled;

    private readonly Association _association;
    private readonly MemoryBudget _memory = new(64 * 1024 * 1024, 32 * 1024 * 1024, TimeProvider.System);

    private FuzzedAssociation(Stream stream)
    {
        var services = new AssociationServices
        {
            Providers = s_providers,
            Events = new AssociationEvents(NullLogger.Instance),
            Peers = this,
            RequestTimeout = s_time,
            Memory = _memory,
            ReceiveFolder = static () => s_folder,
            Transcoders = s_transcoders,
        };
        _association = new Association(new Transport(stream, "memory", 1), isRequestor: false, new AssociationLimits(16384, s_time, s_time, s_time), services, this);
    }

    /// <summary>How many requests have come to a handler: proof that inputs get that far.</summary>
    public static long Handled => Interlocked.Read(ref s_handled);

    public string Peer => "memory";

    /// <param name="bytes">What the requestor sends.</param>
    /// <param name="random">Into which pieces it is cut.</param>
    /// <param name="patience">How long the requestor waits for the last word, a release that is answered or an abort, before it closes the connection.</param>
    public static void Run(byte[] bytes, Random random, TimeSpan patience = default)
    {
        var one = new FuzzedAssociation(new OneSide(bytes, random, patience));
        if (!one.RunAsync().Wait(s_time))
        {
            throw new TimeoutException("The association does not end.");
        }

        if (one._memory.Used != 0)
        {
            throw new InvalidOperationException($"The association is over, and {one._memory.Used} bytes are still charged to it.");
        }
    }

    public Rejection? Check(AssociateRequest request) => Rejection.OfProtocol(request);

    public void Requested(AssociateRequest request)
    {
        var accept = new AssociateAccept { CalledAE = request.CalledAE, CallingAE = request.CallingAE, ApplicationContext = request.ApplicationContext };
        var contexts = Negotiation.Negotiate(request, accept, s_providers, null);
        accept.User.MaxDataLength = 16384;
        accept.User.ImplementationClassUid = Part10Header.ImplementationClassUid;
        _ = _association.AcceptAsync(accept, new NegotiatedAssociation(new AssociationInfo(1, request.CallingAE, request.CalledAE, "memory", 1), contexts, request.User.MaxDataLength)).AsTask();
    }

    public NegotiatedAssociation? Accepted(AssociateAccept accept, out Violation? problem) => throw new InvalidOperationException("Nothing was asked for.");

    public void Opened()
    {
    }

    public void Ended(AssociationEnd end, AssociationException why)
    {
    }

    public DicomPeer? Find(string aeTitle) => null;

    public ValueTask<IDestination> OpenAsync(string aeTitle, DicomPeer peer, IList<ProposedContext> contexts, CancellationToken cancellationToken) => throw new UnknownPeerException("There is none.", aeTitle);

    public ValueTask<DimseResponse> NEventReportAsync(
        string aeTitle, IPeerChannel? channel, SopClass sopClass, string sopInstanceUid, ushort eventTypeId, DicomDataset? dataset, CancellationToken cancellationToken) =>
        throw new UnknownPeerException("There is none.", aeTitle);

    private async Task RunAsync()
    {
        await _association.RunAsync().ConfigureAwait(false);
        await _association.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Takes everything of the SOP classes that the seeds have, and reads what it is given.</summary>
    private sealed class Anything : IDimseHandlers
    {
        public IReadOnlyList<ServiceBinding> Bindings { get; } =
        [
            new ServiceBinding
            {
                Role = DicomRole.Scp,
                ServiceClass = "Anything",
                SopClasses = [.. Seeds.Requests.SelectMany(static seed => AssociateRequest.Read(seed.AsSpan(6, (int)System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(seed.AsSpan(2))), out _)!.Contexts)
                    .Select(static context => context.AbstractSyntax).Where(static uid => uid != DicomUID.Verification.UID).Distinct()
                    .Select(static uid => new SopClass(uid, "Any", "Any", "Anything", null, false))],
                FindStatus = static (_, _) => null,
                CStore = static async (_, context, token) =>
                {
                    Interlocked.Increment(ref s_handled);
                    await context.IdentifyAsync(token).ConfigureAwait(false);
                    _ = (await context.OpenAsync(token).ConfigureAwait(false)).Dataset.Count();
                    return new DimseResponse(0);
                },
                CFind = static (_, context, _) => FindAsync(context),
            },
        ];

        private static async IAsyncEnumerable<DimseResponse> FindAsync(CFindContext context)
        {
            Interlocked.Increment(ref s_handled);
            await Task.CompletedTask.ConfigureAwait(false);
            yield return new DimseResponse(0xFF00) { Dataset = context.Identifier };
        }
    }

    /// <summary>Gives bytes in pieces, and swallows what is written.</summary>
    private sealed class OneSide(byte[] bytes, Random random, TimeSpan patience) : MemoryStream(bytes, writable: false)
    {
        private readonly TaskCompletionSource _lastWord = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override bool CanWrite => true;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Position == Length && patience > TimeSpan.Zero)
            {
                await Task.WhenAny(_lastWord.Task, Task.Delay(patience, cancellationToken)).ConfigureAwait(false);
            }

            return Read(buffer.Span[..Math.Min(buffer.Length, random.Next(1, 3000))]);
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (buffer.Span is [PduType.ReleaseResponse or PduType.Abort, ..])
            {
                _lastWord.TrySetResult();
            }

            return ValueTask.CompletedTask;
        }
    }
}
