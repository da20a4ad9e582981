using System.Globalization;
using FellowOakDicom;

namespace Specgen;

/// <summary>Dates and times (PS3.5 §6.2: DA, TM, DT) as what they cover: a value of less than full precision is all that it may be.</summary>
internal static class DateTimeText
{
    /// <summary>
    /// What is earliest and latest of each digit that may be left out: year, month, day, hour, minute, second, fraction. A second may be the 61st
    /// of its minute.
    /// </summary>
    private const string Earliest = "00000101000000000000";
    private const string Latest = "99991231235960999999";
    private const int MonthLength = 6;
    private const int DateLength = 8;

    /// <summary>YYYYMMDDHHMM: an offset from UTC changes no more than these.</summary>
    private const int MinuteLength = 12;
    private const int SecondLength = 14;

    /// <summary>From the beginning of time to its end.</summary>
    public static ValueRange All(DicomVR vr) => Cut(vr, new ValueRange(Earliest, Latest));

    /// <summary>What one value covers; <see langword="null"/> where it is none of its VR.</summary>
    public static ValueRange? Range(DicomVR vr, string value)
    {
        value = ComparableValue.Trim(value);
        return vr.Code switch
        {
            "DA" => Date(value),
            "TM" => Time(value),
            _ => Moment(value),
        };
    }

    /// <summary>
    /// The ends of a range, of which one may be without anything; <see langword="null"/> where the key is no range. A hyphen before an offset from
    /// UTC is none between two ends: DT alone has these.
    /// </summary>
    public static (string Low, string High)? Ends(DicomVR vr, string key)
    {
        for (var i = 0; i < key.Length; i++)
        {
            if (key[i] == '-' && !(vr == DicomVR.DT && IsOffset(key, i)))
            {
                return (ComparableValue.Trim(key[..i]), ComparableValue.Trim(key[(i + 1)..]));
            }
        }

        return null;
    }

    /// <summary>Behind a year at least, four digits that are no year: offsets end with -1200 (PS3.5 §6.2).</summary>
    private static bool IsOffset(string key, int at)
    {
        var rest = key.AsSpan(at + 1);
        return key.AsSpan(0, at).TrimStart(' ').Length >= 4
            && rest.Length >= 4
            && rest[4..].TrimStart(' ') is var next && (next.IsEmpty || next[0] == '-')
            && int.TryParse(rest[..4], NumberStyles.None, CultureInfo.InvariantCulture, out var offset)
            && offset <= 1200;
    }

    /// <summary>YYYYMMDD, or YYYY.MM.DD of before 1993.</summary>
    private static ValueRange? Date(string value)
    {
        var digits = value.Length == DateLength + 2 && value[4] == '.' && value[7] == '.' ? value.Replace(".", "", StringComparison.Ordinal) : value;
        return digits.Length == DateLength && AreDigits(digits) ? new ValueRange(digits, digits) : null;
    }

    /// <summary>HHMMSS.FFFFFF, or HH:MM:SS.FFFFFF of before 1993.</summary>
    private static ValueRange? Time(string value) =>
        Digits(value.Replace(":", "", StringComparison.Ordinal), least: 2, seconds: SecondLength - DateLength) is { } digits
            ? Cut(DicomVR.TM, Fill(Earliest[..DateLength] + digits))
            : null;

    /// <summary>YYYYMMDDHHMMSS.FFFFFF&amp;ZZXX. With an offset the moment in UTC; without one it stands for itself (PS3.4 §C.2.2.2.1.3).</summary>
    private static ValueRange? Moment(string value)
    {
        var sign = value.LastIndexOfAny(['+', '-']);
        if (Digits(sign < 0 ? value : value[..sign], least: 4, SecondLength) is not { } digits)
        {
            return null;
        }

        var range = Fill(digits);
        if (sign < 0)
        {
            return range;
        }

        return Minutes(value.AsSpan(sign)) is { } offset && InUtc(range.From, offset) is { } from && InUtc(range.To, offset) is { } to
            ? new ValueRange(from, to)
            : null;
    }

    private static int? Minutes(ReadOnlySpan<char> offset) =>
        offset.Length == 5 && int.TryParse(offset[1..], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number <= 1400 && number % 100 < 60
            ? (offset[0] == '-' ? -1 : 1) * (((number / 100) * 60) + (number % 100))
            : null;

    private static string? InUtc(string digits, int offset)
    {
        if (!DateTime.TryParseExact(digits.AsSpan(0, MonthLength), "yyyyMM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month))
        {
            return null;
        }

        // The last day of a month of which the day was left out is seldom its 31st.
        var given = int.Parse(digits.AsSpan(MonthLength, 2), NumberStyles.None, CultureInfo.InvariantCulture);
        var day = Math.Min(given, DateTime.DaysInMonth(month.Year, month.Month));
        var text = string.Create(CultureInfo.InvariantCulture, $"{digits[..MonthLength]}{day:00}{digits[DateLength..MinuteLength]}");
        if (!DateTime.TryParseExact(text, "yyyyMMddHHmm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
        {
            return null;
        }

        var ticks = Math.Clamp(local.Ticks - (offset * TimeSpan.TicksPerMinute), DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks);
        return new DateTime(ticks).ToString("yyyyMMddHHmm", CultureInfo.InvariantCulture) + digits[MinuteLength..];
    }

    /// <summary>Pairs of digits up to the seconds, and a fraction behind these only.</summary>
    private static string? Digits(string value, int least, int seconds)
    {
        var point = value.IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? value : value[..point];
        var fraction = point < 0 ? "" : value[(point + 1)..];
        var isWhole = whole.Length >= least && whole.Length <= seconds && whole.Length % 2 == 0 && AreDigits(whole);
        var isFraction = fraction.Length == 0 || (whole.Length == seconds && fraction.Length <= 6 && AreDigits(fraction));
        return isWhole && isFraction ? whole + fraction : null;
    }

    private static bool AreDigits(ReadOnlySpan<char> text) => text.IndexOfAnyExceptInRange('0', '9') < 0;

    private static ValueRange Fill(string digits) => new(digits + Earliest[digits.Length..], digits + Latest[digits.Length..]);

    private static ValueRange Cut(DicomVR vr, ValueRange range) => vr.Code switch
    {
        "DA" => new ValueRange(range.From[..DateLength], range.To[..DateLength]),
        "TM" => new ValueRange(range.From[DateLength..], range.To[DateLength..]),
        _ => range,
    };
}
