using System.Buffers.Binary;

namespace Specgen;

/// <summary>Follows the PDUs in a stream of bytes by their lengths, and notices one that is larger than it may be.</summary>
/// <param name="maxDataLength">The maximum for P-DATA-TF that we negotiated.</param>
internal sealed class PduLengths(uint maxDataLength)
{
    private const byte PDataTf = 0x04;

    /// <summary>128 presentation contexts with a few transfer syntaxes each do not come near it.</summary>
    private const uint MaxOtherLength = 1024 * 1024;

    private readonly byte[] _header = new byte[6];
    private int _headerLength;
    private uint _left;

    public uint LastLength { get; private set; }

    /// <summary>False once a header says that its PDU is too large.</summary>
    public bool Accept(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (_left > 0)
            {
                var skipped = (int)Math.Min(_left, (uint)bytes.Length);
                _left -= (uint)skipped;
                bytes = bytes[skipped..];
                continue;
            }

            var count = Math.Min(_header.Length - _headerLength, bytes.Length);
            bytes[..count].CopyTo(_header.AsSpan(_headerLength));
            _headerLength += count;
            bytes = bytes[count..];
            if (_headerLength < _header.Length)
            {
                return true;
            }

            _headerLength = 0;
            _left = LastLength = BinaryPrimitives.ReadUInt32BigEndian(_header.AsSpan(2));
            if (LastLength > (_header[0] == PDataTf ? maxDataLength : MaxOtherLength))
            {
                return false;
            }
        }

        return true;
    }
}
