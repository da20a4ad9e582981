using Microsoft.CodeAnalysis.Text;
using Specgen.Generators.Diagnostics;
using Specgen.Generators.Rst;
using Specgen.Generators.Standard;

namespace Specgen.Generators.Reading;

/// <summary>"UID | SOP Class [| Name] [| Part 3 Annex] [| Retired]" and the registry's "UID | Name | Keyword | Type | Part | Retired".</summary>
internal static class SopClassTables
{
    private static readonly string[] Known = ["UID", "SOP Class", "Name", "Part 3 Annex", "Retired"];
    private static readonly string[] RegistryColumns = ["UID", "Name", "Keyword", "Type", "Part", "Retired"];

    public static bool IsSopClasses(TableView table) => table.Has("UID") && table.Has("SOP Class");

    public static bool IsRegistry(TableView table) => table.Has("UID") && table.Has("Keyword");

    public static void ReadSopClasses(TableView table, PageContext page, List<SopClass> sopClasses)
    {
        var (uid, keyword, name) = (table.IndexOf("UID"), table.IndexOf("SOP Class"), table.IndexOf("Name"));
        var (iod, retired) = (table.IndexOf("Part 3 Annex"), table.IndexOf("Retired"));
        Columns.ReportUnknown(table, page, Known);
        for (var row = table.FirstRow; row < table.RowCount; row++)
        {
            if (table.Label(row) is not null || !TryUid(table, page, row, uid, out var text, out var uidCell))
            {
                continue;
            }

            var word = table.Text(row, keyword);
            if (word.Length == 0 || table.Cell(row, keyword) is not { } keywordCell)
            {
                page.Report(PageDiagnostics.BadCell, uidCell.Span, "", "SOP class keyword");
                continue;
            }

            // A name with spaces stands for the keyword that PS3.6 makes of it.
            var isName = word.IndexOf(' ') >= 0;
            var key = isName ? KeywordOf(word) : word;
            if (!IsIdentifier(key))
            {
                page.Report(PageDiagnostics.BadCell, keywordCell.Span, word, "keyword: letters and digits, beginning with a letter (PS3.6 Annex A)");
                continue;
            }

            var marked = IsYes(table.Text(row, retired));
            page.SopClasses.Add(new SopClassFact(text, key, marked, page.Place(uidCell), page.Place(keywordCell)));
            if (sopClasses.Any(other => other.Uid == text || other.Keyword == key))
            {
                // Reported between pages, where the first place is known; here it is only not made twice.
                continue;
            }

            sopClasses.Add(new SopClass(text, key, NullIfEmpty(table.Text(row, name)) ?? (isName ? word : null), NullIfEmpty(table.Text(row, iod)), marked));
        }
    }

    public static void ReadRegistry(TableView table, PageContext page, List<RegistryEntry> entries)
    {
        Columns.ReportUnknown(table, page, RegistryColumns);
        var columns = RegistryColumns.Select(name => Columns.Require(table, page, name)).ToArray();
        if (columns.Any(static column => column < 0))
        {
            return;
        }

        var uids = new HashSet<string>(StringComparer.Ordinal);
        for (var row = table.FirstRow; row < table.RowCount; row++)
        {
            if (table.Label(row) is not null || !TryUid(table, page, row, columns[0], out var uid, out var uidCell))
            {
                continue;
            }

            if (!uids.Add(uid))
            {
                page.Report(PageDiagnostics.DuplicateUid, uidCell.Span, "UID", uid, "this table");
                continue;
            }

            var entry = new RegistryEntry(uid, table.Text(row, columns[1]), table.Text(row, columns[2]), table.Text(row, columns[3]), table.Text(row, columns[4]), IsYes(table.Text(row, columns[5])));
            entries.Add(entry);
            page.Registry.Add(new RegistryFact(entry, page.Place(uidCell), page.Place(table.Cell(row, columns[2])?.Span ?? uidCell.Span)));
        }
    }

    private static bool TryUid(TableView table, PageContext page, int row, int column, out string uid, out RstCell cell)
    {
        cell = table.Cell(row, column)!;
        uid = table.Text(row, column);
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

    /// <summary>"Storage Commitment Push Model SOP Class" → "StorageCommitmentPushModel": how PS3.6 makes keywords of names.</summary>
    public static string KeywordOf(string name)
    {
        name = name.EndsWith(" SOP Class", StringComparison.OrdinalIgnoreCase) ? name.Substring(0, name.Length - " SOP Class".Length) : name;
        var words = name.Split([' ', '-', '/', '(', ')', ',', '.', '\u2013'], StringSplitOptions.RemoveEmptyEntries);
        return string.Concat(words.Select(static word => char.ToUpperInvariant(word[0]) + word.Substring(1)));
    }

    private static bool IsIdentifier(string word) => char.IsLetter(word[0]) && word.All(char.IsLetterOrDigit);

    private static bool IsYes(string text) => text.Length > 0 && text[0] is 'Y' or 'y' or 'R' or 'r';

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
