using System.Buffers.Binary;
using System.Text;
using FellowOakDicom;
using FellowOakDicom.IO;

namespace Specgen.Instances;

/// <summary>
/// Goes through an encoded data set while its bytes pass by, from its first element to its last, and looks at nothing but tags, VRs, lengths and four UIDs (PS3.5 §7.1, §7.5, A.4). Values are stepped
/// over, nothing is kept, and nesting costs an entry of a list. It is the guard in front of fo-dicom's reader, which recurses: so it takes nothing that the two could understand differently, and what is
/// nested deeper than the limit does not pass, whether its lengths are defined or not.
/// </summary>
internal sealed partial class DataSetScanner
{
    private const uint UndefinedLength = 0xFFFFFFFF;
    private const uint Item = 0xFFFEE000;
    private const uint ItemDelimitation = 0xFFFEE00D;
    private const uint SequenceDelimitation = 0xFFFEE0DD;
    private const uint SopClassUid = 0x00080016;
    private const uint SopInstanceUid = 0x00080018;
    private const uint StudyInstanceUid = 0x0020000D;
    private const uint SeriesInstanceUid = 0x0020000E;
    private const uint PixelData = 0x7FE00010;

    /// <summary>What is longer is no UID of an instance. In an identifier it is a list of UIDs (PS3.4 §C.2.2.2.2), as long as it likes.</summary>
    private const int LongestUid = 256;

    private const int LargeValue = 32 * 1024, OnDemand = 64 * 1024;

    /// <summary>Measured: elements without a value take half of it, empty items all.</summary>
    private const long CostOfElement = 512;

    private const int HeaderLength = 8;

    private readonly DataSetLimits _limits;
    private readonly IReadOnlySet<uint>? _wanted;
    private readonly byte[] _bytes = new byte[12];
    private Level[] _levels = new Level[8];
    private int _top;
    private int _depth;
    private int _elements;
    private int _count;
    private int _need = HeaderLength;
    private long _position;
    private long _left;
    private Step _step;
    private Header _header;
    private byte[]? _uid;
    private int _uidLength;
    private uint _lastTag;
    private string _sopClassUid = "";
    private string _sopInstanceUid = "";
    private string _studyUid = "";
    private string _seriesUid = "";

    /// <param name="syntax">How the data set is encoded, once it is inflated.</param>
    /// <param name="limits">What is too much.</param>
    /// <param name="length">Bytes of the data set; null where that is not known before its end.</param>
    /// <param name="wanted">Elements outside of sequences whose values are kept, where they are no longer than <see cref="InstanceHeader.LongestValue"/>.</param>
    public DataSetScanner(DicomTransferSyntax syntax, DataSetLimits limits, long? length = null, IReadOnlySet<uint>? wanted = null)
    {
        _limits = limits;
        _wanted = wanted;
        _levels[0] = new Level(Kind.Elements, syntax.IsExplicitVR ? Encoding.Explicit : Encoding.Implicit, syntax.Endian == Endian.Big, length ?? long.MaxValue, length is not null);
    }

    private enum Kind : byte
    {
        Elements,
        Items,
        Fragments,
    }

    private enum Encoding : byte
    {
        Explicit,
        Implicit,

        /// <summary>
        /// Implicit VR where fo-dicom looks at each element anew whether it has a VR: in UN (PS3.5 §6.2.2) and in private sequences. A length that reads as a VR there is one thing to us and another to it.
        /// </summary>
        ImplicitAmongExplicit,

        /// <summary>In a private sequence of explicit VR, whose items are of implicit VR with some vendors: the first element tells.</summary>
        Undecided,
    }

    private enum Step : byte
    {
        Header,
        LongLength,
        BeginningOfValue,
        Value,
    }

    /// <summary>What is wrong; null as long as nothing is.</summary>
    public string? Problem { get; private set; }

    /// <summary>Which instance this is, as far as it has been seen.</summary>
    public InstanceIdentity Identity => new(_sopClassUid, _sopInstanceUid, _studyUid, _seriesUid);

    /// <summary>The encoded values of what was wanted.</summary>
    public Dictionary<uint, byte[]> Values { get; } = [];

    /// <summary>Elements outside of sequences, without group lengths; null where their tags did not ascend, so that one may have come twice.</summary>
    public int? TopLevelElements { get; private set; } = 0;

    /// <summary>Those of them that fo-dicom leaves out where it is told to skip large values.</summary>
    public int LargeElements { get; private set; }

    /// <summary>Hashes of its private creators; null for none.</summary>
    public HashSet<int>? Creators { get; private set; }

    /// <summary>One of them is too long to be one.</summary>
    public bool HasLongCreator { get; private set; }

    /// <summary>Bytes that have passed; of what is deflated, those that came out.</summary>
    public long Position => _position;

    /// <summary>About what the data set takes when fo-dicom has it in memory with all of its values: an object or several for each element, item and fragment.</summary>
    public long DecodedLength => _position + (_elements * CostOfElement);

    /// <summary>Bytes of values that fo-dicom reads when they are asked for, where a file stays open.</summary>
    public long LargeLength { get; private set; }

    /// <summary>How many of the next bytes do not matter and need not be given to <see cref="Write"/>; see <see cref="Skip"/>.</summary>
    public long Ignored => _step == Step.Value && _uid is null ? _left : 0;

    /// <summary>Steps over bytes that do not matter.</summary>
    public void Skip(long count)
    {
        _position += count;
        _left -= count;
        if (_left == 0)
        {
            EndValue();
        }
    }

    /// <summary>The next bytes. Never throws; what comes after a problem is not looked at.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty && Problem is null)
        {
            if (_step == Step.Value)
            {
                var taken = (int)Math.Min(_left, bytes.Length);
                if (_uid is not null)
                {
                    bytes[..taken].CopyTo(_uid.AsSpan(_uidLength - (int)_left));
                }

                Skip(taken);
                bytes = bytes[taken..];
                continue;
            }

            var next = Math.Min(_need - _count, bytes.Length);
            bytes[..next].CopyTo(_bytes.AsSpan(_count));
            bytes = bytes[next..];
            _count += next;
            _position += next;
            if (_count == _need)
            {
                Advance();
            }
        }
    }

    /// <summary>There are no more bytes: says whether the data set is whole.</summary>
    public void Complete()
    {
        if (Problem is null && (_count > 0 || _step != Step.Header || _top > 0))
        {
            Problem = "it ends early";
        }
    }

    private ref Level Top => ref _levels[_top];

    private void Advance()
    {
        switch (_step)
        {
            case Step.Header when Top.Kind == Kind.Elements:
                ReadElement();
                break;
            case Step.Header:
                ReadItem();
                break;
            case Step.LongLength:
                ReadLongLength();
                break;
            default:
                ReadBeginning();
                break;
        }
    }

    private void BeginValue(uint length)
    {
        var tag = _header.Tag;
        if (length == UndefinedLength)
        {
            Fail($"{Name(tag)} has an undefined length, which its VR does not allow");
            return;
        }

        if (!Fits(length))
        {
            return;
        }

        (_step, _count, _left) = (Step.Value, 0, length);
        LargeElements += _top == 0 && length >= LargeValue ? 1 : 0;
        LargeLength += length >= OnDemand ? length : 0;
        if (_top == 0 && length <= LongestUid && tag is SopClassUid or SopInstanceUid or StudyInstanceUid or SeriesInstanceUid)
        {
            (_uid, _uidLength) = (new byte[length], (int)length);
        }
        else if (_top == 0 && length is > 0 and <= InstanceHeader.LongestValue && _wanted?.Contains(tag) == true)
        {
            (_uid, _uidLength) = (new byte[length], (int)length);
        }
        else if (length > 0 && PrivateCreators.IsOne(tag))
        {
            HasLongCreator |= length > PrivateCreators.Longest;
            (_uid, _uidLength) = HasLongCreator ? (null, 0) : (new byte[length], (int)length);
        }

        if (length == 0)
        {
            EndValue();
        }
    }

    private void EndValue()
    {
        if (_uid is { } bytes)
        {
            if (_wanted?.Contains(_header.Tag) == true)
            {
                Values[_header.Tag] = bytes;
            }

            if (PrivateCreators.IsOne(_header.Tag) && Creators is not { Count: > PrivateCreators.Most })
            {
                (Creators ??= []).Add(PrivateCreators.HashOf(bytes));
            }

            Keep(_header.Tag, System.Text.Encoding.Latin1.GetString(bytes).TrimEnd('\0', ' '));
            _uid = null;
        }

        NextHeader();
    }

    private void Keep(uint tag, string uid)
    {
        switch (tag)
        {
            case SopClassUid: _sopClassUid = uid; break;
            case SopInstanceUid: _sopInstanceUid = uid; break;
            case StudyInstanceUid: _studyUid = uid; break;
            case SeriesInstanceUid: _seriesUid = uid; break;
        }
    }

    /// <summary>What has no length of its own ends within what it is in.</summary>
    private void Begin(Kind kind, Encoding encoding, bool isBigEndian, uint length)
    {
        var hasLength = length != UndefinedLength;
        if (Fits(hasLength ? length : 0))
        {
            Push(new Level(kind, encoding, isBigEndian, hasLength ? _position + length : Top.End, hasLength));
            NextHeader();
        }
    }

    private void Push(Level level)
    {
        if (++_top == _levels.Length)
        {
            Array.Resize(ref _levels, _levels.Length * 2);
        }

        _levels[_top] = level;
        _depth += level.Kind == Kind.Elements ? 1 : 0;
    }

    private void EndLevel()
    {
        _depth -= Top.Kind == Kind.Elements ? 1 : 0;
        _top--;
    }

    /// <summary>What has been read is done; what ends here ends here.</summary>
    private void NextHeader()
    {
        (_step, _count, _need) = (Step.Header, 0, HeaderLength);
        while (_top > 0 && Top.HasLength && Top.End == _position)
        {
            EndLevel();
        }

        var left = Top.End - _position;
        if (left < HeaderLength && (left != 0 || _top > 0))
        {
            Fail(_top == 0 ? "it ends early" : "a sequence or an item ends within an element");
        }
    }

    private bool Fits(uint length)
    {
        if (length <= Top.End - _position)
        {
            return true;
        }

        Fail(_top == 0 ? "it ends early" : $"{length} bytes in a sequence or an item that has {Math.Max(0, Top.End - _position)} left");
        return false;
    }

    /// <summary>For the item and its sequence.</summary>
    private void Decide(Encoding encoding)
    {
        for (var i = _top; _levels[i].Encoding == Encoding.Undecided; i--)
        {
            _levels[i] = _levels[i] with { Encoding = encoding };
        }
    }

    private bool CountOne()
    {
        if (++_elements <= _limits.MaxElements)
        {
            return true;
        }

        Fail($"it has more than {_limits.MaxElements} elements");
        return false;
    }

    private void NoteTag(uint tag)
    {
        if (_top > 0)
        {
            return;
        }

        TopLevelElements = tag > _lastTag || _elements == 1 ? TopLevelElements + ((tag & 0xFFFF) == 0 ? 0 : 1) : null;
        _lastTag = tag;
    }

    private void Fail(string problem) => Problem = problem;

    private static string Name(uint tag) => $"({tag >> 16:X4},{tag & 0xFFFF:X4})";

    private uint ReadTag(bool isBigEndian) => (uint)(ReadUInt16(0, isBigEndian) << 16 | ReadUInt16(2, isBigEndian));

    private ushort ReadUInt16(int at, bool isBigEndian) =>
        isBigEndian ? BinaryPrimitives.ReadUInt16BigEndian(_bytes.AsSpan(at)) : BinaryPrimitives.ReadUInt16LittleEndian(_bytes.AsSpan(at));

    private uint ReadUInt32(int at, bool isBigEndian) =>
        isBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(_bytes.AsSpan(at)) : BinaryPrimitives.ReadUInt32LittleEndian(_bytes.AsSpan(at));

    /// <param name="Kind">What it is made of.</param>
    /// <param name="Encoding">How its elements are encoded.</param>
    /// <param name="IsBigEndian">How its numbers are encoded.</param>
    /// <param name="End">Where it ends at the latest; <see cref="long.MaxValue"/> where nobody knows.</param>
    /// <param name="HasLength">Whether it ends there, and not where its delimiter is.</param>
    private readonly record struct Level(Kind Kind, Encoding Encoding, bool IsBigEndian, long End, bool HasLength);

    private readonly record struct Header(uint Tag, ushort VR, bool IsPrivate);
}
