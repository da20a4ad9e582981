using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using FellowOakDicom;
using Specgen;

namespace Archive.Storage;

/// <summary>What is known about a patient, study, series or image: texts by attribute, which the database keeps as one text, {"00100010":"Doe^John", …}.</summary>
internal sealed class EntityAttributes
{
    // Nothing of this goes to a browser.
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly SortedDictionary<uint, string> _texts = [];

    public string this[DicomTag tag] => _texts.GetValueOrDefault((uint)tag, "");

    /// <summary>What an instance says about the entities that it belongs to.</summary>
    public static EntityAttributes Of(InstanceHeader header, params IEnumerable<DicomTag> tags)
    {
        var attributes = new EntityAttributes();
        var characterSets = header[DicomTag.SpecificCharacterSet].Span;
        foreach (var tag in tags)
        {
            if (header[tag] is { IsEmpty: false } value && DicomText.Decode(value.Span, characterSets) is { Length: > 0 } text)
            {
                attributes._texts[(uint)tag] = text;
            }
        }
        return attributes;
    }

    public static EntityAttributes Parse(string text)
    {
        var attributes = new EntityAttributes();
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text));
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                var tag = uint.Parse(reader.GetString()!, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
                reader.Read();
                attributes._texts[tag] = reader.GetString() ?? "";
            }
        }
        return attributes;
    }

    /// <summary>Adds what was not known: what was said first stays.</summary>
    /// <returns>Whether there was anything new.</returns>
    public bool Complete(EntityAttributes other)
    {
        var before = _texts.Count;
        foreach (var (tag, text) in other._texts)
        {
            _texts.TryAdd(tag, text);
        }
        return _texts.Count > before;
    }

    /// <summary>Whether it is the same that is said.</summary>
    public bool Says(EntityAttributes other) => _texts.Keys.SequenceEqual(other._texts.Keys) && _texts.Values.SequenceEqual(other._texts.Values);

    public void Set(DicomTag tag, string text)
    {
        if (text.Length > 0)
        {
            _texts[(uint)tag] = text;
        }
    }

    /// <summary>As a data set: what a query is matched against and answered with.</summary>
    public void AddTo(DicomDataset dataset)
    {
        foreach (var (tag, text) in _texts)
        {
            dataset.AddOrUpdate(new DicomTag((ushort)(tag >> 16), (ushort)tag), text.Split('\\'));
        }
    }

    public override string ToString()
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, s_options))
        {
            writer.WriteStartObject();
            foreach (var (tag, text) in _texts)
            {
                writer.WriteString(tag.ToString("X8", CultureInfo.InvariantCulture), text);
            }
            writer.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
