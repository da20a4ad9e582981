using System.Security.Cryptography;
using System.Text;

namespace Specgen.Tool.Profiles;

/// <summary>What the standard prints and the pages have otherwise (spec/errata.json), and which of it was met.</summary>
internal sealed class Errata(IReadOnlyList<Erratum> all)
{
    private readonly ILookup<string, Erratum> _byTable = all.ToLookup(static erratum => erratum.Table, StringComparer.Ordinal);
    private readonly HashSet<Erratum> _met = [];
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);

    public static Errata None { get; } = new([]);

    public IReadOnlyList<Erratum> All => all;

    /// <summary>Those whose table was read and does not print that any more.</summary>
    public IEnumerable<Erratum> Obsolete => all.Where(erratum => _read.Contains(erratum.Table) && !_met.Contains(erratum));

    /// <summary>What the pages have for a cell that a table prints.</summary>
    /// <param name="after">The name of the row above, for rows that have the same.</param>
    public string Apply(string table, string row, string column, string printed, string after = "")
    {
        if (!_byTable.Contains(table))
        {
            return printed;
        }

        _read.Add(table);
        foreach (var erratum in _byTable[table])
        {
            if (erratum.Row == row && erratum.Column == column && Prints(erratum.Prints, printed) && (erratum.After is null || erratum.After == after))
            {
                _met.Add(erratum);
                return erratum.Page;
            }
        }

        return printed;
    }

    /// <summary>Whether a text is the one meant: itself, or by its hash where it is a sentence of the standard.</summary>
    public static bool Prints(string meant, string printed) =>
        meant == printed || (meant.StartsWith("sha256:", StringComparison.Ordinal) && meant == Digest(printed));

    public static string Digest(string text) => "sha256:" + Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16].ToLowerInvariant();
}

/// <param name="Row">The row as the table prints it: an attribute's name with its '&gt;', a code, a service, a UID.</param>
/// <param name="Column">The column as the pages name it.</param>
/// <param name="After">The row above, where several have the same name.</param>
internal sealed record Erratum(string Table, string Row, string Column, string Prints, string Page, string Why, string? After = null);
