namespace Specgen;

/// <summary>
/// A secure transport connection profile of PS3.15 Annex B, which says the versions of TLS and the cipher suites that there may be, and how strong certificates are. What was
/// negotiated is checked after the handshake as well, because not every operating system lets a program choose which cipher suites are offered.
/// </summary>
public enum TlsProfile
{
    /// <summary>None is claimed: versions and cipher suites are the operating system's, or those of the TLS options given.</summary>
    None,

    /// <summary>BCP 195 RFC 8996, 9325 TLS (PS3.15 §B.12): TLS 1.2 and 1.3 with the cipher suites that RFC 9325 recommends. Start with this one.</summary>
    Bcp195,

    /// <summary>Modified BCP 195 RFC 8996, 9325 TLS (PS3.15 §B.13): no other cipher suites than the profile's, and certificates signed with SHA-256 or better.</summary>
    ModifiedBcp195,

    /// <summary>Extended BCP 195 TLS (PS3.15 §B.11, retired): TLS 1.2 with six cipher suites and no other, for peers that know no newer profile.</summary>
    ExtendedBcp195,

    /// <summary>Non-Downgrading BCP 195 TLS (PS3.15 §B.10, retired): TLS 1.2 and 1.3, for peers that know no newer profile.</summary>
    NonDowngradingBcp195,
}
