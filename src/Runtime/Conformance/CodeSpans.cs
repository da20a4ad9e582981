using System.Text.RegularExpressions;

namespace Specgen.Conformance;

/// <summary>What stands between backticks in a text is code, as authors write it.</summary>
internal static partial class CodeSpans
{
    public static IEnumerable<(string Text, bool IsCode)> Of(string text)
    {
        var at = 0;
        foreach (Match span in Span().Matches(text))
        {
            yield return (text[at..span.Index], false);
            yield return (span.Groups[1].Value, true);
            at = span.Index + span.Length;
        }

        yield return (text[at..], false);
    }

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Span();
}
