using System.Collections.Immutable;
using Specgen.Generators.Diagnostics;
using Specgen.Generators.Standard;
using Specgen.Generators.Text;

namespace Specgen.Generators.Handlers;

/// <summary>Gives each attribute that explains a status to the DIMSE service whose enum it is of, and finds the statuses that none explains.</summary>
internal sealed class StatusNoteBinder(HandlerClass handler)
{
    private readonly ImmutableArray<Finding>.Builder _findings = ImmutableArray.CreateBuilder<Finding>();

    public ImmutableArray<Finding> Findings => _findings.ToImmutable();

    public EquatableArray<BoundService> Bind(EquatableArray<BoundService> services)
    {
        foreach (var note in handler.Notes)
        {
            var expected = Expected(services, note);
            if (!expected.Contains(note.Enum, StringComparer.Ordinal))
            {
                var who = note.IsSent ? note.Method is { } method && expected.Count == 1 ? $"'{method}' answers" : $"'{handler.Self.Name}' sends" : $"answers a request of '{handler.Self.Name}'";
                _findings.Add(Finding.At(HandlerDiagnostics.WrongStatus, note.Place, note.Written, who, expected.Count == 0 ? "none at all" : string.Join(", ", expected)));
            }
        }

        foreach (var service in services)
        {
            foreach (var method in service.Handlers)
            {
                ReportUnexplained(service, method);
            }
        }

        return services.Select(service => service with { Notes = Notes(service).ToEquatableArray() }).ToEquatableArray();
    }

    /// <summary>The enums that an attribute may be about: that of the handler that it stands on, else those of all handlers, or of all requests.</summary>
    private static IReadOnlyList<string> Expected(EquatableArray<BoundService> services, WrittenNote note)
    {
        var all = services.SelectMany(service => (note.IsSent ? service.Handlers : service.Clients).Select(method => (method.Name, Enum: Names.StatusEnum(service.ShortName, method.Operation)))).ToList();
        var own = note.IsSent ? all.Where(method => method.Name == note.Method).ToList() : [];
        return (own.Count > 0 ? own : all).Select(static method => method.Enum).Distinct(StringComparer.Ordinal).ToList();
    }

    private IEnumerable<BoundNote> Notes(BoundService service) => handler.Notes.SelectMany(note => (note.IsSent ? service.Handlers : service.Clients)
        .Where(method => Names.StatusEnum(service.ShortName, method.Operation) == note.Enum)
        .Select(static method => method.Operation).Distinct()
        .Select(operation => new BoundNote(operation, note.IsSent, Expression(service, note), note.Text, note.RelatedFields)));

    private static string? Expression(BoundService service, WrittenNote note) =>
        note.IsForOthers ? null
        : note.Code is { } code ? CSharpText.Hex(code)
        : $"(ushort){service.Settings.Global(CSharpText.Identifier(note.Enum))}.{CSharpText.Identifier(note.Member!)}";

    private void ReportUnexplained(BoundService service, BoundMethod method)
    {
        var statusEnum = Names.StatusEnum(service.ShortName, method.Operation);
        foreach (var status in handler.Methods.Where(written => written.Name == method.Name).SelectMany(static written => written.Returns))
        {
            if (!handler.Notes.Any(note => note.IsSent && note.Enum == statusEnum && (note.Written.EndsWith("." + status.Member, StringComparison.Ordinal) || note.Written == status.Member)))
            {
                _findings.Add(Finding.At(HandlerDiagnostics.UnexplainedStatus, status.Place, method.Name, statusEnum + "." + status.Member));
            }
        }
    }
}
