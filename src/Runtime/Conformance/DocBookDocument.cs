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
            writer.WriteElementString("subtitle", DocBook, (statement.Product + " " + statement.Version).Trim());
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
                Write(writer, section, "chapter");
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
        writer.WriteElementString("title", DocBook, section.Title);
        if (section.Number.Length > 0)
        {
            writer.WriteStartElement("para", DocBook);
            writer.WriteStartElement("link", DocBook);
            writer.WriteAttributeString("href", XLink, section.Link);
            writer.WriteString("PS3.2 " + section.Number);
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

    private static void WriteText(XmlWriter writer, string text)
    {
        writer.WriteStartElement("para", DocBook);
        foreach (var (part, isCode) in CodeSpans.Of(Clean(text)))
        {
            if (isCode)
            {
                writer.WriteElementString("literal", DocBook, part);
            }
            else
            {
                writer.WriteString(part);
            }
        }

        writer.WriteEndElement();
    }

    private static void Write(XmlWriter writer, DocumentBlock block)
    {
        switch (block)
        {
            case Paragraph paragraph:
                WriteText(writer, paragraph.Text);
                break;
            case ToBeWritten todo:
                writer.WriteElementString("remark", DocBook, todo.Text);
                break;
            case CodeBlock code:
                writer.WriteElementString("programlisting", DocBook, Clean(code.Text));
                break;
            case BulletList list:
                writer.WriteStartElement("itemizedlist", DocBook);
                foreach (var item in list.Items)
                {
                    writer.WriteStartElement("listitem", DocBook);
                    WriteText(writer, item);
                    writer.WriteEndElement();
                }

                writer.WriteEndElement();
                break;
            case Snippet snippet:
                foreach (var part in SnippetText.Read(snippet.Markdown))
                {
                    Write(writer, part);
                }

                break;
            case Table table:
                Write(writer, table);
                break;
        }
    }

    private static void Write(XmlWriter writer, Table table)
    {
        writer.WriteStartElement(table.Title.Length == 0 ? "informaltable" : "table", DocBook);
        writer.WriteAttributeString("frame", "box");
        writer.WriteAttributeString("rules", "all");
        if (table.Title.Length > 0)
        {
            writer.WriteElementString("caption", DocBook, table.Title);
        }

        writer.WriteStartElement("thead", DocBook);
        WriteRow(writer, table.Headers, "th");
        writer.WriteEndElement();
        writer.WriteStartElement("tbody", DocBook);
        foreach (var row in table.Rows)
        {
            WriteRow(writer, row, "td");
        }

        writer.WriteEndElement();
        writer.WriteEndElement();
        for (var i = 0; i < table.Notes.Count; i++)
        {
            writer.WriteElementString("para", DocBook, $"[{i + 1}] {table.Notes[i]}");
        }
    }

    private static void WriteRow(XmlWriter writer, IReadOnlyList<string> cells, string element)
    {
        writer.WriteStartElement("tr", DocBook);
        foreach (var cell in cells)
        {
            writer.WriteStartElement(element, DocBook);
            WriteText(writer, cell);
            writer.WriteEndElement();
        }

        writer.WriteEndElement();
    }

    /// <summary>Without what XML cannot have.</summary>
    private static string Clean(string text) => string.Concat(text.Where(static c => XmlConvert.IsXmlChar(c) || char.IsSurrogate(c)));
}
