using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Text;

namespace Specgen.Generators.Rst;

/// <summary>A page: its blocks in order. A title is a block; its level says what it heads.</summary>
internal sealed class RstDocument(SourceText source, ImmutableArray<RstBlock> blocks, ImmutableArray<RstError> errors)
{
    public SourceText Source { get; } = source;

    public ImmutableArray<RstBlock> Blocks { get; } = blocks;

    public ImmutableArray<RstError> Errors { get; } = errors;
}

internal abstract class RstBlock(TextSpan span)
{
    public TextSpan Span { get; } = span;
}

/// <param name="level">1 for the page's title; adornments rank by their first appearance.</param>
internal sealed class RstTitle(TextSpan span, RstText text, int level) : RstBlock(span)
{
    public RstText Text { get; } = text;

    public int Level { get; } = level;
}

internal sealed class RstParagraph(TextSpan span, RstText text) : RstBlock(span)
{
    public RstText Text { get; } = text;
}

/// <summary>A grid or simple table: places in rows and columns, each taken by one cell, which may take several.</summary>
/// <param name="places">Row by row; null where a malformed table has no cell.</param>
internal sealed class RstTable(TextSpan span, int columns, int headerRows, RstCell?[] places) : RstBlock(span)
{
    public int Columns { get; } = columns;

    public int Rows { get; } = columns == 0 ? 0 : places.Length / columns;

    /// <summary>The rows above the line of '='; 0 without one.</summary>
    public int HeaderRows { get; } = headerRows;

    /// <summary>The cell that takes a place; the same one at each place that it spans.</summary>
    public RstCell? this[int row, int column] => places[(row * Columns) + column];

    /// <summary>Each cell once, row by row.</summary>
    public IEnumerable<RstCell> Cells
    {
        get
        {
            for (var i = 0; i < places.Length; i++)
            {
                if (places[i] is { } cell && cell.Row == i / Columns && cell.Column == i % Columns)
                {
                    yield return cell;
                }
            }
        }
    }
}

internal sealed class RstCell(TextSpan span, ImmutableArray<TextSpan> lines, int row, int column, int rowSpan, int columnSpan, RstText text)
{
    /// <summary>From the cell's first character to its last; the empty place behind the bar when it has none.</summary>
    public TextSpan Span { get; } = span;

    /// <summary>What of each of its lines is the cell's: one for each line that is not blank.</summary>
    public ImmutableArray<TextSpan> Lines => lines.IsDefault ? ImmutableArray.Create(Span) : lines;

    public int Row { get; } = row;

    public int Column { get; } = column;

    public int RowSpan { get; } = rowSpan;

    public int ColumnSpan { get; } = columnSpan;

    public RstText Text { get; } = text;
}

/// <summary>Text without its markup.</summary>
internal sealed class RstText(string plain, bool isEmphasized, bool isLiteral, ImmutableArray<RstRole> roles)
{
    public static RstText Empty { get; } = new("", false, false, ImmutableArray<RstRole>.Empty);

    /// <summary>One line; runs of white space are one space.</summary>
    public string Plain { get; } = plain;

    /// <summary>Whether the whole of it is one *emphasis*.</summary>
    public bool IsEmphasized { get; } = isEmphasized;

    /// <summary>Whether the whole of it is one ``literal``.</summary>
    public bool IsLiteral { get; } = isLiteral;

    public ImmutableArray<RstRole> Roles { get; } = roles;
}

/// <summary>:dcm:`Storage Service Class &lt;part04/chapter_B.html&gt;`.</summary>
internal sealed class RstRole(string name, string text, string? target)
{
    public string Name { get; } = name;

    public string Text { get; } = text;

    public string? Target { get; } = target;
}

/// <summary>What is wrong with the markup, in docutils' words where it has some.</summary>
internal sealed class RstError(TextSpan span, string message)
{
    public TextSpan Span { get; } = span;

    public string Message { get; } = message;
}
