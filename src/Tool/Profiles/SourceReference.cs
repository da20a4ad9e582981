using System.Text.RegularExpressions;

namespace Specgen.Tool.Profiles;

/// <summary>What of the standard a table of a page is made of: "table_F.7.2-1 N-CREATE", "PS3.7 sect_9.1.1.1.9", "table_CC.2.4-1 type 1,2".</summary>
/// <param name="Part">"PS3.4" where the profile names none.</param>
/// <param name="Column">The words that the header of the column of requirements has; empty where the table has only one.</param>
/// <param name="Types">The IDs of the action or event types whose rows are meant; empty for all rows.</param>
internal sealed partial record SourceReference(string Part, string Id, string Column, IReadOnlyList<string> Types)
{
    public static SourceReference? Parse(string text)
    {
        if (Form().Match(text) is not { Success: true } match)
        {
            return null;
        }

        return new SourceReference(
            match.Groups["part"] is { Success: true } part ? part.Value : "PS3.4",
            match.Groups["id"].Value,
            match.Groups["column"].Value,
            match.Groups["types"].Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    /// <summary>"Table F.7.2-1", "§9.1.1.1.9", "Annex J".</summary>
    public static string Spoken(string id) => id.IndexOf('_') is > 0 and var bar
        ? id[..bar] switch { "table" => "Table ", "chapter" => "Annex ", _ => "§" } + id[(bar + 1)..]
        : id;

    [GeneratedRegex(@"^((?<part>PS3\.\d+) )?(?<id>(table|sect|chapter)_[^ ]+)( (?<column>(?!type )[^ ].*?))?( type (?<types>[\d, ]+))?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Form();
}
