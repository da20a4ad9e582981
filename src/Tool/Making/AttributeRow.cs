namespace Specgen.Tool.Making;

/// <summary>A row of a table of attributes.</summary>
/// <param name="Tag">Empty for what includes a macro, and for "All other Attributes of …".</param>
/// <param name="Include">The id of the macro's table, or empty.</param>
/// <param name="Requirement">"1/1", "-/1C", "Not allowed", or empty.</param>
/// <param name="Type">The ID of the action or event type that it belongs to; empty where the table has none.</param>
internal sealed record AttributeRow(int Level, string Name, string Tag, string Include, string Requirement, string Type, int Line)
{
    /// <summary>What the columns say that no page has: "Final State", "Match Key Type", "Return Key Type". Read for comparing only.</summary>
    public IReadOnlyList<(string Header, string Words)> Others { get; init; } = [];
}
