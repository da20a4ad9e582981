using System.Collections.Immutable;
using System.Text;
using Specgen.Generators.Standard;

namespace Specgen.Generators.Emission;

/// <summary>
/// Which row of a status table a code belongs to, as ranges that do not overlap: what a generated switch is made from. A more exact row
/// wins over a range that covers it; among equals the standard's row wins over an implementation's, and then the earlier one.
/// </summary>
internal static class CodeRanges
{
    public static ImmutableArray<CodeRange> Of(IReadOnlyList<Status> rows)
    {
        var starts = new SortedSet<int>();
        foreach (var row in rows)
        {
            starts.Add(row.First);
            starts.Add(row.Last + 1);
        }

        var result = ImmutableArray.CreateBuilder<CodeRange>();
        var bounds = starts.ToArray();
        for (var i = 0; i + 1 < bounds.Length; i++)
        {
            var owner = -1;
            for (var row = 0; row < rows.Count; row++)
            {
                if (rows[row].First <= bounds[i] && bounds[i] <= rows[row].Last && (owner < 0 || Wins(rows[row], rows[owner])))
                {
                    owner = row;
                }
            }

            if (owner >= 0)
            {
                result.Add(new CodeRange(bounds[i], bounds[i + 1] - 1, owner));
            }
        }

        return result.ToImmutable();
    }

    /// <summary>The pattern that matches the given ranges: "0x0112 or (>= 0xA700 and &lt;= 0xA7FF)"; neighbours are joined.</summary>
    public static string Pattern(IEnumerable<CodeRange> ranges)
    {
        var text = new StringBuilder();
        var joined = Join(ranges);
        foreach (var (first, last) in joined)
        {
            text.Append(text.Length == 0 ? "" : " or ");
            if (first == last)
            {
                text.Append(CSharpText.Hex((ushort)first));
            }
            else
            {
                var range = ">= " + CSharpText.Hex((ushort)first) + " and <= " + CSharpText.Hex((ushort)last);
                text.Append(joined.Count == 1 ? range : "(" + range + ")");
            }
        }

        return text.ToString();
    }

    private static bool Wins(Status row, Status owner)
    {
        var difference = (row.Last - row.First) - (owner.Last - owner.First);
        return difference < 0 || (difference == 0 && row.Implementation is null && owner.Implementation is not null);
    }

    private static List<(int First, int Last)> Join(IEnumerable<CodeRange> ranges)
    {
        var joined = new List<(int First, int Last)>();
        foreach (var range in ranges.OrderBy(static range => range.First))
        {
            if (joined.Count > 0 && joined[joined.Count - 1].Last + 1 == range.First)
            {
                joined[joined.Count - 1] = (joined[joined.Count - 1].First, range.Last);
            }
            else
            {
                joined.Add((range.First, range.Last));
            }
        }

        return joined;
    }
}

/// <summary>Codes from <paramref name="First"/> to <paramref name="Last"/> that belong to the row at index <paramref name="Row"/>.</summary>
internal readonly record struct CodeRange(int First, int Last, int Row);
