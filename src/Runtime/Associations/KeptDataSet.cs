using FellowOakDicom;
using Specgen.Instances;
using Specgen.Wire;

namespace Specgen.Associations;

/// <summary>A data set that is kept in memory, up to a limit: what DIMSE-N messages carry, and queries. Before it is decoded, what that will cost is taken from the association's memory.</summary>
/// <param name="syntax">How it is encoded.</param>
/// <param name="limits">What is too much of it.</param>
/// <param name="memory">What it is charged to.</param>
internal sealed class KeptDataSet(DicomTransferSyntax syntax, DataSetLimits limits, MemoryLease memory) : IDataSetSink
{
    /// <summary>Bytes. A longer one is thrown away.</summary>
    public const int MaxLength = 16 * 1024 * 1024;

    private const int SmallPiece = 256, MaxPiece = SmallPiece << 8;

    private readonly List<ArraySegment<byte>> _pieces = [];
    private byte[]? _file;
    private DataSetScanner? _scanned;

    public long Length { get; private set; }

    private bool IsTooLong => Length > MaxLength;

    public void Write(ReadOnlySpan<byte> bytes)
    {
        Length += bytes.Length;
        if (IsTooLong || memory.IsRefused)
        {
            Drop();
            return;
        }

        while (!bytes.IsEmpty)
        {
            var last = _pieces.Count == 0 ? default : _pieces[^1];
            if (last.Array is null || last.Count == last.Array.Length)
            {
                var piece = new byte[Math.Clamp(bytes.Length, SmallPiece << Math.Min(_pieces.Count, 8), MaxPiece)];
                memory.TakeOrOwe(piece.Length);
                _pieces.Add(last = new ArraySegment<byte>(piece, 0, 0));
            }

            var count = Math.Min(bytes.Length, last.Array!.Length - last.Count);
            bytes[..count].CopyTo(last.Array.AsSpan(last.Count));
            _pieces[^1] = new ArraySegment<byte>(last.Array, 0, last.Count + count);
            bytes = bytes[count..];
        }
    }

    /// <summary>Takes the memory for decoding, and waits for it if need be.</summary>
    /// <exception cref="NoMemoryException">There is none in time, or it takes more than an association may have.</exception>
    /// <exception cref="DicomDataException">It is no data set in its transfer syntax, or exceeds a limit.</exception>
    public async ValueTask ReserveAsync(CancellationToken cancellationToken)
    {
        if (Scan() is { } cost && !await memory.TakeAsync(cost, cancellationToken).ConfigureAwait(false))
        {
            throw Refused();
        }
    }

    /// <summary>The same, without waiting.</summary>
    /// <inheritdoc cref="ReserveAsync" path="/exception"/>
    public void Reserve()
    {
        if (Scan() is { } cost && !memory.TryTake(cost))
        {
            throw Refused();
        }
    }

    /// <summary>What it says, once the memory for it has been reserved.</summary>
    /// <exception cref="DicomDataException">It is no data set in its transfer syntax, or exceeds a limit.</exception>
    public DicomDataset Decode() => _scanned is null ? new DicomDataset(syntax) : DataSetCodec.Open(_file!, _scanned);

    public void Dispose()
    {
        Drop();
        memory.Dispose();
    }

    /// <summary>Goes through it, and says what decoding will cost; null for nothing.</summary>
    private long? Scan()
    {
        if (IsTooLong)
        {
            throw NoMemoryException.OfLength(Length);
        }

        if (memory.IsRefused)
        {
            throw NoMemoryException.Now();
        }

        if (Length == 0)
        {
            return null;
        }

        _file = DataSetCodec.AsFile(syntax, (int)Length, out var dataSet);
        foreach (var piece in _pieces)
        {
            piece.AsSpan().CopyTo(dataSet);
            dataSet = dataSet[piece.Count..];
        }

        _pieces.Clear();
        _scanned = DataSetCodec.Scan(_file, (int)Length, syntax, limits);
        return _scanned.DecodedLength + (syntax.IsDeflate ? 2 * _scanned.Position : 0);
    }

    private NoMemoryException Refused()
    {
        Drop();
        return NoMemoryException.Now();
    }

    private void Drop()
    {
        _pieces.Clear();
        (_file, _scanned) = (null, null);
    }
}
