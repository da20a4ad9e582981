using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using Specgen.Associations;
using Specgen.Instances;

namespace Specgen;

/// <summary>What a DICOM server is and allows. Read when the server starts; later changes have no effect on it, except for <see cref="Peers"/>, which may grow while it runs if the dictionary given is a concurrent one.</summary>
public sealed class DicomScpOptions
{
    /// <summary>The local IP address to listen on; <see langword="null"/> (the default) for all, IPv6 and IPv4; <c>0.0.0.0</c> for all IPv4 ones only.</summary>
    public string? Address { get; set; }

    /// <summary>The TCP port to listen on, 1 to 65535. 11112 is the registered port for DICOM (PS3.8 §9.1.1) that needs no privileges. 0 takes any that is free; <see cref="DicomScp.Port"/> then says which.</summary>
    public int Port { get; set; } = 11112;

    /// <summary>The AE title of the server: at most 16 characters of the default repertoire, no backslash or control characters (VR AE, PS3.5 §6.2). An association that calls another one is rejected.</summary>
    public string AETitle { get; set; } = "SPECGEN";

    /// <summary>Accepts an association whichever AE title it calls. Off by default: result 1 (permanent), source 1 (user), reason 7 (called AE title not recognized, PS3.8 §9.3.4) is what it gets.</summary>
    public bool AcceptAnyCalledAETitle { get; set; }

    /// <summary>The AE titles that may call; empty (the default) for any. Others are rejected with result 1, source 1, reason 3 (calling AE title not recognized, PS3.8 §9.3.4).</summary>
    public ISet<string> CallingAETitles { get; set; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>AE title to address, for notifications that need an association of their own.</summary>
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

    /// <summary>Associations at a time; 0 (the default) for no limit. One more is rejected with result 2 (transient), source 3 (presentation), reason 2 (local limit exceeded, PS3.8 §9.3.4).</summary>
    public int MaxAssociations { get; set; }

    /// <summary>
    /// Connections at a time that have no association: those that have not asked for one yet, TLS included, and those that have not closed after its end. 0 for no limit; default 256. Where there is one more,
    /// the one is closed that has said nothing for the longest time, or else the oldest: silent ones keep nobody out for as long as <see cref="AssociationTimeout"/> lasts.
    /// </summary>
    public int MaxPendingConnections { get; set; } = 256;

    /// <summary>
    /// Bytes of memory that all associations may take together for what peers send: data sets on their way, in queues and kept until they are answered, what becomes of them when they are decoded (estimated,
    /// about 30 times as much for one of many small elements), and buffers. Where there is no room, an association is not read from for a while, and then the request is refused (A700 or 0213, out of
    /// resources). At least 16 MB; <see langword="null"/> (the default) for a quarter of the memory that the process may have.
    /// </summary>
    public long? MaxMemory { get; set; }

    /// <summary>Bytes of <see cref="MaxMemory"/> that one association may take, from 1 MB on; <see langword="null"/> (the default) for a quarter of it, at least 4 MB. What takes more is refused at once.</summary>
    public long? MaxMemoryPerAssociation { get; set; }

    /// <summary>
    /// How many bytes a second must come while a message is on its way, 0 for any number: a peer that sends a byte now and then would otherwise never be silent for long enough to be dropped. It is aborted.
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
    /// The folder that instances are received into before <see cref="CStoreContext.SaveAsync"/> puts them in their place; best on the same volume, then that is a rename.
    /// Default: a folder of the user's own, <c>specgen-</c> and the user's name, among the temporary files. Made if missing.
    /// </summary>
    public string ReceiveFolder { get; set; } = DefaultFolder.Path;

    /// <summary>What a data set of a peer may cost. One that exceeds it is answered like one that cannot be understood, before a handler is called, and leaves nothing behind.</summary>
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

    /// <summary>What is asked of a SOP Instance UID that a peer names. Default: characters and length.</summary>
    public UidCheck UidCheck { get; set; }

    /// <summary>The server's certificate with its private key, for DICOM over TLS (PS3.15 B.9); <see langword="null"/> (the default) for plain TCP.</summary>
    public X509Certificate2? TlsCertificate { get; set; }

    /// <summary>Whether a peer must show a valid certificate of its own, issued by one of <see cref="TlsAuthorities"/>. Only with <see cref="TlsCertificate"/>.</summary>
    public bool TlsRequireClientCertificate { get; set; }

    /// <summary>
    /// Certificates of the authorities that vouch for peers, where they must show theirs: usually the one authority of a site. Empty (the default): those that the machine trusts, which are for all the
    /// world's servers and say little about who may store images. Revocation lists are not asked for.
    /// </summary>
    public X509Certificate2Collection TlsAuthorities { get; set; } = [];

    /// <summary>
    /// All about TLS, for what <see cref="TlsCertificate"/> and its like do not say: one certificate for each name that is called, checks of one's own, revocation. Instead of those, not beside them.
    /// It is copied when the server starts and never written to.
    /// </summary>
    public SslServerAuthenticationOptions? Tls { get; set; }

    /// <summary>The secure transport connection profile of PS3.15 Annex B that connections have to keep to. It goes before versions and cipher suites in <see cref="Tls"/>. Default: none is claimed.</summary>
    public TlsProfile TlsProfile { get; set; }

    /// <summary>
    /// Says whether a peer may have an association, by who it says it is (PS3.7 §D.3.3.7): a user name with a passcode, a JSON Web Token, …; <see langword="null"/> where the peer does not say.
    /// Without a check (the default) user identities are not looked at, and not answered. It has <see cref="AssociationTimeout"/>; an exception aborts the association.
    /// </summary>
    public Func<AssociationInfo, UserIdentity?, CancellationToken, ValueTask<UserIdentityDecision>>? CheckUserIdentity { get; set; }

    /// <summary>
    /// Accepts relational queries and retrievals where a peer proposes them (PS3.4 §C.5.1.1.1): a promise that the providers of C-FIND, C-MOVE and C-GET understand them. Off by default.
    /// </summary>
    public bool AcceptRelationalQueries { get; set; }

    /// <summary>
    /// What the server does with instances that it stores, for peers that ask (extended negotiation, PS3.4 §B.3.1). <see langword="null"/> (the default): they are not answered. A provider that keeps what
    /// arrives, as <see cref="CStoreContext.SaveAsync"/> does, is of <see cref="StorageLevel.Full"/> and does not coerce.
    /// </summary>
    public StorageSupport? StorageSupport { get; set; }

    /// <summary>
    /// The clock of all time-outs here, and of those of the server's associations to its <see cref="Peers"/>; a test's may be one that it sets itself. <see langword="null"/> (the default): the one that the
    /// host's container has, else the machine's.
    /// </summary>
    public TimeProvider? TimeProvider { get; set; }

    /// <summary>
    /// Tells peers in the Error Comment (0000,0902) what a handler threw: type and message, as far as 64 characters go. For development: messages may have paths and names in them that are not for peers. Off
    /// by default: then the comment says that it was an error of the server, and the log says which.
    /// </summary>
    public bool IncludeExceptionMessages { get; set; }

    /// <summary>
    /// Where the server logs to when it is started without a host. With a host, the host's is used. Without any, the first warning or error of the process is written to standard error;
    /// <see cref="Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory"/> is silent.
    /// </summary>
    public ILoggerFactory? LoggerFactory { get; set; }

    /// <summary>Who is told about associations and requests.</summary>
    public IList<IDicomScpObserver> Observers { get; set; } = [];

    /// <summary>What every request goes through before it reaches its handler, in this order. Shared by all associations: several threads call them at once.</summary>
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
