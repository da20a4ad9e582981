namespace FellowOakDicom.IO.Buffer;

/// <summary>The bytes of a value.</summary>
public interface IByteBuffer
{
    bool IsMemory { get; }

    long Size { get; }

    byte[] Data { get; }
}

public sealed class MemoryByteBuffer : IByteBuffer
{
    public MemoryByteBuffer(byte[] data) => Data = data;

    public bool IsMemory => true;

    public byte[] Data { get; private set; }

    public long Size => Data.Length;
}
