using System.Collections.Immutable;
using Specgen.Generators.Project;
using Specgen.Generators.Standard;

namespace Specgen.Generators.Handlers;

/// <summary>A service class in one role of a handler class.</summary>
/// <param name="Settings">Where the service class's types are.</param>
/// <param name="IsNarrowed">SopClasses are some of the page's, named by the attribute.</param>
internal sealed record UsedService(bool IsScp, ServiceSurface Service, EmissionSettings Settings, bool IsNarrowed, ImmutableArray<SopClassKey> SopClasses, int Place)
{
    /// <summary>
    /// A provider handles what users invoke and sends notifications; a user handles notifications and invokes the rest (PS3.7 §7.5).
    /// </summary>
    public bool IsHandled(DimseOperation operation) => IsScp == (operation != DimseOperation.NEventReport);

    /// <summary>The DIMSE services that the role uses for these SOP classes, with the strongest of their usages: several rows can be for one service.</summary>
    public IEnumerable<(DimseOperation Operation, Usage Usage)> Operations()
    {
        foreach (var rows in Service.Usages.GroupBy(static row => row.Operation))
        {
            var usage = Rows(rows.Key).Select(UsageOf).DefaultIfEmpty(Usage.NotUsed).Max();
            if (usage != Usage.NotUsed)
            {
                yield return (rows.Key, usage);
            }
        }
    }

    /// <summary>The table's rows for a DIMSE service that are for one of these SOP classes.</summary>
    public IEnumerable<DimseUsage> Rows(DimseOperation operation) =>
        Service.Usages.Where(row => row.Operation == operation && UsageOf(row) != Usage.NotUsed && (row.SopClasses.Count == 0 || SopClasses.Any(sop => IsFor(row, sop))));

    /// <summary>The operations on managed instances that exchange attributes.</summary>
    public static IReadOnlyList<DimseOperation> ManagedOperations { get; } = [DimseOperation.NCreate, DimseOperation.NSet, DimseOperation.NGet];

    /// <summary>Those of the SOP classes that have an operation.</summary>
    public IEnumerable<SopClassKey> SopClassesOf(DimseOperation operation) => SopClasses.Where(sop => Rows(operation).Any(row => IsFor(row, sop)));

    /// <summary>Type name of the module that an operation on managed instances exchanges: that of all these SOP classes that have the operation. Null where they have none, or several.</summary>
    public string? ModuleOf(DimseOperation operation)
    {
        if (!ManagedOperations.Contains(operation))
        {
            return null;
        }

        var modules = SopClassesOf(operation).Select(static sop => sop.Module).Distinct().Take(2).ToList();
        return modules.Count == 1 ? modules[0] : null;
    }

    public static bool IsFor(DimseUsage row, SopClassKey sop) => row.SopClasses.Count == 0 || row.SopClasses.Contains(sop.Keyword, StringComparer.Ordinal);

    public Usage UsageOf(DimseUsage row) => IsScp ? row.Scp : row.Scu;
}
