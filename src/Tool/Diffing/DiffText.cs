using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Specgen.Tool.Profiles;

namespace Specgen.Tool.Diffing;

/// <summary>Changes as a person reads them (Markdown), and as a program does (JSON).</summary>
internal static partial class DiffText
{
    public static string Markdown(string title, IReadOnlyList<StandardChange> changes)
    {
        var text = new StringBuilder("# ").Append(title).Append('\n');
        if (changes.Count == 0)
        {
            text.Append("\nNothing changed.\n");
        }

        foreach (var service in changes.GroupBy(static change => change.Fact.ServiceClass))
        {
            text.Append("\n## ").Append(service.Key).Append("\n\n");
            foreach (var change in service)
            {
                text.Append("- ").Append(Sentence(change)).Append('\n');
                foreach (var touched in change.Touches)
                {
                    text.Append("  - touches ").Append(touched).Append('\n');
                }
            }
        }

        return text.ToString();
    }

    public static string Json(string old, string @new, IReadOnlyList<StandardChange> changes) => JsonSerializer.Serialize(
        new
        {
            Old = old,
            New = @new,
            Changes = changes.Select(static change => new
            {
                change.Fact.ServiceClass,
                change.Change,
                change.Fact.Kind,
                change.Fact.Table,
                change.Fact.Subject,
                change.Fact.Key,
                Now = change.Fact.Fields,
                Differences = change.Fields,
                change.Touches,
            }),
        },
        JsonFile.Options) + "\n";

    private static string Sentence(StandardChange change)
    {
        var fact = change.Fact;
        var where = fact.Table.Length == 0 || fact.Table == fact.Subject ? "" : $" ({SourceReference.Spoken(fact.Table)})";
        var subject = fact.Subject.Length == 0 ? "" : ", " + fact.Subject;
        var what = fact.Kind switch
        {
            FactKind.SopClass => "SOP class",
            FactKind.Usage => "DIMSE usage",
            FactKind.Status => "Status",
            FactKind.ActionType => "Action type",
            FactKind.EventType => "Event type",
            _ => "Attribute",
        };
        var key = fact.Kind is FactKind.Attribute ? Attribute(fact) : fact.Kind is FactKind.Status ? fact.Key : fact.Name.Length > 0 ? $"{fact.Name} {fact.Key}" : fact.Key;
        var details = change.Change is ChangeKind.Added or ChangeKind.Removed
            ? string.Join(", ", fact.Fields.Where(field => field.Key != "name" && !(fact.Kind == FactKind.SopClass && field is { Key: "retired", Value: "No" })).Select(static field => $"{field.Key} {Quoted(field.Key, field.Value)}"))
            : string.Join(", ", change.Fields.Select(static field => $"{field.Field} {Quoted(field.Field, field.Old)} → {Quoted(field.Field, field.New)}"));
        return $"{what} {change.Change.ToString().ToLowerInvariant()}{subject}{where}: {key}{(details.Length > 0 ? ", " + details : "")}";
    }

    /// <summary>"Referenced SOP Class UID (0008,1199)>(0008,1150)"; what has no tag is named by the sequence that it is in.</summary>
    private static string Attribute(Fact fact)
    {
        var name = fact.Name.TrimStart('>');
        var path = Nth().Replace(fact.Key.EndsWith(name, StringComparison.Ordinal) ? fact.Key[..^name.Length].TrimEnd('>') : fact.Key, " (no. $1)");
        return path.Length > 0 ? $"{name} {path}" : name;
    }

    [GeneratedRegex(@"#(\d+)", RegexOptions.CultureInvariant)]
    private static partial Regex Nth();

    private static string Quoted(string field, string words) => words.Length == 0 ? "nothing" : field is "meaning" or "name" ? $"\"{words}\"" : words;
}
