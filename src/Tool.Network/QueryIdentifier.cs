using System.CommandLine;
using FellowOakDicom;

namespace Specgen.Tool.Network;

/// <summary>Keys as they are said on a command line: "PatientID=4711", "StudyDate" for one that is only asked for, "ScheduledProcedureStepSequence.Modality=CT".</summary>
internal static class QueryIdentifier
{
    public static Argument<string[]> Keys() => new("keys") { Description = "PatientID=4711, StudyDate=20260101-, or a keyword alone to show its value; a dot separates a sequence from an attribute of its items" };

    /// <exception cref="ArgumentException">A keyword is none of PS3.6, or a value is none of its VR.</exception>
    public static DicomDataset Of(IEnumerable<string> keys)
    {
        var identifier = Empty();
        identifier.Add(DicomTag.SpecificCharacterSet, "ISO_IR 192");
        foreach (var key in keys)
        {
            var equals = key.IndexOf('=', StringComparison.Ordinal);
            var (path, value) = equals < 0 ? (key, "") : (key[..equals], key[(equals + 1)..]);
            var dataset = identifier;
            var names = path.Split('.');
            foreach (var name in names[..^1])
            {
                dataset = ItemOf(dataset, Tag(name));
            }

            Set(dataset, Tag(names[^1]), value);
        }

        return identifier;
    }

    /// <summary>The keys that have no value get one only if the command line has none.</summary>
    public static void AddMissing(DicomDataset identifier, IEnumerable<DicomTag> tags)
    {
        foreach (var tag in tags.Where(tag => !identifier.Contains(tag)))
        {
            Set(identifier, tag, "");
        }
    }

    /// <summary>"PatientName", or "(0009,1001)" for what has no keyword.</summary>
    public static string Name(DicomTag tag) => DicomDictionary.Default[tag].Keyword is var keyword && DicomDictionary.Default[keyword] == tag ? keyword : tag.ToString();

    /// <summary>The values of an element, with backslashes; of a sequence its items.</summary>
    public static string Text(DicomDataset dataset, DicomItem item) => item switch
    {
        DicomSequence sequence => string.Join("; ", sequence.Items.Select(static entry => string.Join(", ", entry.Select(inner => Name(inner.Tag) + "=" + Text(entry, inner))))),
        DicomElement { Count: > 0 } when dataset.TryGetValues<string>(item.Tag, out var values) => string.Join('\\', values),
        _ => "",
    };

    /// <summary>As JSON has it: keyword → text, or a list of items.</summary>
    public static Dictionary<string, object> Json(DicomDataset dataset) => dataset.Where(static item => item.Tag != DicomTag.SpecificCharacterSet).ToDictionary(
        static item => Name(item.Tag),
        item => item is DicomSequence sequence ? (object)sequence.Items.Select(Json).ToArray() : Text(dataset, item),
        StringComparer.Ordinal);

    private static DicomDataset Empty() => new DicomDataset().NotValidated();

    private static DicomTag Tag(string keyword) =>
        DicomDictionary.Default[keyword] ?? throw new ArgumentException($"'{keyword}' is not a keyword of PS3.6, such as PatientID or StudyDate.");

    private static DicomDataset ItemOf(DicomDataset dataset, DicomTag tag)
    {
        if (DicomDictionary.Default[tag].ValueRepresentations[0] != DicomVR.SQ)
        {
            throw new ArgumentException($"{Name(tag)} is not a sequence.");
        }

        if (!dataset.TryGetSequence(tag, out var sequence))
        {
            sequence = new DicomSequence(tag, Empty());
            dataset.Add(sequence);
        }

        if (sequence.Items.Count == 0)
        {
            sequence.Items.Add(Empty());
        }

        return sequence.Items[0];
    }

    private static void Set(DicomDataset dataset, DicomTag tag, string value)
    {
        if (dataset.Contains(tag))
        {
            throw new ArgumentException($"{Name(tag)} is given twice: of several values, write them in one, with backslashes between.");
        }

        if (DicomDictionary.Default[tag].ValueRepresentations[0] == DicomVR.SQ)
        {
            dataset.AddOrUpdate(value.Length == 0 ? new DicomSequence(tag) : throw new ArgumentException($"{Name(tag)} is a sequence: a value is one of its items', after a dot."));
            return;
        }

        try
        {
            _ = value.Length == 0 ? dataset.AddOrUpdate(tag, Array.Empty<string>()) : dataset.AddOrUpdate(tag, value.Split('\\'));
        }
        catch (Exception exception) when (exception is DicomDataException or FormatException or InvalidCastException or OverflowException or ArgumentException)
        {
            throw new ArgumentException($"{Name(tag)}: '{value}' is not a value of its kind: {exception.Message}");
        }
    }
}
