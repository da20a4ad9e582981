using Specgen.Generators.Diagnostics;
using Specgen.Generators.Rst;
using Specgen.Generators.Standard;

namespace Specgen.Generators.Reading;

/// <summary>"UID | SOP Class [| Name] [| Part 3 Annex] [| Retired] [| Module] [| Named As] [| Relational]" and the registry's "UID | Name | Keyword | Type | Part | Retired".</summary>
internal static class SopClassTables
{
    private const int Uid = 0;
    private const int Keyword = 1;
    private const int Name = 2;
    private const int Annex = 3;
    private const int Retired = 4;
    private const int Module = 5;
    private const int MessageClass = 6;
    private const int Relational = 7;

    private const int RegistryName = 1;
    private const int RegistryKeyword = 2;
    private const int RegistryType = 3;
    private const int RegistryPart = 4;
    private const int RegistryRetired = 5;

    private const string SopClassSuffix = " SOP Class";
    private const string RetiredSuffix = "(Retired)";

    private static readonly char[] s_wordBreaks = [' ', '-', '/', '(', ')', ',', '.', ':', '\'', '\u2013', '\u2019'];

    public static void ReadSopClasses(TableView table, PageContext page, List<SopClass> sopClasses)
    {
        var named = new List<(int Index, RstCell Cell)>();
        var known = new HashSet<string>(sopClasses.SelectMany(static sopClass => new[] { sopClass.Uid, sopClass.Keyword }), StringComparer.Ordinal);
        for (var row = table.FirstRow; row < table.RowCount; row++)
        {
            if (table.Label(row) is not null || !TryUid(table, page, row, out var uid, out var uidCell) || table.Cell(row, Keyword) is not { } keywordCell)
            {
                continue;
            }

            var word = table.Text(row, Keyword);
            var isMarked = IsYes(table.Text(row, Retired));
            if (word.EndsWith(RetiredSuffix, StringComparison.OrdinalIgnoreCase))
            {
                isMarked = true;
                word = word.Substring(0, word.Length - RetiredSuffix.Length).TrimEnd();
            }

            // A name with spaces stands for the keyword that PS3.6 makes of it.
            var isName = word.IndexOf(' ') >= 0;
            var key = isName ? KeywordOf(word) : word;
            if (!IsIdentifier(key))
            {
                page.Report(PageDiagnostics.BadCell, keywordCell.Span, word, "a keyword: expected letters, digits and '_', beginning with a letter (PS3.6 Annex A)");
                continue;
            }

            page.SopClasses.Add(new SopClassFact(uid, key, isMarked, page.Place(uidCell), page.Place(keywordCell)));

            // One that stands twice is reported between pages, where the first place is known; here it is only not made twice.
            if (known.Add(uid) & known.Add(key))
            {
                if (NullIfEmpty(table.Text(row, MessageClass)) is not null)
                {
                    named.Add((sopClasses.Count, table.Cell(row, MessageClass)!));
                }

                sopClasses.Add(new SopClass(uid, key, NullIfEmpty(table.Text(row, Name)) ?? (isName ? word : null), NullIfEmpty(table.Text(row, Annex)), isMarked)
                {
                    Module = TypeTables.ReadModule(table, page, row, Module),
                    IsRelational = IsYes(table.Text(row, Relational)),
                });
            }
        }

        // The SOP class that is named may stand below.
        foreach (var (index, cell) in named)
        {
            sopClasses[index] = sopClasses[index] with { MessageClass = UsageTables.SopClassOf(cell, page, sopClasses) };
        }
    }

    public static void ReadRegistry(TableView table, PageContext page, List<RegistryEntry> entries)
    {
        for (var row = table.FirstRow; row < table.RowCount; row++)
        {
            if (table.Label(row) is not null || !TryUid(table, page, row, out var uid, out var uidCell) || table.Cell(row, RegistryKeyword) is not { } keywordCell)
            {
                continue;
            }

            var keyword = table.Text(row, RegistryKeyword);
            if (!IsIdentifier(keyword))
            {
                page.Report(PageDiagnostics.BadCell, keywordCell.Span, keyword, "a keyword: expected letters, digits and '_', beginning with a letter (PS3.6 Annex A)");
                continue;
            }

            var entry = new RegistryEntry(uid, table.Text(row, RegistryName), keyword, table.Text(row, RegistryType), table.Text(row, RegistryPart), IsYes(table.Text(row, RegistryRetired)));
            entries.Add(entry);
            page.Registry.Add(new RegistryFact(entry, page.Place(uidCell), page.Place(keywordCell)));
        }
    }

    /// <summary>"Storage Commitment Push Model SOP Class" → "StorageCommitmentPushModel": how PS3.6 makes keywords of names.</summary>
    public static string KeywordOf(string name)
    {
        name = name.EndsWith(SopClassSuffix, StringComparison.OrdinalIgnoreCase) ? name.Substring(0, name.Length - SopClassSuffix.Length) : name;
        var words = name.Replace("&", " and ").Split(s_wordBreaks, StringSplitOptions.RemoveEmptyEntries);
        return string.Concat(words.Select(static word => char.ToUpperInvariant(word[0]) + word.Substring(1)));
    }

    private static bool TryUid(TableView table, PageContext page, int row, out string uid, out RstCell cell)
    {
        cell = table.Cell(row, Uid)!;
        uid = cell is null ? "" : table.Text(row, Uid);
        if (cell is null)
        {
            return false;
        }

        if (CellText.WhyNoUid(uid) is not { } why)
        {
            return true;
        }

        page.Report(PageDiagnostics.MalformedUid, cell.Span, uid, why);
        return false;
    }

    /// <summary>ASCII letters, digits and '_': what a name in C# can be made of without change.</summary>
    private static bool IsIdentifier(string word)
    {
        if (word.Length == 0 || word[0] is >= '0' and <= '9')
        {
            return false;
        }

        foreach (var c in word)
        {
            if (c is not ((>= 'A' and <= 'Z') or (>= 'a' and <= 'z') or (>= '0' and <= '9') or '_'))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsYes(string text) => text.Length > 0 && text[0] is 'Y' or 'y' or 'R' or 'r';

    private static string? NullIfEmpty(string text) => text.Length == 0 || text is "-" ? null : text;
}
