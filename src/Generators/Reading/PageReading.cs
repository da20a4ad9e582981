using Specgen.Generators.Diagnostics;
using Specgen.Generators.Standard;

namespace Specgen.Generators.Reading;

/// <summary>What one page gave: what is generated from it, what is wrong with it, and what it says where for checks between pages.</summary>
internal sealed record PageReading(string Path, PageContent Content, EquatableArray<PageDiagnostic> Diagnostics, PageFacts Facts);

/// <summary>What emission sees of a page. Holds no position: moving a table changes nothing here.</summary>
internal sealed record PageContent(EquatableArray<ServiceClass> ServiceClasses, EquatableArray<Module> Modules, Registry? Registry)
{
    public static PageContent Empty { get; } = new(EquatableArray<ServiceClass>.Empty, EquatableArray<Module>.Empty, null);
}

/// <summary>What a page says, each fact with its place: what pages are checked against each other by.</summary>
internal sealed record PageFacts(
    string Path,
    EquatableArray<TitleFact> ServiceClasses,
    EquatableArray<SopClassFact> SopClasses,
    EquatableArray<StatusTableFact> StatusTables,
    EquatableArray<StatusFact> Statuses,
    EquatableArray<ConformanceFact> Conformance,
    EquatableArray<RegistryFact> Registry,
    EquatableArray<GeneralStatusFact> GeneralStatuses,
    EquatableArray<MacroFact> Macros,
    EquatableArray<MacroFact> Includes,
    EquatableArray<MacroFact> Modules,
    EquatableArray<MacroFact> NamedModules,
    EquatableArray<AttributeFact> Attributes,
    EquatableArray<DictionaryEntry> Dictionary);

/// <param name="Name">The name of the generated type: two titles may give one.</param>
internal sealed record TitleFact(string Title, string Name, PagePlace Place);

/// <param name="MarkedRetired">The page itself says that the class is retired.</param>
internal sealed record SopClassFact(string Uid, string Keyword, bool MarkedRetired, PagePlace UidPlace, PagePlace KeywordPlace);

/// <summary>A table of the standard's statuses of a DIMSE service.</summary>
internal sealed record StatusTableFact(string ServiceClass, DimseOperation Operation, PagePlace Place);

internal sealed record StatusFact(string ServiceClass, DimseOperation Operation, Status Status, PagePlace CodePlace, PagePlace DescriptionPlace);

/// <summary>A row of a status table of PS3.2 §N.7: what an implementation says that it sends or understands.</summary>
/// <param name="Table">The headings above it, which name the service class.</param>
/// <param name="Category">Null where the table has none, or one that does not exist.</param>
internal sealed record ConformanceFact(
    string Table,
    DimseOperation Operation,
    ushort First,
    ushort Last,
    StatusCategory? Category,
    string Meaning,
    PagePlace CodePlace,
    PagePlace MeaningPlace);

internal sealed record RegistryFact(RegistryEntry Entry, PagePlace UidPlace, PagePlace KeywordPlace);

/// <summary>A status of PS3.7 Annex C: a service class may not change its meaning.</summary>
/// <param name="Operations">The DIMSE services that PS3.7 lists it for.</param>
internal sealed record GeneralStatusFact(ushort Code, StatusCategory Category, string Meaning, DimseOperations Operations, PagePlace Place);

/// <summary>A public attribute of a module: what the data dictionary has to have as well.</summary>
/// <param name="Tag">"(0010,0010)", its digits in upper case.</param>
internal sealed record AttributeFact(string Name, string Tag, string? Vr, PagePlace NamePlace, PagePlace TagPlace, PagePlace? VrPlace);

/// <summary>A row of the data dictionary (PS3.6 Table 6-1).</summary>
/// <param name="Tag">"(0010,0010)", or "(60xx,3000)" for those of many groups.</param>
/// <param name="Vr">"PN", "US or SS", or empty.</param>
internal sealed record DictionaryEntry(string Tag, string Name, string Keyword, string Vr, string Vm);

/// <summary>A macro or module, or where one is named.</summary>
internal sealed record MacroFact(string Title, PagePlace Place);
