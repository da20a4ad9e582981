using System.Globalization;

namespace Specgen.Conformance;

/// <summary>What spec/conformance/annex_n.txt says about the template of PS3.2 Annex N.</summary>
internal static class AnnexN
{
    /// <summary>The edition whose outline is followed.</summary>
    public const string Edition = "2024d";

    private static readonly Lazy<string[][]> s_lines = new(static () => TextResource.Read("Specgen.annex_n.txt"));

    public static IEnumerable<(string Number, string Title, string Edition, string Author)> Sections => Of("section").Select(static l => (l[1], l[2], l[3], l[4]));

    /// <summary>What the template has for a service class; its sections in N.5.2 and in N.7.3.2 were read, or not. Null where it has none.</summary>
    public static (string Number, string Title, bool IsRead, bool AreStatusesRead)? Service(string serviceClass) =>
        Of("service").Where(l => l[1] == serviceClass).Select(static l => ((string, string, bool, bool)?)(l[2], l[3], l[4].Length > 0, l[5].Length > 0)).FirstOrDefault();

    /// <summary>The template's table of statuses. Titles are empty where they were not read.</summary>
    public static (string Section, string Table, bool IsRead, string Title, string TableTitle)? Table(string serviceClass, DimseOperation operation, DicomRole role) =>
        Of("table").Where(l => IsOf(l, serviceClass, operation, role)).Select(static l => ((string, string, bool, string, string)?)(l[4], l[5], l[6].Length > 0, l[7], l[8])).FirstOrDefault();

    public static string? Misprint(string serviceClass, DimseOperation operation, DicomRole role, ushort code) =>
        Of("misprint").FirstOrDefault(l => IsOf(l, serviceClass, operation, role) && ushort.Parse(l[4], NumberStyles.HexNumber, CultureInfo.InvariantCulture) == code)?[5];

    /// <summary>What PS3.7 Annex C calls a status; null for a code that is none of its.</summary>
    public static string? General(ushort code) => Of("general").FirstOrDefault(l => ushort.Parse(l[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture) == code)?[2];

    private static IEnumerable<string[]> Of(string kind) => s_lines.Value.Where(l => l[0] == kind);

    private static bool IsOf(string[] line, string serviceClass, DimseOperation operation, DicomRole role) =>
        line[1] == serviceClass && line[2] == operation.ToString() && line[3] == role.ToString();
}
