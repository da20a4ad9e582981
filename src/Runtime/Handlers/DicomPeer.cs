using System.Net.Security;

namespace Specgen;

/// <summary>Where a peer listens.</summary>
/// <param name="Host">Host name or address.</param>
/// <param name="Port">TCP port, 1 to 65535.</param>
public sealed record DicomPeer(string Host, int Port)
{
    /// <summary>
    /// Notifications to this peer always go over a new association, never over the one that the request came over. Some users of Storage Commitment
    /// (Orthanc among them) listen for the N-EVENT-REPORT on their own port only; PS3.4 J.3.3 allows both.
    /// </summary>
    public bool NotifyOnNewAssociation { get; init; }

    /// <summary>DICOM over TLS (PS3.15 B.9) with these settings for associations to this peer; <see langword="null"/> (the default) for plain TCP.</summary>
    public SslClientAuthenticationOptions? Tls { get; init; }

    /// <summary>Makes the connection to this peer if it is not TCP, as <see cref="ScuOptions.ConnectCallback"/> does.</summary>
    public Func<CancellationToken, ValueTask<Stream>>? ConnectCallback { get; init; }

    /// <summary>
    /// The secure transport connection profile of PS3.15 Annex B that connections to this peer must comply with. It overrides versions and cipher suites in <see cref="Tls"/>.
    /// Default: none is claimed.
    /// </summary>
    public TlsProfile TlsProfile { get; init; }
}
