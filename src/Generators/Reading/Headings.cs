using Specgen.Generators.Rst;
using Specgen.Generators.Standard;

namespace Specgen.Generators.Reading;

/// <summary>The headings above a table, and what they say of it.</summary>
internal sealed class Headings
{
    private const string StatusesSuffix = " Statuses";

    private readonly List<RstTitle> _stack = [];
    private DimseOperation? _operation;
    private int _operationLevel;

    /// <summary>The heading right above, or null.</summary>
    public RstTitle? Nearest => _stack.Count == 0 ? null : _stack[_stack.Count - 1];

    public string NearestWords => Nearest?.Text.Plain ?? "";

    /// <summary>All of them, from the page's title on.</summary>
    public string Path => string.Join(" / ", _stack.Select(static heading => heading.Text.Plain));

    /// <summary>
    /// The DIMSE service of a table: of the nearest heading that names one. One that names none ("Storage Service Statuses", "…
    /// Statuses" of an implementation) goes on with the heading before; one above the heading that named the service ends it.
    /// </summary>
    public DimseOperation? Operation => _operation;

    /// <summary>A word of the nearest heading that looks like a DIMSE service and is none ("C-STOR"), or null.</summary>
    public string? UnknownOperation => OperationOf(NearestWords) is null ? Array.Find(NearestWords.Split(' '), LooksLikeOperation) : null;

    /// <summary>The name before "Statuses" of a heading that names neither a DIMSE service nor a service class nor a kind of status.</summary>
    public string? Implementation(string shortTitle)
    {
        var words = NearestWords;
        if (!words.EndsWith(StatusesSuffix, StringComparison.OrdinalIgnoreCase) || OperationOf(words) is not null)
        {
            return null;
        }

        var name = words.Substring(0, words.Length - StatusesSuffix.Length);
        return name.EndsWith(" Service", StringComparison.OrdinalIgnoreCase)
            || name.EndsWith(" Service Class", StringComparison.OrdinalIgnoreCase)
            || name.StartsWith("General", StringComparison.OrdinalIgnoreCase)
            || CellText.IsWord(name, "Service")
            || CellText.IsWord(name, shortTitle)
            || CellText.TryCategory(name, out _)
                ? null
                : name;
    }

    public void Enter(RstTitle title)
    {
        _stack.RemoveAll(heading => heading.Level >= title.Level);
        _stack.Add(title);
        if (OperationOf(title.Text.Plain) is { } operation)
        {
            (_operation, _operationLevel) = (operation, title.Level);
        }
        else if (title.Level < _operationLevel)
        {
            _operation = null;
        }
    }

    /// <summary>The nearest heading that ends in one of the words, or null.</summary>
    public string? Ending(params string[] suffixes)
    {
        for (var i = _stack.Count - 1; i >= 0; i--)
        {
            var words = _stack[i].Text.Plain;
            if (Array.Exists(suffixes, suffix => words.EndsWith(suffix, StringComparison.OrdinalIgnoreCase)))
            {
                return words;
            }
        }

        return null;
    }

    /// <summary>"C-STORE Statuses", "UPS N-ACTION Service Statuses", "Query/Retrieve (Find) Service Statuses"; of several the first.</summary>
    private static DimseOperation? OperationOf(string heading)
    {
        var first = int.MaxValue;
        DimseOperation? named = null;
        foreach (var operation in CellText.Operations)
        {
            var at = heading.IndexOf(CellText.Dimse(operation), StringComparison.OrdinalIgnoreCase);
            if (at >= 0 && at < first)
            {
                (first, named) = (at, operation);
            }
        }

        for (var open = heading.IndexOf('('); named is null && open >= 0; open = heading.IndexOf('(', open + 1))
        {
            var close = heading.IndexOf(')', open);
            if (close > open && CellText.TryOperationName("C-" + heading.Substring(open + 1, close - open - 1), out var inBrackets))
            {
                named = inBrackets;
            }
        }

        return named;
    }

    private static bool LooksLikeOperation(string word) =>
        word.Length > 3 && word[0] is 'C' or 'N' && word[1] == '-' && word.Skip(2).All(static c => char.IsUpper(c) || c == '-');
}
