namespace Archive;

/// <summary>An archive somewhere, and the names by which this side and it are called.</summary>
internal sealed record Peer(string Host, int Port, string Calling, string Called)
{
    public override string ToString() => $"{Called} at {Host}:{Port}";
}
