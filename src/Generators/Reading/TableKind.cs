using System.Collections.Immutable;

namespace Specgen.Generators.Reading;

/// <summary>A column of a kind of table. A table may leave out one that is not required.</summary>
internal sealed class TableColumn(string name, bool isRequired, params string[] aliases)
{
    public string Name { get; } = name;

    public bool IsRequired { get; } = isRequired;

    public bool Is(string header)
    {
        foreach (var alias in aliases)
        {
            if (string.Equals(alias, header, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return string.Equals(Name, header, StringComparison.OrdinalIgnoreCase);
    }

    public static TableColumn Required(string name, params string[] aliases) => new(name, true, aliases);

    public static TableColumn Optional(string name, params string[] aliases) => new(name, false, aliases);
}

/// <summary>What a table is, told by its header (spec/README.md). The tables' readers know a kind's columns by their index here.</summary>
internal sealed class TableKind(params TableColumn[] columns)
{
    public static TableKind SopClasses { get; } = new(
        TableColumn.Required("UID", "SOP Class UID"),
        TableColumn.Required("SOP Class", "Keyword", "SOP Class Keyword"),
        TableColumn.Optional("Name", "SOP Class Name"),
        TableColumn.Optional("Part 3 Annex", "Part 3 / Annex", "Part 3/Annex", "PS3.3 Annex"),
        TableColumn.Optional("Retired"),
        TableColumn.Optional("Module"),
        TableColumn.Optional("Named As"),
        TableColumn.Optional("Relational"));

    public static TableKind Registry { get; } = new(
        TableColumn.Required("UID", "UID Value"),
        TableColumn.Required("Name", "UID Name"),
        TableColumn.Required("Keyword", "UID Keyword"),
        TableColumn.Required("Type", "UID Type"),
        TableColumn.Required("Part"),
        TableColumn.Required("Retired"));

    public static TableKind Usages { get; } = new(TableColumn.Required("DIMSE Service", "DIMSE Service Element"), TableColumn.Required("Usage SCU/SCP", "Usage SCU / SCP"));

    public static TableKind MetaSopClasses { get; } = new(TableColumn.Required("SOP Class"), TableColumn.Required("Usage SCU/SCP", "Usage SCU / SCP"));

    public static TableKind Statuses { get; } = new(
        TableColumn.Required("Code (hex)", "Code", "Status Code"),
        TableColumn.Required("Category", "Status Class"),
        TableColumn.Required("Description"),
        TableColumn.Optional("Section"));

    public static TableKind GeneralStatuses { get; } = new(
        TableColumn.Required("Code (hex)", "Code", "Status Code"),
        TableColumn.Required("Category", "Status Class"),
        TableColumn.Required("Meaning"),
        TableColumn.Optional("Section"),
        TableColumn.Optional("DIMSE Services"));

    public static TableKind ActionTypes { get; } = new(
        TableColumn.Required("Action Type", "Action Type Name"),
        TableColumn.Required("ID", "Action Type ID"),
        TableColumn.Optional("Information"),
        TableColumn.Optional("Reply"),
        TableColumn.Optional("Description"),
        TableColumn.Optional("Section"));

    public static TableKind EventTypes { get; } = new(
        TableColumn.Required("Event Type", "Event Type Name"),
        TableColumn.Required("ID", "Event Type ID"),
        TableColumn.Optional("Information"),
        TableColumn.Optional("Reply"),
        TableColumn.Optional("Description"),
        TableColumn.Optional("Section"));

    public static TableKind Attributes { get; } = new(
        TableColumn.Required("Attribute Name"),
        TableColumn.Required("Tag"),
        TableColumn.Optional("VR"),
        TableColumn.Optional("Type"),
        TableColumn.Optional("Attribute Description", "Description"),
        TableColumn.Optional("N-CREATE SCU/SCP", "N-CREATE"),
        TableColumn.Optional("N-SET SCU/SCP", "N-SET"),
        TableColumn.Optional("N-GET SCU/SCP", "N-GET"),
        TableColumn.Optional("N-ACTION SCU/SCP", "N-ACTION"),
        TableColumn.Optional("N-EVENT-REPORT SCU/SCP", "N-EVENT-REPORT"),
        TableColumn.Optional("VM", "Value Multiplicity"),
        TableColumn.Optional("Private Creator"));

    public static TableKind Dictionary { get; } = new(
        TableColumn.Required("Tag"),
        TableColumn.Required("Name"),
        TableColumn.Required("Keyword"),
        TableColumn.Required("VR"),
        TableColumn.Required("VM"),
        TableColumn.Required("Retired"));

    public static TableKind Values { get; } = new(TableColumn.Required("Value"), TableColumn.Required("Meaning"), TableColumn.Optional("Description"));

    public static TableKind Conformance { get; } = new(
        TableColumn.Required("Service Status"),
        TableColumn.Required("Further Meaning"),
        TableColumn.Required("Status Code", "Status Codes", "Status Code(s)"),
        TableColumn.Optional("Behavior", "Behaviour"),
        TableColumn.Optional("Related Fields"),
        TableColumn.Optional("Condition", "Condition (and Comments on Related fields)"));

    private static readonly TableKind[] s_all =
        [SopClasses, Registry, Usages, MetaSopClasses, Statuses, GeneralStatuses, ActionTypes, EventTypes, Attributes, Dictionary, Values, Conformance];

    public ImmutableArray<TableColumn> Columns { get; } = columns.ToImmutableArray();

    /// <summary>
    /// The kind that has most of a table's columns. It may lack some that are required: then the table is meant to be of this kind, for at
    /// least half of what it must have is there. Null when it is like none.
    /// </summary>
    /// <param name="indexes">Of each of the kind's columns, the index in the table, or -1.</param>
    public static TableKind? Of(ImmutableArray<string> headers, out int[] indexes)
    {
        TableKind? best = null;
        var bestScore = 0;
        indexes = [];
        foreach (var kind in s_all)
        {
            var found = kind.IndexesIn(headers);
            var (matched, required, requiredMatched) = (0, 0, 0);
            for (var i = 0; i < found.Length; i++)
            {
                matched += found[i] >= 0 ? 1 : 0;
                required += kind.Columns[i].IsRequired ? 1 : 0;
                requiredMatched += kind.Columns[i].IsRequired && found[i] >= 0 ? 1 : 0;
            }

            // Whole kinds before partial ones; then the one that explains most columns.
            var score = (requiredMatched == required ? 1000 : 0) + matched;
            if (2 * requiredMatched >= required && score > bestScore)
            {
                (best, bestScore, indexes) = (kind, score, found);
            }
        }

        return best;
    }

    private int[] IndexesIn(ImmutableArray<string> headers)
    {
        var indexes = new int[Columns.Length];
        for (var i = 0; i < indexes.Length; i++)
        {
            indexes[i] = -1;
            for (var header = 0; header < headers.Length && indexes[i] < 0; header++)
            {
                indexes[i] = Columns[i].Is(headers[header]) ? header : -1;
            }
        }

        return indexes;
    }
}
