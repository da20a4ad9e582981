using Specgen.Instances;

namespace Specgen.Runtime.Tests.Associations;

/// <summary>More memory than a test needs.</summary>
internal static class TestMemory
{
    public static MemoryBudget Plenty => new(long.MaxValue / 4, long.MaxValue / 4, TimeProvider.System);

    public static MemoryLease Lease() => new MemoryShare(Plenty).Lease();
}
