namespace Specgen;

/// <summary>The role of an application entity in a service class (PS3.7 §6.3.1, negotiated by PS3.7 D.3.3.4).</summary>
public enum DicomRole
{
    /// <summary>Service class user: invokes operations and takes notifications.</summary>
    Scu,

    /// <summary>Service class provider: performs operations and sends notifications.</summary>
    Scp,
}
