using System.Collections.Immutable;
using Specgen.Generators.Standard;
using Specgen.Generators.Text;

namespace Specgen.Generators.Project;

/// <summary>The enums that a page's action or event types make.</summary>
/// <param name="Name">"StorageCommitmentEvent", "PrinterEvent".</param>
internal sealed record TypeEnum(string Name, ImmutableArray<OperationType> Types)
{
    /// <summary>One for all of the page; where two SOP classes have an ID for different types, one for each of the table's groups, named after its first SOP class.</summary>
    public static ImmutableArray<TypeEnum> Of(string shortName, DimseOperation operation, IEnumerable<OperationType> types)
    {
        var own = types.Where(type => type.Operation == operation).ToImmutableArray();
        if (own.IsEmpty || Names.TypeEnum(shortName, operation) is not { } name)
        {
            return ImmutableArray<TypeEnum>.Empty;
        }

        return own.Select(static type => type.Id).Distinct().Count() == own.Length
            ? ImmutableArray.Create(new TypeEnum(name, own))
            : own.GroupBy(type => type.SopClasses.Count == 0 ? name : Names.TypeEnum(type.SopClasses[0], operation)!, StringComparer.Ordinal)
                .Select(static group => new TypeEnum(group.Key, group.ToImmutableArray())).ToImmutableArray();
    }
}
