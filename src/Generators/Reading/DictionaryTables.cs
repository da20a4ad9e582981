using Specgen.Generators.Diagnostics;

namespace Specgen.Generators.Reading;

/// <summary>"Tag | Name | Keyword | VR | VM | Retired": the data dictionary, PS3.6 Chapters 6 to 9.</summary>
internal static class DictionaryTables
{
    private const int Tag = 0;
    private const int Name = 1;
    private const int Keyword = 2;
    private const int Vr = 3;
    private const int Vm = 4;

    public static void Read(TableView table, PageContext page)
    {
        for (var row = table.FirstRow; row < table.RowCount; row++)
        {
            var tag = table.Text(row, Tag);

            // "(60xx,3000)" is the attribute of many groups.
            if (CellText.TryTag(tag.Replace('x', '0'), out _, out _))
            {
                page.Dictionary.Add(new DictionaryEntry(tag, table.Text(row, Name), table.Text(row, Keyword), table.Text(row, Vr), table.Text(row, Vm)));
            }
            else
            {
                page.Report(PageDiagnostics.BadTag, table.Cell(row, Tag)?.Span ?? table.Span, tag);
            }
        }
    }
}
