using System.Globalization;

namespace Archive;

/// <summary>Where a peer listens, as it is said on the command line: AET=host:port, with an IPv6 address in brackets.</summary>
internal sealed record PeerAddress(string AETitle, string Host, ushort Port)
{
    /// <summary>Null for what is none.</summary>
    public static PeerAddress? Parse(string text)
    {
        var equals = text.IndexOf('=');
        var colon = text.LastIndexOf(':');
        if (equals <= 0 || colon <= equals + 1 || !ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port == 0)
        {
            return null;
        }
        var host = text[(equals + 1)..colon];
        var isBracketed = host is ['[', .., ']'];
        host = isBracketed ? host[1..^1] : host;
        return host.Length > 0 && isBracketed == host.Contains(':', StringComparison.Ordinal) ? new PeerAddress(text[..equals], host, port) : null;
    }
}
