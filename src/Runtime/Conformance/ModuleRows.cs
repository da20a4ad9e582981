using FellowOakDicom;

namespace Specgen.Conformance;

/// <summary>The modules of a class's messages → what is required in them, given back, or not allowed, by the usages of PS3.4 §5.4.</summary>
internal static class ModuleRows
{
    /// <summary>Sequences may hold themselves.</summary>
    private const int Deepest = 4;

    private const string NotAllowed = "-";

    /// <summary>Messages that carry the same are one.</summary>
    public static IReadOnlyList<ConformanceModule> Of(IEnumerable<MessageModule> modules) =>
    [
        .. modules.GroupBy(static m => (m.Operation, m.IsReply, m.View.GetType())).Select(static all => new ConformanceModule(
            all.Key.Operation,
            string.Join(", ", all.Select(static m => m.Of).Where(static of => of.Length > 0).Distinct()),
            all.Key.IsReply,
            [.. Rows(all.First().View, all.Key.Operation, "", 0)])).Where(static m => m.Attributes.Count > 0),
    ];

    private static IEnumerable<ConformanceAttribute> Rows(ModuleView view, DimseOperation operation, string mark, int depth)
    {
        for (var i = 0; i < view.Shape.Attributes.Length; i++)
        {
            var attribute = view.Shape.Attributes[i];
            var (scu, scp) = UsageOf(attribute, operation);
            var isForbidden = scu == NotAllowed && scp == NotAllowed;
            if (!isForbidden && !IsSaid(scu) && !IsSaid(scp))
            {
                continue;
            }

            yield return new ConformanceAttribute(mark + Name(attribute), Names.Of(attribute.Tag), scu, scp);
            if (isForbidden)
            {
                continue;
            }

            foreach (var row in depth < Deepest && view.ItemShown(i) is { } items ? Rows(items, operation, mark + ">", depth + 1) : [])
            {
                yield return row;
            }
        }
    }

    /// <summary>What is optional for both is left to them.</summary>
    private static bool IsSaid(string usage) => usage.StartsWith('1') || usage.StartsWith('2');

    private static (string Scu, string Scp) UsageOf(ModuleShape.Attribute attribute, DimseOperation operation)
    {
        foreach (var usage in attribute.Usages)
        {
            if (usage.Operation == operation)
            {
                return (usage.Scu, usage.Scp);
            }
        }

        return attribute.Usages.Count == 0 ? (attribute.Type, attribute.Type) : ("", "");
    }

    private static string Name(ModuleShape.Attribute attribute) => attribute.Creator is null ? attribute.Tag.DictionaryEntry.Name : $"Private attribute of {attribute.Creator}";
}
