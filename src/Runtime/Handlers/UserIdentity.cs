using System.Text;

namespace Specgen;

/// <summary>The identity that the requestor of an association claims (PS3.7 §D.3.3.7). It is sent in the clear: use it with TLS.</summary>
/// <param name="type">Its kind.</param>
/// <param name="primary">The user name, ticket, assertion or token: at most 65,535 bytes.</param>
/// <param name="secondary">The passcode; empty for all other kinds.</param>
public sealed class UserIdentity(UserIdentityType type, ReadOnlyMemory<byte> primary, ReadOnlyMemory<byte> secondary = default)
{
    /// <summary>Its kind.</summary>
    public UserIdentityType Type { get; } = type;

    /// <summary>The user name, ticket, assertion or token.</summary>
    public ReadOnlyMemory<byte> Primary { get; } = primary;

    /// <summary>The passcode.</summary>
    public ReadOnlyMemory<byte> Secondary { get; } = secondary;

    /// <summary>
    /// Whether the acceptor is asked to confirm that it has checked it. On by default for a user, because an acceptor that does not support user identities ignores them silently.
    /// </summary>
    public bool IsResponseRequested { get; init; } = true;

    /// <summary>The user name; <see langword="null"/> for the kinds that have none.</summary>
    public string? UserName => Type is UserIdentityType.UserName or UserIdentityType.UserNameAndPasscode ? Encoding.UTF8.GetString(Primary.Span) : null;

    /// <summary>The passcode; <see langword="null"/> for the kinds that have none.</summary>
    public string? Passcode => Type == UserIdentityType.UserNameAndPasscode ? Encoding.UTF8.GetString(Secondary.Span) : null;

    /// <summary>The JSON Web Token or SAML assertion as text; <see langword="null"/> for other kinds.</summary>
    public string? Token => Type is UserIdentityType.Jwt or UserIdentityType.Saml ? Encoding.UTF8.GetString(Primary.Span) : null;

    /// <summary>A user name, with a passcode or without.</summary>
    /// <param name="userName">The user name.</param>
    /// <param name="passcode">The passcode.</param>
    public static UserIdentity User(string userName, string? passcode = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(userName);
        return passcode is null
            ? new UserIdentity(UserIdentityType.UserName, Encoding.UTF8.GetBytes(userName))
            : new UserIdentity(UserIdentityType.UserNameAndPasscode, Encoding.UTF8.GetBytes(userName), Encoding.UTF8.GetBytes(passcode));
    }

    /// <summary>A JSON Web Token.</summary>
    /// <param name="token">The token in its compact form.</param>
    public static UserIdentity Jwt(string token)
    {
        ArgumentException.ThrowIfNullOrEmpty(token);
        return new UserIdentity(UserIdentityType.Jwt, Encoding.UTF8.GetBytes(token));
    }

    /// <summary>The kind, and the user name where there is one; never a passcode or a token.</summary>
    public override string ToString() => UserName is { } name ? $"{Type} {PeerText.Escape(name)}" : Type.ToString();
}
