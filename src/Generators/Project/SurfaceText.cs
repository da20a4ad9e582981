using System.Globalization;
using System.Text;
using Specgen.Generators.Standard;

namespace Specgen.Generators.Project;

/// <summary>
/// A service class's surface as a text that its generated type carries: projects that reference it write handlers without having its page. Lines of cells with tabs between them, of which no cell of
/// a page has any; the first line is the format's version.
/// </summary>
internal static class SurfaceText
{
    private const string Version = "1";

    public static string Write(ServiceSurface surface)
    {
        var text = new StringBuilder(Version);
        Line(text, "", surface.Title, surface.Name, surface.ShortName, surface.Reference, Number(surface.Operations));
        foreach (var sop in surface.SopClasses)
        {
            Line(text, "C", sop.Uid, sop.Keyword, sop.HasServices ? "1" : "", sop.Module, List(sop.Members));
        }

        foreach (var usage in surface.Usages)
        {
            Line(text, "U", Number((int)usage.Operation), Number((int)usage.Scu), Number((int)usage.Scp), usage.Qualifier, List(usage.SopClasses));
        }

        foreach (var type in surface.Types)
        {
            Line(text, "T", Number((int)type.Operation), Number(type.Id), type.Name, type.Information, type.Reply, List(type.SopClasses));
        }

        return text.ToString();
    }

    /// <summary>Null for what this version cannot read.</summary>
    public static ServiceSurface? Read(string? text)
    {
        var lines = (text ?? "").Split('\n');
        if (lines.Length < 2 || lines[0] != Version)
        {
            return null;
        }

        try
        {
            return Read(lines.Skip(1).Select(static line => line.Split('\t')).ToList());
        }
        catch (Exception exception) when (exception is FormatException or IndexOutOfRangeException or OverflowException)
        {
            return null;
        }
    }

    private static ServiceSurface Read(List<string[]> rows)
    {
        var head = rows[0];
        return new ServiceSurface(
            head[1],
            head[2],
            head[3],
            Optional(head[4]),
            Number(head[5]),
            Of("C").Select(static row => new SopClassKey(row[1], row[2], row[3].Length > 0, List(row[5]), Optional(row[4]))).ToEquatableArray(),
            Of("U").Select(static row => new DimseUsage((DimseOperation)Number(row[1]), Optional(row[4]), List(row[5]), (Usage)Number(row[2]), (Usage)Number(row[3]))).ToEquatableArray(),
            Of("T").Select(static row => new OperationType((DimseOperation)Number(row[1]), (ushort)Number(row[2]), row[3]) { Information = Optional(row[4]), Reply = Optional(row[5]), SopClasses = List(row[6]) })
                .ToEquatableArray());

        IEnumerable<string[]> Of(string kind) => rows.Where(row => row[0] == kind);
    }

    private static void Line(StringBuilder text, params string?[] cells) => text.Append('\n').Append(string.Join("\t", cells));

    private static string? Optional(string cell) => cell.Length == 0 ? null : cell;

    private static string List(EquatableArray<string> items) => string.Join(",", items);

    private static EquatableArray<string> List(string cell) => cell.Length == 0 ? EquatableArray<string>.Empty : cell.Split(',').ToEquatableArray();

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static int Number(string cell) => int.Parse(cell, CultureInfo.InvariantCulture);
}
