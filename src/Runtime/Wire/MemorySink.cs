using System.Buffers;

namespace Specgen.Wire;

/// <summary>Keeps a data set in memory, up to a limit: what DIMSE-N messages carry, and queries.</summary>
/// <param name="limit">Bytes. A longer data set is thrown away; 0 throws away every one.</param>
internal sealed class MemorySink(int limit) : IDataSetSink
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    public long Length { get; private set; }

    /// <summary>Whether it was longer than the limit, and is gone.</summary>
    public bool IsTooLong => Length > limit;

    public ReadOnlyMemory<byte> Bytes => _bytes.WrittenMemory;

    public void Write(ReadOnlySpan<byte> bytes)
    {
        Length += bytes.Length;
        if (IsTooLong)
        {
            _bytes.Clear();
        }
        else
        {
            _bytes.Write(bytes);
        }
    }

    public void Dispose()
    {
    }
}
