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

internal sealed class RstTable(TextSpan span, int columns, int headerRows, ImmutableArray<RstRow> rows) : RstBlock(span)
{
    public int Columns { get; } = columns;

    public int HeaderRows { get; } = headerRows;

    /// <summary>Header rows first.</summary>
    public ImmutableArray<RstRow> Rows { get; } = rows;
}

internal sealed class RstRow(ImmutableArray<RstCell> cells)
{
    /// <summary>The cells that begin in this row, from left to right.</summary>
    public ImmutableArray<RstCell> Cells { get; } = cells;
}

internal sealed class RstCell(TextSpan span, int row, int column, int rowSpan, int columnSpan, RstText text)
{
    /// <summary>From the cell's first character to its last; the empty place after the bar when it has none.</summary>
    public TextSpan Span { get; } = span;

    public int Row { get; } = row;

    public int Column { get; } = column;

    public int RowSpan { get; } = rowSpan;

    public int ColumnSpan { get; } = columnSpan;

    public RstText Text { get; } = text;
}

/// <summary>Text without its markup.</summary>
internal sealed class RstText(string plain, bool isEmphasized, ImmutableArray<RstRole> roles)
{
    public static RstText Empty { get; } = new("", false, ImmutableArray<RstRole>.Empty);

    /// <summary>One line; runs of white space are one space.</summary>
    public string Plain { get; } = plain;

    /// <summary>Whether the whole of it is one *emphasis*.</summary>
    public bool IsEmphasized { get; } = isEmphasized;

    public ImmutableArray<RstRole> Roles { get; } = roles;
}

/// <summary>:dcm:`Storage Service Class &lt;part04/chapter_B.html&gt;`.</summary>
internal sealed class RstRole(string name, string text, string? target)
{
    public string Name { get; } = name;

    public string Text { get; } = text;

    public string? Target { get; } = target;
}

internal sealed class RstError(TextSpan span, string message)
{
    public TextSpan Span { get; } = span;

    public string Message { get; } = message;
}
