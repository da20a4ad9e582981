using System.Text;
using System.Xml;

namespace Specgen.Conformance;

/// <summary>The document as DocBook 5, in the form of PS3.2 as NEMA publishes it: sections and tables with a label, tables of HTML's kind.</summary>
internal static class DocBookDocument
{
    private const string DocBook = "http://docbook.org/ns/docbook", XLink = "http://www.w3.org/1999/xlink", Xml = "http://www.w3.org/XML/1998/namespace";

    public static string Write(ConformanceStatement statement)
    {
        var outline = ConformanceOutline.Of(statement);
        var text = new StringBuilder();
        using (var writer = XmlWriter.Create(text, new XmlWriterSettings { Indent = true, NewLineChars = "\n", OmitXmlDeclaration = true, CheckCharacters = true }))
        {
            writer.WriteStartElement("book", DocBook);
            writer.WriteAttributeString("xmlns", "xl", null, XLink);
            writer.WriteAttributeString("version", "5.0");
            writer.WriteElementString("title", DocBook, "DICOM Conformance Statement");
            writer.WriteElementString("subtitle", DocBook, Clean((statement.Product + " " + statement.Version).Trim()));
            if (outline.Missing.Count > 0)
            {
                writer.WriteStartElement("preface", DocBook);
                writer.WriteElementString("title", DocBook, "Draft");
                Write(writer, new Paragraph("This is missing:"));
                Write(writer, new BulletList(outline.Missing));
                writer.WriteEndElement();
            }

            foreach (var section in outline.Sections)
            {
                Write(writer, section, section.IsAnnex ? "appendix" : "chapter");
            }

            writer.WriteEndElement();
        }

        return "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n" + text + "\n";
    }

    private static void Write(XmlWriter writer, DocumentSection section, string element)
    {
        writer.WriteStartElement(element, DocBook);
        if (section.Label.Length > 0)
        {
            writer.WriteAttributeString("label", section.Label);
        }

        writer.WriteAttributeString("xml", "id", Xml, section.Id);
        writer.WriteElementString("title", DocBook, Clean(section.Title));
        if (section.Template.Length > 0)
        {
            writer.WriteStartElement("para", DocBook);
            writer.WriteStartElement("link", DocBook);
            writer.WriteAttributeString("href", XLink, section.Link);
            writer.WriteString("PS3.2 " + section.Template);
            writer.WriteEndElement();
            writer.WriteString(section.IsChecked ? "" : " (outline to be checked)");
            writer.WriteEndElement();
        }

        foreach (var block in section.Blocks)
        {
            Write(writer, block);
        }

        foreach (var below in section.Sections)
        {
            Write(writer, below, "section");
        }

        writer.WriteEndElement();
    }

    private static void WriteText(XmlWriter writer, string element, string text, bool isMarkdown = false)
    {
        writer.WriteStartElement(element, DocBook);
        foreach (var part in InlineText.Of(Clean(text), isMarkdown))
        {
            if (part.Kind == InlineKind.Text)
            {
                writer.WriteString(part.Text);
                continue;
            }

            writer.WriteStartElement(part.Kind switch { InlineKind.Code => "literal", InlineKind.Link => "link", _ => "emphasis" }, DocBook);
            if (part.Kind == InlineKind.Strong)
            {
                writer.WriteAttributeString("role", "bold");
            }
            else if (part.Kind == InlineKind.Link)
            {
                writer.WriteAttributeString("href", XLink, part.Target);
            }

            writer.WriteString(part.Text);
            writer.WriteEndElement();
        }

        writer.WriteEndElement();
    }

    private static void Write(XmlWriter writer, DocumentBlock block, bool isMarkdown = false)
    {
        switch (block)
        {
            case Paragraph paragraph:
                WriteText(writer, "para", paragraph.Text, isMarkdown);
                break;
            case Subheading heading:
                WriteText(writer, "bridgehead", heading.Text, isMarkdown);
                break;
            case ToBeWritten todo:
                writer.WriteElementString("remark", DocBook, Clean(todo.Text));
                break;
            case CodeBlock code:
                writer.WriteElementString("programlisting", DocBook, Clean(code.Text));
                break;
            case BulletList list:
                writer.WriteStartElement(list.IsNumbered ? "orderedlist" : "itemizedlist", DocBook);
                foreach (var item in list.Items)
                {
                    writer.WriteStartElement("listitem", DocBook);
                    WriteText(writer, "para", item, isMarkdown);
                    writer.WriteEndElement();
                }

                writer.WriteEndElement();
                break;
            case Snippet snippet:
                foreach (var part in SnippetText.Read(snippet.Markdown))
                {
                    Write(writer, part, isMarkdown: true);
                }

                break;
            case Table table:
                Write(writer, table, isMarkdown);
                break;
        }
    }

    /// <summary>As NEMA has them: the number is the table's label and in its id, the caption is without it.</summary>
    private static void Write(XmlWriter writer, Table table, bool isMarkdown)
    {
        writer.WriteStartElement(table.Title.Length == 0 ? "informaltable" : "table", DocBook);
        writer.WriteAttributeString("frame", "box");
        if (table.Number.Length > 0)
        {
            writer.WriteAttributeString("label", table.Number);
        }

        writer.WriteAttributeString("rules", "all");
        if (table.Number.Length > 0)
        {
            writer.WriteAttributeString("xml", "id", Xml, "table_" + table.Number);
        }

        if (table.Title.Length > 0)
        {
            writer.WriteElementString("caption", DocBook, Clean(table.Title));
        }

        writer.WriteStartElement("thead", DocBook);
        WriteRow(writer, table.Headers, "th", isMarkdown);
        writer.WriteEndElement();
        writer.WriteStartElement("tbody", DocBook);
        foreach (var row in table.Rows)
        {
            WriteRow(writer, row, "td", isMarkdown);
        }

        writer.WriteEndElement();
        writer.WriteEndElement();
        for (var i = 0; i < table.Notes.Count; i++)
        {
            writer.WriteElementString("para", DocBook, $"[{i + 1}] {table.Notes[i]}");
        }
    }

    private static void WriteRow(XmlWriter writer, IReadOnlyList<string> cells, string element, bool isMarkdown)
    {
        writer.WriteStartElement("tr", DocBook);
        foreach (var cell in cells)
        {
            writer.WriteStartElement(element, DocBook);
            WriteText(writer, "para", cell, isMarkdown);
            writer.WriteEndElement();
        }

        writer.WriteEndElement();
    }

    /// <summary>Without what XML cannot have.</summary>
    private static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (XmlConvert.IsXmlChar(text[i]))
            {
                clean.Append(text[i]);
            }
            else if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]))
            {
                clean.Append(text, i++, 2);
            }
        }

        return clean.ToString();
    }
}
