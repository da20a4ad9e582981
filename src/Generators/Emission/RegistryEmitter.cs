using Specgen.Generators.Project;
using Specgen.Generators.Standard;
using Specgen.Generators.Text;

namespace Specgen.Generators.Emission;

/// <summary>The UID registry → constants of the kinds that no service class page has.</summary>
internal static class RegistryEmitter
{
    private static readonly (string Type, string Class, string Summary)[] s_kinds =
    {
        ("Transfer Syntax", "TransferSyntaxUids", "UIDs of transfer syntaxes (PS3.6 Table A-1), current and retired."),
        ("Well-known SOP Instance", "WellKnownSopInstanceUids", "UIDs of well-known SOP instances (PS3.6 Table A-1), current and retired."),
        (Others, "OtherUids", "UIDs of what else PS3.6 Tables A-1 and A-2 have: the application context, frames of reference, coding schemes, and so on; current and retired."),
    };

    /// <summary>No type of the table's: what is neither of the kinds above nor a SOP class, which pages have.</summary>
    private const string Others = "";

    private static readonly string[] s_named = { "Transfer Syntax", "Well-known SOP Instance", "SOP Class", "Meta SOP Class" };

    /// <summary>Whether the row is of a kind that becomes a constant.</summary>
    public static bool IsEmitted(RegistryEntry entry) => s_kinds.Any(kind => IsOfKind(entry, kind.Type));

    public static IEnumerable<GeneratedFile> Emit(RegistryEmission emission)
    {
        foreach (var (kind, type, summary) in s_kinds)
        {
            var names = new HashSet<string>(StringComparer.Ordinal);
            var entries = emission.Entries.Where(entry => IsOfKind(entry, kind) && names.Add(CSharpText.Member(entry.Keyword, type))).ToArray();
            if (entries.Length == 0)
            {
                continue;
            }

            var writer = GeneratedCode.Begin(emission.Settings.Namespace);
            writer.Summary(summary).Line(GeneratedCode.Attribute);
            using (writer.Block($"{emission.Settings.Accessibility} static class {type}"))
            {
                foreach (var entry in entries)
                {
                    writer.Summary($"{entry.Name}{(entry.IsRetired ? " (retired)" : "")}: {entry.Uid}{(entry.Part.Length == 0 ? "" : ", " + entry.Part)}.");
                    writer.Line($"public const string {CSharpText.Member(entry.Keyword, type)} = {CSharpText.Literal(entry.Uid)};");
                }
            }

            yield return new GeneratedFile(type + ".g.cs", writer.ToString());
        }
    }

    private static bool IsOfKind(RegistryEntry entry, string kind) => kind == Others ? !s_named.Any(named => IsNamed(entry, named)) : IsNamed(entry, kind);

    private static bool IsNamed(RegistryEntry entry, string kind) => string.Equals(Squeeze(entry.Type), Squeeze(kind), StringComparison.OrdinalIgnoreCase);

    private static string Squeeze(string text) => text.Replace(" ", "").Replace("-", "");
}
