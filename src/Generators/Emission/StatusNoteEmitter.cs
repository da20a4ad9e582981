using Specgen.Generators.Handlers;
using Specgen.Generators.Standard;
using Specgen.Generators.Text;

namespace Specgen.Generators.Emission;

/// <summary>What a class requests of its peer, and what its author says about statuses → the part of its binding that the conformance statement is made of.</summary>
internal static class StatusNoteEmitter
{
    private const string Note = Names.Generated + "StatusNote";

    public static void Write(SourceWriter writer, BoundService service)
    {
        var requests = service.Clients.Select(static client => client.Operation).Distinct().Select(static operation => $"{Names.DimseOperation}.{operation}").ToArray();
        if (requests.Length > 0)
        {
            writer.Line($"Requests = {Names.Array}.AsReadOnly(new {Names.DimseOperation}[] {{ {string.Join(", ", requests)} }}),");
        }

        if (service.Notes.Count > 0)
        {
            using (writer.Block($"StatusNotes = {Names.Array}.AsReadOnly(new {Note}[]", "),"))
            {
                foreach (var note in service.Notes)
                {
                    writer.Line($"new {Note}({Names.DimseOperation}.{note.Operation}, {(note.IsSent ? "true" : "false")}, {note.Status ?? "null"}, {CSharpText.Literal(note.Text)}, {CSharpText.Literal(note.RelatedFields)}),");
                }
            }
        }
    }
}
