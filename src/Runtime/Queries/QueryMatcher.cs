using FellowOakDicom;

namespace Specgen;

/// <summary>
/// Attribute matching of a query (PS3.4 §C.2.2.2): an identifier that is read once, and then compared with entities, as data sets in memory. A key
/// without value matches everything; texts match with <c>*</c> and <c>?</c>, person names whatever the case of their letters and in any component
/// group; dates and times by what they mean, of less precision all that they may be: <c>10</c> as a time is 10:00 to 10:59:60.999999; lists when
/// any of their values does, attributes of several values when any of these does, numbers by value. Of a sequence, one item has to
/// match all keys of the identifier's item. Query/Retrieve Level, Specific Character Set, Timezone Offset From UTC and group lengths are no keys.
/// Texts are compared decoded, whatever their character sets.
/// </summary>
public sealed class QueryMatcher
{
    /// <summary>Those before it are of command sets, files and directories (PS3.5 §7.1).</summary>
    private const ushort FirstGroup = 0x0008;

    private readonly DicomItem? _level;
    private readonly List<QueryKey> _keys = [];
    private readonly List<DicomTag> _unsupported = [];
    private readonly Func<DicomDataset, bool>[] _conditions;

    /// <summary>Reads an identifier.</summary>
    /// <param name="identifier">The identifier of the request.</param>
    /// <param name="keys">The keys that the provider supports; <see langword="null"/> for all but private ones.</param>
    /// <param name="options">What was negotiated about matching; <see langword="null"/> for nothing.</param>
    public QueryMatcher(DicomDataset identifier, QueryKeys? keys = null, MatchingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(identifier);
        options ??= MatchingOptions.Default;
        foreach (var item in identifier)
        {
            if (item.Tag == DicomTag.QueryRetrieveLevel)
            {
                _level = item;
            }
            else if (IsKey(item.Tag))
            {
                Read(item, keys, options);
            }
        }

        _conditions = Conditions(options);
    }

    /// <summary>
    /// The keys that are supported, in the order of their tags. Those that exclude nothing, and are only returned, are <see
    /// cref="MatchingKind.Universal"/> or <see cref="MatchingKind.None"/>.
    /// </summary>
    public IReadOnlyList<QueryKey> Keys => _keys;

    /// <summary>
    /// Whether every key of the identifier is supported as the required ones are: then matches go out as 0xFF00, else as 0xFF01 (PS3.4 §C.4.1.1.4).
    /// </summary>
    public bool SupportsAllKeys => _unsupported.Count == 0;

    /// <summary>The keys that are not supported, in sequences too: not at all, or not for matching though they have a value.</summary>
    public IReadOnlyList<DicomTag> UnsupportedKeys => _unsupported;

    /// <summary>
    /// Keys with a value that is not valid for its VR, such as a date without digits; in sequences, too; and sequences of several items of which any has a value. They match nothing; a provider may
    /// as well refuse the identifier, with 0xA900.
    /// </summary>
    public IEnumerable<DicomTag> InvalidKeys => _keys.SelectMany(static key => key.IsInvalid ? [key.Tag] : key.Item?.InvalidKeys ?? []);

    /// <summary>Whether any key excludes anything.</summary>
    internal bool IsRestrictive => _conditions.Length > 0;

    /// <summary>Whether an entity matches every key.</summary>
    /// <param name="entity">Attributes of what may match.</param>
    public bool Matches(DicomDataset entity)
    {
        ArgumentNullException.ThrowIfNull(entity);
        return Array.TrueForAll(_conditions, condition => condition(entity));
    }

    /// <summary>
    /// What is answered about an entity that matches: the attributes that the identifier has and the provider supports, with the entity's values,
    /// and without value where the entity has none (PS3.4 §C.2.2.1.2). Of a sequence, the items that match, with the attributes that the
    /// identifier's item has, or all where it has none. Query/Retrieve Level is the identifier's, Specific Character Set the entity's. Values are returned as they are, whether
    /// their VR allows them or not.
    /// </summary>
    /// <param name="entity">Attributes of what matches.</param>
    public DicomDataset Answer(DicomDataset entity)
    {
        ArgumentNullException.ThrowIfNull(entity);
        var answer = new DicomDataset().NotValidated();
        entity.CopyTo(answer, DicomTag.SpecificCharacterSet);
        if (_level is not null)
        {
            answer.AddOrUpdate(_level);
        }

        foreach (var key in _keys)
        {
            answer.AddOrUpdate(Answer(key, entity));
        }

        return answer;
    }

    /// <summary>Does both: returns what is answered about an entity, or <see langword="null"/> where it does not match.</summary>
    /// <param name="entity">Attributes of what may match.</param>
    public QueryMatch? Match(DicomDataset entity) => Matches(entity) ? new QueryMatch(Answer(entity), SupportsAllKeys) : null;

    /// <summary>Not what says how to read the others.</summary>
    private static bool IsKey(DicomTag tag) =>
        tag.Group >= FirstGroup && tag.Element != 0 && !(tag.IsPrivate && tag.Element is >= 0x10 and <= 0xFF)
        && tag != DicomTag.SpecificCharacterSet && tag != DicomTag.TimezoneOffsetFromUTC;

    private void Read(DicomItem item, QueryKeys? keys, MatchingOptions options)
    {
        var tag = item.Tag;
        if (keys is null ? tag.IsPrivate : !keys.IsReturned(tag))
        {
            _unsupported.Add(tag);
            return;
        }

        QueryKeys? nested = null;
        var isMatched = keys is null || keys.IsMatched(tag) || keys.Sequences.TryGetValue(tag, out nested);
        var key = QueryKey.Of(item, nested, options);
        _keys.Add(isMatched ? key : QueryKey.Returned(item, hasValue: key.IsRestrictive));
        if (_keys[^1].Kind == MatchingKind.None)
        {
            _unsupported.Add(tag);
        }
        else if (isMatched && key.Item is { } inner)
        {
            _unsupported.AddRange(inner._unsupported);
        }
    }

    /// <summary>What keeps entities out. A date and the time that belongs to it are one condition where that was agreed on.</summary>
    private Func<DicomDataset, bool>[] Conditions(MatchingOptions options)
    {
        var restrictive = _keys.FindAll(static key => key.IsRestrictive);
        var conditions = new List<Func<DicomDataset, bool>>();
        foreach (var date in restrictive.FindAll(static key => key.ValueRepresentation == DicomVR.DA && key.Form is not null))
        {
            if (options.CombinesDateAndTime && MomentMatching.Of(date, restrictive) is { } moment)
            {
                restrictive.RemoveAll(key => key == moment.Date || key == moment.Time);
                conditions.Add(moment.Matches);
            }
        }

        conditions.AddRange(restrictive.Select(static key => (Func<DicomDataset, bool>)key.Matches));
        return [.. conditions];
    }

    private static DicomItem Answer(QueryKey key, DicomDataset entity)
    {
        if (key.ValueRepresentation == DicomVR.SQ)
        {
            var items = entity.TryGetSequence(key.Tag, out var found) ? found.Items : [];
            return new DicomSequence(key.Tag, [.. key.Item is { } inner ? items.Where(inner.Matches).Select(inner.Answer) : items]);
        }

        // Last: in front of a private attribute is its creator.
        return ComparableValue.Element(entity, key.Tag)
            ?? new DicomDataset().NotValidated().Add(key.ValueRepresentation, key.Tag, (string[])null!).Last();
    }
}
