namespace Specgen.Benchmarks;

internal static class Rounds
{
    /// <summary>Of what the rounds of a benchmark gave.</summary>
    public static double Median(this List<double> values) => values.Order().ElementAt(values.Count / 2);
}
