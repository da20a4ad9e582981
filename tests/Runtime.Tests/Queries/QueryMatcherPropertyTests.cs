using System.Globalization;
using System.Text.RegularExpressions;
using CsCheck;
using FellowOakDicom;

namespace Specgen.Runtime.Tests.Queries;

/// <summary>Generated keys and values, held against the rules of PS3.4 §C.2.2.2 written down a second time, as plainly as they can be.</summary>
[TestClass]
public sealed class QueryMatcherPropertyTests
{
    private const long Minute = 60_000_000;
    private const long Day = 24 * 60 * Minute;

    private static readonly Gen<string> s_pattern = Gen.Char["ab*?^"].Array[0, 7].Select(static chars => new string(chars));
    private static readonly Gen<string> s_text = Gen.Char["ab^"].Array[1, 7].Select(static chars => new string(chars));

    /// <summary>A moment within 2026 and what is written of it: year, month, day, hour, minute, second, or fraction as well.</summary>
    private static readonly Gen<(DateTime Moment, int Parts)> s_moment =
        Gen.Select(Gen.Long[0, (365 * Day) - 1], Gen.Int[1, 7]).Select(static (micros, parts) => (new DateTime(2026, 1, 1).AddMicroseconds(micros), parts));

    [TestMethod]
    public void Wild_cards_are_what_a_regular_expression_says() =>
        Gen.Select(s_pattern, s_text, OneOf("LO", "CS", "UT")).Sample(static (pattern, value, vr) =>
        {
            var expected = pattern.Length == 0 || Regex.IsMatch(value, "^" + Regex.Escape(pattern).Replace(@"\*", ".*", StringComparison.Ordinal).Replace(@"\?", ".", StringComparison.Ordinal) + "$");
            return Matches(vr, pattern, value) == expected;
        });

    [TestMethod]
    public void Texts_without_wild_cards_are_equal_or_not() =>
        Gen.Select(s_text, s_text, OneOf("AE", "CS", "LO", "SH", "LT", "ST", "UC", "UR", "UT")).Sample(static (key, value, vr) => Matches(vr, key, value) == (key == value));

    [TestMethod]
    public void Names_are_their_components() =>
        Gen.Select(Component().Array[1, 5], Component().Array[1, 5]).Sample(static (key, value) =>
        {
            static string[] Five(string[] name) => [.. name.Concat(Enumerable.Repeat("", 5)).Take(5)];
            var expected = Array.TrueForAll(key, static component => component.Length == 0) || Five(key).SequenceEqual(Five(value), StringComparer.OrdinalIgnoreCase);
            return Array.TrueForAll(value, static component => component.Length == 0) || Matches("PN", string.Join('^', key), string.Join('^', value)) == expected;
        });

    [TestMethod]
    public void Times_are_in_a_range_or_not() =>
        Gen.Select(s_moment, s_moment, s_moment, Gen.Int[0, 3], Gen.Bool).Sample(static (one, other, moment, form, isOld) =>
        {
            var (low, high, value) = (TimeText(one, isOld), TimeText(other, isOld), TimeText(moment, !isOld));
            var (from, to, at) = (TimeSpan(one), TimeSpan(other), TimeSpan(moment).From);
            return Matches("TM", Range(form, low, high), value) == IsIn(form, from, to, at);
        });

    [TestMethod]
    public void Dates_are_in_a_range_or_not() =>
        Gen.Select(s_moment, s_moment, s_moment, Gen.Int[0, 3], Gen.Bool).Sample(static (one, other, moment, form, isOld) =>
        {
            string Text(DateTime date) => date.ToString(isOld ? "yyyy.MM.dd" : "yyyyMMdd", CultureInfo.InvariantCulture);
            static (long From, long To) Span(DateTime date) => (date.DayOfYear, date.DayOfYear);
            return Matches("DA", Range(form, Text(one.Moment), Text(other.Moment)), Text(moment.Moment)) == IsIn(form, Span(one.Moment), Span(other.Moment), moment.Moment.DayOfYear);
        });

    [TestMethod]
    public void Moments_are_in_a_range_whatever_their_offsets() =>
        Gen.Select(s_moment, s_moment, s_moment, Gen.Int[-12, 14].Array[3], Gen.Int[0, 3]).Sample(static (one, other, moment, offsets, form) =>
        {
            var key = Range(form, MomentText(one, offsets[0]), MomentText(other, offsets[1]));
            return Matches("DT", key, MomentText(moment, offsets[2])) == IsIn(form, MomentSpan(one, offsets[0]), MomentSpan(other, offsets[1]), MomentSpan(moment, offsets[2]).From);
        });

    [TestMethod]
    public void Numbers_are_what_they_are_worth() =>
        Gen.Select(Gen.Int[-30, 30], Gen.Int[-30, 30], Gen.Int[0, 3], Gen.Int[0, 2]).Sample(static (key, value, zeros, exponent) =>
        {
            var sign = value < 0 ? "-" : "";
            var text = string.Create(CultureInfo.InvariantCulture, $"{sign}{new string('0', zeros)}{Math.Abs(value)}{new string('0', exponent)}.0E-{exponent}");
            return Matches("DS", key.ToString(CultureInfo.InvariantCulture), text) == (key == value)
                && Matches("FD", key.ToString(CultureInfo.InvariantCulture), value.ToString(CultureInfo.InvariantCulture)) == (key == value)
                && Matches("IS", key.ToString(CultureInfo.InvariantCulture), sign + new string('0', zeros) + Math.Abs(value).ToString(CultureInfo.InvariantCulture)) == (key == value);
        });

    [TestMethod]
    public void Sequences_have_an_item_that_matches_or_not() =>
        Gen.Select(Tree(3), Tree(3)).Sample(static (key, entity) =>
        {
            var (identifier, dataset) = (ToDataset(key), ToDataset(entity));
            var matches = IsMatch(key, entity);
            var answer = new QueryMatcher(identifier).Match(dataset)?.Dataset;
            return matches ? answer is not null && Text(answer) == Text(ToDataset(Answer(key, entity))) : answer is null;
        });

    [TestMethod]
    public void Values_that_are_compared_in_a_database_are_found_there_as_well() =>
        Gen.Select(s_moment, s_moment, s_moment, Gen.Int[-12, 14].Array[3], Gen.Int[0, 3]).Sample(static (one, other, moment, offsets, form) =>
        {
            var query = new QueryMatcher(Values.Of("DT", Range(form, MomentText(one, offsets[0]), MomentText(other, offsets[1]))));
            var entity = Values.Of("DT", MomentText(moment, offsets[2]));
            var column = ComparableValue.Of(entity, Values.TagOf("DT")).Single()!;
            return query.Matches(entity) == query.Keys[0].Ranges.Any(range => string.CompareOrdinal(range.From, column) <= 0 && string.CompareOrdinal(column, range.To) <= 0);
        });

    [TestMethod]
    public void Anything_at_all_as_a_key_or_a_value_ends_in_an_answer() =>
        Gen.Select(Gen.String, Gen.String, OneOf("AE", "AS", "CS", "DA", "DS", "DT", "IS", "LO", "PN", "SH", "TM", "UC", "UI", "UT"), Gen.Char["0123456789-+.: *\\=^"].Array[0, 20])
            .Sample(static (key, value, vr, digits) =>
            {
                foreach (var text in new[] { key, new string(digits) })
                {
                    var query = new QueryMatcher(Values.Of(vr, text));
                    _ = query.Match(Values.Of(vr, value));
                    _ = query.Match(Values.Of(vr, text));
                    _ = query.InvalidKeys.ToList();
                }
            });

    private static bool Matches(string vr, string key, string value) => new QueryMatcher(Values.Of(vr, key)).Matches(Values.Of(vr, value));

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static Gen<string> Component() => Gen.Char["aAb"].Array[0, 2].Select(static chars => new string(chars));

    private static string Range(int form, string low, string high) => form switch { 0 => low, 1 => low + "-" + high, 2 => low + "-", _ => "-" + high };

    private static bool IsIn(int form, (long From, long To) low, (long From, long To) high, long at) => form switch
    {
        0 => low.From <= at && at <= low.To,
        1 => low.From <= at && at <= high.To,
        2 => low.From <= at,
        _ => at <= high.To,
    };

    private static string TimeText((DateTime Moment, int Parts) value, bool isOld)
    {
        var format = value.Parts switch { <= 4 => "HH", 5 => "HH:mm", 6 => "HH:mm:ss", _ => "HH:mm:ss.ffffff" };
        var text = value.Moment.ToString(format, CultureInfo.InvariantCulture);
        return isOld ? text : text.Replace(":", "", StringComparison.Ordinal);
    }

    private static (long From, long To) TimeSpan((DateTime Moment, int Parts) value)
    {
        var unit = value.Parts switch { <= 4 => 60 * Minute, 5 => Minute, 6 => Minute / 60, _ => 1 };
        var micros = value.Moment.TimeOfDay.Ticks / 10;
        return (micros - (micros % unit), micros - (micros % unit) + unit - 1);
    }

    private static string MomentText((DateTime Moment, int Parts) value, int offset)
    {
        var format = "yyyyMMddHHmmss.ffffff"[..(value.Parts switch { 1 => 4, 2 => 6, 3 => 8, 4 => 10, 5 => 12, 6 => 14, _ => 21 })];
        return value.Moment.ToString(format, CultureInfo.InvariantCulture) + (offset == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{(offset < 0 ? '-' : '+')}{Math.Abs(offset):00}00"));
    }

    private static (long From, long To) MomentSpan((DateTime Moment, int Parts) value, int offset)
    {
        var m = value.Moment;
        var (from, to) = value.Parts switch
        {
            1 => (new DateTime(m.Year, 1, 1), new DateTime(m.Year + 1, 1, 1)),
            2 => (new DateTime(m.Year, m.Month, 1), new DateTime(m.Year, m.Month, 1).AddMonths(1)),
            3 => (m.Date, m.Date.AddDays(1)),
            4 => (m.Date.AddHours(m.Hour), m.Date.AddHours(m.Hour + 1)),
            5 => (m.Date.AddMinutes(m.Minute + (60 * m.Hour)), m.Date.AddMinutes(m.Minute + 1 + (60 * m.Hour))),
            6 => (m.AddTicks(-(m.Ticks % System.TimeSpan.TicksPerSecond)), m.AddTicks(System.TimeSpan.TicksPerSecond - (m.Ticks % System.TimeSpan.TicksPerSecond))),
            _ => (m, m.AddMicroseconds(1)),
        };
        return ((from.AddHours(-offset).Ticks / 10), (to.AddHours(-offset).Ticks / 10) - 1);
    }

    /// <summary>
    /// Attributes without a tag: Modality and Patient ID with one letter or none, absent as null, and a sequence of such items, absent as null.
    /// </summary>
    private sealed record Node(string? Modality, string? Id, Node[]? Items);

    private static Gen<Node> Tree(int depth) => Gen.Select(
        OneOf<string?>(null, "", "A", "B"),
        OneOf<string?>(null, "", "A", "B"),
        depth == 0 ? Gen.Const((Node[]?)null) : Gen.Frequency((1, Gen.Const((Node[]?)null)), (3, Gen.Int[0, 2].SelectMany(count => Tree(depth - 1).Array[count]).Select(static items => (Node[]?)items))))
        .Select(static (modality, id, items) => new Node(modality, id, items));

    private static DicomDataset ToDataset(Node node)
    {
        var dataset = new DicomDataset().NotValidated();
        _ = node.Modality is null ? dataset : dataset.Add(DicomTag.Modality, node.Modality);
        _ = node.Id is null ? dataset : dataset.Add(DicomTag.PatientID, node.Id);
        return node.Items is null ? dataset : dataset.Add(new DicomSequence(DicomTag.ScheduledProcedureStepSequence, [.. node.Items.Select(ToDataset)]));
    }

    private static bool IsUniversal(Node key) => string.IsNullOrEmpty(key.Modality) && string.IsNullOrEmpty(key.Id) && (key.Items is not [var item, ..] || IsUniversal(item));

    private static bool IsMatch(Node key, Node entity) =>
        (string.IsNullOrEmpty(key.Modality) || key.Modality == entity.Modality)
        && (string.IsNullOrEmpty(key.Id) || key.Id == entity.Id)
        && ((key.Items ?? []).All(IsUniversal) || (key.Items is [var item] && (entity.Items ?? []).Any(other => IsMatch(item, other))));

    private static Node Answer(Node key, Node entity) => new(
        key.Modality is null ? null : entity.Modality ?? "",
        key.Id is null ? null : entity.Id ?? "",
        key.Items is null ? null
        : key.Items is [var item, ..] && item is not { Modality: null, Id: null, Items: null } ? [.. (entity.Items ?? []).Where(other => IsMatch(item, other)).Select(other => Answer(item, other))]
        : entity.Items ?? []);

    private static string Text(DicomDataset dataset) => string.Concat(dataset.Select(static item => item is DicomSequence sequence
        ? $"[{string.Join(';', sequence.Items.Select(Text))}]"
        : $"{item.Tag}={((DicomElement)item).Get<string>()},"));
}
