namespace Specgen.Spec.Tests.Plain;

/// <summary>A row of registry.rst.</summary>
internal sealed record RegistryRow(string Uid, string Name, string Keyword, string Type, string Part, bool IsRetired)
{
    public static IReadOnlyList<RegistryRow> All { get; } =
        [.. Repository.Page("registry.rst").Tables.Single().Rows.Select(static row => new RegistryRow(row[0], row[1], row[2], row[3], row[4], row[5] == "Yes"))];

    /// <summary>The keyword of the SOP class that a label or a member of a meta SOP class names as PS3.6 does.</summary>
    public static string KeywordOf(string name) => All.Single(row => row.Name == name).Keyword;
}
