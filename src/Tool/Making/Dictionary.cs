using System.Globalization;
using Specgen.Generators.Reading;
using Specgen.Generators.Standard;

namespace Specgen.Tool.Making;

internal sealed record AttributeName(string Name, string Vr, string Vm);

/// <summary>Names, value representations and multiplicities of attributes: PS3.6 Table 6-1, and where a folder lacks it what the pages have.</summary>
internal sealed class Dictionary
{
    public const string TableId = "table_6-1";

    private readonly Dictionary<string, AttributeName> _byTag = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether it is PS3.6's own.</summary>
    public bool IsStandard { get; private init; }

    public AttributeName? this[string tag] => _byTag.GetValueOrDefault(tag);

    public static Dictionary Of(Edition edition, IEnumerable<PageContent> pages)
    {
        var part = edition.Part("PS3.6");
        var dictionary = new Dictionary { IsStandard = part?.Table(TableId) is not null };
        foreach (var module in pages.SelectMany(static page => page.Modules))
        {
            dictionary.Add(module.Attributes);
        }

        if (part?.Table(TableId) is { Problem: null } table)
        {
            var (tag, name, vr, vm) = (SourceTables.Find(table, "Tag"), SourceTables.Find(table, "Name"), SourceTables.Find(table, "VR"), SourceTables.Find(table, "VM"));
            foreach (var row in table.Rows.Where(_ => tag >= 0 && name >= 0 && vr >= 0 && vm >= 0))
            {
                // "US or SS": which one, the data decide.
                var key = row[tag].Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();
                dictionary._byTag[key] = new AttributeName(row[name], row[vr].Length == 2 ? row[vr] : "", row[vm]);
            }
        }

        return dictionary;
    }

    private void Add(IEnumerable<ModuleAttribute> attributes)
    {
        foreach (var attribute in attributes)
        {
            if (attribute.Include is null)
            {
                var tag = string.Create(CultureInfo.InvariantCulture, $"({attribute.Group:X4},{attribute.Element:X4})");
                _byTag.TryAdd(tag, new AttributeName(attribute.Name.TrimStart('>', ' '), attribute.Vr ?? "", attribute.Vm ?? "1"));
            }

            Add(attribute.Items);
        }
    }
}
