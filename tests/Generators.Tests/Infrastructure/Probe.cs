using System.Globalization;

namespace Specgen.Generators.Tests;

/// <summary>Asks generated code: compiles an expression with it, and runs that.</summary>
internal static class Probe
{
    /// <summary>The value of a C# expression in a project; several values with commas between them.</summary>
    public static string Ask(this TestProject project, string expression)
    {
        var run = project.Source(
            $$"""
            using System;
            using System.Linq;
            using Specgen;
            using Specgen.Standard;

            internal static class Probe
            {
                internal static object? Ask() => string.Join(",", new object?[] { {{expression}} });
            }
            """,
            "Probe.cs").Run();
        var probe = run.Load().GetType("Probe")!.GetMethod("Ask", System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!;
        return Convert.ToString(probe.Invoke(null, null), CultureInfo.InvariantCulture)!;
    }
}
