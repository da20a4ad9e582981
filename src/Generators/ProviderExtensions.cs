using Microsoft.CodeAnalysis;
using Specgen.Generators.Standard;

namespace Specgen.Generators;

/// <summary>The compiler's own operators, with references as their values.</summary>
/// <remarks>
/// For each shape of structure that goes through a pipeline (a tuple, a tuple of tuples, an array in one) the just-in-time compiler makes the methods of the compiler's tables anew, about 80 of them;
/// references share theirs. A build without a compiler server pays for every one.
/// </remarks>
internal static class ProviderExtensions
{
    /// <summary>The values that are there.</summary>
    public static IncrementalValuesProvider<T> NotNull<T>(this IncrementalValuesProvider<T?> values)
        where T : class => values.Where(static value => value is not null)!;

    /// <summary>All values as one.</summary>
    public static IncrementalValueProvider<EquatableArray<T>> Gather<T>(this IncrementalValuesProvider<T> values)
        where T : class, IEquatable<T> => values.Collect().Select(static (all, _) => new EquatableArray<T>(all));

    /// <summary>Each value with the other.</summary>
    public static IncrementalValuesProvider<Pair<TLeft, TRight>> With<TLeft, TRight>(this IncrementalValuesProvider<TLeft> left, IncrementalValueProvider<TRight> right)
        where TLeft : class?
        where TRight : class? => left.Combine(right).Select(static (both, _) => new Pair<TLeft, TRight>(both.Left, both.Right));

    /// <summary>Both values.</summary>
    public static IncrementalValueProvider<Pair<TLeft, TRight>> With<TLeft, TRight>(this IncrementalValueProvider<TLeft> left, IncrementalValueProvider<TRight> right)
        where TLeft : class?
        where TRight : class? => left.Combine(right).Select(static (both, _) => new Pair<TLeft, TRight>(both.Left, both.Right));
}

/// <summary>Two values of a pipeline: what a tuple would be, as a reference (<see cref="ProviderExtensions"/>).</summary>
internal sealed record Pair<TLeft, TRight>(TLeft Left, TRight Right)
    where TLeft : class?
    where TRight : class?;

/// <summary>A yes or no of a pipeline, as a reference (<see cref="ProviderExtensions"/>).</summary>
internal sealed record Flag(bool IsSet);
