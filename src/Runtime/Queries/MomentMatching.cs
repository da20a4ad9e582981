using FellowOakDicom;

namespace Specgen;

/// <summary>A range of dates and one of times as one range of moments (PS3.4 §C.2.2.2.5.4).</summary>
/// <param name="Date">The key of VR DA.</param>
/// <param name="Time">The key of VR TM that belongs to it.</param>
internal sealed record MomentMatching(QueryKey Date, QueryKey Time)
{
    private readonly ValueRange _range = new(Date.Spans[0].From + Time.Spans[0].From, Date.Spans[0].To + Time.Spans[0].To);

    /// <summary>With the time that is named after the date (Study Date, Study Time), where both are ranges of the same form.</summary>
    public static MomentMatching? Of(QueryKey date, IEnumerable<QueryKey> keys)
    {
        const string Suffix = "Date";
        var keyword = date.Tag.DictionaryEntry.Keyword;
        if (date.IsInvalid || !keyword.EndsWith(Suffix, StringComparison.Ordinal))
        {
            return null;
        }

        var partner = keyword[..^Suffix.Length] + "Time";
        var time = keys.FirstOrDefault(key =>
            key.ValueRepresentation == DicomVR.TM && key.Form == date.Form && !key.IsInvalid && key.Tag.DictionaryEntry.Keyword == partner);
        return time is null ? null : new MomentMatching(date, time);
    }

    /// <summary>Values come in pairs.</summary>
    public bool Matches(DicomDataset entity)
    {
        var dates = ComparableValue.Of(entity, Date.Tag);
        var times = ComparableValue.Of(entity, Time.Tag);
        return dates.Zip(times).Any(pair => pair is { First: { } date, Second: { } time } && _range.Contains(date + time));
    }
}
