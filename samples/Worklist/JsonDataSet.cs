using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using FellowOakDicom;

namespace Worklist;

/// <summary>
/// Data sets as people write them in JSON: attributes by keyword (PS3.6), a value as text or number, several as an array, a sequence as an array of
/// objects. Not the JSON Model of PS3.18 Annex F, which is for programs.
/// </summary>
internal static class JsonDataSet
{
    /// <summary>A sequence in a sequence is two levels.</summary>
    private const int MaxDepth = 1024;

    private static readonly JsonDocumentOptions s_reading = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        MaxDepth = MaxDepth,
    };

    private static readonly JsonSerializerOptions s_writing = new()
    {
        WriteIndented = true,
        MaxDepth = MaxDepth,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <param name="json">The text.</param>
    /// <param name="validate">Whether values have to be such as their VR allows: what people write is checked, what peers sent was, or was kept
    /// before it was.</param>
    /// <exception cref="FormatException">It is no JSON object, has a keyword that PS3.6 does not, or a value that its attribute cannot
    /// have.</exception>
    public static DicomDataset Read(string json, bool validate)
    {
        try
        {
            return JsonNode.Parse(json, documentOptions: s_reading) is JsonObject attributes
                ? Read(attributes, validate).AddOrUpdate(DicomTag.SpecificCharacterSet, "ISO_IR 192")
                : throw new FormatException("It is no JSON object.");
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            // An argument is wrong where a keyword is there twice.
            throw new FormatException(e.Message, e);
        }
    }

    /// <summary>A data set as it is when it has been written and read: what is kept of it.</summary>
    /// <exception cref="FormatException">It has a value that its attribute cannot have.</exception>
    public static DicomDataset Kept(DicomDataset dataset) => Read(Write(dataset), validate: false);

    /// <summary>Attributes with values; without those that are private, bulk data, or not known.</summary>
    public static string Write(DicomDataset dataset) => ToJson(dataset).ToJsonString(s_writing);

    private static DicomDataset Read(JsonObject attributes, bool validate)
    {
        var dataset = validate ? new DicomDataset() : new DicomDataset().NotValidated();
        foreach (var (keyword, value) in attributes)
        {
            var tag = DicomDictionary.Default[keyword] ?? throw new FormatException($"'{keyword}' is no keyword of PS3.6.");
            try
            {
                dataset.Add(Item(tag, value, validate));
            }
            catch (Exception e) when (e is DicomValidationException or FormatException or OverflowException or InvalidOperationException)
            {
                throw new FormatException($"{keyword}: {e.Message}", e);
            }
        }
        return dataset;
    }

    private static DicomItem Item(DicomTag tag, JsonNode? value, bool validate)
    {
        var vr = tag.DictionaryEntry.ValueRepresentations[0];
        var values = value is JsonArray array ? array.ToArray() : value is null ? [] : [value];
        if (vr == DicomVR.SQ)
        {
            var items = values.Select(static item => item as JsonObject ?? throw new FormatException("a sequence has objects as items"));
            return new DicomSequence(tag, [.. items.Select(item => Read(item, validate))]);
        }
        var texts = Array.ConvertAll(values, static value => value is JsonValue ? value.ToString() : throw new FormatException("a value is a text or a number"));
        var parsed = validate ? new DicomDataset() : new DicomDataset().NotValidated();
        return (vr.Code switch
        {
            "US" => parsed.Add(tag, texts.Select(static t => ushort.Parse(t, CultureInfo.InvariantCulture)).ToArray()),
            "UL" => parsed.Add(tag, texts.Select(static t => uint.Parse(t, CultureInfo.InvariantCulture)).ToArray()),
            "SS" => parsed.Add(tag, texts.Select(static t => short.Parse(t, CultureInfo.InvariantCulture)).ToArray()),
            "SL" => parsed.Add(tag, texts.Select(static t => int.Parse(t, CultureInfo.InvariantCulture)).ToArray()),
            "FL" => parsed.Add(tag, texts.Select(static t => float.Parse(t, CultureInfo.InvariantCulture)).ToArray()),
            "FD" => parsed.Add(tag, texts.Select(static t => double.Parse(t, CultureInfo.InvariantCulture)).ToArray()),
            _ when vr.IsString => parsed.Add(tag, texts),
            _ => throw new FormatException($"values of {vr} cannot be written here"),
        }).First();
    }

    private static JsonObject ToJson(DicomDataset dataset)
    {
        var attributes = new JsonObject();
        foreach (var item in dataset.Where(static item => !item.Tag.IsPrivate && item.Tag != DicomTag.SpecificCharacterSet && item.Tag.Element != 0))
        {
            var keyword = item.Tag.DictionaryEntry.Keyword;
            if (DicomDictionary.Default[keyword] is null)
            {
                // Of an edition of PS3.6 that is not this one: it could not be read again.
                continue;
            }

            if (item is DicomSequence sequence)
            {
                attributes[keyword] = new JsonArray([.. sequence.Items.Select(ToJson)]);
            }
            else if (item is DicomElement element && TextsOf(element) is { } texts)
            {
                attributes[keyword] = texts.Length == 1 ? texts[0] : new JsonArray([.. texts.Select(static text => JsonValue.Create(text))]);
            }
        }
        return attributes;
    }

    /// <summary>The values of texts and numbers.</summary>
    private static string[]? TextsOf(DicomElement element)
    {
        var vr = element.ValueRepresentation;
        if (vr.IsString)
        {
            var text = element.Count == 0 ? "" : element.Get<string>();
            return text.Length == 0 ? [] : vr.IsMultiValue ? text.Split('\\') : [text];
        }
        return vr.Code is "US" or "UL" or "SS" or "SL" or "FL" or "FD"
            ? [.. Enumerable.Range(0, element.Count).Select(i => Convert.ToString(element.Get<object>(i), CultureInfo.InvariantCulture)!)]
            : null;
    }
}
