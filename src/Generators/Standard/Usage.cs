namespace Specgen.Generators.Standard;

/// <summary>Whether a role must support a DIMSE service: the two halves of "Usage SCU/SCP".</summary>
internal enum Usage
{
    NotUsed,
    Optional,
    Conditional,
    Mandatory,
}
