using System.Net;
using System.Text;

namespace Specgen.Conformance;

/// <summary>The document as one HTML file: light and dark, readable on a phone, and printed with whole tables; without a script.</summary>
internal static class HtmlDocument
{
    private const int DeepestHeading = 6, DepthOfContents = 3;

    private const string Style = """
        :root { color-scheme: light dark; --text: #1a1a1a; --back: #fff; --line: #8a8a8a; --head: #ececec; --mark: #7a4a00; --link: #0b4f9e; }
        @media (prefers-color-scheme: dark) { :root { --text: #e8e8e8; --back: #16181b; --line: #6f7680; --head: #262a30; --mark: #f0b95c; --link: #8ec2ff; } }
        * { box-sizing: border-box; }
        body { margin: 0 auto; padding: 1rem; max-width: 70rem; font: 1rem/1.5 system-ui, sans-serif; color: var(--text); background: var(--back); overflow-wrap: anywhere; }
        h1, h2, h3, h4, h5, h6 { line-height: 1.25; margin: 1.5em 0 .5em; }
        h1 { font-size: 1.7rem; } h2 { font-size: 1.4rem; border-bottom: 1px solid var(--line); } h3 { font-size: 1.2rem; } h4, h5, h6 { font-size: 1.05rem; }
        a { color: var(--link); }
        .of { font-size: .85rem; margin: 0 0 .5rem; }
        .todo, .draft, .check { color: var(--mark); }
        .draft { border: 2px solid var(--mark); padding: 0 1rem; }
        nav ul { list-style: none; padding-left: 1rem; margin: 0; }
        nav > ul { padding-left: 0; }
        .wide { overflow-x: auto; margin: .5rem 0 1rem; }
        table { border-collapse: collapse; width: 100%; font-size: .9rem; }
        caption { text-align: left; font-weight: 600; padding: .25rem 0; }
        th, td { border: 1px solid var(--line); padding: .25rem .5rem; text-align: left; vertical-align: top; min-width: 5.5rem; }
        thead th { background: var(--head); } tbody th { font-weight: 400; }
        pre { overflow-x: auto; border: 1px solid var(--line); padding: .5rem; }
        @media print {
          :root { color-scheme: light; --text: #000; --back: #fff; --line: #777; --head: #eee; --mark: #000; --link: #000; }
          body { max-width: none; padding: 0; font-size: 10pt; }
          .wide { overflow: visible; } table { font-size: 8pt; } th, td { min-width: 0; }
          thead { display: table-header-group; } tr, caption { break-inside: avoid; } caption, h1, h2, h3, h4, h5, h6 { break-after: avoid; }
        }
        """;

    public static string Write(ConformanceStatement statement)
    {
        var outline = ConformanceOutline.Of(statement);
        var html = new StringBuilder();
        var title = "DICOM Conformance Statement: " + (statement.Product + " " + statement.Version).Trim();
        html.Append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<link rel=\"icon\" href=\"data:,\">\n<title>")
            .Append(Encode(title)).Append("</title>\n<style>\n").Append(Style).Append("\n</style>\n</head>\n<body>\n<header>\n<h1>").Append(Encode(title)).Append("</h1>\n</header>\n<main>\n");
        if (outline.Missing.Count > 0)
        {
            html.Append("<div class=\"draft\">\n<p><strong>Draft.</strong> This is missing:</p>\n");
            AppendList(html, outline.Missing);
            html.Append("</div>\n");
        }

        html.Append("<nav aria-label=\"Contents\">\n<h2 id=\"contents\">Contents</h2>\n");
        AppendContents(html, outline.Sections, 1);
        html.Append("</nav>\n");
        foreach (var section in outline.Sections)
        {
            Append(html, section, 2);
        }

        return html.Append("</main>\n</body>\n</html>\n").ToString().Replace("\r\n", "\n", StringComparison.Ordinal);
    }

    private static void AppendContents(StringBuilder html, IEnumerable<DocumentSection> sections, int level)
    {
        html.Append("<ul>\n");
        foreach (var section in sections)
        {
            html.Append("<li><a href=\"#").Append(Encode(section.Id)).Append("\">").Append(Encode(section.Heading)).Append("</a>");
            if (section.Sections.Count > 0 && level < DepthOfContents)
            {
                html.Append('\n');
                AppendContents(html, section.Sections, level + 1);
            }

            html.Append("</li>\n");
        }

        html.Append("</ul>\n");
    }

    private static void Append(StringBuilder html, DocumentSection section, int level)
    {
        var tag = "h" + Math.Min(level, DeepestHeading);
        html.Append("<section aria-labelledby=\"").Append(Encode(section.Id)).Append("\">\n<").Append(tag).Append(" id=\"").Append(Encode(section.Id)).Append("\">").Append(Encode(section.Heading)).Append("</").Append(tag).Append(">\n");
        if (section.Number.Length > 0)
        {
            html.Append("<p class=\"of\"><a href=\"").Append(Encode(section.Link)).Append("\">PS3.2 ").Append(Encode(section.Number)).Append("</a>")
                .Append(section.IsChecked ? "" : " <span class=\"check\">(outline to be checked)</span>").Append("</p>\n");
        }

        foreach (var block in section.Blocks)
        {
            Append(html, block, section);
        }

        foreach (var below in section.Sections)
        {
            Append(html, below, level + 1);
        }

        html.Append("</section>\n");
    }

    private static void Append(StringBuilder html, DocumentBlock block, DocumentSection section)
    {
        switch (block)
        {
            case Paragraph paragraph:
                html.Append("<p>").Append(Encode(paragraph.Text)).Append("</p>\n");
                break;
            case ToBeWritten todo:
                html.Append("<p class=\"todo\">").Append(Encode(todo.Text)).Append("</p>\n");
                break;
            case CodeBlock code:
                html.Append("<pre tabindex=\"0\"><code>").Append(Encode(code.Text)).Append("</code></pre>\n");
                break;
            case BulletList list:
                AppendList(html, list.Items);
                break;
            case Snippet snippet:
                foreach (var part in SnippetText.Read(snippet.Markdown))
                {
                    Append(html, part, section);
                }

                break;
            case Table table:
                Append(html, table, section);
                break;
        }
    }

    private static void Append(StringBuilder html, Table table, DocumentSection section)
    {
        // What scrolls must be reachable by the keyboard, and then has a name.
        html.Append("<div class=\"wide\" role=\"group\" tabindex=\"0\" aria-label=\"").Append(Encode(table.Title.Length > 0 ? table.Title : section.Heading)).Append("\">\n<table>\n");
        if (table.Title.Length > 0)
        {
            html.Append("<caption>").Append(Encode(table.Title)).Append("</caption>\n");
        }

        html.Append("<thead><tr>").Append(string.Concat(table.Headers.Select(static h => $"<th scope=\"col\">{Encode(h)}</th>"))).Append("</tr></thead>\n<tbody>\n");
        foreach (var row in table.Rows)
        {
            html.Append("<tr><th scope=\"row\">").Append(Encode(row[0])).Append("</th>").Append(string.Concat(row.Skip(1).Select(static c => $"<td>{Encode(c)}</td>"))).Append("</tr>\n");
        }

        html.Append("</tbody>\n</table>\n</div>\n");
        for (var i = 0; i < table.Notes.Count; i++)
        {
            html.Append("<p class=\"of\">[").Append(i + 1).Append("] ").Append(Encode(table.Notes[i])).Append("</p>\n");
        }
    }

    private static void AppendList(StringBuilder html, IReadOnlyList<string> items)
    {
        html.Append("<ul>\n");
        foreach (var item in items)
        {
            html.Append("<li>").Append(Encode(item)).Append("</li>\n");
        }

        html.Append("</ul>\n");
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
