namespace Specgen.Generators.Standard;

/// <summary>A row of PS3.6 Table A-1.</summary>
internal sealed record RegistryEntry(string Uid, string Name, string Keyword, string Type, string Part, bool IsRetired);

internal sealed record Registry(EquatableArray<RegistryEntry> Entries);
