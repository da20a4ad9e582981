namespace Specgen.Generators.Standard;

/// <summary>The class of a status code (PS3.7 Annex C).</summary>
internal enum StatusCategory
{
    Success,
    Warning,
    Failure,
    Cancel,
    Pending,
}
