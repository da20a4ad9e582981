using FellowOakDicom;

namespace Specgen;

/// <summary>
/// One key of an identifier, read once: what it asks for, for a provider that asks a database first. What a data set has is compared by <see
/// cref="QueryMatcher"/>.
/// </summary>
public sealed class QueryKey
{
    private readonly MatchingOptions _options;

    private QueryKey(DicomTag tag, DicomVR vr, MatchingKind kind, MatchingOptions options) =>
        (Tag, ValueRepresentation, Kind, _options) = (tag, vr, kind, options);

    /// <summary>The attribute.</summary>
    public DicomTag Tag { get; }

    /// <summary>The VR by which it is matched: the identifier's, or the dictionary's (PS3.6) where that does not have the identifier's.</summary>
    public DicomVR ValueRepresentation { get; }

    /// <summary>How it is matched.</summary>
    public MatchingKind Kind { get; }

    /// <summary>
    /// Whether it has a value that is not valid for its VR, such as a date without digits, or is a sequence of several items of which any has a value (PS3.4 §C.2.2.2.6: one item). It matches
    /// nothing; a provider may as well refuse it, with 0xA900.
    /// </summary>
    public bool IsInvalid { get; private init; }

    /// <summary>
    /// The values of which one has to match, in the form of <see cref="ComparableValue"/>, with their wild cards; none for dates and times.
    /// </summary>
    public IReadOnlyList<string> Values => Forms;

    /// <summary>
    /// The ranges of dates or times of which one has to contain the value, also where the key is a single value; none for other VRs.
    /// </summary>
    public IReadOnlyList<ValueRange> Ranges => Spans;

    /// <summary>
    /// What an item of the sequence has to match; <see langword="null"/> for what is no sequence, and where a zero-length sequence or item asks for
    /// all of it.
    /// </summary>
    public QueryMatcher? Item { get; private init; }

    internal ValueRange[] Spans { get; private init; } = [];

    /// <summary>A range as it was written: which of its ends are given. <see langword="null"/> for anything else.</summary>
    internal (bool HasLow, bool HasHigh)? Form { get; private init; }

    private string[] Forms { get; init; } = [];

    /// <summary>Whether the key excludes anything.</summary>
    internal bool IsRestrictive => Kind is not (MatchingKind.None or MatchingKind.Universal);

    /// <summary>Reads a key that is supported for matching.</summary>
    internal static QueryKey Of(DicomItem item, QueryKeys? nested, MatchingOptions options) => item switch
    {
        DicomSequence sequence => Of(sequence, nested, options),
        DicomElement element => Of(element, options),
        _ => new QueryKey(item.Tag, item.ValueRepresentation, MatchingKind.None, options),
    };

    /// <summary>A key that is returned only.</summary>
    internal static QueryKey Returned(DicomItem item, bool hasValue) =>
        new(item.Tag, item.ValueRepresentation, hasValue ? MatchingKind.None : MatchingKind.Universal, MatchingOptions.Default);

    internal bool Matches(DicomDataset entity)
    {
        if (!IsRestrictive)
        {
            return true;
        }

        if (ValueRepresentation == DicomVR.SQ && IsInvalid)
        {
            return false;
        }

        if (Item is not null)
        {
            var items = entity.TryGetSequence(Tag, out var sequence) ? sequence.Items : [];
            return items.Count == 0 ? _options.UnknownMatches : items.Any(Item.Matches);
        }

        var texts = ComparableValue.Element(entity, Tag) is { } element ? ComparableValue.Texts(element) : [];
        return texts.Length == 0
            ? Kind == MatchingKind.EmptyValue || _options.UnknownMatches
            : Array.Exists(texts, text => ComparableValue.Of(ValueRepresentation, text) is { } form && Matches(form));
    }

    private bool Matches(string form) => ValueRepresentation.Code switch
    {
        "DA" or "TM" or "DT" => Array.Exists(Spans, span => span.Contains(form)),
        "PN" => Array.Exists(Forms, key => PersonNames.Match(key, form)),
        _ when TakesWildCards(ValueRepresentation) => Array.Exists(Forms, key => WildCards.Matches(key, form)),
        _ => Array.Exists(Forms, key => string.Equals(key, form, StringComparison.Ordinal)),
    };

    private static QueryKey Of(DicomSequence sequence, QueryKeys? nested, MatchingOptions options)
    {
        // One item, of which a zero-length one asks for the whole sequence (PS3.4 §C.2.2.2.6). What several that exclude something would mean together, the standard does not say.
        var items = sequence.Items.Select(item => item.Any() ? new QueryMatcher(item, nested, options) : null).ToArray();
        var isRestrictive = Array.Exists(items, static item => item is { IsRestrictive: true });
        return new QueryKey(sequence.Tag, DicomVR.SQ, isRestrictive ? MatchingKind.Sequence : MatchingKind.Universal, options)
        {
            Item = items.FirstOrDefault(),
            IsInvalid = isRestrictive && items.Length > 1,
        };
    }

    private static QueryKey Of(DicomElement element, MatchingOptions options)
    {
        var vr = VrOf(element);
        var texts = ComparableValue.Texts(element);
        if (!IsMatched(vr))
        {
            return Returned(element, element.Length > 0);
        }

        // Nothing but asterisks is universal for text, by the standard; dates and the like are sent so as well, and mean the same.
        if (texts.Length == 0 || Array.Exists(texts, static text => WildCards.IsAnything(ComparableValue.Trim(text))))
        {
            return new QueryKey(element.Tag, vr, MatchingKind.Universal, options);
        }

        if (options.MatchesEmptyValues && texts is [var only] && ComparableValue.Trim(only) == "\"\"")
        {
            return new QueryKey(element.Tag, vr, MatchingKind.EmptyValue, options);
        }

        if (vr.Code is "DA" or "TM" or "DT")
        {
            return OfDates(element.Tag, vr, texts, options);
        }

        // A name of nothing but carets is none.
        var forms = texts.Select(text => ComparableValue.Of(vr, text)!).Where(static form => form.Length > 0).ToArray();
        return new QueryKey(element.Tag, vr, forms.Length == 0 ? MatchingKind.Universal : KindOf(vr, forms), options) { Forms = forms };
    }

    private static QueryKey OfDates(DicomTag tag, DicomVR vr, string[] texts, MatchingOptions options)
    {
        var ends = Array.ConvertAll(texts, text => DateTimeText.Ends(vr, text));
        if (Array.Exists(ends, static range => range is { Low.Length: 0, High.Length: 0 }))
        {
            return new QueryKey(tag, vr, MatchingKind.Universal, options);
        }

        var spans = texts.Zip(ends, (text, range) => range is { } given ? RangeOf(vr, given) : DateTimeText.Range(vr, text)).ToArray();
        var kind = texts.Length > 1 ? MatchingKind.ListOfValues : ends[0] is null ? MatchingKind.SingleValue : MatchingKind.Range;
        return new QueryKey(tag, vr, kind, options)
        {
            Spans = [.. spans.OfType<ValueRange>()],
            IsInvalid = Array.Exists(spans, static span => span is null),
            Form = kind == MatchingKind.Range ? (ends[0]!.Value.Low.Length > 0, ends[0]!.Value.High.Length > 0) : null,
        };
    }

    /// <summary>From the first moment of the one to the last of the other.</summary>
    private static ValueRange? RangeOf(DicomVR vr, (string Low, string High) ends)
    {
        var all = DateTimeText.All(vr);
        var low = ends.Low.Length == 0 ? all : DateTimeText.Range(vr, ends.Low);
        var high = ends.High.Length == 0 ? all : DateTimeText.Range(vr, ends.High);
        return low is { } from && high is { } to ? new ValueRange(from.From, to.To) : null;
    }

    private static MatchingKind KindOf(DicomVR vr, string[] forms) =>
        forms.Length > 1 ? MatchingKind.ListOfValues
        : TakesWildCards(vr) && WildCards.Has(forms[0]) ? MatchingKind.WildCard
        : MatchingKind.SingleValue;

    private static bool TakesWildCards(DicomVR vr) => vr.Code is "AE" or "CS" or "LO" or "LT" or "PN" or "SH" or "ST" or "UC" or "UR" or "UT";

    private static bool IsMatched(DicomVR vr) => vr.Code is not ("OB" or "OD" or "OF" or "OL" or "OV" or "OW" or "UN" or "SQ");

    /// <summary>A user that writes dates as text still asks for dates.</summary>
    private static DicomVR VrOf(DicomElement element)
    {
        var known = element.Tag.DictionaryEntry.ValueRepresentations;
        var vr = element.ValueRepresentation;
        return !vr.IsString || known.Length == 0 || known.Contains(vr) || !known[0].IsString ? vr : known[0];
    }
}
