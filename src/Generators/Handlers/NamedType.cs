using Specgen.Generators.Emission;
using Specgen.Generators.Project;
using Specgen.Generators.Standard;
using Specgen.Generators.Text;

namespace Specgen.Generators.Handlers;

/// <summary>
/// An action or event type as handlers see it: with a name that methods can have. Or an operation on the instances of one SOP class, where the others that have it exchange other modules.
/// </summary>
/// <param name="Id">The type's; 0 for an operation.</param>
/// <param name="Name">"RequestUpsCancel", "NCreateBasicFilmBox".</param>
/// <param name="Title">The table's own words, "Request UPS Cancel", or the SOP class's keyword.</param>
/// <param name="Information">Type name of the module that the request carries, or null.</param>
/// <param name="Reply">Type name of the module that the answer carries, or null.</param>
/// <param name="SopClasses">Keywords of the SOP classes that have it; empty for all of the page.</param>
internal sealed record NamedType(DimseOperation Operation, ushort Id, string Name, string Title, string? Information, string? Reply, EquatableArray<string> SopClasses)
{
    /// <summary>The titles that rows of DIMSE services know it by: its own, or those of its group where no row has a word for it. "Un/Subscribe" is for all of the group's (PS3.4 Tables CC.2-3 and CC.2.3-1).</summary>
    public EquatableArray<string> RowTitles { get; init; } = EquatableArray<string>.Empty;

    /// <summary>The types of a service class in one role, for the SOP classes that are used.</summary>
    public static IReadOnlyList<NamedType> Of(UsedService used)
    {
        var types = used.Service.Types
            .Where(type => type.SopClasses.Count == 0 || used.SopClasses.Any(sop => type.SopClasses.Contains(sop.Keyword, StringComparer.Ordinal))).ToList();
        var result = new List<NamedType>();
        foreach (var operation in types.GroupBy(static type => type.Operation))
        {
            var rows = operation.ToList();
            var names = MemberNames.OfCodes(rows, static type => type.Name, static type => CSharpText.Number(type.Id));
            result.AddRange(rows.Select((type, i) => new NamedType(type.Operation, type.Id, names[i], type.Name, type.Information, type.Reply, type.SopClasses) { RowTitles = TitlesIn(used.Service, type) }));
        }

        foreach (var operation in UsedService.ManagedOperations.Where(operation => used.ModuleOf(operation) is null))
        {
            var classes = used.SopClassesOf(operation).ToList();
            if (classes.Exists(static sop => sop.Module is not null))
            {
                result.AddRange(classes.Select(sop => new NamedType(operation, 0, operation + sop.Keyword, sop.Keyword, operation == DimseOperation.NGet ? null : sop.Module, sop.Module, new[] { sop.Keyword }.ToEquatableArray())
                {
                    RowTitles = new[] { sop.Keyword }.ToEquatableArray(),
                }));
            }
        }

        return result;
    }

    /// <summary>Whether it is an action or event, which a number tells from others; else it is told by its SOP class.</summary>
    public bool HasId => Id != 0;

    /// <summary>
    /// The strongest usage among the rows that are for this type: those without a qualifier are for all, "N-ACTION - Request cancel" is for a type that has the qualifier's words.
    /// </summary>
    public Usage UsageIn(UsedService used) => RowsIn(used).Select(used.UsageOf).DefaultIfEmpty(Usage.NotUsed).Max();

    /// <summary>The rows that are for this type.</summary>
    public IEnumerable<DimseUsage> RowsIn(UsedService used) => used.Rows(Operation)
        .Where(row => RowTitles.Any(title => ServiceSurface.IsMeant(row.Qualifier, title)) && (SopClasses.Count == 0 || row.SopClasses.Count == 0 || row.SopClasses.Any(keyword => SopClasses.Contains(keyword, StringComparer.Ordinal))));

    private static EquatableArray<string> TitlesIn(ServiceSurface service, OperationType type) =>
        type.SopClasses.Count == 0 || service.Usages.Any(row => row.Operation == type.Operation && ServiceSurface.IsMeant(row.Qualifier, type.Name))
            ? new[] { type.Name }.ToEquatableArray()
            : service.Types.Where(other => other.Operation == type.Operation && other.SopClasses.Equals(type.SopClasses)).Select(static other => other.Name).ToEquatableArray();
}
