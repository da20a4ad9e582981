using System.Collections.Immutable;
using Specgen.Generators.Project;
using Specgen.Generators.Standard;
using Specgen.Generators.Text;

namespace Specgen.Generators.Emission;

/// <summary>The statuses of one DIMSE service of a service class → an enum, its rows as a table for the runtime, and what can be asked of its values.</summary>
/// <remarks>A switch a question would be quick as well, but costs the consumer's compiler more than all the rest of what is generated.</remarks>
internal static class StatusEmitter
{
    private const string Table = Names.Generated + "StatusTable";

    public static void Write(SourceWriter writer, EmissionSettings settings, ServiceClass service, StatusTable table)
    {
        // Identical rows are one: the tables of a page for one service repeat what they share.
        var rows = table.Rows.Distinct().ToImmutableArray();
        var type = Names.StatusEnum(service.ShortName, table.Operation);
        WriteEnum(writer, settings, service, table.Operation, type, rows);
        WriteExtensions(writer, settings, service, table.Operation, type, rows);
    }

    private static void WriteEnum(SourceWriter writer, EmissionSettings settings, ServiceClass service, DimseOperation operation, string type, ImmutableArray<Status> rows)
    {
        var members = MemberNames.OfStatuses(rows);
        writer.Summary($"Statuses of {Names.Dimse(operation)} in the {service.Title}. A range is named by its first code.", service.Reference).Line(GeneratedCode.Attribute);
        using (writer.Block($"{settings.Accessibility} enum {type} : ushort"))
        {
            for (var i = 0; i < rows.Length; i++)
            {
                var row = rows[i];
                var codes = row.First == row.Last ? CSharpText.Hex(row.First) : CSharpText.Hex(row.First) + " to " + CSharpText.Hex(row.Last);
                var owner = row.Implementation is null ? "" : " (a status of " + row.Implementation + "'s own)";
                writer.Summary($"{row.Category}, {codes}: {row.Description}{owner}.");
                writer.Line($"{members[i]} = {CSharpText.Hex(row.First)},");
            }
        }

        writer.Line();
    }

    private static void WriteExtensions(SourceWriter writer, EmissionSettings settings, ServiceClass service, DimseOperation operation, string type, ImmutableArray<Status> rows)
    {
        var self = settings.Global(type);
        writer.Summary($"What the {service.Title} says about its {Names.Dimse(operation)} statuses.").Line(GeneratedCode.Attribute);
        using (writer.Block($"{settings.Accessibility} static class {type}Extensions"))
        {
            writer.Table($"private static readonly {Table} Table = {Table}.Of({CSharpText.Literal(service.Title)}, ", rows.Select(Line).ToArray(), ");");
            writer.Line();
            writer.Summary("The codes and ranges that the table has, for analyzers.").Line(GeneratedCode.Hidden);
            writer.Line($"public const string {Names.StatusCodes} = {CSharpText.Literal(string.Join(" ", rows.Select(Codes)))};").Line();
            writer.Summary("The category in the table; for a code that the table does not have, the one that PS3.7 Annex C gives the code.");
            writer.Line($"public static {Names.StatusCategory} Category(this {self} status) => Table.Category((ushort)status);").Line();
            writer.Summary("The table's own words; empty for a code that the table does not have.");
            writer.Line($"public static string Description(this {self} status) => Table.Description((ushort)status);").Line();
            writer.Summary("Whether the table has the code, by itself or in a range.");
            writer.Line($"public static bool IsDefined(this {self} status) => Table.IsDefined((ushort)status);").Line();
            writer.Summary("The named status: the first code of the range that the code is in; a code outside of every range is itself.");
            writer.Line($"public static {self} Definition(this {self} status) => ({self})Table.Definition((ushort)status);").Line();
            writer.Summary("The row of the table that the code belongs to, or null.");
            writer.Line($"public static {Names.StatusInfo}? Find(ushort code) => Table.Find(code);").Line();
            writer.Summary("fo-dicom's status with the state and the words of this table. Not an entry of fo-dicom's own list, where a code can mean something else.");
            writer.Line($"public static {Names.DicomStatus} ToDicomStatus(this {self} status) => Table.ToDicomStatus((ushort)status);");
        }

        writer.Line();
    }

    /// <summary>"A700-A7FF F Out of resources", as the runtime's StatusTable reads it.</summary>
    private static string Line(Status row) =>
        Codes(row) + " " + row.Category.ToString()[0] + " " + row.Description + (row.Implementation is null ? "" : "\n " + row.Implementation);

    private static string Codes(Status row) => row.First == row.Last ? CSharpText.HexDigits(row.First) : CSharpText.HexDigits(row.First) + "-" + CSharpText.HexDigits(row.Last);
}
