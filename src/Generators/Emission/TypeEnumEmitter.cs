using System.Collections.Immutable;
using Specgen.Generators.Project;
using Specgen.Generators.Standard;
using Specgen.Generators.Text;

namespace Specgen.Generators.Emission;

/// <summary>Codes and their words → an enum with <c>Description</c> and <c>IsDefined</c>: action types, event types, the values of an attribute.</summary>
internal static class TypeEnumEmitter
{
    /// <summary>The action types (N-ACTION) or event types (N-EVENT-REPORT) of a service class.</summary>
    public static void Write(SourceWriter writer, EmissionSettings settings, ServiceClass service, DimseOperation operation, TypeEnum types)
    {
        var what = operation == DimseOperation.NAction ? "Action types" : "Event types";
        var rows = types.Types.Select(static type => new CodeRow(type.Id, type.Name, "")).ToImmutableArray();
        Write(writer, settings, types.Name, $"{what} of {Names.Dimse(operation)} in the {service.Title}.", service.Reference, rows, static code => CSharpText.Number(code));
    }

    public static void Write(
        SourceWriter writer,
        EmissionSettings settings,
        string type,
        string summary,
        string? reference,
        ImmutableArray<CodeRow> table,
        Func<ushort, string> format)
    {
        var rows = table.Distinct().ToImmutableArray();
        var members = MemberNames.OfCodes(rows, static row => row.Words, row => format(row.Code).Replace("0x", ""));
        writer.Summary(summary, reference).Line(GeneratedCode.Attribute);
        using (writer.Block($"{settings.Accessibility} enum {type} : ushort"))
        {
            for (var i = 0; i < rows.Length; i++)
            {
                var explanation = rows[i].Explanation.Length == 0 ? "" : ". " + rows[i].Explanation;
                writer.Summary(format(rows[i].Code) + ": " + rows[i].Words + explanation + (explanation.EndsWith(".", StringComparison.Ordinal) ? "" : "."));
                writer.Line($"{members[i]} = {format(rows[i].Code)},");
            }
        }

        writer.Line();
        var self = settings.Global(type);
        var codes = rows.GroupBy(static row => row.Code).Select(static group => group.First()).ToImmutableArray();
        writer.Summary("What the table says about the values of " + type.TrimStart('@') + ".").Line(GeneratedCode.Attribute);
        using (writer.Block($"{settings.Accessibility} static class {type}Extensions"))
        {
            writer.Summary("The table's own words; empty for a value that the table does not have.");
            using (writer.Block($"public static string Description(this {self} value) => (ushort)value switch", ";"))
            {
                foreach (var row in codes)
                {
                    writer.Line($"{format(row.Code)} => {CSharpText.Literal(row.Words)},");
                }

                writer.Line("_ => \"\",");
            }

            writer.Line();
            writer.Summary("Whether the table has the value.");
            var pattern = string.Join(" or ", codes.Select(row => format(row.Code)));
            writer.Line($"public static bool IsDefined(this {self} value) => {(codes.Length == 0 ? "false" : "(ushort)value is " + pattern)};");
        }

        writer.Line();
    }
}

/// <summary>A code, its short words (which become its name), and an explanation for the documentation.</summary>
internal readonly record struct CodeRow(ushort Code, string Words, string Explanation);
