using System.Globalization;
using FellowOakDicom;

namespace Specgen;

/// <summary>
/// Values in the form in which they are compared (PS3.4 §C.2.2.2, PS3.5 §6.2): two values of a VR are the same when their forms are equal, and dates and times sort by their forms.
/// A database that keeps the form beside the value decides as <see cref="QueryMatcher"/> does.
/// </summary>
public static class ComparableValue
{
    /// <summary>The form of one value.</summary>
    /// <param name="vr">The value representation.</param>
    /// <param name="value">The value, without the backslashes between several; with padding or without.</param>
    /// <returns>
    /// Text without the spaces and NULs around it that are not significant; a name in capitals without the carets at its end; a date as
    /// <c>yyyyMMdd</c>, a time as <c>HHmmssffffff</c>, both of them as <c>yyyyMMddHHmmssffffff</c> in UTC, with the earliest of what is left out; a
    /// number so that 7, 007 and 7.0 are the same. <see langword="null"/> where it cannot be read as its VR, and for a VR that is not matched.
    /// </returns>
    public static string? Of(DicomVR vr, string value)
    {
        ArgumentNullException.ThrowIfNull(vr);
        ArgumentNullException.ThrowIfNull(value);
        return vr.Code switch
        {
            "AE" or "CS" or "LO" or "SH" or "UI" => Trim(value),
            "LT" or "ST" or "UC" or "UR" or "UT" => value.TrimEnd('\0', ' '),
            "PN" => Name(value),
            "DA" or "TM" or "DT" => DateTimeText.Range(vr, value)?.From,
            "IS" or "DS" or "US" or "SS" or "UL" or "SL" or "UV" or "SV" or "FL" or "FD" => Number(Trim(value)) ?? Trim(value),
            "AS" => Age(Trim(value)),
            "AT" => Trim(value).Trim('(', ')').Replace(",", "", StringComparison.Ordinal).ToUpperInvariant(),
            _ => null,
        };
    }

    /// <summary>The forms of all values that a data set has of an attribute; none where it is absent or has no value.</summary>
    /// <param name="dataset">The data set; a sequence or bulk data in it has no values.</param>
    /// <param name="tag">The attribute.</param>
    public static IReadOnlyList<string?> Of(DicomDataset dataset, DicomTag tag)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(tag);
        return Element(dataset, tag) is { } element ? Array.ConvertAll(Texts(element), text => Of(element.ValueRepresentation, text)) : [];
    }

    internal static string Trim(string value) => value.Trim('\0', ' ');

    internal static DicomElement? Element(DicomDataset dataset, DicomTag tag) =>
        dataset.Contains(tag) ? dataset.GetDicomItem<DicomItem>(tag) as DicomElement : null;

    /// <summary>The values as text, those without anything in them left out.</summary>
    internal static string[] Texts(DicomElement element)
    {
        var vr = element.ValueRepresentation;
        string[] values = vr.Code switch
        {
            _ when vr.IsString => element.Get<string>() is var text && vr.IsMultiValue ? text.Split('\\') : [text],
            "US" => Texts(element.Get<ushort[]>()),
            "SS" => Texts(element.Get<short[]>()),
            "UL" => Texts(element.Get<uint[]>()),
            "SL" => Texts(element.Get<int[]>()),
            "UV" => Texts(element.Get<ulong[]>()),
            "SV" => Texts(element.Get<long[]>()),
            "FL" => Texts(element.Get<float[]>()),
            "FD" => Texts(element.Get<double[]>()),
            "AT" => Array.ConvertAll(element.Get<DicomTag[]>(), static tag => $"{tag.Group:X4}{tag.Element:X4}"),
            _ => [],
        };
        return Array.FindAll(values, static value => Trim(value).Length > 0);
    }

    private static string[] Texts<T>(T[] values)
        where T : IFormattable => Array.ConvertAll(values, static value => value.ToString(null, CultureInfo.InvariantCulture));

    /// <summary>Component groups and their components without padding; empty ones at the end say nothing (PS3.5 §6.2.1.1).</summary>
    private static string Name(string value)
    {
        var groups = Trim(value).Split('=').Select(static group => string.Join('^', group.Split('^').Select(Trim)).TrimEnd('^'));
        return string.Join('=', groups).TrimEnd('=').ToUpperInvariant();
    }

    /// <summary>045Y and 45Y.</summary>
    private static string Age(string value) => value.TrimStart('0') is { Length: > 1 } significant ? significant : value;

    /// <summary>
    /// The digits that count and the power of ten behind them: exact, however long, and whatever the exponent.
    /// </summary>
    private static string? Number(string value)
    {
        const int Furthest = 1_000_000;
        var isNegative = value.StartsWith('-');
        var text = value.AsSpan(isNegative || value.StartsWith('+') ? 1 : 0);
        var exponent = 0;
        if (text.IndexOfAny('e', 'E') is >= 0 and var at)
        {
            if (!int.TryParse(text[(at + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent)
                || exponent is < -Furthest or > Furthest)
            {
                return null;
            }

            text = text[..at];
        }

        var point = text.IndexOf('.');
        var digits = point < 0 ? text.ToString() : string.Concat(text[..point], text[(point + 1)..]);
        if (digits.Length == 0 || digits.AsSpan().IndexOfAnyExceptInRange('0', '9') >= 0)
        {
            return null;
        }

        var significant = digits.TrimEnd('0');
        exponent += digits.Length - significant.Length - (point < 0 ? 0 : text.Length - point - 1);
        significant = significant.TrimStart('0');
        return significant.Length == 0 ? "0" : string.Create(CultureInfo.InvariantCulture, $"{(isNegative ? "-" : "")}{significant}E{exponent}");
    }
}
