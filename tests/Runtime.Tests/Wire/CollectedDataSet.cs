using Specgen.Wire;

namespace Specgen.Runtime.Tests.Wire;

/// <summary>A data set as it came.</summary>
internal sealed class CollectedDataSet : IDataSetSink
{
    private readonly MemoryStream _bytes = new();

    public long Length => _bytes.Length;

    public ReadOnlySpan<byte> Bytes => _bytes.GetBuffer().AsSpan(0, (int)_bytes.Length);

    public void Write(ReadOnlySpan<byte> bytes) => _bytes.Write(bytes);

    public void Dispose()
    {
    }
}
