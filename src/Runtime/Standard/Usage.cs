namespace Specgen;

/// <summary>Whether a role must support a DIMSE service: one half of the "Usage SCU/SCP" column of PS3.4's tables.</summary>
public enum Usage
{
    /// <summary>"-" or an empty cell: the role does not use the service.</summary>
    NotUsed,

    /// <summary>"U": the role may support the service.</summary>
    Optional,

    /// <summary>"C": the role must support the service under a condition that the standard states.</summary>
    Conditional,

    /// <summary>"M": the role must support the service.</summary>
    Mandatory,
}
