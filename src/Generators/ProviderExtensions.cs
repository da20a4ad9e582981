using Microsoft.CodeAnalysis;

namespace Specgen.Generators;

internal static class ProviderExtensions
{
    /// <summary>The values that are there.</summary>
    public static IncrementalValuesProvider<T> NotNull<T>(this IncrementalValuesProvider<T?> values)
        where T : class => values.Where(static value => value is not null)!;
}
