namespace Specgen.Tool.Diffing;

/// <summary>Compares what two editions, or two folders of pages, say.</summary>
internal static class StandardDiff
{
    public static IReadOnlyList<StandardChange> Of(IReadOnlyList<Fact> old, IReadOnlyList<Fact> @new)
    {
        var before = ByIdentity(old);
        var after = ByIdentity(@new);
        var changes = new List<StandardChange>();
        foreach (var (identity, fact) in after)
        {
            if (!before.TryGetValue(identity, out var known))
            {
                changes.Add(new StandardChange(ChangeKind.Added, fact, []));
            }
            else if (FieldsOf(known, fact) is { Count: > 0 } fields)
            {
                changes.Add(new StandardChange(KindOf(fact, fields), fact, fields));
            }
        }

        changes.AddRange(before.Where(fact => !after.ContainsKey(fact.Key)).Select(static fact => new StandardChange(ChangeKind.Removed, fact.Value, [])));
        Pair(changes);

        // What a chapter's text names and a table too is said once, by the table.
        changes.RemoveAll(change => change.Fact is { Kind: FactKind.SopClass, Fields.Count: 0 } fact
            && changes.Exists(other => other.Fact.Kind == FactKind.SopClass && other.Fact.ServiceClass == fact.ServiceClass && other.Fact.Key == fact.Key && other.Change == change.Change && other.Fact.Fields.Count > 0));
        return changes
            .OrderBy(static change => change.Fact.ServiceClass, StringComparer.Ordinal)
            .ThenBy(static change => change.Fact.Kind)
            .ThenBy(static change => change.Fact.Table, StringComparer.Ordinal)
            .ThenBy(change => OrderOf(change, old, @new))
            .ToArray();
    }

    /// <summary>Where it stands in the new edition, or in the old one when it went.</summary>
    private static int OrderOf(StandardChange change, IReadOnlyList<Fact> old, IReadOnlyList<Fact> @new)
    {
        var facts = change.Change == ChangeKind.Removed ? old : @new;
        for (var i = 0; i < facts.Count; i++)
        {
            if (ReferenceEquals(facts[i], change.Fact))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>A status that went and one that came in the same table with the same meaning are one whose code changed.</summary>
    private static void Pair(List<StandardChange> changes)
    {
        foreach (var added in changes.Where(static change => change is { Change: ChangeKind.Added, Fact.Kind: FactKind.Status }).ToList())
        {
            var removed = changes.Find(other => other is { Change: ChangeKind.Removed, Fact.Kind: FactKind.Status } && other.Fact.Table == added.Fact.Table
                && other.Fact.ServiceClass == added.Fact.ServiceClass && other.Fact.Name == added.Fact.Name);
            if (removed is not null)
            {
                changes.Remove(removed);
                changes[changes.IndexOf(added)] = new StandardChange(ChangeKind.Changed, added.Fact, [new FieldChange("code", removed.Fact.Key, added.Fact.Key), .. FieldsOf(removed.Fact, added.Fact)]);
            }
        }
    }

    private static ChangeKind KindOf(Fact fact, List<FieldChange> fields) => fact.Kind != FactKind.SopClass ? ChangeKind.Changed
        : fields.Exists(static field => field is { Field: "retired", New: "Yes" }) ? ChangeKind.Retired
        : fields.Exists(static field => field.Field is "name" or "keyword") ? ChangeKind.Renamed
        : ChangeKind.Changed;

    private static List<FieldChange> FieldsOf(Fact old, Fact @new) => old.Fields.Keys.Union(@new.Fields.Keys)
        .Select(field => new FieldChange(field, old.Fields.GetValueOrDefault(field, ""), @new.Fields.GetValueOrDefault(field, "")))
        .Where(static field => field.Old != field.New)
        .ToList();

    private static Dictionary<(string, FactKind, string, string, string), Fact> ByIdentity(IReadOnlyList<Fact> facts)
    {
        var byIdentity = new Dictionary<(string, FactKind, string, string, string), Fact>();
        foreach (var fact in facts)
        {
            byIdentity.TryAdd(fact.Identity, fact);
        }

        return byIdentity;
    }
}
