using System.Text.RegularExpressions;
using System.Xml;

namespace Specgen.Tool.DocBook;

/// <summary>
/// Reads a part of the standard as NEMA publishes it: DocBook 5 with tables of HTML's model. One pass, forward only; neither DTDs nor
/// external entities are read.
/// </summary>
internal sealed partial class DocBookReader
{
    private const string DocBookNamespace = "http://docbook.org/ns/docbook";
    private const string XmlNamespace = "http://www.w3.org/XML/1998/namespace";
    private const int DeepestElement = 200;
    private const long LongestFile = 256L << 20;

    private readonly string _file;
    private readonly XmlReader _xml;
    private readonly IXmlLineInfo _lines;
    private readonly Func<string, bool>? _isWanted;
    private readonly List<DocSection> _sections = [];
    private readonly List<DocTable> _tables = [];
    private readonly Stack<(DocSection Section, int Depth)> _open = [];
    private string _subtitle = "";

    private DocBookReader(string file, XmlReader xml, Func<string, bool>? isWanted)
    {
        _file = file;
        _xml = xml;
        _lines = (IXmlLineInfo)xml;
        _isWanted = isWanted;
    }

    /// <param name="isWanted">Whether a table or section is, by its id; null for all.</param>
    /// <exception cref="DocBookException">The file is not DocBook of the standard, or is cut short.</exception>
    public static DocPart Read(string file, Func<string, bool>? isWanted = null, CancellationToken cancellationToken = default)
    {
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            MaxCharactersInDocument = LongestFile,
            CloseInput = true,
        };
        try
        {
            using var xml = XmlReader.Create(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16), settings);
            return new DocBookReader(file, xml, isWanted).Read(cancellationToken);
        }
        catch (XmlException exception) when (exception.Message.Contains(nameof(DtdProcessing), StringComparison.Ordinal))
        {
            throw new DocBookException(file, Math.Max(1, exception.LineNumber), "the file has a DTD (<!DOCTYPE …>), and DTDs are not read: the standard's files have none");
        }
        catch (XmlException exception)
        {
            throw new DocBookException(file, Math.Max(1, exception.LineNumber), "not well-formed XML: " + exception.Message);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DocBookException(file, 1, exception.Message);
        }
    }

    private DocPart Read(CancellationToken cancellationToken)
    {
        _xml.MoveToContent();
        if (!Is("book") || _xml.NodeType != XmlNodeType.Element)
        {
            throw Bad($"expected a DocBook <book>, found <{_xml.LocalName}>");
        }

        while (_xml.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_xml.NodeType == XmlNodeType.EndElement)
            {
                Close();
            }
            else if (_xml.NodeType == XmlNodeType.Element)
            {
                Open();
            }
        }

        if (EditionOf().Match(_subtitle) is not { Success: true } named)
        {
            throw new DocBookException(_file, 1, _subtitle.Length == 0
                ? "no <subtitle> names the part and its edition"
                : $"the subtitle '{_subtitle}' names no part with its edition; expected one like 'DICOM PS3.4 2020c - Service Class Specifications'");
        }

        return new DocPart("PS" + named.Groups[1].Value, named.Groups[2].Value, _file, _sections, _tables);
    }

    private void Open()
    {
        if (_xml.Depth > DeepestElement)
        {
            throw Bad($"elements are nested more than {DeepestElement} deep");
        }

        switch (_xml.NamespaceURI == DocBookNamespace ? _xml.LocalName : "")
        {
            case "chapter" or "section" or "appendix":
                var section = new DocSection(Id(), Attribute("label"), _open.Count == 0 ? "" : _open.Peek().Section.Id, Line());
                _sections.Add(section);
                if (!_xml.IsEmptyElement)
                {
                    _open.Push((section, _xml.Depth));
                }

                break;
            case "subtitle" when _open.Count == 0 && _subtitle.Length == 0:
                _subtitle = new DocText(_xml).Read().Text;
                break;
            case "title" when _open.Count > 0 && _xml.Depth == _open.Peek().Depth + 1:
                _open.Peek().Section.Title = new DocText(_xml).Read().Text;
                break;
            case "table" or "informaltable":
                ReadTable();
                break;
            case "para" when _open.Count > 0 && IsWanted(_open.Peek().Section.Id):
                ReadParagraph();
                break;
        }
    }

    private void Close()
    {
        if (_open.Count > 0 && _open.Peek().Depth == _xml.Depth)
        {
            _open.Pop();
        }
    }

    private void ReadTable()
    {
        var id = Id();
        var section = _open.Count == 0 ? null : _open.Peek().Section;
        if (!IsWanted(id) && !(section is not null && IsWanted(section.Id)))
        {
            _xml.Skip();
            return;
        }

        var table = new DocTableReader(_xml, _lines).Read(id, Attribute("label").Trim(), section?.Id ?? "");
        section?.Tables.Add(table);
        if (id.Length > 0)
        {
            _tables.Add(table);
        }
    }

    private void ReadParagraph()
    {
        var line = Line();
        var text = new DocText(_xml).Read().Text;
        if (text.Length > 0)
        {
            _open.Peek().Section.Paragraphs.Add(new DocParagraph(text, line));
        }
    }

    private bool IsWanted(string id) => _isWanted is null || _isWanted(id);

    private bool Is(string name) => _xml.LocalName == name && _xml.NamespaceURI == DocBookNamespace;

    private string Id() => _xml.GetAttribute("id", XmlNamespace) ?? "";

    private string Attribute(string name) => _xml.GetAttribute(name) ?? "";

    private int Line() => _lines.LineNumber;

    private DocBookException Bad(string message) => new(_file, Math.Max(1, Line()), message);

    [GeneratedRegex(@"\bPS ?(3\.\d{1,2})\s+(\d{4}[a-z]?)\b", RegexOptions.CultureInvariant)]
    private static partial Regex EditionOf();
}
