using System.Collections.Immutable;
using Specgen.Generators.Standard;

namespace Specgen.Generators.Emission;

/// <summary>The statuses of one DIMSE service of a service class → an enum and what can be asked of its values, all as switches.</summary>
internal static class StatusEmitter
{
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


            WriteToDicomStatus(writer, self, rows, members, ranges);
            WriteFind(writer, service, rows, ranges);
            WriteKnown(writer, rows, members, ranges);
        }

        writer.Line();
    }

    private static void WriteToDicomStatus(SourceWriter writer, string self, ImmutableArray<Status> rows, ImmutableArray<string> members, ImmutableArray<CodeRange> ranges)
    {
        writer.Summary("fo-dicom's status with the state and the words of this table. Not an entry of fo-dicom's own list, where a code can mean something else.");
        var arms = Known(ranges, rows).Select(range => (CSharpText.Hex(rows[range.Row].First), "Known." + members[range.Row]));
        WriteSwitch(writer, $"public static {Names.DicomStatus} ToDicomStatus(this {self} status) => (ushort)status switch", arms, $"var code => new {Names.DicomStatus}(code.ToString(\"x4\", global::System.Globalization.CultureInfo.InvariantCulture), {Names.Runtime}StatusCategoryExtensions.ToDicomState(Category(status)), Description(status))");
    }

    private static void WriteFind(SourceWriter writer, ServiceClass service, ImmutableArray<Status> rows, ImmutableArray<CodeRange> ranges)
    {
        writer.Summary("The row of the table that the code belongs to, or null.");
        var title = CSharpText.Literal(service.Title);
        var arms = Grouped(ranges, row =>
            $"new {Names.StatusInfo}(code, {Names.StatusCategory}.{rows[row].Category}, {CSharpText.Literal(rows[row].Description)}, {title}{(rows[row].Implementation is { } own ? ", " + CSharpText.Literal(own) : "")})");
        WriteSwitch(writer, $"public static {Names.StatusInfo}? Find(ushort code) => code switch", arms, Otherwise(ranges, "_ => null"));
    }

    /// <summary>One object per listed code, made when the first is asked for: a status that is sent a thousand times a second costs nothing.</summary>
    private static void WriteKnown(SourceWriter writer, ImmutableArray<Status> rows, ImmutableArray<string> members, ImmutableArray<CodeRange> ranges)
    {
        using (writer.Block("private static class Known"))
        {
            foreach (var range in Known(ranges, rows))
            {
                var row = rows[range.Row];
                var code = CSharpText.Literal(CSharpText.HexDigits(row.First).ToLowerInvariant());
                writer.Line($"internal static readonly {Names.DicomStatus} {members[range.Row]} = new {Names.DicomStatus}({code}, {Names.DicomState}.{row.Category}, {CSharpText.Literal(row.Description)});");
            }
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
