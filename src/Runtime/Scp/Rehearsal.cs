using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using FellowOakDicom;
using Microsoft.Extensions.Logging.Abstractions;
using Specgen.Associations;
using Specgen.Instances;
using Specgen.Wire;

namespace Specgen.Scp;

/// <summary>
/// An association in memory before the first one over the network, which stores and finds in all encodings: whatever is loaded at its first use, assemblies, tables, native libraries, is loaded then. Later
/// it could fail for want of a file descriptor, and what fails to load once fails for as long as the process lives. Nobody is told of it, and nothing of it is left.
/// </summary>
internal sealed class Rehearsal : IAssociationUser
{
    private const uint MaxPduLength = 16 * 1024;
    private const ushort StoreRequest = 0x0001, FindRequest = 0x0020, WithDataSet = 0x0001;

    /// <summary>More than stays in memory, so that a file is made.</summary>
    private const int PixelLength = 140_000;

    private static readonly DicomTransferSyntax[] s_syntaxes =
    [
        DicomTransferSyntax.ImplicitVRLittleEndian, DicomTransferSyntax.ExplicitVRLittleEndian, DicomTransferSyntax.ExplicitVRBigEndian, DicomTransferSyntax.DeflatedExplicitVRLittleEndian,
    ];

    private static readonly SopClass s_class = new("1.2", "Rehearsal", "Rehearsal", "Rehearsal", null, false);

    private readonly Association _association;
    private int _handled;

    private Rehearsal(AssociationServices services, Stream stream)
    {
        var time = TimeSpan.FromSeconds(30);
        _association = new Association(new Transport(stream, "memory", 0), isRequestor: false, new AssociationLimits(MaxPduLength, time, time, time), services, this);
    }

    public string Peer => "the rehearsal";

    /// <summary>Rehearses. Gives how many requests were handled as they should be.</summary>
    /// <param name="folder">Where instances arrive.</param>
    /// <param name="certificate">The server's, where it has one.</param>
    public static async Task<int> RunAsync(ReceiveFolder folder, X509Certificate2? certificate)
    {
        _ = DicomDictionary.Default;
        _ = TimeZoneInfo.Local.GetUtcOffset(DateTimeOffset.UtcNow);
        _ = RandomNumberGenerator.GetInt32(int.MaxValue);
        _ = certificate?.GetCertHashString();
        Rehearsal? rehearsal = null;
        var handlers = new Handlers(() => Interlocked.Increment(ref rehearsal!._handled));
        var services = new AssociationServices
        {
            Providers = new ProviderRegistry([new ProviderSource(handlers)]),
            Events = new NoEvents(),
            Peers = new Scu.PeerDirectory(new Scu.PeerSettings("", new Dictionary<string, DicomPeer>(), default, default, MaxPduLength), NullLoggerFactory.Instance),
            RequestTimeout = TimeSpan.FromSeconds(30),
            Memory = MemoryBudget.Of(MemoryBudget.Smallest, null, TimeProvider.System),
            ReceiveFolder = () => folder,
            Transcoders = new FellowOakDicom.Imaging.Codec.DefaultTranscoderManager(),
        };
        var stream = new Requestor(await RequestsAsync().ConfigureAwait(false));
        await using (stream.ConfigureAwait(false))
        {
            rehearsal = new Rehearsal(services, stream);
            await rehearsal._association.RunAsync().ConfigureAwait(false);
            await rehearsal._association.DisposeAsync().ConfigureAwait(false);
        }

        return rehearsal._handled;
    }

    /// <summary>How many requests there are.</summary>
    public static int Count => 2 * s_syntaxes.Length;

    Rejection? IAssociationUser.Check(AssociateRequest request) => null;

    void IAssociationUser.Requested(AssociateRequest request)
    {
        var contexts = request.Contexts.ConvertAll(static c => new NegotiatedContext(c.Id, c.AbstractSyntax, DicomTransferSyntax.Parse(c.TransferSyntaxes[0]), IsScp: true, IsScu: false));
        var accept = new AssociateAccept { CalledAE = request.CalledAE, CallingAE = request.CallingAE, ApplicationContext = request.ApplicationContext };
        accept.User.ImplementationClassUid = Part10Header.ImplementationClassUid;
        _ = _association.AcceptAsync(accept, new NegotiatedAssociation(new AssociationInfo(0, request.CallingAE, request.CalledAE, "memory", 0), contexts, MaxPduLength) { PeerWindow = 1 });
    }

    NegotiatedAssociation? IAssociationUser.Accepted(AssociateAccept accept, out Violation? problem) => throw new InvalidOperationException("Nothing was asked for.");

    void IAssociationUser.Opened()
    {
    }

    void IAssociationUser.Ended(AssociationEnd end, AssociationException why)
    {
    }

    /// <summary>All that a requestor says: it does not wait for answers.</summary>
    private static async Task<byte[]> RequestsAsync()
    {
        using var bytes = new MemoryStream();
        var request = new AssociateRequest { CalledAE = "REHEARSAL", CallingAE = "REHEARSAL", ApplicationContext = DicomUID.DICOMApplicationContext.UID };
        request.User.ImplementationClassUid = Part10Header.ImplementationClassUid;
        request.User.MaxDataLength = MaxPduLength;
        for (var i = 0; i < s_syntaxes.Length; i++)
        {
            request.Contexts.Add(new ProposedItem(IdOf(i), s_class.Uid, [s_syntaxes[i].UID.UID]));
        }

        bytes.Write(request.ToArray());
        var writer = new MessageWriter(async pdu => await bytes.WriteAsync(pdu).ConfigureAwait(false)) { PeerMaxDataLength = MaxPduLength };
        for (var i = 0; i < s_syntaxes.Length; i++)
        {
            foreach (var (field, pixels) in new[] { (StoreRequest, PixelLength), (FindRequest, 0) })
            {
                var command = new CommandWriter().Uid(CommandElement.AffectedSopClassUid, s_class.Uid).UInt16(CommandElement.CommandField, field).UInt16(CommandElement.MessageId, (ushort)(i + 1))
                    .UInt16(CommandElement.DataSetType, WithDataSet).Uid(CommandElement.AffectedSopInstanceUid, "1.2.3");
                await writer.PutAsync(IdOf(i), command.ToArray(), PduType.CommandFragment).ConfigureAwait(false);
                await writer.PutAsync(IdOf(i), DataSetCodec.Encode(DataSet(s_syntaxes[i], pixels), s_syntaxes[i]), 0).ConfigureAwait(false);
                await writer.FlushAsync().ConfigureAwait(false);
                writer.Clear();
            }
        }

        bytes.Write([PduType.ReleaseRequest, 0, 0, 0, 0, 4, 0, 0, 0, 0]);
        return bytes.ToArray();
    }

    private static byte IdOf(int index) => (byte)((2 * index) + 1);

    /// <summary>Of noise, so that nothing of it is too good to be inflated.</summary>
    private static DicomDataset DataSet(DicomTransferSyntax syntax, int length)
    {
        var dataset = new DicomDataset(syntax)
        {
            { DicomTag.SpecificCharacterSet, "ISO_IR 100" },
            { DicomTag.SOPInstanceUID, "1.2.3" },
            { DicomTag.PatientName, "Rehearsal" },
            new DicomSequence(DicomTag.ReferencedSOPSequence, new DicomDataset(syntax) { { DicomTag.ReferencedSOPInstanceUID, "1.2.3" } }),
        };
        if (length > 0)
        {
            var noise = new byte[length];
            new Random(1).NextBytes(noise);
            dataset.Add(new DicomOtherByte(DicomTag.EncapsulatedDocument, noise));
        }

        return dataset;
    }

    private sealed class Handlers(Action handled) : IDimseHandlers
    {
        public IReadOnlyList<ServiceBinding> Bindings { get; } =
        [
            new ServiceBinding
            {
                Role = DicomRole.Scp,
                ServiceClass = s_class.ServiceClass,
                SopClasses = [s_class],
                FindStatus = static (_, _) => null,
                CStore = async (_, context, token) =>
                {
                    await context.IdentifyAsync(token).ConfigureAwait(false);
                    return Read((await context.OpenAsync(token).ConfigureAwait(false)).Dataset, handled);
                },
                CFind = (_, context, _) => FindAsync(context, handled),
            },
        ];

        private static async IAsyncEnumerable<DimseResponse> FindAsync(CFindContext context, Action handled)
        {
            await Task.CompletedTask.ConfigureAwait(false);
            yield return new DimseResponse(StatusPolicy.Pending) { Dataset = context.Identifier };
            yield return Read(context.Identifier, handled);
        }

        private static DimseResponse Read(DicomDataset dataset, Action handled)
        {
            if (dataset.GetSingleValue<string>(DicomTag.PatientName) == "Rehearsal")
            {
                handled();
            }

            return new DimseResponse(StatusPolicy.Success);
        }
    }

    private sealed class NoEvents() : AssociationEvents(NullLogger.Instance)
    {
        public override Activity? StartRequest(DimseOperation operation, SopClass sopClass, AssociationInfo association) => null;

        public override void RequestCompleted(AssociationInfo association, in CompletedRequest request)
        {
        }
    }

    /// <summary>Says what there is to say, and takes what it is answered. It has the patience to wait for the end.</summary>
    private sealed class Requestor(byte[] requests) : MemoryStream(requests, writable: false)
    {
        private readonly TaskCompletionSource _isOver = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override bool CanWrite => true;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Read(buffer.Span) is > 0 and var count)
            {
                return count;
            }

            await _isOver.Task.ConfigureAwait(false);
            return 0;
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (buffer.Span[0] is PduType.ReleaseResponse or PduType.Abort)
            {
                _isOver.TrySetResult();
            }

            return ValueTask.CompletedTask;
        }

        protected override void Dispose(bool disposing)
        {
            _isOver.TrySetResult();
            base.Dispose(disposing);
        }
    }
}
