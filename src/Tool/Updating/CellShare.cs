using Specgen.Tool.Making;
using Specgen.Tool.Pages;
using Specgen.Tool.Profiles;

namespace Specgen.Tool.Updating;

/// <summary>How much of the pages is made of an edition's tables. Labels and empty cells are not counted, nor tables of parts that were not there.</summary>
/// <param name="Made">Cells for which the edition says something.</param>
/// <param name="Differing">Those of them that say something else on the page, which has them from a newer edition.</param>
/// <param name="NotThere">Cells of tables that the edition has not, and of rows that its tables have not: newer ones, and those that a page keeps.</param>
/// <param name="Own">Cells of the pages' own columns, in rows that are made.</param>
/// <param name="ByHand">Cells of tables that are written by hand: what stands in prose only.</param>
internal sealed record CellShare(int Made, int Differing, int NotThere, int Own, int ByHand)
{
    public int Cells => Made + NotThere + Own + ByHand;

    public double MadePercent => Cells == 0 ? 0 : 100.0 * Made / Cells;

    public static CellShare Of(Edition edition, PageFolder folder, Profile profile, Errata errata)
    {
        var maker = new Maker(profile, errata, edition, folder, new Findings());
        var share = new CellShare(0, 0, 0, 0, 0);
        foreach (var page in folder.Pages)
        {
            var pageProfile = profile.Pages.FirstOrDefault(other => other.Page == page.Name);
            foreach (var table in page.Tables)
            {
                var tableProfile = pageProfile is null ? null : profile.Table(pageProfile, table.Heading);
                if (tableProfile is not { ByHand: null })
                {
                    share = share with { ByHand = share.ByHand + table.Rows.Sum(Filled) };
                }
                else if (tableProfile.Sources.Any(source => edition.Part(source.Part) is not null))
                {
                    share = share.With(table, tableProfile, maker.Make(pageProfile!, tableProfile));
                }
            }
        }

        return share;
    }

    private CellShare With(PageTable table, TableProfile profile, MadeTable? made)
    {
        var share = this;
        var rows = made?.Rows.ToDictionary(static row => (row.Group, row.Key)) ?? [];
        foreach (var (key, group, row) in RowKeys.Of(table, profile))
        {
            if (!rows.TryGetValue((group, key), out var wanted))
            {
                share = share with { NotThere = share.NotThere + Filled(row) };
                continue;
            }

            var cells = wanted.Cells.Where(cell => table.Cell(row, cell.Key).Length > 0).ToList();
            share = share with
            {
                Made = share.Made + cells.Count,
                Differing = share.Differing + cells.Count(cell => table.Cell(row, cell.Key) != cell.Value),
                Own = share.Own + Math.Max(0, Filled(row) - cells.Count),
            };
        }

        return share;
    }

    private static int Filled(PageRow row) => row.Label is null ? row.Cells.Count(static cell => cell.Length > 0) : 0;
}
