using FellowOakDicom;
using Specgen.Handlers;

namespace Specgen;

/// <summary>
/// A request that is made up for a test of its handler, with no network and no server: what its context says (<c>CStoreContext.ForTest(file, request)</c>, and so for the others),
/// and what the handler did apart from its answer. A SOP class converts to it.
/// </summary>
public sealed class TestRequest
{
    private readonly List<TestNotification> _notifications = [];
    private readonly List<DimseContext> _contexts = [];

    /// <summary>The peer's AE title.</summary>
    public string CallingAE { get; init; } = "CLIENT";

    /// <summary>The AE title that the peer called.</summary>
    public string CalledAE { get; init; } = "SPECGEN";

    /// <summary>The peer's address.</summary>
    public string RemoteHost { get; init; } = "127.0.0.1";

    /// <summary>Message ID (0000,0110).</summary>
    public ushort MessageId { get; init; } = 1;

    /// <summary>The SOP class of the request; <see langword="null"/> (the default) for one without a name that has the UID of the data set in C-STORE, and an empty one elsewhere.</summary>
    public SopClass? SopClass { get; init; }

    /// <summary>The transfer syntax of the presentation context; <see langword="null"/> (the default) for the file's in C-STORE, and Explicit VR Little Endian elsewhere.</summary>
    public DicomTransferSyntax? TransferSyntax { get; init; }

    /// <summary>As <see cref="DicomScpOptions.HeaderAttributes"/>, for handlers of C-STORE that use <see cref="CStoreContext.Header"/>.</summary>
    public IReadOnlySet<uint> HeaderAttributes { get; init; } = new HashSet<uint>();

    /// <summary>As <see cref="DicomScpOptions.DataSetObserver"/>, for handlers of C-STORE that use <see cref="CStoreContext.DataSetObserver"/>.</summary>
    public Func<Stream>? DataSetObserver { get; init; }

    /// <summary>Whether relational queries and retrievals were negotiated.</summary>
    public bool IsRelational { get; init; }

    /// <summary>The peer's user identity, as if a server's check had accepted it.</summary>
    public UserIdentity? UserIdentity { get; init; }

    /// <summary>Whether the association of the request is open, so that notifications can go over it. On by default; without it they need <see cref="PeerAddress"/>.</summary>
    public bool IsConnected { get; init; } = true;

    /// <summary>Where the server finds the peer for an association of its own; <see langword="null"/> (the default) for a peer that it does not know.</summary>
    public DicomPeer? PeerAddress { get; init; }

    /// <summary>What the peer answers to a notification; <see langword="null"/> (the default) for Success. If it throws, the handler gets the exception.</summary>
    public Func<TestNotification, DimseResponse>? AnswerNotification { get; init; }

    /// <summary>The notifications that handlers have sent through <see cref="DimseContext.Peer"/>, in their order.</summary>
    public IReadOnlyList<TestNotification> Notifications
    {
        get
        {
            lock (_notifications)
            {
                return [.. _notifications];
            }
        }
    }

    /// <summary>A request of this SOP class.</summary>
    /// <param name="sopClass">The SOP class.</param>
    public static implicit operator TestRequest(SopClass sopClass) => new() { SopClass = sopClass };

    /// <summary>
    /// Does what the runtime does once the answer has been sent: the work of <see cref="DimseContext.AfterResponse"/>, one piece after the other. An exception from it is thrown
    /// here.
    /// </summary>
    /// <param name="cancellationToken">The token of that work: cancelled when a server stops.</param>
    public async Task CompleteAsync(CancellationToken cancellationToken = default)
    {
        DimseContext[] contexts;
        lock (_contexts)
        {
            contexts = [.. _contexts];
        }

        foreach (var work in contexts.SelectMany(static context => context.TakeAfterResponse() ?? []))
        {
            await work(cancellationToken).ConfigureAwait(false);
        }
    }

    internal static TContext Make<TContext>(TestRequest? request, Func<RequestInfo, TContext> make, string sopInstanceUid = "")
        where TContext : DimseContext =>
        (request ?? new TestRequest()).Make(make, sopInstanceUid, null, null);

    /// <summary>The context of a request like this one.</summary>
    internal TContext Make<TContext>(Func<RequestInfo, TContext> make, string sopInstanceUid, string? sopClassUid, DicomTransferSyntax? syntax)
        where TContext : DimseContext
    {
        const int RegisteredPort = 104;
        var association = new AssociationInfo(AssociationInfo.NextId(), CallingAE, CalledAE, RemoteHost, RegisteredPort) { UserIdentity = UserIdentity };
        var notifier = new TestNotifier(this);
        var context = make(new RequestInfo
        {
            Association = association,
            SopClass = SopClass ?? SopClass.Unknown(sopClassUid ?? ""),
            SopInstanceUid = sopInstanceUid,
            MessageId = MessageId,
            TransferSyntax = TransferSyntax ?? syntax ?? DicomTransferSyntax.ExplicitVRLittleEndian,
            IsRelational = IsRelational,
            Peer = association.Peer = new PeerLink(CallingAE, RemoteHost, notifier, notifier),
        });
        lock (_contexts)
        {
            _contexts.Add(context);
        }

        return context;
    }

    internal DimseResponse Notify(TestNotification notification)
    {
        lock (_notifications)
        {
            _notifications.Add(notification);
        }

        return AnswerNotification?.Invoke(notification) ?? new DimseResponse(0x0000);
    }
}
