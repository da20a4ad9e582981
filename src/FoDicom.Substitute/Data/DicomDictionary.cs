using System.Collections.Concurrent;
using System.Globalization;

namespace FellowOakDicom;

/// <summary>A row of the data dictionary (PS3.6 Table 6-1).</summary>
public sealed class DicomDictionaryEntry
{
    internal DicomDictionaryEntry(string name, string keyword, DicomVR[] vrs, int maximumMultiplicity)
    {
        Name = name;
        Keyword = keyword;
        ValueRepresentations = vrs;
        MaximumMultiplicity = maximumMultiplicity;
    }

    public string Name { get; private set; }

    public string Keyword { get; private set; }

    public DicomVR[] ValueRepresentations { get; private set; }

    /// <summary>int.MaxValue for "n".</summary>
    internal int MaximumMultiplicity { get; }
}

/// <summary>The data dictionary of PS3.6; private elements are UN.</summary>
public class DicomDictionary
{
    private static readonly DicomDictionaryEntry s_unknown = new("Unknown", "Unknown", [DicomVR.UN], int.MaxValue);

    private static readonly Lazy<DicomDictionary> s_default = new(() => new DicomDictionary());

    private readonly Dictionary<uint, DicomDictionaryEntry> _entries = [];
    private readonly List<(uint Mask, uint Card, DicomDictionaryEntry Entry)> _repeating = [];
    private readonly Dictionary<string, DicomTag> _keywords = new(StringComparer.Ordinal);

    private readonly ConcurrentDictionary<string, string> _creators = new(StringComparer.Ordinal);

    private DicomDictionary()
    {
        using var stream = typeof(DicomDictionary).Assembly.GetManifestResourceStream("tags.txt");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            Add(line.Split('\t'));
        }
    }

    public static DicomDictionary Default => s_default.Value;

    public DicomDictionaryEntry this[DicomTag tag]
    {
        get
        {
            var number = (uint)tag;
            if (_entries.TryGetValue(number, out var entry))
            {
                return entry;
            }

            // Group lengths (PS3.5 §7.2).
            if (tag.Element == 0)
            {
                return new DicomDictionaryEntry("Group Length", "GroupLength", [DicomVR.UL], 1);
            }

            // Private creators (PS3.5 §7.8.1).
            if (tag.IsPrivate && tag.Element is >= 0x10 and <= 0xFF)
            {
                return new DicomDictionaryEntry("Private Creator", "PrivateCreator", [DicomVR.LO], 1);
            }

            foreach (var (mask, card, repeating) in _repeating)
            {
                if ((number & mask) == card)
                {
                    return repeating;
                }
            }

            return s_unknown;
        }
    }

    public DicomTag this[string keyword] => _keywords.TryGetValue(keyword, out var tag) ? tag : null;

    /// <summary>As in fo-dicom: a private creator that has been read is kept for good.</summary>
    internal void Keep(string creator) => _creators.TryAdd(creator, creator);

    private void Add(string[] fields)
    {
        var vrs = fields[1].Split('/').Select(code => DicomVR.TryParse(code, out var vr) ? vr : DicomVR.UN).ToArray();
        var digits = fields[0];
        var multiplicity = fields[2].Split('-')[^1];
        var maximum = multiplicity.Contains('n') ? int.MaxValue : int.Parse(multiplicity, CultureInfo.InvariantCulture);
        var card = uint.Parse(digits.Replace('x', '0'), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        var tag = new DicomTag((ushort)(card >> 16), (ushort)card);
        var entry = new DicomDictionaryEntry(fields[4], fields[3], vrs, maximum);
        if (digits.Contains('x'))
        {
            _repeating.Add((uint.Parse(string.Concat(digits.Select(c => c == 'x' ? '0' : 'F')), NumberStyles.HexNumber, CultureInfo.InvariantCulture), card, entry));
        }
        else
        {
            _entries[card] = entry;
        }

        _keywords.TryAdd(fields[3], tag);
    }
}
