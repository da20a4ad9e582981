namespace Specgen;

/// <summary>What a service class's own table says about a status code; a number means different things in different service classes.</summary>
/// <param name="Code">The code as it was looked up; for a range this is the code asked for, not the range's first.</param>
/// <param name="Category">The category in the table.</param>
/// <param name="Description">The table's own words.</param>
/// <param name="ServiceClass">Title of the page that the row stands on.</param>
/// <param name="Implementation">The implementation whose own status this is, where the row does not come from the standard; else <see langword="null"/>.</param>
public readonly record struct StatusInfo(ushort Code, StatusCategory Category, string Description, string ServiceClass, string? Implementation = null);
