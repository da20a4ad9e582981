using System.Text;
using Specgen.Generators.Rst;
using Specgen.Generators.Standard;

namespace Specgen.Generators.Reading;

/// <summary>What cells say: codes, ranges, categories, usages, tags. Each gives false for what it does not know.</summary>
internal static class CellText
{
    private static readonly string[] s_rangeWords = [" to ", " through ", "..", "\u2013", "\u2014", "-"];
    private static readonly string[] s_unitWords = ["Mandatory", "Optional", "Conditional", "Not used"];

    public static readonly DimseOperation[] Operations = (DimseOperation[])Enum.GetValues(typeof(DimseOperation));

    public static readonly string[] DimseNames = Operations.Select(Dimse).ToArray();

    public static readonly string[] Categories = Enum.GetNames(typeof(StatusCategory));

    /// <summary>A cell's words, in which a no-break space is a space.</summary>
    public static string Plain(RstCell cell) => cell.Text.Plain.Replace('\u00A0', ' ').Trim();

    /// <summary>"0xA700", "A700H", "0xA700 to 0xA7FF", "A700-A7FF", "A7xx".</summary>
    public static bool TryCodes(string text, out ushort first, out ushort last)
    {
        if (TryCode(text, 0, text.Length, out first, out last))
        {
            return true;
        }

        foreach (var word in s_rangeWords)
        {
            var at = text.IndexOf(word, StringComparison.OrdinalIgnoreCase);
            if (at > 0)
            {
                return TryCode(text, 0, at, out first, out var end) && first == end
                    && TryCode(text, at + word.Length, text.Length, out end, out last) && last == end
                    && first <= last;
            }
        }

        return false;
    }

    /// <summary>"0110H", "0x0110".</summary>
    public static bool TryCode(string text, out ushort code) => TryCode(text, 0, text.Length, out code, out var last) && code == last;

    public static bool TryCategory(string text, out StatusCategory category)
    {
        var index = Array.FindIndex(Categories, name => string.Equals(name, text, StringComparison.OrdinalIgnoreCase));
        category = (StatusCategory)Math.Max(0, index);
        return index >= 0;
    }

    /// <summary>"; did you mean 'Failure'?" for what is none.</summary>
    public static string CategorySuggestion(string text) =>
        IsWord(text, "Refused") || IsWord(text, "Error") || IsWord(text, "Failed") ? "; did you mean 'Failure'?" : Suggestion.For(text, Categories);

    /// <summary>"Mandatory/Optional", "M/U", "-/Mandatory": SCU first.</summary>
    public static bool TryUsages(string text, out Usage scu, out Usage scp)
    {
        // "N/A" has the bar that divides the two roles.
        var words = text.IndexOf("N/A", StringComparison.OrdinalIgnoreCase) < 0 ? text : text.Replace("N/A", "-").Replace("n/a", "-");
        var bar = words.IndexOf('/');
        scu = scp = Usage.NotUsed;
        return bar >= 0 && TryUsage(words.Substring(0, bar).Trim(), out scu) && TryUsage(words.Substring(bar + 1).Trim(), out scp);
    }

    /// <summary>"; did you mean 'Mandatory/Optional'?" for what is none.</summary>
    public static string UsageSuggestion(string text)
    {
        var halves = text.Split('/');
        var near = halves.Select(static half => Suggestion.Nearest(half.Trim(), s_unitWords)).ToArray();
        return near.Length == 2 && near[0] is { } scu && near[1] is { } scp ? $"; did you mean '{scu}/{scp}'?" : "";
    }

    /// <summary>"C-STORE", "N-ACTION - Request cancel" (with the qualifier), "Inventory FIND".</summary>
    public static bool TryOperation(string text, out DimseOperation operation, out string? qualifier)
    {
        var at = text.IndexOf(" - ", StringComparison.Ordinal);
        at = at >= 0 ? at : text.IndexOf(" \u2013 ", StringComparison.Ordinal);
        var name = at < 0 ? text : text.Substring(0, at).Trim();
        qualifier = at < 0 ? null : text.Substring(at + 3).Trim();
        if (TryOperationName(name, out operation))
        {
            return true;
        }

        // "Inventory FIND": the service of that name, for one kind of object.
        var space = name.LastIndexOf(' ');
        if (space > 0 && (TryOperationName(name.Substring(space + 1), out operation) || TryOperationName("C-" + name.Substring(space + 1), out operation)))
        {
            qualifier ??= name.Substring(0, space);
            return true;
        }

        return false;
    }

    public static string Dimse(DimseOperation operation) => operation switch
    {
        DimseOperation.CEcho => "C-ECHO",
        DimseOperation.CStore => "C-STORE",
        DimseOperation.CFind => "C-FIND",
        DimseOperation.CGet => "C-GET",
        DimseOperation.CMove => "C-MOVE",
        DimseOperation.NEventReport => "N-EVENT-REPORT",
        DimseOperation.NGet => "N-GET",
        DimseOperation.NSet => "N-SET",
        DimseOperation.NAction => "N-ACTION",
        DimseOperation.NCreate => "N-CREATE",
        _ => "N-DELETE",
    };

    /// <summary>The name with a hyphen, a no-break or other hyphen, or an underscore between its words.</summary>
    public static bool TryOperationName(string name, out DimseOperation operation)
    {
        var normal = name.Replace('\u2010', '-').Replace('\u2011', '-').Replace('\u2013', '-').Replace('_', '-');
        var index = Array.FindIndex(DimseNames, candidate => string.Equals(candidate, normal, StringComparison.OrdinalIgnoreCase));
        operation = (DimseOperation)Math.Max(0, index);
        return index >= 0;
    }

    /// <summary>"(0008,1195)".</summary>
    public static bool TryTag(string text, out ushort group, out ushort element)
    {
        group = element = 0;
        return text.Length == 11 && text[0] == '(' && text[5] == ',' && text[10] == ')' && TryHex(text, 1, out group) && TryHex(text, 6, out element);
    }

    /// <summary>Why a UID is none (PS3.5 §9.1), or null.</summary>
    public static string? WhyNoUid(string uid)
    {
        const int LongestUid = 64;
        if (uid.Length > LongestUid)
        {
            return $"it has {uid.Length} characters, {LongestUid} at most are allowed";
        }

        var start = 0;
        for (var i = 0; i <= uid.Length; i++)
        {
            if (i < uid.Length && uid[i] != '.')
            {
                if (uid[i] is < '0' or > '9')
                {
                    return $"only digits and '.' may stand in it, not '{uid[i]}'";
                }
            }
            else if (i == start)
            {
                return "a component is empty";
            }
            else
            {
                if (i - start > 1 && uid[start] == '0')
                {
                    return $"the component '{uid.Substring(start, i - start)}' begins with 0";
                }

                start = i + 1;
            }
        }

        return null;
    }

    /// <summary>Letters and digits in lower case: what two spellings of one meaning share.</summary>
    public static string Folded(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (char.IsLetterOrDigit(c))
            {
                folded.Append(char.ToLowerInvariant(c));
            }
        }

        return folded.ToString();
    }

    public static bool IsWord(string text, string word) => string.Equals(text, word, StringComparison.OrdinalIgnoreCase);

    /// <summary>One code, or the pattern of a range ("A7xx").</summary>
    private static bool TryCode(string text, int start, int end, out ushort first, out ushort last)
    {
        while (start < end && text[start] == ' ')
        {
            start++;
        }

        while (end > start && text[end - 1] == ' ')
        {
            end--;
        }

        if (end - start > 2 && text[start] == '0' && text[start + 1] is 'x' or 'X')
        {
            start += 2;
        }
        else if (end - start == 5 && text[end - 1] is 'H' or 'h')
        {
            end--;
        }

        first = last = 0;
        if (end - start != 4)
        {
            return false;
        }

        var isOpen = false;
        for (var i = start; i < end; i++)
        {
            var isX = text[i] is 'x' or 'X';
            var digit = isX ? 0 : HexDigit(text[i]);
            if (digit < 0 || (isOpen && !isX) || (isX && i == start))
            {
                return false;
            }

            isOpen = isX;
            first = (ushort)((first << 4) | digit);
            last = (ushort)((last << 4) | (isX ? 0xF : digit));
        }

        return true;
    }

    private static bool TryHex(string text, int start, out ushort value)
    {
        value = 0;
        for (var i = start; i < start + 4; i++)
        {
            if (HexDigit(text[i]) is not (var digit and >= 0))
            {
                return false;
            }

            value = (ushort)((value << 4) | digit);
        }

        return true;
    }

    private static int HexDigit(char c) => c switch
    {
        >= '0' and <= '9' => c - '0',
        >= 'A' and <= 'F' => c - 'A' + 10,
        >= 'a' and <= 'f' => c - 'a' + 10,
        _ => -1,
    };

    private static bool TryUsage(string text, out Usage usage)
    {
        switch (text.ToUpperInvariant())
        {
            case "MANDATORY" or "M" or "REQUIRED" or "R":
                usage = Usage.Mandatory;
                return true;
            case "OPTIONAL" or "O" or "U" or "USER OPTIONAL":
                usage = Usage.Optional;
                return true;
            case "CONDITIONAL" or "C":
                usage = Usage.Conditional;
                return true;
            case "NOT USED" or "-" or "\u2013" or "\u2014" or "NOT APPLICABLE" or "NONE":
                usage = Usage.NotUsed;
                return true;
            default:
                usage = Usage.NotUsed;
                return false;
        }
    }
}
