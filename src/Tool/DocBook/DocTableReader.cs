using System.Globalization;
using System.Xml;

namespace Specgen.Tool.DocBook;

/// <summary>
/// A table as a grid. Cells that span rows or columns are at each of their places; a row of one cell takes the whole width, whether or not
/// the source says so (PS3.4 Table F.8.2-1). What does not come out even is the table's problem, not an exception: most tables are not needed.
/// </summary>
internal sealed class DocTableReader(XmlReader xml, IXmlLineInfo lines)
{
    private const int MostColumns = 64;
    private const int MostRows = 20_000;

    private readonly List<(List<DocCell> Cells, int Line, bool IsHeader)> _rows = [];
    private string _caption = "";
    private DocTableProblem? _problem;

    /// <summary>From the table's element that the reader is at to its end.</summary>
    public DocTable Read(string id, string label, string section)
    {
        var line = lines.LineNumber;
        if (!xml.IsEmptyElement)
        {
            ReadRows(xml.Depth);
        }

        var headerRows = _rows.Count(static row => row.IsHeader);
        var columns = _rows.Count == 0 ? 0 : _rows.Take(Math.Max(1, headerRows)).Max(static row => row.Cells.Sum(static cell => cell.ColumnSpan));
        if (columns is 0 or > MostColumns)
        {
            return new DocTable(id, label, _caption, section, line, [], [], _problem ?? new DocTableProblem(line, columns == 0 ? "the table has no rows" : $"the table has {columns} columns"));
        }

        var grid = Place(columns);
        headerRows = Math.Min(Math.Max(1, headerRows), grid.Count);
        var headers = Enumerable.Range(0, columns)
            .Select(column => string.Join(" ", grid.Take(headerRows).Select(row => row.Cells[column]).Distinct().Select(static cell => cell.Text).Where(static text => text.Length > 0)))
            .ToList();
        return new DocTable(id, label, _caption, section, line, headers, grid.Skip(headerRows).ToList(), _problem);
    }

    private void ReadRows(int depth)
    {
        var inHeader = false;
        while (xml.Read() && !(xml.NodeType == XmlNodeType.EndElement && xml.Depth == depth))
        {
            if (xml.NodeType == XmlNodeType.EndElement)
            {
                inHeader &= xml.LocalName != "thead";
                continue;
            }

            if (xml.NodeType != XmlNodeType.Element)
            {
                continue;
            }

            switch (xml.LocalName)
            {
                case "thead":
                    inHeader = !xml.IsEmptyElement;
                    break;
                case "caption" or "title":
                    _caption = new DocText(xml).Read().Text;
                    break;
                case "tr":
                    ReadRow(inHeader);
                    break;
                case "td" or "th" or "row" or "entry":
                    Report(lines.LineNumber, $"<{xml.LocalName}> stands outside of a row");
                    break;
                case "table" or "informaltable":
                    Report(lines.LineNumber, "a table stands in the table");
                    break;
            }
        }
    }

    private void ReadRow(bool isHeader)
    {
        var cells = new List<DocCell>();
        var line = lines.LineNumber;
        if (!xml.IsEmptyElement)
        {
            var depth = xml.Depth;
            while (xml.Read() && !(xml.NodeType == XmlNodeType.EndElement && xml.Depth == depth))
            {
                if (xml.NodeType != XmlNodeType.Element)
                {
                    continue;
                }

                if (xml.LocalName is not ("td" or "th"))
                {
                    Report(lines.LineNumber, $"<{xml.LocalName}> stands in a row, outside of its cells");
                    continue;
                }

                cells.Add(ReadCell());
            }
        }

        if (_rows.Count < MostRows)
        {
            _rows.Add((cells, line, isHeader));
        }
        else
        {
            Report(line, $"the table has more than {MostRows} rows");
        }
    }

    private DocCell ReadCell()
    {
        var line = lines.LineNumber;
        var rowSpan = Span("rowspan");
        var columnSpan = Span("colspan");
        var text = new DocText(xml).Read();
        if (text.HasTable)
        {
            Report(line, "a table stands in a cell");
        }

        return new DocCell(text.Paragraphs.ToArray(), text.References.ToArray(), line, rowSpan, columnSpan);
    }

    private int Span(string name)
    {
        var text = xml.GetAttribute(name);
        if (text is null || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var span) && span is > 0 and <= MostRows))
        {
            return text is null ? 1 : int.Parse(text, CultureInfo.InvariantCulture);
        }

        Report(lines.LineNumber, $"{name} '{text}' is not a number of rows or columns");
        return 1;
    }

    private List<DocRow> Place(int columns)
    {
        var grid = new List<DocRow>(_rows.Count);
        var above = new (DocCell Cell, int Left)[columns];
        foreach (var (cells, line, _) in _rows)
        {
            var row = new DocCell?[columns];
            var free = 0;
            for (var column = 0; column < columns; column++)
            {
                if (above[column].Left > 0)
                {
                    row[column] = above[column].Cell;
                    above[column].Left--;
                }
                else
                {
                    free++;
                }
            }

            Fill(row, cells, free, line, above);
            grid.Add(new DocRow(row.Select(static cell => cell ?? DocCell.Empty).ToArray(), line));
        }

        // A span may go on behind the last row (PS3.4 Table P.3-2): nothing is displaced by it.
        return grid;
    }

    private void Fill(DocCell?[] row, List<DocCell> cells, int free, int line, (DocCell Cell, int Left)[] above)
    {
        var column = 0;
        for (var i = 0; i < cells.Count; i++)
        {
            // A row of one cell is meant to go from side to side.
            var width = cells.Count == 1 && cells[0].ColumnSpan == 1 ? Math.Max(1, free) : cells[i].ColumnSpan;
            for (; width > 0; width--, column++)
            {
                while (column < row.Length && row[column] is not null)
                {
                    column++;
                }

                if (column >= row.Length)
                {
                    Report(line, $"the row has more cells than the table has columns ({row.Length})");
                    return;
                }

                row[column] = cells[i];
                above[column] = (cells[i], cells[i].RowSpan - 1);
            }
        }

        if (Array.Exists(row, static cell => cell is null))
        {
            Report(line, $"the row has {cells.Count} cells, which leaves columns of the table's {row.Length} without one");
        }
    }

    private void Report(int line, string message) => _problem ??= new DocTableProblem(line, message);
}
