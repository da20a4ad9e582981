using Specgen.Generators.Handlers;
using Specgen.Generators.Standard;
using Specgen.Generators.Text;

namespace Specgen.Generators.Emission;

/// <summary>What a class requests of its peer, and what its author says about statuses → the part of its binding that the conformance statement is made of.</summary>
internal static class StatusNoteEmitter
{
    private const string Note = Names.Generated + "StatusNote";

    private const string Module = Names.Generated + "MessageModule";

    public static void Write(SourceWriter writer, BoundHandler handler, BoundService service)
    {
        WriteContents(writer, handler, service);

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

    /// <summary>The keys of its queries, and the modules of its messages. Made when a statement asks for them, and not before.</summary>
    private static void WriteContents(SourceWriter writer, BoundHandler handler, BoundService service)
    {
        if (service.Handlers.Any(static method => method.Operation == DimseOperation.CFind))
        {
            writer.Line($"SupportedKeys = {Names.Generated}ServiceBinding.KeysOf<{handler.Reference}>,");
        }

        var modules = service.Handlers.Concat(service.Clients).SelectMany(method => Messages(service, method))
            .SelectMany(static message => new[] { (message.Operation, message.Of, Name: message.Request, IsReply: "false"), (message.Operation, message.Of, Name: message.Reply, IsReply: "true") })
            .Where(static module => module.Name is not null).Distinct().ToArray();
        if (modules.Length > 0)
        {
            using (writer.Block($"Modules = static () => new {Module}[]", ","))
            {
                foreach (var (operation, of, name, isReply) in modules)
                {
                    writer.Line($"new {Module}({Names.DimseOperation}.{operation}, {CSharpText.Literal(of)}, {isReply}, new {HandlerEmitter.Module(service, name!)}(new {Names.DicomDataset}())),");
                }
            }
        }
    }

    /// <summary>A method that takes all types of an operation has the modules of each.</summary>
    private static IEnumerable<(DimseOperation Operation, string Of, string? Request, string? Reply)> Messages(BoundService service, BoundMethod method)
    {
        var types = method.Type is null ? service.Types.Where(type => type.Operation == method.Operation).ToArray() : [];
        return types.Length == 0
            ? [(method.Operation, method.Type?.Title ?? "", method.Module, method.Reply)]
            : types.Select(static type => (type.Operation, type.Name, type.Information, type.Reply));
    }
}
