using System.Text.RegularExpressions;

namespace Specgen.Conformance;

internal enum InlineKind
{
    Text,
    Code,
    Strong,
    Emphasis,
    Link,
}

/// <summary>A part of a line of text; a link has a target.</summary>
internal readonly record struct InlinePart(string Text, InlineKind Kind, string Target = "");

/// <summary>
/// What stands between backticks in a text is code, as authors write it. In a snippet there are emphasis and links as well, as Markdown has them (CommonMark §6); what is anything else of Markdown's stays text.
/// </summary>
internal static partial class InlineText
{
    private static readonly string[] s_schemes = ["https://", "http://", "mailto:"];

    public static IEnumerable<InlinePart> Of(string text, bool isMarkdown)
    {
        var at = 0;
        foreach (Match match in (isMarkdown ? Markdown() : Code()).Matches(text))
        {
            if (Of(match) is { } part)
            {
                yield return new InlinePart(text[at..match.Index], InlineKind.Text);
                yield return part;
                at = match.Index + match.Length;
            }
        }

        yield return new InlinePart(text[at..], InlineKind.Text);
    }

    private static InlinePart? Of(Match match) =>
        match.Groups["code"] is { Success: true } code ? new InlinePart(code.Value, InlineKind.Code)
        : match.Groups["strong"] is { Success: true } strong ? new InlinePart(strong.Value, InlineKind.Strong)
        : match.Groups["em"] is { Success: true } emphasis ? new InlinePart(emphasis.Value, InlineKind.Emphasis)
        : match.Groups["escaped"] is { Success: true } escaped ? new InlinePart(escaped.Value, InlineKind.Text)
        : IsTarget(match.Groups["target"].Value) ? new InlinePart(match.Groups["label"] is { Success: true } label ? label.Value : match.Groups["target"].Value, InlineKind.Link, match.Groups["target"].Value)
        : null;

    /// <summary>A page, an address, a section of the document, or a file beside it; nothing that a browser would run.</summary>
    private static bool IsTarget(string target) =>
        target.StartsWith('#') || !target.Contains(':', StringComparison.Ordinal) || s_schemes.Any(scheme => target.StartsWith(scheme, StringComparison.OrdinalIgnoreCase));

    [GeneratedRegex("`(?<code>[^`]+)`", RegexOptions.ExplicitCapture)]
    private static partial Regex Code();

    [GeneratedRegex(
        """`(?<code>[^`]+)`|\\(?<escaped>[!-/:-@\[-`{-~])|\*\*(?<strong>[^\s*]([^*]*[^\s*])?)\*\*|\*(?<em>[^\s*]([^*]*[^\s*])?)\*|(?<!\w)_(?<em>[^\s_]([^_]*[^\s_])?)_(?!\w)|\[(?<label>[^\[\]]+)\]\((?<target>[^()\s]+)\)|<(?<target>(https?://|mailto:)[^<>\s]+)>""",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Markdown();
}
