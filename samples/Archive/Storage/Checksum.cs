using System.Buffers;
using System.IO.Hashing;
using FellowOakDicom;
using Specgen;

namespace Archive.Storage;

/// <summary>Sums up a stream (XXH3) while it is read, from its first byte to its last, or what is written to it.</summary>
internal sealed class Checksum(Stream source) : Stream
{
    private readonly XxHash3 _hash = new();

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    /// <summary>The sum of what has passed.</summary>
    public long Sum => unchecked((long)_hash.GetCurrentHashAsUInt64());

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>What an encoded data set says about itself, and its checksum, in one pass.</summary>
    /// <param name="dataSet">Stands at its first byte.</param>
    public static (InstanceHeader Header, long Checksum) Read(Stream dataSet, string transferSyntaxUid)
    {
        using var checksum = new Checksum(dataSet);
        var header = InstanceHeader.Read(checksum, transferSyntaxUid, QueryLevel.Wanted);
        return (header, checksum.Finish());
    }

    /// <summary>The checksum of a stored file's data set.</summary>
    /// <exception cref="InvalidDataException">It is no DICOM file.</exception>
    public static long OfFile(Stream file)
    {
        if (!DicomFileHeader.TryRead(file, out var header))
        {
            throw new InvalidDataException("Not a DICOM file");
        }
        file.Position = header.DataSetOffset;
        using var checksum = new Checksum(file);
        return checksum.Finish();
    }

    /// <summary>The sum, with what was not read yet.</summary>
    private long Finish()
    {
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        while (Read(buffer) > 0)
        {
        }
        ArrayPool<byte>.Shared.Return(buffer);
        return Sum;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var count = source.Read(buffer);
        _hash.Append(buffer[..count]);
        return count;
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => _hash.Append(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer) => _hash.Append(buffer);

    public override void Flush()
    {
    }
}
