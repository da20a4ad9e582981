using Microsoft.CodeAnalysis.Text;
using Specgen.Generators.Diagnostics;
using Specgen.Generators.Rst;
using Specgen.Generators.Standard;

namespace Specgen.Generators.Reading;

/// <summary>A page's text → what it says. What a table is, its header decides; what it belongs to, the headings above it.</summary>
internal sealed class PageReader
{
    private readonly PageContext _page;
    private readonly List<SopClass> _sopClasses = [];
    private readonly List<DimseUsage> _usages = [];
    private readonly List<StatusTables.Row> _statuses = [];
    private readonly List<OperationType> _types = [];
    private readonly List<Module> _modules = [];
    private readonly List<RegistryEntry> _registry = [];
    private readonly List<RstTitle> _headings = [];
    private DimseOperation? _operation;
    private string? _reference;
    private bool _any;

    private PageReader(PageContext page) => _page = page;

    /// <summary>Never throws on bad input: what is wrong stands in the reading's diagnostics, and the rest of the page is read.</summary>
    public static PageReading Read(string path, SourceText text, CancellationToken cancellationToken)
    {
        var page = new PageContext(path, text);
        try
        {
            return new PageReader(page).Read(RstParser.Parse(text, cancellationToken), cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            page.Report(PageDiagnostics.ReaderFailed, new TextSpan(0, 0), exception.Message);
            return page.ToReading(PageContent.Empty);
        }
    }

    private PageReading Read(RstDocument document, CancellationToken cancellationToken)
    {
        foreach (var error in document.Errors)
        {
            _any = true;
            _page.Report(PageDiagnostics.MalformedTable, error.Span, error.Message);
        }

        foreach (var block in document.Blocks)
        {
            cancellationToken.ThrowIfCancellationRequested();
            switch (block)
            {
                case RstTitle title:
                    Enter(title);
                    break;
                case RstParagraph paragraph:
                    _reference ??= paragraph.Text.Roles.FirstOrDefault(static role => role.Name == "dcm")?.Target;
                    break;
                case RstTable table:
                    Read(TableView.Of(table));
                    break;
            }
        }

        if (!_any)
        {
            _page.Report(PageDiagnostics.NothingRead, new TextSpan(0, 0));
        }

        return _page.ToReading(new PageContent(
            ServiceClasses().ToEquatableArray(),
            _modules.ToEquatableArray(),
            _registry.Count == 0 ? null : new Registry(_registry.ToEquatableArray())));
    }

    private string Title => _headings.Count == 0 ? System.IO.Path.GetFileNameWithoutExtension(_page.Path) : _headings[0].Text.Plain;

    private void Enter(RstTitle title)
    {
        _headings.RemoveAll(heading => heading.Level >= title.Level);
        _headings.Add(title);

        // "Storage Service Statuses" and "<implementation> Statuses" belong to the service of the heading before; a heading that is above
        // the one that named the service ends it.
        if (OperationOf(title.Text.Plain) is { } operation)
        {
            _operation = operation;
        }
    }

    private void Read(TableView table)
    {
        _any = true;
        if (SopClassTables.IsSopClasses(table))
        {
            SopClassTables.ReadSopClasses(table, _page, _sopClasses);
        }
        else if (SopClassTables.IsRegistry(table))
        {
            SopClassTables.ReadRegistry(table, _page, _registry);
        }
        else if (UsageTables.Is(table))
        {
            UsageTables.Read(table, _page, _sopClasses, _usages);
        }
        else if (StatusTables.Is(table))
        {
            ReadStatuses(table);
        }
        else if (StatusTables.IsGeneral(table))
        {
            StatusTables.ReadGeneral(table, _page);
        }
        else if (TypeTables.Is(table))
        {
            TypeTables.Read(table, _page, _types);
        }
        else if (ModuleTables.IsAttributes(table))
        {
            ReadModule(table);
        }
        else if (ModuleTables.IsValues(table))
        {
            ReadValues(table);
        }
        else if (ConformanceTables.Is(table))
        {
            ReadConformance(table);
        }
        else
        {
            ReportUnknownTable(table);
        }
    }

    private void ReadStatuses(TableView table)
    {
        if ((OperationOf(Heading) ?? _operation) is not { } operation)
        {
            _page.Report(PageDiagnostics.NoOperation, table.HeaderSpan(0));
            return;
        }

        StatusTables.Read(table, _page, Title, operation, ImplementationOf(Heading), _statuses);
    }

    private void ReadModule(TableView table)
    {
        var title = HeadingThat(static words => words.EndsWith(" Macro", StringComparison.OrdinalIgnoreCase) || words.EndsWith(" Module", StringComparison.OrdinalIgnoreCase)) ?? Title;
        var isMacro = title.EndsWith(" Macro", StringComparison.OrdinalIgnoreCase);
        if (isMacro)
        {
            _page.Macros.Add(new MacroFact(title, _page.Place(table.HeaderSpan(0))));
        }

        _modules.Add(new Module(title, TypeName(title), _reference, isMacro, ModuleTables.ReadAttributes(table, _page), EquatableArray<ValueSet>.Empty));
    }

    private void ReadValues(TableView table)
    {
        if (_modules.Count == 0)
        {
            _page.Report(PageDiagnostics.MalformedTable, table.HeaderSpan(0), "A table of values stands below the module whose attribute they are of");
            return;
        }

        var values = new ValueSet(Heading, TypeName(Heading), ModuleTables.ReadValues(table, _page));
        var module = _modules[_modules.Count - 1];
        _modules[_modules.Count - 1] = module with { Values = module.Values.Append(values).ToEquatableArray() };
    }

    private void ReadConformance(TableView table)
    {
        if ((OperationOf(Heading) ?? _operation) is { } operation)
        {
            ConformanceTables.Read(table, _page, Title, operation);
        }
        else
        {
            _page.Report(PageDiagnostics.NoOperation, table.HeaderSpan(0));
        }
    }

    private void ReportUnknownTable(TableView table)
    {
        if (table.Has("UID"))
        {
            Columns.Require(table, _page, "SOP Class");
        }
        else if (table.Has("Category") || table.Has("Description"))
        {
            foreach (var column in new[] { "Code (hex)", "Category", "Description" }.Where(column => !table.Has(column)))
            {
                Columns.Require(table, _page, column);
            }
        }
        else
        {
            _page.Report(
                PageDiagnostics.UnknownColumn,
                table.HeaderSpan(0),
                string.Join(" | ", table.Columns),
                "'UID | SOP Class', 'DIMSE Service | Usage SCU/SCP', 'Code (hex) | Category | Description' or another table of spec/README.md");
        }
    }

    private IEnumerable<ServiceClass> ServiceClasses()
    {
        if (_sopClasses.Count == 0 && _usages.Count == 0 && _statuses.Count == 0)
        {
            yield break;
        }

        if (_headings.Count > 0)
        {
            _page.ServiceClasses.Add(new TitleFact(Title, _page.Place(_headings[0].Span)));
        }

        var statuses = CellText.Operations
            .Select(operation => new StatusTable(operation, _statuses.Where(row => row.Operation == operation).Select(static row => row.Status).ToEquatableArray()))
            .Where(static table => table.Rows.Count > 0);
        var name = TypeName(Title);
        yield return new ServiceClass(
            Title,
            name.EndsWith("ServiceClass", StringComparison.Ordinal) ? name : name + "ServiceClass",
            _reference,
            _sopClasses.ToEquatableArray(),
            _usages.ToEquatableArray(),
            statuses.ToEquatableArray(),
            _types.ToEquatableArray());
    }

    private string Heading => _headings.Count == 0 ? "" : _headings[_headings.Count - 1].Text.Plain;

    private string? HeadingThat(Func<string, bool> condition) =>
        _headings.Select(static heading => heading.Text.Plain).LastOrDefault(condition);

    /// <summary>"C-STORE Statuses", "UPS N-ACTION Service Statuses", "Query/Retrieve (Find) Service Statuses".</summary>
    private static DimseOperation? OperationOf(string heading)
    {
        foreach (var operation in CellText.Operations)
        {
            if (heading.IndexOf(CellText.Dimse(operation), StringComparison.OrdinalIgnoreCase) >= 0)
            {
                return operation;
            }
        }

        var open = heading.IndexOf('(');
        var close = heading.IndexOf(')', open + 1);
        return open >= 0 && close > open && CellText.TryOperationName("C-" + heading.Substring(open + 1, close - open - 1), out var named) ? named : null;
    }

    /// <summary>The name before "Statuses" of a heading that names neither a DIMSE service nor a service class.</summary>
    private static string? ImplementationOf(string heading) =>
        heading.EndsWith(" Statuses", StringComparison.OrdinalIgnoreCase)
        && OperationOf(heading) is null
        && !heading.EndsWith(" Service Statuses", StringComparison.OrdinalIgnoreCase)
        && !heading.StartsWith("General ", StringComparison.OrdinalIgnoreCase)
            ? heading.Substring(0, heading.Length - " Statuses".Length)
            : null;

    private static string TypeName(string title)
    {
        var name = SopClassTables.KeywordOf(title.Replace("&", " and "));
        name = new string(name.Where(char.IsLetterOrDigit).ToArray());
        return name.Length == 0 || char.IsDigit(name[0]) ? "_" + name : name;
    }
}
