using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Specgen.Conformance;

/// <summary>The document as one HTML file: light and dark, readable on a phone, and printed with whole tables; without a script.</summary>
internal static partial class HtmlDocument
{
    private const int DeepestHeading = 6, DepthOfContents = 3;

    /// <summary>Rows of a table that is not divided between two pages.</summary>
    private const int ShortTable = 12;

    private const string Style = """
        :root { color-scheme: light dark; --text: #1c2126; --soft: #59636e; --back: #fff; --card: #f6f8fa; --line: #d0d7de; --rule: #e6eaef; --head: #eef2f6; --mark: #8a4b00; --link: #0a5694; --tint: #0a5694;
          --good: #1a7f37; --warn: #9a6700; --bad: #b42318; --wait: #57606a; }
        @media (prefers-color-scheme: dark) { :root { --text: #e6eaef; --soft: #a3adb8; --back: #13161a; --card: #1a1f25; --line: #3a424c; --rule: #2a3038; --head: #222932; --mark: #f0b95c; --link: #8ec2ff; --tint: #4a8fd4;
          --good: #56d364; --warn: #e3b341; --bad: #ff8f85; --wait: #9da7b3; } }
        * { box-sizing: border-box; }
        html { scroll-padding-top: 1rem; }
        body { margin: 0; font: 1rem/1.6 system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif; color: var(--text); background: var(--back); overflow-wrap: anywhere; }
        header { border-top: .4rem solid var(--tint); border-bottom: 1px solid var(--line); background: var(--card); padding: 1.5rem max(1rem, calc((100vw - 84rem) / 2)); }
        header p { margin: 0; color: var(--soft); }
        main, nav { padding: 0 1rem 2rem; }
        h1, h2, h3, h4, h5, h6 { line-height: 1.25; margin: 1.6em 0 .4em; }
        h1 { font-size: clamp(1.5rem, 4vw, 2.1rem); margin: .2em 0; letter-spacing: -.01em; } h2 { font-size: 1.55rem; border-bottom: 2px solid var(--tint); padding-bottom: .2em; margin-top: 2.4em; }
        h3 { font-size: 1.25rem; } h4 { font-size: 1.1rem; } h5, h6 { font-size: 1rem; }
        a { color: var(--link); text-underline-offset: .15em; }
        p, ul, ol { max-width: 70ch; } .sub { font-weight: 600; margin-bottom: 0; }
        .of, .note { font-size: .85rem; margin: 0 0 .6rem; color: var(--soft); }
        .todo, .check { color: var(--mark); }
        .draft { border-left: .3rem solid var(--mark); background: var(--card); padding: .5rem 1rem; margin: 1.5rem 0; border-radius: .2rem; }
        nav h2 { font-size: 1rem; border: 0; text-transform: uppercase; letter-spacing: .06em; color: var(--soft); margin: 1.5rem 0 .5rem; }
        nav ul { list-style: none; padding-left: .9rem; margin: 0; border-left: 1px solid var(--rule); }
        nav > ul { padding-left: 0; border: 0; }
        nav > ul > li { margin-top: .5rem; font-weight: 600; } nav li li { font-weight: 400; }
        nav a { text-decoration: none; font-size: .9rem; } nav a:hover, nav a:focus { text-decoration: underline; }
        .wide { overflow-x: auto; margin: .8rem 0 1.4rem; border: 1px solid var(--line); border-radius: .4rem; }
        .wide:focus-visible { outline: 2px solid var(--tint); }
        table { border-collapse: collapse; width: 100%; font-size: .875rem; line-height: 1.45; }
        caption { text-align: left; font-weight: 600; padding: .6rem .75rem; background: var(--card); border-bottom: 1px solid var(--line); }
        caption span { position: sticky; left: .75rem; display: inline-block; max-width: calc(100vw - 4rem); }
        th, td { padding: .4rem .75rem; text-align: left; vertical-align: top; min-width: 5.5rem; border-bottom: 1px solid var(--rule); overflow-wrap: break-word; } td:last-child { min-width: 9rem; }
        tr:last-child > * { border-bottom: 0; }
        thead th { background: var(--head); border-bottom: 1px solid var(--line); } tbody th { font-weight: 500; }
        tr.unused > * { color: var(--soft); }
        code { white-space: nowrap; font: .92em/1.4 ui-monospace, "SFMono-Regular", Consolas, "Liberation Mono", monospace; } p code, li code { white-space: normal; }
        .status { white-space: nowrap; } .status::before { content: ""; display: inline-block; width: .55em; height: .55em; border-radius: 50%; margin-right: .45em; background: currentcolor; }
        .success { color: var(--good); } .warning { color: var(--warn); } .failure { color: var(--bad); } .pending, .cancel { color: var(--wait); }
        pre { overflow-x: auto; border: 1px solid var(--line); border-radius: .4rem; background: var(--card); padding: .6rem .75rem; }
        @media (min-width: 64rem) {
          .page { display: grid; grid-template-columns: 19rem minmax(0, 1fr); gap: 2.5rem; max-width: 84rem; margin: 0 auto; }
          nav { position: sticky; top: 0; max-height: 100vh; overflow-y: auto; padding-right: .5rem; }
        }
        @media print {
          @page { margin: 16mm 14mm; }
          :root { color-scheme: light; --text: #000; --soft: #444; --back: #fff; --card: #fff; --line: #777; --rule: #bbb; --head: #eee; --mark: #000; --link: #000; --tint: #000; --good: #000; --warn: #000; --bad: #000; --wait: #000; }
          body { font-size: 10pt; } header, main, nav { padding: 0; } header { border-top: 0; } .page { display: block; }
          nav { break-after: page; } nav > ul { columns: 2; column-gap: 2rem; } nav ul { border: 0; } nav li { break-inside: avoid-column; }
          code { white-space: normal; } .wide { overflow: visible; border: 0; } table { font-size: 8pt; } caption span { position: static; max-width: none; } th, td, td:last-child { min-width: 0; padding: .15rem .35rem; border: 1px solid var(--rule); overflow-wrap: break-word; }
          td code, th code { overflow-wrap: anywhere; } .uid { display: inline-block; min-width: 18em; } caption { border: 0; padding-left: 0; }
          thead { display: table-header-group; } tr, .short, h1, h2, h3, h4, h5, h6 { break-inside: avoid; } tbody tr:first-child { break-before: avoid; } caption, .of, h1, h2, h3, h4, h5, h6 { break-after: avoid; }
        }
        """;

    public static string Write(ConformanceStatement statement)
    {
        var outline = ConformanceOutline.Of(statement);
        var html = new StringBuilder();
        var name = (statement.Product + " " + statement.Version).Trim();
        var title = "DICOM Conformance Statement: " + name;
        html.Append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<link rel=\"icon\" href=\"data:,\">\n<title>")
            .Append(Encode(title)).Append("</title>\n<style>\n").Append(Style).Append("\n</style>\n</head>\n<body>\n<header>\n<p>DICOM Conformance Statement</p>\n<h1>").Append(Encode(name)).Append("</h1>\n<p>").Append(Encode($"PS3.2 {AnnexN.Edition}, Annex N"))
            .Append("</p>\n</header>\n<div class=\"page\">\n<nav aria-label=\"Contents\">\n<h2 id=\"contents\">Contents</h2>\n");
        AppendContents(html, outline.Sections, 1);
        html.Append("</nav>\n<main>\n");
        if (outline.Missing.Count > 0)
        {
            html.Append("<div class=\"draft\">\n<p><strong>Draft.</strong> This is missing:</p>\n");
            AppendList(html, outline.Missing);
            html.Append("</div>\n");
        }

        foreach (var section in outline.Sections)
        {
            Append(html, section, 2);
        }

        return html.Append("</main>\n</div>\n</body>\n</html>\n").ToString().Replace("\r\n", "\n", StringComparison.Ordinal);
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
        if (section.Template.Length > 0)
        {
            html.Append("<p class=\"of\"><a href=\"").Append(Encode(section.Link)).Append("\">PS3.2 ").Append(Encode(section.Template)).Append("</a>")
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

    private static void Append(StringBuilder html, DocumentBlock block, DocumentSection section, bool isMarkdown = false)
    {
        switch (block)
        {
            case Paragraph paragraph:
                html.Append("<p>").Append(Inline(paragraph.Text, isMarkdown)).Append("</p>\n");
                break;
            case Subheading heading:
                html.Append("<p class=\"sub\">").Append(Inline(heading.Text, isMarkdown)).Append("</p>\n");
                break;
            case ToBeWritten todo:
                html.Append("<p class=\"todo\">").Append(Encode(todo.Text)).Append("</p>\n");
                break;
            case CodeBlock code:
                html.Append("<pre tabindex=\"0\"><code>").Append(Encode(code.Text)).Append("</code></pre>\n");
                break;
            case BulletList list:
                AppendList(html, list.Items, isMarkdown, list.IsNumbered ? "ol" : "ul");
                break;
            case Snippet snippet:
                foreach (var part in SnippetText.Read(snippet.Markdown))
                {
                    Append(html, part, section, isMarkdown: true);
                }

                break;
            case Table table:
                Append(html, table, section, isMarkdown);
                break;
        }
    }

    private static void Append(StringBuilder html, Table table, DocumentSection section, bool isMarkdown)
    {
        // What scrolls must be reachable by the keyboard, and then has a name.
        html.Append("<div class=\"wide").Append(table.Rows.Count > ShortTable ? "" : " short").Append("\" role=\"group\" tabindex=\"0\" aria-label=\"").Append(Encode(table.Title.Length > 0 ? table.Caption : section.Heading)).Append("\">\n<table>\n");
        if (table.Title.Length > 0)
        {
            html.Append("<caption><span>").Append(Encode(table.Caption)).Append("</span></caption>\n");
        }

        html.Append("<thead><tr>").Append(string.Concat(table.Headers.Select(h => $"<th scope=\"col\">{Inline(h, isMarkdown)}</th>"))).Append("</tr></thead>\n<tbody>\n");
        foreach (var row in table.Rows)
        {
            html.Append(row[^1] == ServiceContent.NotSent ? "<tr class=\"unused\">" : "<tr>");
            for (var i = 0; i < row.Count; i++)
            {
                var cell = table.Headers[i] == ServiceContent.StatusClass ? Status(row[i]) : Cell(row[i], isMarkdown);
                html.Append(i == table.Head ? $"<th scope=\"row\">{cell}</th>" : $"<td>{cell}</td>");
            }

            html.Append("</tr>\n");
        }

        html.Append("</tbody>\n</table>\n</div>\n");
        for (var i = 0; i < table.Notes.Count; i++)
        {
            html.Append("<p class=\"note\">[").Append(i + 1).Append("] ").Append(Encode(table.Notes[i])).Append("</p>\n");
        }
    }

    private static void AppendList(StringBuilder html, IReadOnlyList<string> items, bool isMarkdown = false, string element = "ul")
    {
        html.Append('<').Append(element).Append(">\n");
        foreach (var item in items)
        {
            html.Append("<li>").Append(Inline(item, isMarkdown)).Append("</li>\n");
        }

        html.Append("</").Append(element).Append(">\n");
    }

    /// <summary>Codes, tags and UIDs are told from words.</summary>
    private static string Cell(string text, bool isMarkdown) => Code().Match(text) is { Success: true } code ? $"<code{(code.Groups["uid"].Success ? " class=\"uid\"" : "")}>{Encode(text)}</code>" : Inline(text, isMarkdown);

    private static string Status(string text) => text.All(char.IsAsciiLetter) ? $"<span class=\"status {text.ToLowerInvariant()}\">{text}</span>" : Encode(text);

    private static string Inline(string text, bool isMarkdown) => string.Concat(InlineText.Of(text, isMarkdown).Select(static part => part.Kind switch
    {
        InlineKind.Code => $"<code>{Encode(part.Text)}</code>",
        InlineKind.Strong => $"<strong>{Encode(part.Text)}</strong>",
        InlineKind.Emphasis => $"<em>{Encode(part.Text)}</em>",
        InlineKind.Link => $"<a href=\"{Encode(part.Target)}\">{Encode(part.Text)}</a>",
        _ => Encode(part.Text),
    }));

    private static string Encode(string text) => WebUtility.HtmlEncode(text);

    /// <summary>"A700-A7FF [1]", "(0010,0020)", a UID.</summary>
    [GeneratedRegex(@"^([0-9A-F]{4}(-[0-9A-F]{4})?( \[\d+\])?|\([0-9A-Fa-f]{4},[0-9A-Fa-f]{4}\)|(?<uid>\d+(\.\d+){3,}))$")]
    private static partial Regex Code();
}
