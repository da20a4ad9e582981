using Microsoft.Win32.SafeHandles;

namespace Specgen.Instances;

/// <summary>A file's bytes from an offset on, as a stream of their own; small reads share a system call.</summary>
internal sealed class OffsetStream(SafeFileHandle file, long offset) : Stream
{
    private readonly byte[] _buffer = new byte[4096];
    private long _bufferAt;
    private int _buffered;
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => RandomAccess.GetLength(file) - offset;

    public override long Position
    {
        get => _position;
        set => _position = value >= 0 ? value : throw new IOException("A position before the beginning.");
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var count = 0;
        if (_position >= _bufferAt && _position < _bufferAt + _buffered)
        {
            var start = (int)(_position - _bufferAt);
            count = Math.Min(buffer.Length, _buffered - start);
            _buffer.AsSpan(start, count).CopyTo(buffer);
        }
        else if (buffer.Length >= _buffer.Length)
        {
            count = RandomAccess.Read(file, buffer, offset + _position);
        }
        else if (buffer.Length > 0)
        {
            _bufferAt = _position;
            _buffered = RandomAccess.Read(file, _buffer, offset + _position);
            count = Math.Min(buffer.Length, _buffered);
            _buffer.AsSpan(0, count).CopyTo(buffer);
        }

        _position += count;
        return count;
    }

    public override long Seek(long to, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => to,
        SeekOrigin.Current => _position + to,
        _ => Length + to,
    };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            file.Dispose();
        }

        base.Dispose(disposing);
    }
}
