using System.Collections.Immutable;
using Specgen.Generators.Standard;

namespace Specgen.Generators.Emission;

/// <summary>The statuses of one DIMSE service of a service class → an enum and what can be asked of its values, all as switches.</summary>
internal static class StatusEmitter
{
    private const string DicomStatuses = Names.Runtime + "DicomStatuses";

    public static void Write(SourceWriter writer, EmissionSettings settings, ServiceClass service, StatusTable table)
    {
        // Identical rows are one: the tables of a page for one service repeat what they share.
        var rows = table.Rows.Distinct().ToImmutableArray();
        var members = MemberNames.OfStatuses(rows);
        var type = Names.StatusEnum(service.ShortName, table.Operation);
        WriteEnum(writer, settings, service, table.Operation, type, rows, members);
        WriteExtensions(writer, settings, service, table.Operation, type, rows, members);
    }

    private static void WriteEnum(
        SourceWriter writer,
        EmissionSettings settings,
        ServiceClass service,
        DimseOperation operation,
        string type,
        ImmutableArray<Status> rows,
        ImmutableArray<string> members)
    {
        writer.Summary($"Statuses of {Names.Dimse(operation)} in the {service.Title}. A range is named by its first code.", service.Reference).Line(GeneratedCode.Attribute);
        using (writer.Block($"{settings.Accessibility} enum {type} : ushort"))
        {
            for (var i = 0; i < rows.Length; i++)
            {
                var row = rows[i];
                var codes = row.First == row.Last ? CSharpText.Hex(row.First) : CSharpText.Hex(row.First) + " to " + CSharpText.Hex(row.Last);
                var owner = row.Implementation is null ? "" : " (a status of " + row.Implementation + "'s own)";
                writer.Summary($"{row.Category}, {codes}: {row.Description}{owner}.");
                writer.Line(members[i] + " = " + CSharpText.Hex(row.First) + ",");
            }
        }

        writer.Line();
    }

    private static void WriteExtensions(
        SourceWriter writer,
        EmissionSettings settings,
        ServiceClass service,
        DimseOperation operation,
        string type,
        ImmutableArray<Status> rows,
        ImmutableArray<string> members)
    {
        var ranges = CodeRanges.Of(rows);
        var self = settings.Global(type);
        writer.Summary($"What the {service.Title} says about its {Names.Dimse(operation)} statuses.").Line(GeneratedCode.Attribute);
        using (writer.Block($"{settings.Accessibility} static class {type}Extensions"))
        {
            writer.Summary("The category in the table; for a code that the table does not have, the one that PS3.7 Annex C gives the code.");
            WriteSwitch(writer, $"public static {Names.StatusCategory} Category(this {self} status) => (ushort)status switch", Grouped(ranges, row => $"{Names.StatusCategory}.{rows[row].Category}"), Otherwise(ranges, $"var code => {Names.Runtime}StatusCategories.Of(code)"));

            writer.Summary("The table's own words; empty for a code that the table does not have.");
            WriteSwitch(writer, $"public static string Description(this {self} status) => (ushort)status switch", Grouped(ranges, row => CSharpText.Literal(rows[row].Description)), Otherwise(ranges, "_ => \"\""));

            writer.Summary("Whether the table has the code, by itself or in a range.");
            var defined = ranges.Length == 0 ? "false" : "(ushort)status is " + CodeRanges.Pattern(ranges);
            writer.Line($"public static bool IsDefined(this {self} status) => {(IsEverything(ranges) ? "true" : defined)};").Line();

            writer.Summary("The named status: the first code of the range that the code is in; a code outside of every range is itself.");
            var inRanges = ranges.Where(range => rows[range.Row].First != rows[range.Row].Last).ToImmutableArray();
            var definition = $"public static {self} Definition(this {self} status) =>";
            if (inRanges.IsEmpty)
            {
                writer.Line(definition + " status;").Line();
            }
            else
            {
                WriteSwitch(writer, definition + " (ushort)status switch", Grouped(inRanges, row => self + "." + members[row]), Otherwise(inRanges, "_ => status"));
            }

            WriteFind(writer, service, self, rows, ranges);
            WriteToDicomStatus(writer, self, rows, ranges);
        }

        writer.Line();
    }

    private static void WriteFind(SourceWriter writer, ServiceClass service, string self, ImmutableArray<Status> rows, ImmutableArray<CodeRange> ranges)
    {
        writer.Summary("The row of the table that the code belongs to, or null.");
        var implementation = "";
        var owned = ranges.Where(range => rows[range.Row].Implementation is not null).ToImmutableArray();
        if (!owned.IsEmpty)
        {
            var arms = Grouped(owned, row => CSharpText.Literal(rows[row].Implementation!)).Select(static arm => arm.Pattern + " => " + arm.Result);
            implementation = $", code switch {{ {string.Join(", ", arms.Append(Otherwise(owned, "_ => null")).OfType<string>())} }}";
        }

        writer.Line($"public static {Names.StatusInfo}? Find(ushort code) => IsDefined(({self})code) ? new {Names.StatusInfo}(code, Category(({self})code), Description(({self})code), {CSharpText.Literal(service.Title)}{implementation}) : null;").Line();
    }

    /// <summary>One object for each listed code, made when the first is asked for: a status that is sent a thousand times a second costs nothing.</summary>
    private static void WriteToDicomStatus(SourceWriter writer, string self, ImmutableArray<Status> rows, ImmutableArray<CodeRange> ranges)
    {
        var known = Known(ranges, rows).Select(range => CSharpText.Hex(rows[range.Row].First)).ToImmutableArray();
        writer.Summary("fo-dicom's status with the state and the words of this table. Not an entry of fo-dicom's own list, where a code can mean something else.");
        var arms = known.Select(static (code, i) => (code, $"Known.All[{CSharpText.Number(i)}]"));
        WriteSwitch(writer, $"public static {Names.DicomStatus} ToDicomStatus(this {self} status) => (ushort)status switch", arms, $"var code => {DicomStatuses}.Create(code, Category(status), Description(status))");
        using (writer.Block("private static class Known"))
        {
            writer.Line($"internal static readonly {Names.DicomStatus}[] All = {DicomStatuses}.CreateAll(Find, {string.Join(", ", known)});");
        }
    }

    private static IEnumerable<CodeRange> Known(ImmutableArray<CodeRange> ranges, ImmutableArray<Status> rows) =>
        ranges.Where(range => range.First == rows[range.Row].First);

    private static IEnumerable<(string Pattern, string Result)> Grouped(IEnumerable<CodeRange> ranges, Func<int, string> result) =>
        ranges.GroupBy(range => result(range.Row), StringComparer.Ordinal).Select(static group => (CodeRanges.Pattern(group), group.Key));

    private static void WriteSwitch(SourceWriter writer, string head, IEnumerable<(string Pattern, string Result)> arms, string? otherwise)
    {
        using (writer.Block(head, ";"))
        {
            foreach (var (pattern, result) in arms)
            {
                writer.Line(pattern + " => " + result + ",");
            }

            if (otherwise is not null)
            {
                writer.Line(otherwise + ",");
            }
        }

        writer.Line();
    }

    /// <summary>The last arm; none where the table gives every code there is: the compiler would call it unreachable (CS8510).</summary>
    private static string? Otherwise(ImmutableArray<CodeRange> ranges, string arm) => IsEverything(ranges) ? null : arm;

    private static bool IsEverything(ImmutableArray<CodeRange> ranges) => ranges.Sum(static range => range.Last - range.First + 1) == 0x10000;
}
