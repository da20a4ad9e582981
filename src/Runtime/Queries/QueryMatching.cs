using FellowOakDicom;

namespace Specgen;

/// <summary>
/// Attribute matching of queries (PS3.4 §C.2.2.2) over data sets in memory: whether an entity matches the identifier of a C-FIND request, and what is answered about it. For a provider that keeps few
/// entities; one with a database asks that first, and can leave the last word to this.
/// </summary>
public static class QueryMatching
{
    /// <summary>
    /// Whether an entity matches every key of an identifier. A key without value matches everything (PS3.4 §C.2.2.2.3). Texts match with <c>*</c> and <c>?</c> (§C.2.2.2.4), person names whatever the
    /// case of their letters, in any component group; dates and times match in ranges (§C.2.2.2.5), the end of which reaches as far as it is given: <c>-10</c> as a time ends with 10:59:59.999999.
    /// Lists match when any of their values does (§C.2.2.2.2), attributes of several values when any of these does, numbers by what they are worth. Of a sequence, one item has to match all keys of the identifier's item (§C.2.2.2.6).
    /// Query/Retrieve Level, Specific Character Set, Timezone Offset From UTC and private attributes are no keys.
    /// </summary>
    /// <param name="identifier">The identifier of the request.</param>
    /// <param name="entity">Attributes of what may match.</param>
    public static bool Matches(DicomDataset identifier, DicomDataset entity)
    {
        ArgumentNullException.ThrowIfNull(identifier);
        ArgumentNullException.ThrowIfNull(entity);
        foreach (var key in identifier)
        {
            if (IsKey(key.Tag) && !Matches(key, entity))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// What is answered about an entity that matches: the attributes that the identifier has, with the entity's values, and without value where the entity has none (PS3.4 §C.2.2.1.2). Of a sequence,
    /// the items that match, with the attributes that the identifier's item has, or all where it has none. Query/Retrieve Level is the identifier's, Specific Character Set the entity's.
    /// </summary>
    /// <param name="identifier">The identifier of the request.</param>
    /// <param name="entity">Attributes of what matches.</param>
    public static DicomDataset Answer(DicomDataset identifier, DicomDataset entity)
    {
        ArgumentNullException.ThrowIfNull(identifier);
        ArgumentNullException.ThrowIfNull(entity);
        var answer = new DicomDataset().NotValidated();
        if (entity.Contains(DicomTag.SpecificCharacterSet))
        {
            entity.CopyTo(answer, DicomTag.SpecificCharacterSet);
        }

        foreach (var key in identifier)
        {
            if (key.Tag == DicomTag.QueryRetrieveLevel)
            {
                answer.AddOrUpdate(key);
            }
            else if (IsKey(key.Tag))
            {
                answer.AddOrUpdate(Answer(key, entity));
            }
        }

        return answer;
    }

    private static bool IsKey(DicomTag tag) =>
        !tag.IsPrivate && tag.Element != 0 && tag != DicomTag.QueryRetrieveLevel && tag != DicomTag.SpecificCharacterSet && tag != DicomTag.TimezoneOffsetFromUTC;

    private static bool Matches(DicomItem key, DicomDataset entity) => key switch
    {
        DicomSequence sequence => KeysOf(sequence) is not { } keys || !keys.Any()
            || (entity.TryGetSequence(key.Tag, out var items) && items.Any(item => Matches(keys, item))),
        DicomElement element => Matches(Values(element), element, entity),
        _ => true,
    };

    private static bool Matches(string[] keys, DicomElement element, DicomDataset entity)
    {
        if (Array.TrueForAll(keys, static key => key.Length == 0))
        {
            return true;
        }

        var match = ValueMatching.For(element.ValueRepresentation);
        var values = Find(entity, element.Tag) is { } found ? Values(found) : [];
        return Array.Exists(keys, key => ValueMatching.IsUniversal(element.ValueRepresentation, key) || Array.Exists(values, value => match(key, value)));
    }

    private static DicomItem Answer(DicomItem key, DicomDataset entity)
    {
        if (key is DicomSequence sequence)
        {
            var keys = KeysOf(sequence);
            var items = entity.TryGetSequence(key.Tag, out var found) ? found.Where(item => keys is null || Matches(keys, item)) : [];
            return new DicomSequence(key.Tag, [.. keys is null || !keys.Any() ? items : items.Select(item => Answer(keys, item))]);
        }

        if (Find(entity, key.Tag) is { } value)
        {
            return value;
        }

        // A key that has a value, and matches what is not there, is a text of wildcards.
        return key is DicomElement element && Values(element).Length > 0 ? new DicomDataset().NotValidated().Add(key.ValueRepresentation, key.Tag, "").First() : key;
    }

    private static DicomDataset? KeysOf(DicomSequence sequence) => sequence.Items.Count == 0 ? null : sequence.Items[0];

    private static DicomElement? Find(DicomDataset entity, DicomTag tag) => entity.Contains(tag) ? entity.GetDicomItem<DicomItem>(tag) as DicomElement : null;

    private static string[] Values(DicomElement element)
    {
        // Not the length of a text: fo-dicom encodes it for that, once and for all, perhaps before it knows the character set.
        var text = element.ValueRepresentation.IsString || element.Length > 0 ? element.Get<string>() : "";
        return text.Length == 0 ? [] : element.ValueRepresentation.IsMultiValue ? text.Split('\\') : [text];
    }
}
