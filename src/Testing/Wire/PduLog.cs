using System.Buffers;
using System.Buffers.Binary;

namespace Specgen.Testing.Wire;

/// <summary>
/// Follows one direction of a connection and notes PDUs and messages when they are there whole. Reads with a mind of its own, so that a fault of the runtime's reading is not repeated here; what it cannot
/// follow it says so of, once.
/// </summary>
internal sealed class PduLog(Transcript transcript, int connection, bool isUser)
{
    private const int HeaderLength = 6;
    private const int Kept = 64 * 1024;

    private readonly ArrayBufferWriter<byte> _header = new(HeaderLength);
    private readonly ArrayBufferWriter<byte> _body = new();
    private readonly ArrayBufferWriter<byte> _command = new();
    private byte _type;
    private long _pduLeft;
    private long _fragmentLeft;
    private byte _context, _control;
    private long _dataLength;
    private int _dataFragments;
    private bool _isInFragment;
    private bool _isInPdu;
    private bool _isLost;

    /// <summary>Takes what was sent, in pieces of any size.</summary>
    public void Feed(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty && !_isLost)
        {
            if (!_isInPdu)
            {
                if (TryHeader(ref bytes))
                {
                    BeginPdu(_header.WrittenSpan[0], BinaryPrimitives.ReadUInt32BigEndian(_header.WrittenSpan[2..]));
                    _header.ResetWrittenCount();
                }
            }
            else if (_type != Pdu.Data)
            {
                Collect(_body, Take(ref bytes, ref _pduLeft));
                if (_pduLeft == 0)
                {
                    EndPdu();
                }
            }
            else if (!_isInFragment)
            {
                if (TryHeader(ref bytes))
                {
                    BeginFragment(BinaryPrimitives.ReadUInt32BigEndian(_header.WrittenSpan), _header.WrittenSpan[4], _header.WrittenSpan[5]);
                    _header.ResetWrittenCount();
                }
            }
            else
            {
                var part = Take(ref bytes, ref _fragmentLeft);
                if ((_control & Pdu.CommandFragment) != 0)
                {
                    Collect(_command, part);
                }
                else
                {
                    _dataLength += part.Length;
                }

                if (_fragmentLeft == 0)
                {
                    EndFragment();
                }
            }
        }
    }

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> bytes, ref long left)
    {
        var part = bytes[..(int)Math.Min(bytes.Length, left)];
        bytes = bytes[part.Length..];
        left -= part.Length;
        return part;
    }

    private static void Collect(ArrayBufferWriter<byte> to, ReadOnlySpan<byte> part) => to.Write(part[..Math.Min(part.Length, Kept - to.WrittenCount)]);

    private bool TryHeader(ref ReadOnlySpan<byte> bytes)
    {
        var part = bytes[..Math.Min(bytes.Length, HeaderLength - _header.WrittenCount)];
        _header.Write(part);
        bytes = bytes[part.Length..];
        return _header.WrittenCount == HeaderLength;
    }

    private void BeginPdu(byte type, uint length)
    {
        if (type is < Pdu.AssociateRequest or > Pdu.Abort)
        {
            Lose($"a PDU of type {type:X2}H and {length} bytes, which is none of PS3.8 §9.3");
            return;
        }

        (_type, _pduLeft, _isInPdu) = (type, length, true);
        if (length == 0)
        {
            EndPdu();
        }
    }

    private void EndPdu()
    {
        _isInPdu = false;
        if (_type != Pdu.Data)
        {
            Note(PduText.Of(new Pdu(_type, _body.WrittenSpan.ToArray())));
        }

        _body.ResetWrittenCount();
    }

    private void BeginFragment(uint length, byte context, byte control)
    {
        _pduLeft -= length + sizeof(uint);
        if (length < 2 || _pduLeft < 0)
        {
            Lose($"a fragment of {length} bytes that does not fit into its P-DATA-TF");
            return;
        }

        (_fragmentLeft, _context, _control, _isInFragment) = (length - 2, context, control, true);
        if (_fragmentLeft == 0)
        {
            EndFragment();
        }
    }

    private void EndFragment()
    {
        _isInFragment = false;
        var isLast = (_control & Pdu.LastFragment) != 0;
        if ((_control & Pdu.CommandFragment) == 0)
        {
            _dataFragments++;
        }

        if (isLast && (_control & Pdu.CommandFragment) != 0)
        {
            Note($"[{_context}] {PduText.Of(DimseCommand.Decode(_command.WrittenSpan))}");
            _command.ResetWrittenCount();
        }
        else if (isLast)
        {
            Note($"[{_context}] data set of {_dataLength} bytes{(_dataFragments == 1 ? "" : $" in {_dataFragments} fragments")}");
            (_dataLength, _dataFragments) = (0, 0);
        }

        if (_pduLeft == 0)
        {
            EndPdu();
        }
    }

    private void Lose(string why)
    {
        _isLost = true;
        Note($"{why}; what follows is not shown");
    }

    private void Note(string text) => transcript.Add(connection, isUser, text);
}
