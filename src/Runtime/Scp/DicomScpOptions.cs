using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using Specgen.Associations;
using Specgen.Instances;

namespace Specgen;

/// <summary>The options of a DICOM server. Read when the server starts; later changes have no effect on it, except for <see cref="Peers"/>, which may grow while it runs if the dictionary given is a concurrent one.</summary>
public sealed class DicomScpOptions
{
    /// <summary>The local IP address to listen on; <see langword="null"/> (the default) for all, IPv6 and IPv4; <c>0.0.0.0</c> for all IPv4 ones only.</summary>
    public string? Address { get; set; }

    /// <summary>The TCP port to listen on, 1 to 65535. 11112 is the registered port for DICOM (PS3.8 §9.1.1) that needs no privileges. 0 picks a free one; <see cref="DicomScp.Port"/> then says which.</summary>
    public int Port { get; set; } = 11112;

    /// <summary>The AE title of the server: at most 16 characters of the default repertoire, no backslash or control characters (VR AE, PS3.5 §6.2). An association that calls a different one is rejected.</summary>
    public string AETitle { get; set; } = "SPECGEN";

    /// <summary>Accepts associations whatever AE title they call. Off by default: they are rejected with result 1 (permanent), source 1 (user), reason 7 (called AE title not recognized, PS3.8 §9.3.4).</summary>
    public bool AcceptAnyCalledAETitle { get; set; }

    /// <summary>The AE titles that may call; empty (the default) for any. Others are rejected with result 1, source 1, reason 3 (calling AE title not recognized, PS3.8 §9.3.4).</summary>
    public ISet<string> CallingAETitles { get; set; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>The addresses of AE titles, for move destinations and for notifications that need an association of their own.</summary>
    public IDictionary<string, DicomPeer> Peers { get; set; } = new Dictionary<string, DicomPeer>(StringComparer.Ordinal);

    /// <summary>
    /// UIDs of the transfer syntaxes to accept, best first. Empty (the default): for C-STORE whatever is proposed that fo-dicom knows, in the requestor's order; else Explicit and Implicit VR Little Endian.
    /// Implicit VR Little Endian must be among them (PS3.5 §10.1); the runtime adds it.
    /// </summary>
    public IList<string> TransferSyntaxes { get; set; } = [];

    /// <summary>
    /// UIDs of transfer syntaxes that fo-dicom does not know and that are accepted nevertheless, a vendor's own or newer ones. None by default: what cannot be read back is not taken. They are read as PS3.5
    /// §A.4 has them, explicit VR little endian with encapsulated pixels; fo-dicom is told of them for the whole process (<c>DicomTransferSyntax.Register</c>), and so it is of those in <see cref="TransferSyntaxes"/>.
    /// </summary>
    public ISet<string> UnknownTransferSyntaxes { get; set; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>The largest P-DATA-TF PDU to receive, in bytes, without its 6 byte header (PS3.8 D.1): 4,096 to 16,777,216. A peer that sends a larger one is aborted.</summary>
    public uint MaxPduLength { get; set; } = 262_144;

    /// <summary>The maximum number of concurrent associations; 0 (the default) for no limit. Further ones are rejected with result 2 (transient), source 3 (presentation), reason 2 (local limit exceeded, PS3.8 §9.3.4).</summary>
    public int MaxAssociations { get; set; }

    /// <summary>
    /// Connections at a time that have no association: those that have not asked for one yet, TLS included, and those that have not closed after its end. 0 for no limit; default 256. When there is one too many,
    /// the one that has been silent longest is closed, or else the oldest, so that silent connections cannot keep others out for as long as <see cref="AssociationTimeout"/> lasts.
    /// </summary>
    public int MaxPendingConnections { get; set; } = 256;

    /// <summary>
    /// The memory, in bytes, that all associations together may use for what peers send: data sets on their way, in queues or held until they are answered, their decoded form (estimated,
    /// about 30 times as much for a data set of many small elements), and buffers. When there is no room, reading from an association pauses for a while, and then its request is refused (A700 or 0213, out of
    /// resources). At least 16 MB; <see langword="null"/> (the default) for a quarter of the memory available to the process.
    /// </summary>
    public long? MaxMemory { get; set; }

    /// <summary>How much of <see cref="MaxMemory"/> one association may use, in bytes, at least 1 MB; <see langword="null"/> (the default) for a quarter of it, at least 4 MB. Requests that need more are refused at once.</summary>
    public long? MaxMemoryPerAssociation { get; set; }

    /// <summary>
    /// The minimum rate, in bytes per second, at which a message must arrive; 0 for none. A slower peer is aborted: one that sends a byte now and then would otherwise never be silent for long enough to be dropped.
    /// Measured over each <see cref="MinDataRateGracePeriod"/>; while the server itself does not read, and between messages, nothing is measured. Default 240, as Kestrel has it.
    /// </summary>
    public int MinDataRate { get; set; } = LeastDataRate.Default.Rate;

    /// <summary>The time over which <see cref="MinDataRate"/> is measured, so that a peer may also pause: more than zero, default 30 seconds.</summary>
    public TimeSpan MinDataRateGracePeriod { get; set; } = LeastDataRate.Default.Grace;

    /// <summary>
    /// How many requests of one association are handled at a time, where its peer proposes as many (asynchronous operations window, PS3.7 §D.3.3.3): 1 (the default) to 1,000. With more than one, a provider's
    /// methods run at the same time for one association as well, and answers go out as they are ready.
    /// </summary>
    public int MaxAsyncOperations { get; set; } = 1;

    /// <summary>How long a new connection may take to send its A-ASSOCIATE-RQ, and a peer to close its connection after a release, rejection or abort: the ARTIM timer of PS3.8 §9.1.5. Default 30 seconds.</summary>
    public TimeSpan AssociationTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long an association may be silent, with no request under way, before it is aborted. Default 5 minutes; <see cref="Timeout.InfiniteTimeSpan"/> for ever.</summary>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How long a request may take: a handler of ours until it answers (its token is then cancelled, and the answer is a failure), and a peer until it answers a notification.
    /// Default 2 minutes; <see cref="Timeout.InfiniteTimeSpan"/> for ever.
    /// </summary>
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How long stopping waits for requests under way before it aborts their associations. Default 10 seconds.</summary>
    public TimeSpan StopTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The folder in which instances are received before <see cref="CStoreContext.SaveAsync"/> puts them in their place; if it is on the same volume, that is a rename.
    /// Default: <c>specgen-</c> and the user's name, in the folder for temporary files. Created if it is missing.
    /// </summary>
    public string ReceiveFolder { get; set; } = DefaultFolder.Path;

    /// <summary>How much a data set from a peer may cost. One that exceeds a limit is answered like one that cannot be understood, before a handler is called, and leaves nothing behind.</summary>
    public DataSetLimits DataSetLimits { get; set; } = DataSetLimits.Default;

    /// <summary>
    /// Attributes of instances that arrive, as <c>(uint)tag</c>, which <see cref="CStoreContext.Header"/> then has: their values are kept while the bytes pass by. Those of the data set itself only, not of
    /// sequence items. Default: none, so that it has the UIDs only.
    /// </summary>
    public IReadOnlySet<uint> HeaderAttributes { get; set; } = new HashSet<uint>();

    /// <summary>
    /// Makes a stream for each instance that arrives, to which the bytes of its encoded data set are written as they pass by: one that sums them up, say. A handler finds it as
    /// <see cref="CStoreContext.DataSetObserver"/>; it is disposed of with the request. Reading from the network waits for it. An exception of it is that of a disk that cannot be written.
    /// </summary>
    public Func<Stream>? DataSetObserver { get; set; }

    /// <summary>How strictly SOP Instance UIDs from peers are checked. Default: characters and length.</summary>
    public UidCheck UidCheck { get; set; }

    /// <summary>The server's certificate with its private key, for DICOM over TLS (PS3.15 Annex B); <see langword="null"/> (the default) for plain TCP.</summary>
    public X509Certificate2? TlsCertificate { get; set; }

    /// <summary>Whether a peer must present a valid certificate, issued by one of <see cref="TlsAuthorities"/>. Only with <see cref="TlsCertificate"/>.</summary>
    public bool TlsRequireClientCertificate { get; set; }

    /// <summary>
    /// Certificates of the authorities that are trusted to issue peers' certificates, if peers must present one: usually the single authority of a site. Empty (the default): those that the machine trusts, which vouch for all the
    /// world's servers and say little about who may store images. Revocation lists are not checked.
    /// </summary>
    public X509Certificate2Collection TlsAuthorities { get; set; } = [];

    /// <summary>
    /// All TLS settings, for what <see cref="TlsCertificate"/> and its siblings cannot express: a certificate per server name, custom validation, revocation. Use it instead of those, not together with them.
    /// It is copied when the server starts and never modified.
    /// </summary>
    public SslServerAuthenticationOptions? Tls { get; set; }

    /// <summary>The secure transport connection profile of PS3.15 Annex B that connections must comply with. It overrides versions and cipher suites in <see cref="Tls"/>. Default: none is claimed.</summary>
    public TlsProfile TlsProfile { get; set; }

    /// <summary>
    /// Decides whether a peer gets an association, given the identity that it presents (PS3.7 §D.3.3.7): a user name with a passcode, a JSON Web Token, …; <see langword="null"/> if it presents none.
    /// Without a check (the default) user identities are ignored, and not answered. The check must finish within <see cref="AssociationTimeout"/>; an exception aborts the association.
    /// </summary>
    public Func<AssociationInfo, UserIdentity?, CancellationToken, ValueTask<UserIdentityDecision>>? CheckUserIdentity { get; set; }

    /// <summary>
    /// Accepts relational queries and retrievals where a peer proposes them (PS3.4 §C.5.1.1.1): a promise that the providers of C-FIND, C-MOVE and C-GET understand them. Off by default.
    /// </summary>
    public bool AcceptRelationalQueries { get; set; }

    /// <summary>
    /// What the server does with instances that it stores, for peers that ask (extended negotiation, PS3.4 §B.3.1). <see langword="null"/> (the default): they get no answer. A provider that keeps what
    /// arrives, as <see cref="CStoreContext.SaveAsync"/> does, is of <see cref="StorageLevel.Full"/> and does not coerce.
    /// </summary>
    public StorageSupport? StorageSupport { get; set; }

    /// <summary>
    /// The clock for all time-outs here, and for those of the server's associations to its <see cref="Peers"/>; a test can use one that it controls. <see langword="null"/> (the default): the one in the
    /// host's container, or else the machine's.
    /// </summary>
    public TimeProvider? TimeProvider { get; set; }

    /// <summary>
    /// Puts the type and message of an exception that a handler threw into the Error Comment (0000,0902), up to 64 characters. For development: messages may contain paths and names that peers should not see. Off
    /// by default: the comment then only says that the server had an error, and the log has the details.
    /// </summary>
    public bool IncludeExceptionMessages { get; set; }

    /// <summary>
    /// Where the server logs if it is started without a host. With a host, the host's is used. Without any, the first warning or error of the process is written to standard error;
    /// <see cref="Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory"/> is silent.
    /// </summary>
    public ILoggerFactory? LoggerFactory { get; set; }

    /// <summary>Observers that are notified of associations and requests.</summary>
    public IList<IDicomScpObserver> Observers { get; set; } = [];

    /// <summary>The filters that every request passes through before it reaches its handler, in this order. They are shared by all associations, so several threads may call them at once.</summary>
    public IList<IDicomScpFilter> Filters { get; set; } = [];

    /// <summary>What could not be read of a configuration: told with all else that is wrong.</summary>
    internal List<string> BindingProblems { get; } = [];

    internal DicomScpOptions Clone()
    {
        var copy = (DicomScpOptions)MemberwiseClone();
        copy.CallingAETitles = new HashSet<string>(CallingAETitles, StringComparer.Ordinal);
        copy.TransferSyntaxes = [.. TransferSyntaxes];
        copy.UnknownTransferSyntaxes = new HashSet<string>(UnknownTransferSyntaxes, StringComparer.Ordinal);
        copy.HeaderAttributes = new HashSet<uint>(HeaderAttributes);
        copy.Observers = [.. Observers];
        copy.Filters = [.. Filters];
        copy.TlsAuthorities = [.. TlsAuthorities];
        return copy;
    }
}
