using System.Net.Security;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Specgen.Associations;
using Specgen.Configuration;
using Specgen.Instances;
using Specgen.Scu;

namespace Specgen;

/// <summary>The peer that a user (SCU) connects to, the AE titles of both, and what is proposed.</summary>
/// <param name="host">Host name or address of the peer.</param>
/// <param name="port">TCP port of the peer, 1 to 65535.</param>
public sealed class ScuOptions(string host, int port)
{
    private bool _proposesForFiles;

    /// <summary>Host name or address of the peer.</summary>
    public string Host { get; } = host;

    /// <summary>TCP port of the peer.</summary>
    public int Port { get; } = port;

    /// <summary>Our AE title: at most 16 characters of the default repertoire, no backslash or control characters (VR AE, PS3.5 §6.2).</summary>
    public string CallingAE { get; set; } = "SPECGEN";

    /// <summary>The peer's AE title; the same rules apply.</summary>
    public string CalledAE { get; set; } = "ANY-SCP";

    /// <summary>How long the TCP connection may take, TLS included. Default 15 seconds; <see cref="Timeout.InfiniteTimeSpan"/> for no limit, here and in the other time-outs.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long the peer may take to answer the A-ASSOCIATE-RQ. Default 30 seconds.</summary>
    public TimeSpan AssociationTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the peer may take to answer a request, counted from when all of it has been sent. Default 2 minutes.</summary>
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How long the peer may take to answer the A-RELEASE-RQ before the association is aborted. Default 10 seconds.</summary>
    public TimeSpan ReleaseTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The largest P-DATA-TF PDU to receive, in bytes, without its 6 byte header (PS3.8 D.1): 4,096 to 16,777,216.</summary>
    public uint MaxPduLength { get; set; } = 262_144;

    /// <summary>
    /// How many requests may be under way at a time: the asynchronous operations window to propose (PS3.7 §D.3.3.3), 1 (the default) to 1,000. <see cref="ScuAssociation.MaxAsyncOperations"/>
    /// is how many the peer accepted; further requests wait for their turn.
    /// </summary>
    public int MaxAsyncOperations { get; set; } = 1;

    /// <summary>
    /// The presentation contexts to propose, at most 128 (PS3.8 §9.3.2.2). Empty (the default): one for each SOP class of the user, with Explicit and Implicit VR Little Endian.
    /// </summary>
    public IList<ProposedContext> PresentationContexts { get; set; } = [];

    /// <summary>
    /// UIDs of the SOP classes whose instances may arrive over the association, because a C-GET asks for them (PS3.4 §C.5.3): proposed beside the others, with the SCP role for us, and with Explicit and
    /// Implicit VR Little Endian. For other transfer syntaxes add a <see cref="ProposedContext"/> with <see cref="DicomRole.Scp"/> to <see cref="PresentationContexts"/>.
    /// </summary>
    public IList<string> ReceiveSopClasses { get; set; } = [];

    /// <summary>
    /// The folder that arriving instances are received into before <see cref="CStoreContext.SaveAsync"/> puts them in their place; if it is on the same volume, that is a rename.
    /// Default: a folder of the user's own in the temporary folder, <c>specgen-</c> and the user's name. Created if it does not exist.
    /// </summary>
    public string ReceiveFolder { get; set; } = DefaultFolder.Path;

    /// <summary>What a data set of the peer may cost: of its responses, its notifications, and the instances that a C-GET brings.</summary>
    public DataSetLimits DataSetLimits { get; set; } = DataSetLimits.Default;

    /// <summary>
    /// Bytes that may be kept in memory for what the peer sends: data sets of its answers and requests, and what becomes of them when they are decoded, which is estimated. At least 1 MB; <see langword="null"/>
    /// (the default) for a sixteenth of the memory that the process may have. An answer that takes more is an <see cref="AssociationException"/>, a request is refused.
    /// </summary>
    public long? MaxMemory { get; set; }

    /// <summary>How many bytes a second must come while a message is on its way from the peer, 0 for any; see <see cref="DicomScpOptions.MinDataRate"/>. Default 240.</summary>
    public int MinDataRate { get; set; } = LeastDataRate.Default.Rate;

    /// <summary>The time over which <see cref="MinDataRate"/> is measured. Default 30 seconds.</summary>
    public TimeSpan MinDataRateGracePeriod { get; set; } = LeastDataRate.Default.Grace;

    /// <summary>How strictly SOP Instance UIDs from the peer are checked. Default: characters and length.</summary>
    public UidCheck UidCheck { get; set; }

    /// <summary>The user identity to send (PS3.7 §D.3.3.7); <see langword="null"/> (the default) for none. The peer's answer is in <see cref="ScuAssociation.UserIdentityResponse"/>.</summary>
    public UserIdentity? UserIdentity { get; set; }

    /// <summary>Proposes relational queries and retrievals for the SOP classes of Query/Retrieve (PS3.4 §C.5.1.1.1). <see cref="ScuAssociation.IsRelational"/> says whether they were accepted.</summary>
    public bool ProposeRelationalQueries { get; set; }

    /// <summary>Asks what the peer does with the instances that it stores (extended negotiation, PS3.4 §B.3.1). The answer is in <see cref="ScuAssociation.StorageSupportOf"/>.</summary>
    public bool AskStorageSupport { get; set; }

    /// <summary>
    /// DICOM over TLS (PS3.15 Annex B) with these settings; <see langword="null"/> (the default) for plain TCP. <c>new()</c> takes <see cref="Host"/> as the name that the certificate must have. It is copied for
    /// each connection and never written to.
    /// </summary>
    public SslClientAuthenticationOptions? Tls { get; set; }

    /// <summary>
    /// Makes the connection if it is not TCP to <see cref="Host"/> and <see cref="Port"/>: a tunnel, a pipe in a test. The stream can be read and written at the same time, and is
    /// disposed with the association; <see cref="Tls"/> goes over it. Its token is cancelled after <see cref="ConnectTimeout"/>; an <see cref="IOException"/> from it means that
    /// the peer cannot be reached.
    /// </summary>
    public Func<CancellationToken, ValueTask<Stream>>? ConnectCallback { get; set; }

    /// <summary>The clock for all time-outs here; a test can use one that it controls.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>
    /// Returns further details when the association fails, which are added to the message of its <see cref="AssociationException"/>: the transcript of a test, the state of a
    /// tunnel. Must not throw.
    /// </summary>
    public Func<string>? FailureDetails { get; set; }

    /// <summary>
    /// The secure transport connection profile of PS3.15 Annex B that the connection must comply with. It overrides versions and cipher suites in <see cref="Tls"/>. Default: none
    /// is claimed.
    /// </summary>
    public TlsProfile TlsProfile { get; set; }

    /// <summary>
    /// Where the association logs to. Without any, the first warning or error of the process is written to standard error; <see cref="Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory"/> is silent.
    /// </summary>
    public ILoggerFactory? LoggerFactory { get; set; }

    /// <summary>
    /// Proposes what is needed to send these files as they are: for each of their SOP classes a presentation context of each transfer syntax that occurs, and, where that is an uncompressed
    /// one or fo-dicom can decompress it, one of the usual transfer syntaxes as well. The user's service classes that no file is of keep their default presentation contexts. Reads the file meta information (PS3.10 §7.1) of each file only.
    /// </summary>
    /// <param name="files">Paths of DICOM files.</param>
    /// <exception cref="InvalidDataException">A file has no file meta information, or one without class or transfer syntax.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public void ProposeFor(IEnumerable<string> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        foreach (var file in files)
        {
            _proposesForFiles = true;
            var header = DicomFileHeader.Read(file);
            ProposedContexts.AddFor(header.SopClassUid, header.TransferSyntaxUid, PresentationContexts, ScuConnection.Transcoders);
        }
    }

    /// <summary>A server's, where the association is one of its own.</summary>
    internal MemoryBudget? Memory { get; set; }

    /// <summary>
    /// Divides files among associations: one has at most 128 presentation contexts (PS3.8 §9.3.2.2), which do not suffice for files of very many SOP classes and transfer syntaxes. Nearly always there is one
    /// part, with all of them. Call <see cref="ProposeFor"/> with each part for an association of its own. Reads the file meta information (PS3.10 §7.1) of each file only.
    /// </summary>
    /// <param name="files">Paths of DICOM files.</param>
    /// <exception cref="InvalidDataException">A file has no file meta information, or one without class or transfer syntax.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static IReadOnlyList<IReadOnlyList<string>> Divide(IEnumerable<string> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        return RetrievalBatches.Of(files, KindOf).ConvertAll(static batch => (IReadOnlyList<string>)batch.Items);

        static (string SopClass, string TransferSyntax) KindOf(string file)
        {
            var header = DicomFileHeader.Read(file);
            return (header.SopClassUid, header.TransferSyntaxUid);
        }
    }

    internal bool ProposesDefaults => _proposesForFiles || PresentationContexts.Count == 0;

    /// <summary>"ARCHIVE at 127.0.0.1:11112", for messages.</summary>
    internal string Peer => $"{CalledAE} at {Host}:{Port}";

    /// <summary>Options out of a section of a configuration, whose keys are named as the options are: <c>Host</c>, <c>Port</c>, <c>CallingAE</c>, <c>RequestTimeout</c>, <c>Tls</c>, …</summary>
    /// <param name="configuration">The section.</param>
    /// <exception cref="DicomConfigurationException">A key is unknown, or a value cannot be read or is wrong: everything is reported.</exception>
    public static ScuOptions FromConfiguration(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return ScuOptionsBinder.Read(configuration);
    }

    /// <summary>Says all that is wrong.</summary>
    /// <exception cref="DicomConfigurationException">Something is.</exception>
    internal void Check() => Problems().ThrowIfAny();

    internal OptionProblems Problems()
    {
        var problems = new OptionProblems();
        problems.Require(!string.IsNullOrWhiteSpace(Host), "The host is empty.");
        problems.Require(Port is >= 1 and <= 65535, $"The port is {Port}; a TCP port is 1 to 65535.");
        problems.Require(TimeProvider is not null, $"{nameof(TimeProvider)} is null.");
        problems.RequireTitle(nameof(CallingAE), CallingAE);
        problems.RequireTitle(nameof(CalledAE), CalledAE);
        problems.RequireLimits(nameof(DataSetLimits), DataSetLimits);
        problems.RequireTime(nameof(ConnectTimeout), ConnectTimeout);
        problems.RequireTime(nameof(AssociationTimeout), AssociationTimeout);
        problems.RequireTime(nameof(RequestTimeout), RequestTimeout);
        problems.RequireTime(nameof(ReleaseTimeout), ReleaseTimeout);
        problems.Require(MaxMemory is null or >= MemoryBudget.SmallestOfOne, $"{nameof(MaxMemory)} is {MaxMemory}; it is at least {MemoryBudget.SmallestOfOne} bytes.");
        problems.Require(MinDataRate >= 0, $"{nameof(MinDataRate)} is {MinDataRate}; it is a number of bytes a second, or 0 for none.");
        problems.Require(MinDataRateGracePeriod > TimeSpan.Zero, $"{nameof(MinDataRateGracePeriod)} is {MinDataRateGracePeriod}; it is more than zero.");
        problems.Require(
            MaxPduLength is >= AssociationLimits.ShortestPduLength and <= AssociationLimits.LongestPduLength,
            $"MaxPduLength is {MaxPduLength}; it is {AssociationLimits.ShortestPduLength} to {AssociationLimits.LongestPduLength} bytes.");
        problems.Require(
            MaxAsyncOperations is >= 1 and <= AssociationLimits.MostAsyncOperations,
            $"MaxAsyncOperations is {MaxAsyncOperations}; it is 1 to {AssociationLimits.MostAsyncOperations}.");
        problems.Require(!string.IsNullOrWhiteSpace(ReceiveFolder), "ReceiveFolder is empty; it is a folder that can be written to.");
        problems.Require(TlsProfile == TlsProfile.None || Tls is not null, $"TlsProfile is {TlsProfile} and there is no Tls; new() is enough.");
        return problems;
    }
}
