using System.Buffers;
using System.Buffers.Binary;

namespace Specgen.Wire;

/// <summary>
/// Frames PDUs (PS3.8 §9.3) in bytes that come in pieces of any size. Does no input or output of its own, and does not know what may come when: that is asked. Fragments of messages are handed on
/// as they come, without being collected; only the PDUs of the association itself are, and those are bounded.
/// </summary>
/// <param name="maxDataLength">The longest P-DATA-TF that we offered to take (PS3.8 D.1), in bytes without its header.</param>
/// <param name="events">Who is told.</param>
internal sealed class PduReader(uint maxDataLength, IPduEvents events)
{
    /// <summary>Of an A-ASSOCIATE-RQ or its answer. 128 presentation contexts with 60 transfer syntaxes each, every UID at its longest, take about half of it.</summary>
    public const uint MaxAssociateLength = 1024 * 1024;

    /// <summary>Some peers count the headers in, when they cut fragments to the length that was offered.</summary>
    private const uint Slack = PduType.HeaderLength + PduType.FragmentHeaderLength;

    private const uint ShortPduLength = 4;

    // Content types of records of TLS (RFC 8446 §5.1).
    private const byte TlsAlert = 0x15;
    private const byte TlsHandshake = 0x16;

    private readonly byte[] _header = new byte[PduType.HeaderLength];
    private ArrayBufferWriter<byte>? _pdu;
    private byte _type;
    private State _state;
    private int _headerCount;
    private uint _pduLeft;
    private uint _fragmentLeft;

    private enum State
    {
        PduHeader,
        Pdu,
        IgnoredPdu,
        FragmentHeader,
        Fragment,
    }

    /// <summary>Why reading stopped; null while all is well.</summary>
    public Violation? Fault { get; private set; }

    /// <summary>A PDU has begun, and has not ended.</summary>
    public bool IsInMidst => _state != State.PduHeader || _headerCount > 0;

    /// <summary>Bytes that are kept of a PDU which came in pieces.</summary>
    public int Collected => _pdu?.Capacity ?? 0;

    /// <summary>Bytes that the current PDU still has to bring: how much is worth reading at once.</summary>
    public uint Expected => _state == State.Fragment ? _pduLeft + _fragmentLeft : _pduLeft;

    /// <summary>Takes all of the bytes, unless they violate the protocol.</summary>
    public void Feed(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty && Fault is null)
        {
            switch (_state)
            {
                case State.PduHeader:
                    if (Collect(ref bytes))
                    {
                        BeginPdu(_header[0], BinaryPrimitives.ReadUInt32BigEndian(_header.AsSpan(2)));
                    }

                    break;
                case State.Pdu:
                    ContinuePdu(ref bytes);
                    break;
                case State.IgnoredPdu:
                    Take(ref bytes, ref _pduLeft);
                    _state = _pduLeft == 0 ? State.PduHeader : _state;
                    break;
                case State.FragmentHeader:
                    if (Collect(ref bytes))
                    {
                        BeginFragment(BinaryPrimitives.ReadUInt32BigEndian(_header), _header[4], _header[5]);
                    }

                    break;
                default:
                    Fault = events.Fragment(Take(ref bytes, ref _fragmentLeft));
                    if (_fragmentLeft == 0 && Fault is null)
                    {
                        EndFragment();
                    }

                    break;
            }
        }
    }

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> bytes, ref uint left)
    {
        var part = bytes[..(int)Math.Min((uint)bytes.Length, left)];
        bytes = bytes[part.Length..];
        left -= (uint)part.Length;
        return part;
    }

    /// <summary>Six bytes of header, of a PDU or of a fragment.</summary>
    private bool Collect(ref ReadOnlySpan<byte> bytes)
    {
        var count = Math.Min(_header.Length - _headerCount, bytes.Length);
        bytes[..count].CopyTo(_header.AsSpan(_headerCount));
        bytes = bytes[count..];
        _headerCount += count;
        if (_headerCount < _header.Length)
        {
            return false;
        }

        _headerCount = 0;
        return true;
    }

    private void BeginPdu(byte type, uint length)
    {
        Fault = events.BeginPdu(type, Malformed(type, length), out var isIgnored);
        (_type, _pduLeft) = (type, length);
        if (Fault is not null)
        {
            return;
        }

        if (isIgnored)
        {
            _state = length == 0 ? State.PduHeader : State.IgnoredPdu;
        }
        else if (type != PduType.Data)
        {
            _state = State.Pdu;
        }
        else if (length > 0)
        {
            BeginNextFragment();
        }
    }

    /// <summary>What can be wrong with a header (PS3.8 §9.3).</summary>
    private Violation? Malformed(byte type, uint length) => type switch
    {
        PduType.Data when length > maxDataLength + Slack => Violation.InvalidParameter($"a P-DATA-TF of {length} bytes, where {maxDataLength} were offered"),
        PduType.Data => null,
        PduType.AssociateRequest or PduType.AssociateAccept => length is >= AssociateReader.FixedLength and <= MaxAssociateLength ? null : Violation.InvalidParameter($"an A-ASSOCIATE PDU of {length} bytes"),
        PduType.AssociateReject or PduType.ReleaseRequest or PduType.ReleaseResponse or PduType.Abort =>
            length == ShortPduLength ? null : Violation.InvalidParameter($"a PDU of type {type:X2}H with a length of {length}"),
        TlsAlert or TlsHandshake => Violation.Unrecognized($"a PDU of type {type:X2}H, which is what TLS begins with"),
        >= 0x20 and < 0x7F => Violation.Unrecognized($"a PDU of type {type:X2}H, which is '{(char)type}': text, as of HTTP or SSH, and not DICOM"),
        _ => Violation.Unrecognized($"a PDU of type {type:X2}H"),
    };

    /// <summary>Nearly always a PDU comes in one piece, and nothing has to be kept.</summary>
    private void ContinuePdu(ref ReadOnlySpan<byte> bytes)
    {
        var part = Take(ref bytes, ref _pduLeft);
        if (_pduLeft > 0)
        {
            (_pdu ??= new ArrayBufferWriter<byte>()).Write(part);
            return;
        }

        var whole = part;
        if (_pdu is not null)
        {
            _pdu.Write(part);
            whole = _pdu.WrittenSpan;
            _pdu = null;
        }

        _state = State.PduHeader;
        Fault = events.Pdu(_type, whole);
    }

    private void BeginNextFragment()
    {
        _state = State.FragmentHeader;
        if (_pduLeft < PduType.FragmentHeaderLength)
        {
            Fault = Violation.InvalidParameter("a P-DATA-TF that ends within the header of a fragment");
        }
    }

    private void BeginFragment(uint length, byte contextId, byte control)
    {
        // The length counts the context and the control header, and not itself (PS3.8 Table 9-23).
        if (length < 2 || length > _pduLeft - 4)
        {
            Fault = Violation.InvalidParameter($"a fragment of {length} bytes in a P-DATA-TF that has {_pduLeft - 4} left");
            return;
        }

        _fragmentLeft = length - 2;
        _pduLeft -= length + 4;
        _state = State.Fragment;
        Fault = events.BeginFragment(contextId, control);
        if (_fragmentLeft == 0 && Fault is null)
        {
            EndFragment();
        }
    }

    private void EndFragment()
    {
        Fault = events.EndFragment();
        if (Fault is null && _pduLeft > 0)
        {
            BeginNextFragment();
        }
        else
        {
            _state = State.PduHeader;
        }
    }
}
