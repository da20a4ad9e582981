using System.Net;
using System.Security.Cryptography.X509Certificates;
using Npgsql;
using Specgen;
using Specgen.Standard;

namespace Archive;

/// <summary>What appsettings.json, the environment and the command line say, in the section "Archive".</summary>
internal sealed class ArchiveSettings
{
    /// <summary>The local address to listen on; empty: all of them.</summary>
    public string? Address { get; set; }

    public int Port { get; set; } = 11112;

    public string AETitle { get; set; } = "ARCHIVE";

    /// <summary>Where instances are kept; empty: in the user's own folder for applications' data.</summary>
    public string? Folder { get; set; }

    /// <summary>When an instance is on the disk: before it is answered ("store"), or before it is committed to ("commit").</summary>
    public string Sync { get; set; } = "store";

    /// <summary>A PostgreSQL connection string; empty: an SQLite file in the folder.</summary>
    public string? Database { get; set; }

    /// <summary>An object store for the instances instead of the folder.</summary>
    public BucketSettings? Bucket { get; set; }

    /// <summary>Who may call; empty: anybody.</summary>
    public List<string> CallingAETitles { get; set; } = [];

    /// <summary>Where a peer listens, by AE title. Storage commitment reports go there when the peer's own association is gone.</summary>
    public Dictionary<string, DicomPeer> Peers { get; set; } = [];

    public int? MaxAssociations { get; set; }

    /// <summary>Seconds that a connection may take to ask for an association.</summary>
    public double? AssociationTimeout { get; set; }

    /// <summary>Seconds that an association may be silent.</summary>
    public double? IdleTimeout { get; set; }

    /// <summary>DICOM over TLS.</summary>
    public TlsSettings? Tls { get; set; }

    /// <summary>Who may call, by the user identity that a peer shows: passcode by user name. Empty: nobody is asked.</summary>
    public Dictionary<string, string> Users { get; set; } = [];

    /// <summary>Where health and metrics are told by HTTP, as port or address:port; empty: nowhere.</summary>
    public string? Http { get; set; }

    /// <summary>Whether there is a page as well.</summary>
    public bool Web { get; set; }

    /// <summary>Whether the log is JSON, a line for each event.</summary>
    public bool JsonLog { get; set; }

    public bool SyncsAtStore => Sync.Equals("store", StringComparison.OrdinalIgnoreCase) ? true
        : Sync.Equals("commit", StringComparison.OrdinalIgnoreCase) ? false
        : throw new ArgumentException($"--sync is store or commit, not '{Sync}'");

    public string FolderPath => Path.GetFullPath(!string.IsNullOrWhiteSpace(Folder) ? Folder : DefaultFolder);

    /// <summary>Where owed reports are kept, where that is no PostgreSQL database: not with the instances' database, which can be made anew.</summary>
    public string CommitmentsPath => Path.Combine(FolderPath, ".commitments.db");

    /// <summary>Where HTTP is listened to; null for nowhere. The page shows who sends what, so it is for this machine, unless somebody says otherwise.</summary>
    public IPEndPoint? HttpEndPoint => string.IsNullOrWhiteSpace(Http)
        ? Web ? new IPEndPoint(IPAddress.Loopback, 8080) : null
        : ushort.TryParse(Http, out var port) ? new IPEndPoint(IPAddress.Loopback, port)
        : IPEndPoint.TryParse(Http, out var endPoint) && endPoint.Port > 0 ? endPoint
        : throw new ArgumentException($"--http is a port or address:port, not '{Http}'");

    private static string DefaultFolder =>
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData) is { Length: > 0 } data ? Path.Combine(data, "specgen-archive") : "archive";

    /// <summary>Says what cannot be, before anybody connects to it.</summary>
    /// <exception cref="ArgumentException">It cannot be.</exception>
    public void Check()
    {
        try
        {
            _ = new NpgsqlConnectionStringBuilder(Database);
        }
        catch (ArgumentException e)
        {
            throw new ArgumentException($"--database is a PostgreSQL connection string, Host=…;Username=…;Password=…;Database=…: {e.Message}", e);
        }
        _ = SyncsAtStore;
        _ = HttpEndPoint;
        try
        {
            Apply(new DicomScpOptions(), ".");
        }
        catch (OverflowException e)
        {
            throw new ArgumentException($"--association-timeout or --idle-timeout: {e.Message}", e);
        }
        if (Bucket is { Endpoint.Length: > 0, Name.Length: 0 })
        {
            throw new ArgumentException("--bucket-endpoint is for --bucket: without one, instances would be kept in the folder");
        }
        if (Bucket?.Endpoint is { Length: > 0 } endpoint && !(Uri.TryCreate(endpoint, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"))
        {
            throw new ArgumentException($"--bucket-endpoint is http://host:port, not '{endpoint}'");
        }
    }

    public void Apply(DicomScpOptions scp, string receiveFolder)
    {
        scp.Address = string.IsNullOrEmpty(Address) ? scp.Address : Address;
        scp.Port = Port;
        scp.AETitle = AETitle;
        scp.ReceiveFolder = receiveFolder;
        scp.MaxAssociations = MaxAssociations ?? scp.MaxAssociations;
        scp.AssociationTimeout = AssociationTimeout is { } association ? TimeSpan.FromSeconds(association) : scp.AssociationTimeout;
        scp.IdleTimeout = IdleTimeout is { } idle ? TimeSpan.FromSeconds(idle) : scp.IdleTimeout;
        // Younger than some versions of the library; what is kept is as it came, whatever it is.
        scp.UnknownTransferSyntaxes.UnionWith(
        [
            TransferSyntaxUids.EncapsulatedUncompressedExplicitVRLittleEndian, TransferSyntaxUids.JPEGXLLossless, TransferSyntaxUids.JPEGXLJPEGRecompression, TransferSyntaxUids.JPEGXL,
            TransferSyntaxUids.DeflatedImageFrameCompression,
        ]);
        // Those who stop a process wait for about ten seconds before they kill it.
        scp.StopTimeout = TimeSpan.FromSeconds(5);
        Tls?.Apply(scp);
        foreach (var title in CallingAETitles)
        {
            scp.CallingAETitles.Add(title);
        }
        foreach (var (title, peer) in Peers)
        {
            scp.Peers[title] = peer;
        }
        if (Users.Count > 0)
        {
            scp.CheckUserIdentity = (_, identity, _) => ValueTask.FromResult(Knows(identity) ? UserIdentityDecision.Accept() : UserIdentityDecision.Reject(identity is null ? "no user identity" : $"{identity}"));
        }
    }

    /// <summary>Who may call, in words.</summary>
    public string Callers => string.Join(", ", ((string?[])
    [
        CallingAETitles.Count > 0 ? $"AE titles {string.Join(", ", CallingAETitles)}" : null,
        Tls?.Authority is { Length: > 0 } ? "who shows a certificate of the site's authority" : null,
        Users.Count > 0 ? $"{Users.Count} users with their passcodes" : null,
    ]).OfType<string>().DefaultIfEmpty("anybody"));

    private bool Knows(UserIdentity? identity) =>
        identity?.UserName is { } name && Users.TryGetValue(name, out var passcode)
        && System.Security.Cryptography.CryptographicOperations.FixedTimeEquals(System.Text.Encoding.UTF8.GetBytes(passcode), identity.Secondary.Span);
}

/// <summary>The server's certificate, and whose certificates peers must show.</summary>
internal sealed class TlsSettings
{
    /// <summary>A PEM file with the certificate, and those between it and its authority.</summary>
    public string Certificate { get; set; } = "";

    /// <summary>A PEM file with its private key.</summary>
    public string Key { get; set; } = "";

    /// <summary>A PEM file with the authority whose certificates peers must show; empty: they need none.</summary>
    public string? Authority { get; set; }

    public void Apply(DicomScpOptions scp)
    {
        if (Certificate.Length == 0 || Key.Length == 0)
        {
            throw new ArgumentException("TLS needs a certificate and its key: --tls-certificate and --tls-key");
        }
        // A key that lives in memory only is not taken by every platform's TLS.
        using var certificate = X509Certificate2.CreateFromPemFile(Certificate, Key);
        scp.TlsCertificate = X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
        if (Authority is { Length: > 0 })
        {
            scp.TlsRequireClientCertificate = true;
            scp.TlsAuthorities.ImportFromPemFile(Authority);
            if (scp.TlsAuthorities.Count == 0)
            {
                // Without any, those would count that the machine trusts.
                throw new ArgumentException($"--tls-authority {Authority} has no certificate as PEM");
            }
        }
    }
}

/// <summary>A bucket of an object store that speaks S3.</summary>
internal sealed class BucketSettings
{
    /// <summary>Where the object store is, such as http://127.0.0.1:9000; empty: AWS.</summary>
    public string? Endpoint { get; set; }

    public string Name { get; set; } = "";

    public string Region { get; set; } = "us-east-1";

    /// <summary>Without a key, what the machine or the environment has is used.</summary>
    public string? AccessKey { get; set; }

    public string? SecretKey { get; set; }
}
