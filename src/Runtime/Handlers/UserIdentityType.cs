namespace Specgen;

/// <summary>The kind of a user identity (PS3.7 §D.3.3.7.1).</summary>
public enum UserIdentityType
{
    /// <summary>A user name, in UTF-8.</summary>
    UserName = 1,

    /// <summary>A user name and a passcode, both in UTF-8.</summary>
    UserNameAndPasscode = 2,

    /// <summary>A Kerberos service ticket.</summary>
    Kerberos = 3,

    /// <summary>A SAML assertion.</summary>
    Saml = 4,

    /// <summary>A JSON Web Token.</summary>
    Jwt = 5,
}
