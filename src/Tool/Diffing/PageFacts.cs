using System.Globalization;
using Specgen.Generators.Reading;
using Specgen.Generators.Standard;
using Specgen.Tool.Making;
using Specgen.Tool.Pages;

namespace Specgen.Tool.Diffing;

/// <summary>What a folder of pages says.</summary>
internal static class PageFacts
{
    public static IReadOnlyList<Fact> Of(PageFolder folder) =>
        folder.Pages.SelectMany(static page => page.Reading.Content.ServiceClasses.SelectMany(Of).Concat(page.Reading.Content.Modules.SelectMany(Of)).Concat(Of(page.Reading))).ToArray();

    private static IEnumerable<Fact> Of(ServiceClass service)
    {
        foreach (var sop in service.SopClasses)
        {
            yield return Fact(service.Title, FactKind.SopClass, "", sop.Uid, ("name", sop.Name ?? sop.Keyword), ("IOD", sop.Iod is { } iod ? "PS3.3 " + iod : ""), ("retired", sop.IsRetired ? "Yes" : "No"));
        }

        foreach (var usage in service.Usages)
        {
            var operation = CellText.Dimse(usage.Operation) + (usage.Qualifier is { } qualifier ? " - " + qualifier : "");
            foreach (var keyword in usage.SopClasses.Count == 0 ? [""] : usage.SopClasses.AsEnumerable())
            {
                yield return Fact(service.Title, FactKind.Usage, keyword, operation, ("usage", $"{usage.Scu}/{usage.Scp}"));
            }
        }

        foreach (var table in service.Statuses)
        {
            foreach (var status in table.Rows)
            {
                var row = new StatusRow(status.First, status.Last, status.Category.ToString(), status.Description, 0);
                yield return Fact(service.Title, FactKind.Status, CellText.Dimse(table.Operation) + (status.Implementation is { } own ? " of " + own : ""), row.Key, ("meaning", row.Meaning), ("category", row.Category));
            }
        }

        foreach (var type in service.Types)
        {
            yield return Fact(
                service.Title,
                type.Operation == DimseOperation.NAction ? FactKind.ActionType : FactKind.EventType,
                string.Join(", ", type.SopClasses),
                type.Id.ToString(CultureInfo.InvariantCulture),
                ("name", type.Name));
        }
    }

    private static IEnumerable<Fact> Of(Module module) => Of(module, module.Attributes, "", 0);

    private static IEnumerable<Fact> Of(Module module, IEnumerable<ModuleAttribute> attributes, string path, int level)
    {
        var met = new HashSet<string>(StringComparer.Ordinal);
        foreach (var attribute in attributes)
        {
            var key = path + (attribute.Include is null ? string.Create(CultureInfo.InvariantCulture, $"({attribute.Group:X4},{attribute.Element:X4})") : AttributeMaker.IncludeKey);
            while (!met.Add(key))
            {
                key = AttributeMaker.NextKey(key);
            }

            yield return Fact(
                module.Title,
                FactKind.Attribute,
                "",
                key,
                [
                    ("name", new string('>', level) + attribute.Name),
                    ("VR", attribute.Vr ?? ""),
                    ("type", attribute.Type ?? ""),
                    .. attribute.Usages.Select(static usage => (CellText.Dimse(usage.Operation), usage.Scu == "-" && usage.Scp == "-" ? "Not allowed" : usage.Scu + "/" + usage.Scp)),
                ]);
            foreach (var item in Of(module, attribute.Items, key + ">", level + 1))
            {
                yield return item;
            }
        }
    }

    private static IEnumerable<Fact> Of(PageReading reading) => (reading.Content.Registry?.Entries ?? EquatableArray<RegistryEntry>.Empty)
        .Where(static entry => entry.Type.EndsWith("SOP Class", StringComparison.Ordinal))
        .Select(static entry => Fact("Registry (PS3.6)", FactKind.SopClass, "", entry.Uid, ("name", entry.Name), ("keyword", entry.Keyword), ("retired", entry.IsRetired ? "Yes" : "No")))
        .Concat(reading.Facts.GeneralStatuses.Select(static status => Fact("DIMSE (PS3.7)", FactKind.Status, "Annex C", status.Code.ToString("X4", CultureInfo.InvariantCulture), ("meaning", status.Meaning), ("category", status.Category.ToString()))));

    private static Fact Fact(string service, FactKind kind, string subject, string key, params (string Name, string Words)[] fields) =>
        new(service, kind, subject, subject, key, fields.Where(static field => field.Words.Length > 0).ToDictionary(static field => field.Name, static field => field.Words, StringComparer.Ordinal));
}
