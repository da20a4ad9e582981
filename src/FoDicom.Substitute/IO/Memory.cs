namespace FellowOakDicom.Memory;

/// <summary>Where buffers come from. Opaque here.</summary>
public interface IMemoryProvider
{
}

public sealed class ArrayPoolMemoryProvider : IMemoryProvider
{
}
