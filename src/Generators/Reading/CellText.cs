using System.Globalization;
using Specgen.Generators.Standard;

namespace Specgen.Generators.Reading;

/// <summary>What cells say: codes, ranges, categories, usages, tags. Each gives false for what it does not know.</summary>
internal static class CellText
{
    private static readonly string[] RangeWords = [" to ", "\u2013", "\u2014", "-", ".."];

    /// <summary>"0xA700", "A700H", "0xA700 to 0xA7FF", "A700-A7FF", "A7xx".</summary>
    public static bool TryCodes(string text, out ushort first, out ushort last)
    {
        text = text.Replace('\u00A0', ' ').Trim();
        foreach (var word in RangeWords)
        {
            var at = text.IndexOf(word, StringComparison.OrdinalIgnoreCase);
            if (at > 0)
            {
                last = 0;
                return TryCode(text.Substring(0, at), out first) && TryCode(text.Substring(at + word.Length), out last) && first <= last;
            }
        }

        if (TryCode(text, out first))
        {
            last = first;
            return true;
        }

        var digits = Digits(text);
        var known = digits.TrimEnd('x', 'X');
        if (digits.Length == 4 && known.Length is > 0 and < 4 && TryHex(known.PadRight(4, '0'), out first) && TryHex(known.PadRight(4, 'F'), out last))
        {
            return true;
        }

        first = last = 0;
        return false;
    }

    public static bool TryCode(string text, out ushort code)
    {
        var digits = Digits(text.Trim());
        code = 0;
        return digits.Length == 4 && TryHex(digits, out code);
    }

    public static bool TryCategory(string text, out StatusCategory category) =>
        Enum.TryParse(text.Trim(), ignoreCase: true, out category) && Enum.IsDefined(typeof(StatusCategory), category) && !char.IsDigit(text.Trim()[0]);

    /// <summary>"Mandatory/Optional", "M/U", "-/Mandatory": SCU first.</summary>
    public static bool TryUsages(string text, out Usage scu, out Usage scp)
    {
        scu = scp = Usage.NotUsed;
        var parts = text.Split('/');

        // "N/A" has the bar that divides the two roles.
        if (parts.Length > 2)
        {
            parts = text.Replace("N/A", "-").Replace("n/a", "-").Split('/');
        }

        return parts.Length == 2 && TryUsage(parts[0], out scu) && TryUsage(parts[1], out scp);
    }

    /// <summary>"C-STORE", "N-ACTION - Request cancel" (with the qualifier), "Inventory FIND".</summary>
    public static bool TryOperation(string text, out DimseOperation operation, out string? qualifier)
    {
        qualifier = null;
        operation = default;
        var at = text.IndexOf(" - ", StringComparison.Ordinal);
        var name = (at < 0 ? text : text.Substring(0, at)).Trim();
        if (at >= 0)
        {
            qualifier = text.Substring(at + 3).Trim();
        }

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

    public static readonly DimseOperation[] Operations = (DimseOperation[])Enum.GetValues(typeof(DimseOperation));

    public static bool TryOperationName(string name, out DimseOperation operation)
    {
        foreach (var candidate in Operations)
        {
            if (string.Equals(Dimse(candidate), name, StringComparison.OrdinalIgnoreCase))
            {
                operation = candidate;
                return true;
            }
        }

        operation = default;
        return false;
    }

    /// <summary>"(0008,1195)".</summary>
    public static bool TryTag(string text, out ushort group, out ushort element)
    {
        group = element = 0;
        text = text.Trim();
        return text.Length == 11 && text[0] == '(' && text[5] == ',' && text[10] == ')'
            && TryHex(text.Substring(1, 4), out group) && TryHex(text.Substring(6, 4), out element);
    }

    /// <summary>Why a UID is none (PS3.5 §9.1), or null.</summary>
    public static string? WhyNoUid(string uid)
    {
        if (uid.Length > 64)
        {
            return "it is longer than 64 characters";
        }

        foreach (var component in uid.Split('.'))
        {
            if (component.Length == 0)
            {
                return "a component is empty";
            }

            if (component.Any(static c => c is < '0' or > '9'))
            {
                return "only digits and '.' may stand in it";
            }

            if (component.Length > 1 && component[0] == '0')
            {
                return $"the component '{component}' begins with 0";
            }
        }

        return null;
    }

    /// <summary>Letters and digits in lower case: what two spellings of one meaning share.</summary>
    public static string Folded(string text) => new(text.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant).ToArray());

    private static string Digits(string text)
    {
        text = text.Trim();
        if (text.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
        {
            return text.Substring(2);
        }

        return text.Length == 5 && text[4] is 'H' or 'h' ? text.Substring(0, 4) : text;
    }

    private static bool TryHex(string digits, out ushort value) =>
        ushort.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);

    private static bool TryUsage(string text, out Usage usage)
    {
        switch (text.Trim().ToUpperInvariant())
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
            case "NOT USED" or "-" or "\u2013" or "\u2014" or "N/A" or "NOT APPLICABLE" or "NONE":
                usage = Usage.NotUsed;
                return true;
            default:
                usage = Usage.NotUsed;
                return false;
        }
    }
}
