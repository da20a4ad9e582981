using System.Reflection;

namespace Specgen.Interop.Tests.Peers;

/// <summary>The samples, built.</summary>
internal static class Programs
{
    /// <summary>The assembly of one, by its name.</summary>
    public static string Find(string name) => typeof(Programs).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == name).Value!;
}
