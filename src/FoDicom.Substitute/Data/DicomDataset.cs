using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace FellowOakDicom;

/// <summary>A data set: elements in the order of their tags (PS3.5 §7.1).</summary>
public class DicomDataset : IEnumerable<DicomItem>
{
    private readonly SortedDictionary<DicomTag, DicomItem> _items = [];

    public DicomDataset()
        : this(DicomTransferSyntax.ExplicitVRLittleEndian)
    {
    }

    public DicomDataset(DicomTransferSyntax internalTransferSyntax) => InternalTransferSyntax = internalTransferSyntax;

    public DicomDataset(params DicomItem[] items)
        : this(DicomTransferSyntax.ExplicitVRLittleEndian) => AddOrUpdate(items);

    public DicomTransferSyntax InternalTransferSyntax { get; internal set; }

    internal bool Validates { get; set; } = true;

    internal int Count => _items.Count;

    public bool Contains(DicomTag tag) => _items.ContainsKey(tag);

    public T GetDicomItem<T>(DicomTag tag)
        where T : DicomItem => _items.TryGetValue(tag, out var item) ? item as T : null;

    public int GetValueCount(DicomTag tag) => Element(tag).Count;

    public T GetValue<T>(DicomTag tag, int index) => TryGetValue<T>(tag, index, out var value) ? value : throw new DicomDataException($"Tag: {tag} has no value {index} that is a {typeof(T).Name}");

    public bool TryGetValue<T>(DicomTag tag, int index, out T elementValue)
    {
        elementValue = default;
        return _items.TryGetValue(tag, out var item) && item is DicomElement element && index >= 0 && index < element.Count && TryConvert(element, index, out elementValue);
    }

    public T GetValueOrDefault<T>(DicomTag tag, int index, T defaultValue) => TryGetValue<T>(tag, index, out var value) ? value : defaultValue;

    public T[] GetValues<T>(DicomTag tag) => Element(tag).Get<T[]>();

    public bool TryGetValues<T>(DicomTag tag, out T[] values)
    {
        values = null;
        return _items.TryGetValue(tag, out var item) && item is DicomElement element && TryConvert(element, -1, out values);
    }

    public T GetSingleValue<T>(DicomTag tag)
    {
        var element = Element(tag);
        return element.Count == 1 ? element.Get<T>(0) : throw new DicomDataException($"DICOM element {tag} has {element.Count} values, not one");
    }

    public bool TryGetSingleValue<T>(DicomTag tag, out T value)
    {
        value = default;
        return _items.TryGetValue(tag, out var item) && item is DicomElement { Count: 1 } element && TryConvert(element, 0, out value);
    }

    public T GetSingleValueOrDefault<T>(DicomTag tag, T defaultValue) => TryGetSingleValue<T>(tag, out var value) ? value : defaultValue;

    public string GetString(DicomTag tag) => Element(tag).Get<string>();

    public bool TryGetString(DicomTag tag, out string stringValue)
    {
        stringValue = null;
        return _items.TryGetValue(tag, out var item) && item is DicomElement element && TryConvert(element, -1, out stringValue);
    }

    public DicomSequence GetSequence(DicomTag tag) => TryGetSequence(tag, out var sequence) ? sequence : throw new DicomDataException($"Tag: {tag} not found in dataset, or no sequence");

    public bool TryGetSequence(DicomTag tag, out DicomSequence sequence)
    {
        sequence = GetDicomItem<DicomSequence>(tag);
        return sequence is not null;
    }

    public DicomDataset Add(DicomItem item)
    {
        if (_items.ContainsKey(item.Tag))
        {
            throw new ArgumentException($"An item with the same key has already been added. Key: {item.Tag}");
        }

        return AddOrUpdate(item);
    }

    public DicomDataset Add(IEnumerable<DicomItem> items)
    {
        foreach (var item in items)
        {
            Add(item);
        }

        return this;
    }

    public DicomDataset Add<T>(DicomTag tag, params T[] values) => Add(Create(tag.DictionaryEntry.ValueRepresentations[0], tag, values));

    public DicomDataset Add<T>(DicomVR vr, DicomTag tag, params T[] values) => Add(Create(vr, tag, values));

    public DicomDataset AddOrUpdate(DicomItem item)
    {
        Set(item);
        return this;
    }

    public DicomDataset AddOrUpdate(IEnumerable<DicomItem> items)
    {
        foreach (var item in items)
        {
            Set(item);
        }

        return this;
    }

    public DicomDataset AddOrUpdate<T>(DicomTag tag, params T[] values) => AddOrUpdate(Create(tag.DictionaryEntry.ValueRepresentations[0], tag, values));

    public DicomDataset AddOrUpdate<T>(DicomVR vr, DicomTag tag, params T[] values) => AddOrUpdate(Create(vr, tag, values));

    public DicomDataset Remove(params DicomTag[] tags)
    {
        foreach (var tag in tags)
        {
            _items.Remove(tag);
        }

        return this;
    }

    public DicomDataset Remove(Func<DicomItem, bool> selector) => Remove(_items.Values.Where(selector).Select(item => item.Tag).ToArray());

    public DicomDataset Clear()
    {
        _items.Clear();
        return this;
    }

    public DicomDataset CopyTo(DicomDataset destination)
    {
        destination?.AddOrUpdate(_items.Values);
        return this;
    }

    public DicomDataset CopyTo(DicomDataset destination, params DicomTag[] tags)
    {
        if (destination is not null)
        {
            foreach (var tag in tags)
            {
                if (_items.TryGetValue(tag, out var item))
                {
                    destination.AddOrUpdate(item);
                }
            }
        }

        return this;
    }

    public IEnumerator<DicomItem> GetEnumerator() => _items.Values.GetEnumerator();

    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => $"DICOM Dataset [{_items.Count} items]";

    /// <summary>The encoding of the text in it (PS3.3 §C.12.1.1.2).</summary>
    internal Encoding TextEncoding() => InheritedEncoding is null || Contains(DicomTag.SpecificCharacterSet) ? CharacterSets.Of(this) : InheritedEncoding;

    /// <summary>That of the data set that this is an item of, where it was read so.</summary>
    internal Encoding InheritedEncoding { get; init; }

    internal void SetUnchecked(DicomItem item) => _items[item.Tag] = item;

    private static bool TryConvert<T>(DicomElement element, int index, out T value)
    {
        try
        {
            value = element.Get<T>(index);
            return true;
        }
        catch (Exception e) when (e is FormatException or InvalidCastException or OverflowException or ArgumentException)
        {
            value = default;
            return false;
        }
    }

    private DicomElement Element(DicomTag tag)
    {
        if (!_items.TryGetValue(tag, out var item))
        {
            throw new DicomDataException($"Tag: {tag} not found in dataset");
        }

        return item as DicomElement ?? throw new DicomDataException($"DICOM element {tag} has no values");
    }

    private void Set(DicomItem item)
    {
        if (Validates)
        {
            item.Validate();
        }

        _items[item.Tag] = item;
    }

    private DicomItem Create<T>(DicomVR vr, DicomTag tag, T[] values)
    {
        values ??= [];
        if (vr == DicomVR.SQ)
        {
            return new DicomSequence(tag, values.Cast<DicomDataset>().ToArray());
        }

        if (vr.IsString)
        {
            var text = string.Join("\\", values.Select(value => ToText(vr, value)));
            return DicomElement.Of(tag, vr, text, vr == DicomVR.UI ? Encoding.ASCII : TextEncoding());
        }

        if (values is byte[] raw && vr != DicomVR.US && vr != DicomVR.UL)
        {
            return DicomElement.Of(tag, vr, raw);
        }

        var unit = vr.ValueSize > 0 ? vr.ValueSize : vr.UnitSize;
        var data = new byte[values.Length * unit];
        for (var i = 0; i < values.Length; i++)
        {
            Write(vr, values[i], data.AsSpan(i * unit, unit));
        }

        return DicomElement.Of(tag, vr, data);
    }

    private static string ToText(DicomVR vr, object value) => value switch
    {
        null => "",
        string text => text,
        DicomUID uid => uid.UID,
        DicomTransferSyntax syntax => syntax.UID.UID,
        DateTime time when vr == DicomVR.DA => time.ToString("yyyyMMdd", CultureInfo.InvariantCulture),
        DateTime time when vr == DicomVR.TM => time.ToString("HHmmss", CultureInfo.InvariantCulture),
        DateTime time => time.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };

    private static void Write(DicomVR vr, object value, Span<byte> to)
    {
        if (value is DicomTag tag)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(to, tag.Group);
            BinaryPrimitives.WriteUInt16LittleEndian(to[2..], tag.Element);
            return;
        }

        switch (vr.Code)
        {
            case "US" or "OW":
                BinaryPrimitives.WriteUInt16LittleEndian(to, Convert.ToUInt16(value, CultureInfo.InvariantCulture));
                break;
            case "SS":
                BinaryPrimitives.WriteInt16LittleEndian(to, Convert.ToInt16(value, CultureInfo.InvariantCulture));
                break;
            case "UL" or "OL":
                BinaryPrimitives.WriteUInt32LittleEndian(to, Convert.ToUInt32(value, CultureInfo.InvariantCulture));
                break;
            case "SL":
                BinaryPrimitives.WriteInt32LittleEndian(to, Convert.ToInt32(value, CultureInfo.InvariantCulture));
                break;
            case "UV" or "OV":
                BinaryPrimitives.WriteUInt64LittleEndian(to, Convert.ToUInt64(value, CultureInfo.InvariantCulture));
                break;
            case "SV":
                BinaryPrimitives.WriteInt64LittleEndian(to, Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            case "FL" or "OF":
                BinaryPrimitives.WriteSingleLittleEndian(to, Convert.ToSingle(value, CultureInfo.InvariantCulture));
                break;
            case "FD" or "OD":
                BinaryPrimitives.WriteDoubleLittleEndian(to, Convert.ToDouble(value, CultureInfo.InvariantCulture));
                break;
            default:
                to[0] = Convert.ToByte(value, CultureInfo.InvariantCulture);
                break;
        }
    }
}

public static class DicomDatasetExtensions
{
    public static DicomDataset Clone(this DicomDataset dataset)
    {
        var copy = new DicomDataset(dataset.InternalTransferSyntax) { Validates = dataset.Validates };
        foreach (var item in dataset)
        {
            copy.SetUnchecked(item.Copy());
        }

        return copy;
    }

    public static DicomDataset NotValidated(this DicomDataset dataset)
    {
        dataset.Validates = false;
        return dataset;
    }
}
