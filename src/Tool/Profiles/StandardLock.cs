using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Specgen.Tool.Profiles;

/// <summary>
/// spec/standard.lock: which edition each table of the standard was read in, and what it had; and what the pages' tables had when that was
/// last written. One line a table, so that the difference of two is the shortest summary of an update.
/// </summary>
internal sealed class StandardLock
{
    private const string Header = """
        # Written by `specgen update` and `specgen check --accept`; docs/updating.md explains it.
        # Of a table of the standard: part, id, edition, rows, and the SHA-256 of its normalised rows; "-" where it was read in another form than DocBook.
        # Of a table of a page: page, heading, rows, and the SHA-256 of what its cells say.
        """;

    private readonly SortedDictionary<(string Part, string Id), SourceLock> _sources = new(Comparer<(string Part, string Id)>.Create(static (x, y) =>
        string.CompareOrdinal(x.Part, y.Part) is var part and not 0 ? part : Natural(x.Id, y.Id)));

    private readonly SortedDictionary<(string Page, string Heading), PageLock> _pages = new(Comparer<(string Page, string Heading)>.Create(static (x, y) =>
        string.CompareOrdinal(x.Page, y.Page) is var page and not 0 ? page : string.CompareOrdinal(x.Heading, y.Heading)));

    public IEnumerable<SourceLock> Sources => _sources.Values;

    public IEnumerable<PageLock> Pages => _pages.Values;

    public SourceLock? Source(string part, string id) => _sources.GetValueOrDefault((part, id));

    public void Set(SourceLock source) => _sources[(source.Part, source.Id)] = source;

    public void SetPages(IEnumerable<PageLock> pages)
    {
        _pages.Clear();
        foreach (var page in pages)
        {
            _pages[(page.Page, page.Heading)] = page;
        }
    }

    /// <exception cref="ProfileException">A line is not one of a lock.</exception>
    public static StandardLock Read(string file)
    {
        var read = new StandardLock();
        if (!File.Exists(file))
        {
            return read;
        }

        var lines = File.ReadAllLines(file);
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].Length == 0 || lines[i][0] == '#')
            {
                continue;
            }

            var fields = lines[i].Split(" | ");
            if (fields is [var part, var id, var edition, var rows, var hash] && part.StartsWith("PS3.", StringComparison.Ordinal) && IsNumber(rows, out var count))
            {
                read.Set(new SourceLock(part, id, edition, count, hash));
            }
            else if (fields is [var page, var heading, var pageRows, var pageHash] && IsNumber(pageRows, out count))
            {
                read._pages[(page, heading)] = new PageLock(page, heading, count, pageHash);
            }
            else
            {
                throw new ProfileException(file, i + 1, "not a line of a lock");
            }
        }

        return read;

        static bool IsNumber(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }

    public string Write()
    {
        var text = new StringBuilder(Header.ReplaceLineEndings("\n")).Append('\n');
        foreach (var source in _sources.Values)
        {
            text.Append(CultureInfo.InvariantCulture, $"{source.Part} | {source.Id} | {source.Edition} | {source.Rows} | {source.Hash}\n");
        }

        foreach (var page in _pages.Values)
        {
            text.Append(CultureInfo.InvariantCulture, $"{page.Page} | {page.Heading} | {page.Rows} | {page.Hash}\n");
        }

        return text.ToString();
    }

    /// <summary>Of rows, each of cells.</summary>
    public static string Hash(IEnumerable<IEnumerable<string>> rows) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', rows.Select(static row => string.Join('\u001F', row)))))).ToLowerInvariant();

    /// <summary>"table_F.9.2-1" before "table_F.10-1".</summary>
    private static int Natural(string x, string y)
    {
        for (int i = 0, j = 0; i < x.Length && j < y.Length; i++, j++)
        {
            if (!char.IsAsciiDigit(x[i]) || !char.IsAsciiDigit(y[j]))
            {
                if (x[i] != y[j])
                {
                    return x[i] - y[j];
                }

                continue;
            }

            var (from, start) = (i, j);
            while (i + 1 < x.Length && char.IsAsciiDigit(x[i + 1]))
            {
                i++;
            }

            while (j + 1 < y.Length && char.IsAsciiDigit(y[j + 1]))
            {
                j++;
            }

            var (one, other) = (x[from..(i + 1)].TrimStart('0'), y[start..(j + 1)].TrimStart('0'));
            if (one.Length != other.Length || one != other)
            {
                return one.Length != other.Length ? one.Length - other.Length : string.CompareOrdinal(one, other);
            }
        }

        return x.Length - y.Length;
    }
}

/// <param name="Hash">"-" where the table was read in another form than DocBook.</param>
internal sealed record SourceLock(string Part, string Id, string Edition, int Rows, string Hash)
{
    public const string NotDocBook = "-";
}

internal sealed record PageLock(string Page, string Heading, int Rows, string Hash);
