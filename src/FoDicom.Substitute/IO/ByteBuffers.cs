namespace FellowOakDicom.IO.Buffer;

/// <summary>The bytes of a value.</summary>
public interface IByteBuffer
{
    byte[] Data { get; }
}

public sealed class MemoryByteBuffer : IByteBuffer
{
    public MemoryByteBuffer(byte[] data) => Data = data;

    public byte[] Data { get; }
}
