namespace Specgen.Wire;

/// <summary>A data set that nobody takes: read to its end, so that the association lives on.</summary>
internal sealed class IgnoredDataSet : IDataSetSink
{
    public long Length { get; private set; }

    public void Write(ReadOnlySpan<byte> bytes) => Length += bytes.Length;

    public void Dispose()
    {
    }
}
