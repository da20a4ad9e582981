using System.ComponentModel;
using System.Globalization;
using FellowOakDicom.Network;

namespace Specgen.Generated;

/// <summary>
/// The statuses of one DIMSE service of a service class, as the rows of its table. For generated code. A more exact row wins over a range that covers it; among equals the standard's row wins over
/// an implementation's, and then the earlier one. A look-up is two array reads and allocates nothing.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class StatusTable
{
    private static readonly Row?[] s_none = new Row?[256];
    private readonly string _serviceClass;

    /// <summary>The row of a code, by the code's high byte and then its low byte. Neighbours that say the same are one array.</summary>
    private readonly Row?[][] _rows = new Row?[256][];

    private StatusTable(string serviceClass, IEnumerable<Row> rows)
    {
        _serviceClass = serviceClass;

        // What wins is written last.
        foreach (var row in rows.Reverse().OrderByDescending(static row => row.Last - row.First).ThenBy(static row => row.Implementation is null))
        {
            for (var high = row.First >> 8; high <= row.Last >> 8; high++)
            {
                var from = high == row.First >> 8 ? row.First & 0xFF : 0;
                var to = high == row.Last >> 8 ? row.Last & 0xFF : 0xFF;
                (_rows[high] ??= new Row?[256]).AsSpan(from, to - from + 1).Fill(row);
            }
        }

        for (var high = 0; high < _rows.Length; high++)
        {
            var block = _rows[high] ?? s_none;
            _rows[high] = high > 0 && block.AsSpan().SequenceEqual(_rows[high - 1]) ? _rows[high - 1] : block;
        }
    }

    /// <summary>Reads what the generator wrote.</summary>
    /// <param name="serviceClass">The title of the page.</param>
    /// <param name="rows">
    /// A row a line: the code as four hexadecimal digits, a hyphen and the last code where it is a range, the first letter of the category, and the description, with spaces between them
    /// (<c>A700-A7FF F Out of resources</c>). A line that begins with a space names the implementation whose own status the row above is.
    /// </param>
    public static StatusTable Of(string serviceClass, string rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var read = new List<Row>();
        foreach (var line in rows.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line[0] == ' ')
            {
                read[^1].Implementation = line[1..];
            }
            else
            {
                read.Add(Row.Read(line));
            }
        }

        return new StatusTable(serviceClass, read);
    }

    /// <summary>The category in the table; for a code that the table does not have, the one that PS3.7 Annex C gives the code.</summary>
    /// <param name="code">The Status element (0000,0900).</param>
    public StatusCategory Category(ushort code) => RowOf(code)?.Category ?? StatusCategories.Of(code);

    /// <summary>The table's own words; empty for a code that the table does not have.</summary>
    /// <param name="code">The Status element (0000,0900).</param>
    public string Description(ushort code) => RowOf(code)?.Description ?? "";

    /// <summary>Whether the table has the code, by itself or in a range.</summary>
    /// <param name="code">The Status element (0000,0900).</param>
    public bool IsDefined(ushort code) => RowOf(code) is not null;

    /// <summary>The first code of the row; the code itself where the table does not have it.</summary>
    /// <param name="code">The Status element (0000,0900).</param>
    public ushort Definition(ushort code) => RowOf(code)?.First ?? code;

    /// <summary>What the table says about a code, or <see langword="null"/>.</summary>
    /// <param name="code">The Status element (0000,0900).</param>
    public StatusInfo? Find(ushort code) => RowOf(code) is { } row ? new StatusInfo(code, row.Category, row.Description, _serviceClass, row.Implementation) : null;

    /// <summary>fo-dicom's status with the state and the words of this table: one object for each row's first code, so that a status that is sent a thousand times a second costs nothing.</summary>
    /// <param name="code">The Status element (0000,0900).</param>
    public DicomStatus ToDicomStatus(ushort code)
    {
        if (RowOf(code) is not { } row || row.First != code)
        {
            return DicomStatuses.Create(code, Category(code), Description(code));
        }

        return row.Status ?? Interlocked.CompareExchange(ref row.Status, DicomStatuses.Create(code, row.Category, row.Description), null) ?? row.Status;
    }

    private Row? RowOf(ushort code) => _rows[code >> 8][code & 0xFF];

    private sealed class Row(ushort first, ushort last, StatusCategory category, string description)
    {
        public readonly ushort First = first;
        public readonly ushort Last = last;
        public readonly StatusCategory Category = category;
        public readonly string Description = description;
        public string? Implementation;
        public DicomStatus? Status;

        public static Row Read(string line)
        {
            var first = Code(line, 0);
            var (last, next) = line[4] == '-' ? (Code(line, 5), 10) : (first, 5);
            var category = line[next] switch
            {
                'S' => StatusCategory.Success,
                'W' => StatusCategory.Warning,
                'F' => StatusCategory.Failure,
                'C' => StatusCategory.Cancel,
                'P' => StatusCategory.Pending,
                _ => throw new FormatException($"'{line}' has no category."),
            };
            return new Row(first, last, category, line[(next + 2)..]);
        }

        private static ushort Code(string line, int start) => ushort.Parse(line.AsSpan(start, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
    }
}
