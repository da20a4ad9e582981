using System.Collections.Immutable;
using Specgen.Generators.Diagnostics;
using Specgen.Generators.Standard;
using Specgen.Generators.Text;

namespace Specgen.Generators.Project;

/// <summary>The names that an item of a page wants to generate.</summary>
/// <param name="Item">Title of the service class or module.</param>
/// <param name="Types">Names of types that no other item may have; the first is the item's own.</param>
/// <param name="Shared">Names of constants or enums of which one is enough: "CTImageStorage", "FailureReason=0110,0112".</param>
internal sealed record Claim(string Path, string Item, EquatableArray<string> Types, EquatableArray<string> Shared)
{
    public static Claim Of(string path, ServiceClass service)
    {
        var enums = service.Statuses.Select(table => Names.StatusEnum(service.ShortName, table.Operation))
            .Concat(service.Types.Select(static type => type.Operation).Distinct().SelectMany(operation => TypeEnum.Of(service.ShortName, operation, service.Types)).Select(static types => types.Name));
        return new Claim(path, service.Title, enums.Prepend(service.Name).Distinct(StringComparer.Ordinal).ToEquatableArray(), service.SopClasses.Select(static sop => sop.Keyword).Distinct(StringComparer.Ordinal).ToEquatableArray());
    }

    public static Claim Of(string path, Module module) => new(
        path,
        module.Title,
        ImmutableArray.Create(module.Name),
        module.Values.Select(static set => set.Name + "=" + string.Join(",", set.Rows.Select(static row => CSharpText.HexDigits(row.Code)))).ToEquatableArray());
}

/// <summary>Who must not generate what because another item does. Empty as a rule, so that items do not depend on each other.</summary>
internal sealed record Ownership(EquatableArray<LostName> Lost)
{
    private static readonly string[] s_reserved = { Names.SopClassUids, Names.SopClasses, Names.Catalogue, "TransferSyntaxUids", "WellKnownSopInstanceUids", "OtherUids" };

    /// <summary>The first in the order of paths gets a name. Names that differ in case only count as one: files are named after them.</summary>
    public static Ownership Of(EquatableArray<Claim> services, EquatableArray<Claim> modules)
    {
        var lost = ImmutableArray.CreateBuilder<LostName>();
        var types = s_reserved.ToDictionary(static name => name, static _ => "Specgen", StringComparer.OrdinalIgnoreCase);
        var shared = new Dictionary<string, (string Signature, string Item)>(StringComparer.Ordinal);
        var titles = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var claim in Ordered(services).Concat(Ordered(modules)))
        {
            if (claim.Types.FirstOrDefault(types.ContainsKey) is { } taken)
            {
                var isTitle = titles.Contains(taken) && string.Equals(taken, claim.Types[0], StringComparison.Ordinal) && services.Contains(claim);
                lost.Add(new LostName(claim.Path, claim.Item, taken, types[taken], isTitle ? LossKind.Title : LossKind.Item));
                continue;
            }

            titles.Add(claim.Types[0]);
            foreach (var type in claim.Types)
            {
                types[type] = claim.Item;
            }

            foreach (var signature in claim.Shared)
            {
                var name = signature.Split('=')[0];
                if (name != signature && types.TryGetValue(name, out var type))
                {
                    lost.Add(new LostName(claim.Path, claim.Item, name, type, LossKind.Different));
                }
                else if (!shared.TryGetValue(name, out var owner))
                {
                    shared.Add(name, (signature, claim.Item));
                }
                else
                {
                    lost.Add(new LostName(claim.Path, claim.Item, name, owner.Item, owner.Signature == signature ? LossKind.Shared : LossKind.Different));
                }
            }
        }

        return new Ownership(lost.ToImmutable());
    }

    public bool IsLost(string path, string item) => Lost.Any(name => name.Kind is LossKind.Item or LossKind.Title && name.Path == path && name.Item == item);

    /// <summary>Constants and enums that are there, but not in this item's file.</summary>
    public EquatableArray<string> Foreign(string path, string item) => Of(LossKind.Shared, path, item);

    /// <summary>Enums that cannot be there: the attribute stays a number.</summary>
    public EquatableArray<string> Missing(string path, string item) => Of(LossKind.Different, path, item);

    /// <summary>What is lost for good. Titles of one name are reported where they stand (SPG0025), and one keyword on two pages at its cell (SPG0009).</summary>
    public IEnumerable<Finding> Findings() => Lost
        .Where(static name => name.Kind is LossKind.Item or LossKind.Different)
        .Select(static name => Finding.In(HandlerDiagnostics.NameTaken, name.Path, name.Name, name.Item, name.Owner));

    private EquatableArray<string> Of(LossKind kind, string path, string item) =>
        Lost.Where(name => name.Kind == kind && name.Path == path && name.Item == item).Select(static name => name.Name).ToEquatableArray();

    private static IEnumerable<Claim> Ordered(EquatableArray<Claim> claims) =>
        claims.OrderBy(static claim => claim.Path, StringComparer.Ordinal).ThenBy(static claim => claim.Item, StringComparer.Ordinal);
}

internal enum LossKind
{
    /// <summary>The item is not generated at all.</summary>
    Item,

    /// <summary>The item is not generated at all, because two service classes have one name.</summary>
    Title,

    /// <summary>The same constant or enum is generated for another item.</summary>
    Shared,

    /// <summary>Another type of that name is.</summary>
    Different,
}

internal sealed record LostName(string Path, string Item, string Name, string Owner, LossKind Kind);
