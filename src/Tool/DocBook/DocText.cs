using System.Text;
using System.Xml;

namespace Specgen.Tool.DocBook;

/// <summary>The words of an element. References have none in the source: they are named by what they lead to.</summary>
internal sealed class DocText(XmlReader xml)
{
    private readonly StringBuilder _words = new();
    private readonly List<string> _paragraphs = [];
    private readonly List<string> _references = [];

    /// <summary>All of it on one line.</summary>
    public string Text => string.Join(" ", _paragraphs);

    public IReadOnlyList<string> Paragraphs => _paragraphs;

    /// <summary>The ids that it refers to.</summary>
    public IReadOnlyList<string> References => _references;

    /// <summary>Whether a table stands in it.</summary>
    public bool HasTable { get; private set; }

    /// <summary>From the element that the reader is at to its end.</summary>
    public DocText Read()
    {
        if (xml.IsEmptyElement)
        {
            return this;
        }

        var depth = xml.Depth;
        while (xml.Read() && !(xml.NodeType == XmlNodeType.EndElement && xml.Depth == depth))
        {
            switch (xml.NodeType)
            {
                case XmlNodeType.Element when xml.LocalName is "xref" or "olink":
                    Refer(xml.GetAttribute(xml.LocalName == "xref" ? "linkend" : "targetptr") ?? "");
                    break;
                case XmlNodeType.Element when IsBlock(xml.LocalName):
                    HasTable |= xml.LocalName is "table" or "informaltable" or "tr" or "td";
                    End();
                    break;
                case XmlNodeType.EndElement when IsBlock(xml.LocalName):
                    End();
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace:
                    Add(xml.Value);
                    break;
            }
        }

        End();
        return this;
    }

    private static bool IsBlock(string name) =>
        name is "para" or "listitem" or "itemizedlist" or "orderedlist" or "variablelist" or "note" or "title" or "table" or "informaltable" or "tr" or "td";

    /// <summary>"table_8.8-1" is "Table 8.8-1", "sect_A.38.1" is "Section A.38.1", "chapter_J" is "Annex J".</summary>
    private void Refer(string id)
    {
        _references.Add(id);
        var bar = id.IndexOf('_');
        Add((bar < 0 ? "" : id[..bar]) switch
        {
            "table" => "Table " + id[(bar + 1)..],
            "sect" => "Section " + id[(bar + 1)..],
            "chapter" => "Annex " + id[(bar + 1)..],
            _ => id,
        });
    }

    private void Add(string text)
    {
        foreach (var c in text)
        {
            if (c is '\u200B' or '\uFEFF' or '\u00AD')
            {
                continue;
            }

            if (!char.IsWhiteSpace(c))
            {
                _words.Append(c);
            }
            else if (_words.Length > 0 && _words[^1] != ' ')
            {
                _words.Append(' ');
            }
        }
    }

    private void End()
    {
        var words = _words.ToString().Trim();
        _words.Clear();
        if (words.Length > 0)
        {
            _paragraphs.Add(words);
        }
    }
}
