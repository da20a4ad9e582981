using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using FellowOakDicom.IO.Buffer;

namespace FellowOakDicom;

/// <summary>
/// A data element with values, kept as little endian bytes and converted when asked for. One class for all VRs: the library that this stands in for has
/// one for each.
/// </summary>
public abstract class DicomElement : DicomItem
{
    private readonly DicomVR _vr;
    private IByteBuffer _buffer;
    private string _text;

    private protected DicomElement(DicomTag tag, DicomVR vr, byte[] data)
        : base(tag)
    {
        _vr = vr;
        _buffer = new MemoryByteBuffer(data);
    }

    private protected DicomElement(DicomTag tag, DicomVR vr, string text)
        : base(tag) => (_vr, _text) = (vr, text);

    /// <summary>The bytes. Those of a text are made when they are asked for, and then stay: the data set's character set should be known by then.</summary>
    public IByteBuffer Buffer => _buffer ??= new MemoryByteBuffer(Encoding.GetBytes(_text));

    public uint Length => (uint)Buffer.Data.Length;

    public override DicomVR ValueRepresentation => _vr;

    public int Count => Values.Length;

    internal Encoding Encoding { get; set; } = Encoding.Latin1;

    private byte[] Data => Buffer.Data;

    private string Whole => (_text ?? Encoding.GetString(Data)).TrimEnd(_vr == DicomVR.UI ? ['\0', ' '] : [' ', '\0']);

    private Array Values
    {
        get
        {
            if (_vr.IsString)
            {
                var text = Whole;
                return text.Length == 0 && (_text ?? "").Length == 0 && (_buffer is null || _buffer.Data.Length == 0) ? []
                    : _vr.IsMultiValue ? text.Split('\\').Select(value => value.Trim(' ', '\0')).ToArray()
                    : [text];
            }

            var unit = _vr.ValueSize > 0 ? _vr.ValueSize : _vr.UnitSize;
            return Enumerable.Range(0, Data.Length / unit).Select(i => ToNumber(i * unit)).ToArray();
        }
    }

    public override void Validate() => Validation.Check(this);

    internal static DicomElement Of(DicomTag tag, DicomVR vr, byte[] data, Encoding encoding = null) => new Any(tag, vr, data) { Encoding = encoding ?? Encoding.Latin1 };

    /// <summary>A value (or all of them as one string or array with -1) as a type.</summary>
    public T Get<T>(int item = -1)
    {
        var type = typeof(T);
        if (item < 0)
        {
            if (type == typeof(byte[]))
            {
                return (T)(object)Data;
            }

            if (type == typeof(string))
            {
                return (T)(object)(_vr.IsString ? Whole : string.Join("\\", Values.Cast<object>().Select(value => Convert(value, typeof(string)))));
            }

            if (type.IsArray)
            {
                var element = type.GetElementType();
                var values = Values;
                var array = Array.CreateInstance(element, values.Length);
                for (var i = 0; i < array.Length; i++)
                {
                    array.SetValue(Convert(values.GetValue(i), element), i);
                }

                return (T)(object)array;
            }

            item = 0;
        }

        var all = Values;
        return item < all.Length ? (T)Convert(all.GetValue(item), type) : throw new ArgumentOutOfRangeException(nameof(item), $"{Tag} has {all.Length} values");
    }

    internal static DicomElement Of(DicomTag tag, DicomVR vr, string text, Encoding encoding) => new Any(tag, vr, text) { Encoding = encoding };

    /// <summary>The character set of the data set that it is written in (PS3.3 §C.12.1.1.2).</summary>
    internal void UseEncoding(Encoding encoding)
    {
        if (!_vr.IsEncodedText || encoding.CodePage == Encoding.CodePage || (_text is not null && _buffer is not null))
        {
            return;
        }

        _text ??= Whole;
        (_buffer, Encoding) = (null, encoding);
    }

    internal override DicomItem Copy() => _text is null ? Of(Tag, _vr, Data, Encoding) : new Any(Tag, _vr, _text) { _buffer = _buffer, Encoding = Encoding };

    private object ToNumber(int at)
    {
        var bytes = Data.AsSpan(at);
        return _vr.Code switch
        {
            "US" or "OW" => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
            "SS" => BinaryPrimitives.ReadInt16LittleEndian(bytes),
            "UL" or "OL" => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
            "SL" => BinaryPrimitives.ReadInt32LittleEndian(bytes),
            "UV" or "OV" => BinaryPrimitives.ReadUInt64LittleEndian(bytes),
            "SV" => BinaryPrimitives.ReadInt64LittleEndian(bytes),
            "FL" or "OF" => BinaryPrimitives.ReadSingleLittleEndian(bytes),
            "FD" or "OD" => BinaryPrimitives.ReadDoubleLittleEndian(bytes),
            "AT" => new DicomTag(BinaryPrimitives.ReadUInt16LittleEndian(bytes), BinaryPrimitives.ReadUInt16LittleEndian(bytes[2..])),
            _ => bytes[0],
        };
    }

    private static object Convert(object value, Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type.IsInstanceOfType(value))
        {
            return value;
        }

        if (type == typeof(string))
        {
            return System.Convert.ToString(value, CultureInfo.InvariantCulture);
        }

        if (type == typeof(DicomUID))
        {
            return DicomUID.Parse((string)value);
        }

        if (type == typeof(DicomTransferSyntax))
        {
            return DicomTransferSyntax.Parse((string)value);
        }

        if (type == typeof(DateTime))
        {
            return ToDateTime((string)value);
        }

        if (type.IsEnum)
        {
            return value is string name ? Enum.Parse(type, name, ignoreCase: true) : Enum.ToObject(type, value);
        }

        return System.Convert.ChangeType(value, type, CultureInfo.InvariantCulture);
    }

    private static DateTime ToDateTime(string value)
    {
        string[] formats = ["yyyyMMdd", "yyyyMMddHHmmss", "yyyyMMddHHmmss.FFFFFF", "HHmmss", "HHmmss.FFFFFF", "HHmm", "yyyy.MM.dd"];
        return DateTime.ParseExact(value, formats, CultureInfo.InvariantCulture, DateTimeStyles.NoCurrentDateDefault);
    }

    private sealed class Any : DicomElement
    {
        public Any(DicomTag tag, DicomVR vr, byte[] data)
            : base(tag, vr, data)
        {
        }

        public Any(DicomTag tag, DicomVR vr, string text)
            : base(tag, vr, text)
        {
        }
    }
}

public class DicomOtherByte : DicomElement
{
    public DicomOtherByte(DicomTag tag, params byte[] values)
        : base(tag, DicomVR.OB, values)
    {
    }

    public DicomOtherByte(DicomTag tag, IByteBuffer data)
        : base(tag, DicomVR.OB, data.Data)
    {
    }
}

public class DicomOtherWord : DicomElement
{
    public DicomOtherWord(DicomTag tag, IByteBuffer data)
        : base(tag, DicomVR.OW, data.Data)
    {
    }
}
