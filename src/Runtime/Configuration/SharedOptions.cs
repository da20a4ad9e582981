using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Configuration;
using Specgen.Security;

namespace Specgen.Configuration;

/// <summary>Options that servers and users have in common.</summary>
internal static class SharedOptions
{
    public static void ReadLimits(ConfigurationReader reader, string key, DataSetLimits limits, Action<DataSetLimits> set) => reader.Keys(key, keys =>
    {
        keys.Int(nameof(limits.MaxDepth), value => limits = limits with { MaxDepth = value });
        keys.Int(nameof(limits.MaxElements), value => limits = limits with { MaxElements = value });
        keys.Long(nameof(limits.MaxInflatedLength), value => limits = limits with { MaxInflatedLength = value });
        keys.Int(nameof(limits.MaxInflationRatio), value => limits = limits with { MaxInflationRatio = value });
        set(limits);
    });

    /// <summary>"CT1": "10.0.0.5:104", or "CT1": { "Host": "10.0.0.5", "Port": 104, … }.</summary>
    public static void ReadPeers(ConfigurationReader reader, string key, IDictionary<string, DicomPeer> peers) => reader.Section(key, section =>
    {
        var names = reader.Of(section);
        foreach (var child in section.GetChildren())
        {
            if (Peer(names, child) is { } peer)
            {
                peers[child.Key] = peer;
            }
        }
    });

    /// <summary>TLS as a client: true, or keys of its own.</summary>
    public static void ReadClientTls(ConfigurationReader reader, string key, Action<SslClientAuthenticationOptions> set) => reader.Section(key, section =>
    {
        if (bool.TryParse(section.Value, out var isOn))
        {
            if (isOn)
            {
                set(new SslClientAuthenticationOptions());
            }

            return;
        }

        if (section.Value is { Length: > 0 } value)
        {
            reader.Problem(key, $"is \"{value}\"; it must be true or false, or have keys of its own");
            return;
        }

        var keys = reader.Of(section);
        var tls = new SslClientAuthenticationOptions();
        var authorities = new X509Certificate2Collection();
        keys.Text(nameof(tls.TargetHost), name => tls.TargetHost = name);
        CertificateFiles.ReadOwn(keys, "Certificate", certificate => tls.ClientCertificateContext = TlsOptions.Context(certificate));
        CertificateFiles.ReadAuthorities(keys, "Authorities", authorities);
        keys.End();
        tls.CertificateChainPolicy = TlsOptions.ChainPolicy(authorities);
        set(tls);
    });

    private static DicomPeer? Peer(ConfigurationReader reader, IConfigurationSection section)
    {
        if (section.Value is { Length: > 0 } address)
        {
            var colon = address.LastIndexOf(':');
            if (colon > 0 && int.TryParse(address[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                return new DicomPeer(address[..colon].Trim('[', ']'), number);
            }

            reader.Problem(section.Key, $"is \"{address}\"; it must be host:port, or have the keys Host and Port");
            return null;
        }

        var keys = reader.Of(section);
        var peer = new DicomPeer(keys.Text(nameof(DicomPeer.Host)) ?? "", 0);
        keys.Int(nameof(peer.Port), value => peer = peer with { Port = value });
        keys.Bool(nameof(peer.NotifyOnNewAssociation), value => peer = peer with { NotifyOnNewAssociation = value });
        ReadClientTls(keys, nameof(peer.Tls), value => peer = peer with { Tls = value });
        keys.Name<TlsProfile>(nameof(peer.TlsProfile), value => peer = peer with { TlsProfile = value });
        keys.End();
        return peer;
    }
}
