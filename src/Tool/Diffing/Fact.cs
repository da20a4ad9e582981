namespace Specgen.Tool.Diffing;

internal enum FactKind
{
    SopClass,
    Usage,
    Status,
    ActionType,
    EventType,
    Attribute,
}

/// <summary>One thing that the standard says, told apart from others by all but its fields.</summary>
/// <param name="ServiceClass">In the words of its chapter: "Query/Retrieve Service Class".</param>
/// <param name="Table">The id of the table, or where pages are compared the heading.</param>
/// <param name="Subject">What the table is about: "C-FIND", "Basic Film Session"; for people.</param>
/// <param name="Key">A UID, a service, a code, an ID, the tags from the outermost sequence on.</param>
/// <param name="Fields">What may change: its name, category, usage, requirements.</param>
internal sealed record Fact(string ServiceClass, FactKind Kind, string Table, string Subject, string Key, IReadOnlyDictionary<string, string> Fields)
{
    /// <summary>What of a table it is in: the DIMSE service that a page takes it for, the action or event type.</summary>
    public string Scope { get; init; } = "";

    public (string, FactKind, string, string, string) Identity => (ServiceClass, Kind, Table, Scope, Key);

    public string Name => Fields.GetValueOrDefault("name", Fields.GetValueOrDefault("meaning", ""));
}
