namespace Specgen.Instances;

/// <summary>The headers of elements and items, by their encoding.</summary>
internal sealed partial class DataSetScanner
{
    private void ReadElement()
    {
        ref var level = ref Top;
        var tag = ReadTag(level.IsBigEndian);
        if (tag == ItemDelimitation && !level.HasLength && _top > 0)
        {
            EndLevel();
            NextHeader();
            return;
        }

        // Command sets, file meta information and items are elsewhere (PS3.5 §7.1, §7.5). A header within a data set would be read as the file's.
        if (tag >> 16 is 0x0000 or 0x0002 or 0xFFFE or 0xFFFF)
        {
            Fail($"{Name(tag)} where an element of a data set was expected");
            return;
        }

        if (!CountOne())
        {
            return;
        }

        NoteTag(tag);
        _header = new Header(tag, default, IsPrivate: (tag >> 16 & 1) != 0);
        var vr = (ushort)(_bytes[4] << 8 | _bytes[5]);
        if (level.Encoding == Encoding.Undecided)
        {
            Decide(ValueRepresentation.IsKnown(vr) ? Encoding.Explicit : Encoding.ImplicitAmongExplicit);
        }

        if (level.Encoding != Encoding.Explicit)
        {
            if (level.Encoding == Encoding.ImplicitAmongExplicit && ValueRepresentation.IsKnown(vr))
            {
                Fail($"{Name(tag)} can be read with a VR and without one");
                return;
            }

            BeginImplicit(ReadUInt32(4, level.IsBigEndian));
            return;
        }

        if (!ValueRepresentation.IsKnown(vr))
        {
            Fail($"{Name(tag)} has no value representation that is known");
            return;
        }

        _header = _header with { VR = vr };
        if (!ValueRepresentation.HasLongLength(vr))
        {
            BeginExplicit(ReadUInt16(6, level.IsBigEndian));
            return;
        }

        // Of two reserved bytes and a length of four (PS3.5 §7.1.2).
        if (vr is ValueRepresentation.SV or ValueRepresentation.UV && (_bytes[6] | _bytes[7]) != 0)
        {
            Fail($"{Name(tag)} has a length in its reserved bytes");
            return;
        }

        (_step, _need) = (Step.LongLength, 12);
    }

    private void ReadLongLength() => BeginExplicit(ReadUInt32(8, Top.IsBigEndian));

    private void BeginExplicit(uint length)
    {
        var (tag, vr) = (_header.Tag, _header.VR);
        switch (vr)
        {
            case ValueRepresentation.SQ:
                // In a private sequence some vendors write items in implicit VR, and fo-dicom reads them.
                BeginSequence(length, _header.IsPrivate ? Encoding.Undecided : Encoding.Explicit, Top.IsBigEndian);
                break;
            case ValueRepresentation.UN when length == UndefinedLength && Top.IsBigEndian && _header.IsPrivate:
                Fail($"{Name(tag)} is private, of unknown VR and undefined length: in big endian that is not read as PS3.5 §6.2.2 has it");
                break;
            case ValueRepresentation.UN when length == UndefinedLength:
                // A sequence in implicit VR little endian, whatever is outside (PS3.5 §6.2.2).
                BeginSequence(length, Encoding.ImplicitAmongExplicit, isBigEndian: false);
                break;
            case ValueRepresentation.UN when length >= HeaderLength && (_header.IsPrivate || ElementDictionary.IsSequence(tag)):
                BeginUnknown(length);
                break;
            case ValueRepresentation.OB or ValueRepresentation.OW when length == UndefinedLength:
                Begin(Kind.Fragments, Encoding.Explicit, Top.IsBigEndian, length);
                break;
            default:
                BeginValue(length);
                break;
        }
    }

    private void BeginImplicit(uint length)
    {
        var (tag, encoding) = (_header.Tag, Top.Encoding);
        if (_header.IsPrivate)
        {
            encoding = Encoding.ImplicitAmongExplicit;
        }

        if (length != UndefinedLength)
        {
            if (ElementDictionary.IsSequence(tag))
            {
                BeginSequence(length, encoding, Top.IsBigEndian);
            }
            else if (_header.IsPrivate && length >= HeaderLength)
            {
                BeginUnknown(length);
            }
            else
            {
                BeginValue(length);
            }
        }
        else if (tag == PixelData)
        {
            Begin(Kind.Fragments, encoding, Top.IsBigEndian, length);
        }
        else if (_header.IsPrivate || ElementDictionary.MayBeSequence(tag))
        {
            BeginSequence(length, encoding, Top.IsBigEndian);
        }
        else
        {
            BeginValue(length);
        }
    }

    private void BeginSequence(uint length, Encoding encoding, bool isBigEndian) => Begin(Kind.Items, encoding, isBigEndian, length);

    /// <summary>Whether this is a sequence nobody but its author can say; fo-dicom believes it where it knows the private tag, and the value begins like one.</summary>
    private void BeginUnknown(uint length)
    {
        if (Fits(length))
        {
            _left = length;
            (_step, _count, _need) = (Step.BeginningOfValue, 0, 4);
        }
    }

    private void ReadBeginning()
    {
        var isBigEndian = Top.IsBigEndian && ReadTag(isBigEndian: true) is Item or SequenceDelimitation;
        if (!isBigEndian && ReadTag(isBigEndian: false) is not (Item or SequenceDelimitation))
        {
            LargeElements += _top == 0 && _left >= LargeValue ? 1 : 0;
            _left -= _count;
            (_step, _count) = (Step.Value, 0);
            return;
        }

        // The tag that was read belongs to the first item.
        Push(new Level(Kind.Items, Encoding.ImplicitAmongExplicit, isBigEndian, _position - _count + _left, HasLength: true));
        (_step, _need) = (Step.Header, HeaderLength);
    }

    private void ReadItem()
    {
        var level = Top;
        var (tag, length) = (ReadTag(level.IsBigEndian), ReadUInt32(4, level.IsBigEndian));

        // Some end a sequence twice: by its length, and by the delimiter as its last eight bytes.
        if (tag == SequenceDelimitation && (!level.HasLength || level.End == _position))
        {
            EndLevel();
            NextHeader();
            return;
        }

        if (tag != Item || (level.Kind == Kind.Fragments && length == UndefinedLength))
        {
            Fail($"{Name(tag)} where an item was expected");
            return;
        }

        if (!CountOne())
        {
            return;
        }

        if (level.Kind == Kind.Fragments)
        {
            _header = default;
            BeginValue(length);
            return;
        }

        if (_depth == _limits.MaxDepth)
        {
            Fail($"sequences are nested more than {_limits.MaxDepth} deep");
            return;
        }

        Begin(Kind.Elements, level.Encoding, level.IsBigEndian, length);
    }
}
