namespace Specgen;

/// <summary>Whether an association is accepted, as far as its user identity is concerned.</summary>
public readonly struct UserIdentityDecision
{
    private UserIdentityDecision(bool isAccepted, ReadOnlyMemory<byte> serverResponse, string? reason)
    {
        IsAccepted = isAccepted;
        ServerResponse = serverResponse;
        Reason = reason;
    }

    /// <summary>Whether the association is accepted.</summary>
    public bool IsAccepted { get; }

    /// <summary>What the peer is answered, where it asks for it: a Kerberos server ticket, a SAML response, a token; empty for user names (PS3.7 §D.3.3.7.2).</summary>
    public ReadOnlyMemory<byte> ServerResponse { get; }

    /// <summary>Why it is rejected, for the log.</summary>
    public string? Reason { get; }

    /// <summary>Accepts the association.</summary>
    /// <param name="serverResponse">What the peer is answered, where it asks for it.</param>
    public static UserIdentityDecision Accept(ReadOnlyMemory<byte> serverResponse = default) => new(true, serverResponse, null);

    /// <summary>Rejects the association: result 1 (permanent), source 1 (user), reason 1 (no reason given, PS3.8 §9.3.4). The peer is not told why.</summary>
    /// <param name="reason">Why, for the log.</param>
    public static UserIdentityDecision Reject(string reason) => new(false, default, reason);
}
