using System.IO.Compression;

namespace Specgen.Instances;

/// <summary>Inflates a deflated data set (PS3.5 §A.5) as it is read, and no further than is allowed.</summary>
/// <param name="deflated">The deflated bytes, up to the end of the stream; of one that cannot be positioned only the absolute limit counts. Not disposed.</param>
/// <param name="limits">What is too much.</param>
internal sealed class InflatingStream(Stream deflated, DataSetLimits limits) : Stream
{
    private readonly DeflateStream _inflate = new(deflated, CompressionMode.Decompress, leaveOpen: true);
    private readonly long _limit = deflated.CanSeek ? limits.InflatedLength(deflated.Length - deflated.Position) : limits.MaxInflatedLength;
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    /// <exception cref="InvalidDataException">It becomes too long, or the bytes are not deflated.</exception>
    public override int Read(Span<byte> buffer)
    {
        var read = _inflate.Read(buffer);
        _position += read;
        return _position <= _limit ? read : throw new InvalidDataException($"it inflates to more than {_limit} bytes");
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inflate.Dispose();
        }

        base.Dispose(disposing);
    }
}
