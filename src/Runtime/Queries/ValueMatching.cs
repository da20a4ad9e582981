using System.Globalization;
using FellowOakDicom;

namespace Specgen;

/// <summary>How a value of a key matches a value of an entity, by the value representation (PS3.4 §C.2.2.2, PS3.5 §6.2).</summary>
internal static class ValueMatching
{
    /// <summary>Earliest and latest of what a date and time may leave out, digit by digit: month, day, hour, minute, second, fraction.</summary>
    private const string Earliest = "00000101000000000000";
    private const string Latest = "99991231235959999999";
    private const int DateLength = 8;

    /// <summary>Whether a key matches also what has no value, or is not there.</summary>
    public static bool IsUniversal(DicomVR vr, string key) => key.Length == 0 || (TakesWildcards(vr) && key.Trim().Trim('*').Length == 0 && key.Contains('*', StringComparison.Ordinal));

    /// <summary>Key, value → whether they match.</summary>
    public static Func<string, string, bool> For(DicomVR vr) => vr.Code switch
    {
        "DA" => static (key, value) => IsInRange(key, value, Date),
        "TM" => static (key, value) => IsInRange(key, value, Time),
        "DT" => static (key, value) => IsInRange(key, value, DateTime),
        "PN" => static (key, value) => IsName(key, value),
        "IS" or "DS" or "US" or "SS" or "UL" or "SL" or "FL" or "FD" or "SV" or "UV" => static (key, value) => IsNumber(key, value),
        _ when TakesWildcards(vr) => static (key, value) => IsLike(key.Trim(), value.Trim(), ignoreCase: false),
        _ => static (key, value) => string.Equals(Trimmed(key), Trimmed(value), StringComparison.Ordinal),
    };

    /// <summary>PS3.4 §C.2.2.2.4.</summary>
    private static bool TakesWildcards(DicomVR vr) => vr.Code is "AE" or "CS" or "LO" or "LT" or "PN" or "SH" or "ST" or "UC" or "UR" or "UT";

    private static string Trimmed(string value) => value.Trim('\0', ' ');

    private static bool IsNumber(string key, string value) =>
        decimal.TryParse(key, NumberStyles.Float, CultureInfo.InvariantCulture, out var wanted) && decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var actual)
            ? wanted == actual
            : string.Equals(Trimmed(key), Trimmed(value), StringComparison.Ordinal);

    /// <summary>The whole name, or one of its component groups; empty components at the end say nothing (PS3.5 §6.2.1.1).</summary>
    private static bool IsName(string key, string value)
    {
        key = Name(key);
        return IsLike(key, Name(value), ignoreCase: true) || (!key.Contains('=', StringComparison.Ordinal) && value.Split('=').Any(group => IsLike(key, Name(group), ignoreCase: true)));
    }

    private static string Name(string value) => string.Join('=', value.Split('=').Select(static group => group.TrimEnd(' ', '^').TrimStart(' '))).TrimEnd('=');

    /// <summary>Wildcards: <c>*</c> for any characters, <c>?</c> for one. Linear but for the last <c>*</c>, to which it goes back.</summary>
    private static bool IsLike(string pattern, string value, bool ignoreCase)
    {
        var (p, v, star, retry) = (0, 0, -1, 0);
        while (v < value.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                (star, retry) = (p++, v);
            }
            else if (p < pattern.Length && (pattern[p] == '?' || AreSame(pattern[p], value[v], ignoreCase)))
            {
                (p, v) = (p + 1, v + 1);
            }
            else if (star >= 0)
            {
                (p, v) = (star + 1, ++retry);
            }
            else
            {
                return false;
            }
        }

        return pattern.AsSpan(p).TrimStart('*').IsEmpty;
    }

    private static bool AreSame(char one, char other, bool ignoreCase) => one == other || (ignoreCase && char.ToUpperInvariant(one) == char.ToUpperInvariant(other));

    /// <summary>A single value, or a range of which one end may be open. What is no date or time, and so has no digits from the year on, matches nothing.</summary>
    private static bool IsInRange(string key, string value, Func<string, string?> digits)
    {
        if (digits(value) is not { } actual)
        {
            return false;
        }

        var (low, high) = Ends(key.Trim());
        var from = low.Length == 0 ? Earliest : digits(low) is { } first ? Fill(first, Earliest) : null;
        var to = high.Length == 0 ? Latest : digits(high) is { } last ? Fill(last, ReferenceEquals(low, high) ? Earliest : Latest) : null;
        actual = Fill(actual, Earliest);
        return from is not null && to is not null && string.CompareOrdinal(from, actual) <= 0 && string.CompareOrdinal(actual, to) <= 0;
    }

    private static string Fill(string digits, string rest) => digits + rest[digits.Length..];

    /// <summary>The two ends of a range; one that is no range is both. A hyphen before an offset from UTC is none between two ends.</summary>
    private static (string Low, string High) Ends(string key)
    {
        for (var i = 0; i < key.Length; i++)
        {
            if (key[i] == '-' && !IsOffset(key, i))
            {
                return (key[..i], key[(i + 1)..]);
            }
        }

        return (key, key);
    }

    /// <summary>Behind a year at least, four digits that are no year: offsets end with -1200 (PS3.5 §6.2).</summary>
    private static bool IsOffset(string key, int at) =>
        at >= 4
        && (at + 5 == key.Length || (at + 5 < key.Length && key[at + 5] == '-'))
        && int.TryParse(key.AsSpan(at + 1, 4), NumberStyles.None, CultureInfo.InvariantCulture, out var offset)
        && offset <= 1200;

    /// <summary>YYYYMMDD, or YYYY.MM.DD of before 1993 (PS3.5 §6.2).</summary>
    private static string? Date(string value) => Digits(Trimmed(value).Replace(".", "", StringComparison.Ordinal), DateLength, DateLength);

    /// <summary>HHMMSS.FFFFFF behind the day that all times share.</summary>
    private static string? Time(string value)
    {
        var parts = Trimmed(value).Replace(":", "", StringComparison.Ordinal).Split('.');
        return parts.Length <= 2 && parts[0].Length % 2 == 0 && Digits(string.Concat(parts), 2, 12) is { } digits ? Earliest[..DateLength] + digits : null;
    }

    /// <summary>YYYYMMDDHHMMSS.FFFFFF&amp;ZZXX. With an offset the moment in UTC, without one as it stands.</summary>
    private static string? DateTime(string value)
    {
        value = Trimmed(value);
        var sign = value.LastIndexOfAny(['+', '-']);
        var local = sign < 0 ? value : value[..sign];
        var parts = local.Split('.');
        if (parts.Length > 2 || parts[0].Length % 2 != 0 || Digits(string.Concat(parts), 4, Earliest.Length) is not { } digits)
        {
            return null;
        }

        if (sign < 0)
        {
            return digits;
        }

        var zone = value[(sign + 1)..];
        if (zone.Length != 4 || !int.TryParse(zone, NumberStyles.None, CultureInfo.InvariantCulture, out var offset)
            || !System.DateTime.TryParseExact(Fill(digits, "00010101000000000000")[..14], "yyyyMMddHHmmss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment))
        {
            return null;
        }

        var minutes = ((offset / 100) * 60) + (offset % 100);
        return moment.AddMinutes(value[sign] == '+' ? -minutes : minutes).ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture) + (digits.Length > 14 ? digits[14..] : "");
    }

    private static string? Digits(string value, int least, int most) => value.Length >= least && value.Length <= most && value.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0 ? value : null;
}
