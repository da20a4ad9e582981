using System.Text;

namespace Specgen.Conformance;

/// <summary>The document as Markdown (with tables, as GitHub has them).</summary>
internal static class MarkdownDocument
{
    private const int DeepestHeading = 6;

    public static string Write(ConformanceStatement statement)
    {
        var outline = ConformanceOutline.Of(statement);
        var text = new StringBuilder();
        text.Append("# DICOM Conformance Statement: ").Append(Escape(statement.Product)).Append(statement.Version.Length == 0 ? "" : " " + Escape(statement.Version)).Append("\n\n");
        if (outline.Missing.Count > 0)
        {
            text.Append("**Draft.** This is missing:\n\n");
            AppendList(text, outline.Missing);
        }

        text.Append("## Contents\n\n");
        foreach (var section in outline.Sections)
        {
            AppendContents(text, section, 0);
        }

        text.Append('\n');
        foreach (var section in outline.Sections)
        {
            Append(text, section, 2);
        }

        return text.ToString().TrimEnd('\n') + "\n";
    }

    private static void AppendContents(StringBuilder text, DocumentSection section, int level)
    {
        text.Append(' ', 2 * level).Append("- [").Append(Escape(section.Heading)).Append("](#").Append(section.Id).Append(")\n");
        foreach (var below in section.Sections)
        {
            AppendContents(text, below, level + 1);
        }
    }

    private static void Append(StringBuilder text, DocumentSection section, int level)
    {
        text.Append("<a id=\"").Append(section.Id).Append("\"></a>\n\n").Append('#', Math.Min(level, DeepestHeading)).Append(' ').Append(Escape(section.Heading)).Append("\n\n");
        if (section.Template.Length > 0)
        {
            text.Append("[PS3.2 ").Append(section.Template).Append("](").Append(section.Link).Append(')').Append(section.IsChecked ? "" : " (outline to be checked)").Append("\n\n");
        }

        foreach (var block in section.Blocks)
        {
            Append(text, block);
        }

        foreach (var below in section.Sections)
        {
            Append(text, below, level + 1);
        }
    }

    private static void Append(StringBuilder text, DocumentBlock block)
    {
        switch (block)
        {
            case Paragraph paragraph:
                text.Append(Text(paragraph.Text)).Append("\n\n");
                break;
            case ToBeWritten todo:
                text.Append('*').Append(Escape(todo.Text)).Append("*\n\n");
                break;
            case BulletList list:
                AppendList(text, list.Items);
                break;
            case Snippet snippet:
                text.Append(snippet.Markdown.Replace("\r\n", "\n", StringComparison.Ordinal).Trim('\n')).Append("\n\n");
                break;
            case Table table:
                text.Append("**").Append(Escape(table.Caption)).Append("**\n\n");
                AppendRow(text, table.Headers);
                text.Append('|').Append(string.Concat(table.Headers.Select(static _ => "---|"))).Append('\n');
                foreach (var row in table.Rows)
                {
                    AppendRow(text, row);
                }

                text.Append('\n');
                for (var i = 0; i < table.Notes.Count; i++)
                {
                    text.Append("\\[").Append(i + 1).Append("\\] ").Append(Escape(table.Notes[i])).Append("\n\n");
                }

                break;
        }
    }

    private static void AppendList(StringBuilder text, IReadOnlyList<string> items)
    {
        foreach (var item in items)
        {
            text.Append("- ").Append(Text(item)).Append('\n');
        }

        text.Append('\n');
    }

    private static void AppendRow(StringBuilder text, IReadOnlyList<string> cells) => text.Append("| ").Append(string.Join(" | ", cells.Select(Text))).Append(" |\n");

    /// <summary>Code stays code; its bars would end a cell.</summary>
    private static string Text(string text) => string.Concat(InlineText.Of(text, isMarkdown: false).Select(static part => part.Kind == InlineKind.Code ? $"`{part.Text.ReplaceLineEndings(" ").Replace("|", "\\|", StringComparison.Ordinal)}`" : Escape(part.Text)));

    /// <summary>Nothing that a name says is markup.</summary>
    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            escaped.Append(c is '\\' or '`' or '*' or '_' or '[' or ']' or '<' or '>' or '|' or '#' ? "\\" : "").Append(c is '\n' or '\r' ? ' ' : c);
        }

        return escaped.ToString();
    }
}
