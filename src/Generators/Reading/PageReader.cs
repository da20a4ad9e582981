using Microsoft.CodeAnalysis.Text;
using Specgen.Generators.Diagnostics;
using Specgen.Generators.Rst;
using Specgen.Generators.Standard;

namespace Specgen.Generators.Reading;

/// <summary>A page's text → what it says. What a table is, its header decides; what it belongs to, the headings above it.</summary>
internal sealed class PageReader
{
    private const string ServiceClassSuffix = " Service Class";

    private readonly PageContext _page;
    private readonly Headings _headings = new();
    private readonly List<ServiceClass> _serviceClasses = [];
    private readonly List<Module> _modules = [];
    private readonly List<RegistryEntry> _registry = [];

    // What is read of the service class that the page is at.
    private readonly List<SopClass> _sopClasses = [];
    private readonly List<DimseUsage> _usages = [];
    private readonly List<MetaSopClass> _metaSopClasses = [];
    private readonly List<StatusTables.Row> _statuses = [];
    private readonly List<OperationType> _types = [];
    private RstTitle? _title;
    private string? _reference;
    private bool _hasKnownTable;

    private PageReader(PageContext page) => _page = page;

    /// <summary>Never throws on bad input: what is wrong stands in the reading's diagnostics, and the rest of the page is read.</summary>
    /// <exception cref="OperationCanceledException">The reading is no longer wanted.</exception>
    public static PageReading Read(string path, SourceText text, CancellationToken cancellationToken)
    {
        var page = new PageContext(path, text);
        try
        {
            return new PageReader(page).Read(RstParser.Parse(text, cancellationToken), cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Without a look at the text: it may be what fails.
            page.Diagnostics.Add(PageDiagnostic.At(PageDiagnostics.ReaderFailed, new PagePlace(path, default, default), exception.Message));
            return page.ToReading(PageContent.Empty);
        }
    }

    private PageReading Read(RstDocument document, CancellationToken cancellationToken)
    {
        foreach (var error in document.Errors)
        {
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
                case RstParagraph { Text.Roles.IsEmpty: false } paragraph:
                    _reference ??= paragraph.Text.Roles.FirstOrDefault(static role => role.Name == "dcm")?.Target;
                    break;
                case RstTable table:
                    Read(TableView.Of(table));
                    break;
            }
        }

        CloseServiceClass();
        if (!_hasKnownTable && document.Errors.IsEmpty)
        {
            _page.Report(PageDiagnostics.NothingRead, _title?.Span ?? new TextSpan(0, 0));
        }

        return _page.ToReading(new PageContent(
            _serviceClasses.ToEquatableArray(),
            _modules.ToEquatableArray(),
            _registry.Count == 0 ? null : new Registry(_registry.ToEquatableArray())));
    }

    /// <summary>The page's title, or that of its second service class; a page without one is named as its file.</summary>
    private string Title => _title?.Text.Plain ?? System.IO.Path.GetFileNameWithoutExtension(_page.Path);

    private string ShortTitle => Title.EndsWith(ServiceClassSuffix, StringComparison.OrdinalIgnoreCase) ? Title.Substring(0, Title.Length - ServiceClassSuffix.Length) : Title;

    private void Enter(RstTitle title)
    {
        if (_title is not null && title.Text.Plain.EndsWith(ServiceClassSuffix, StringComparison.OrdinalIgnoreCase) && title.Level <= _title.Level)
        {
            CloseServiceClass();
            (_title, _reference) = (null, null);
        }

        _title ??= title;
        _headings.Enter(title);
    }

    private void Read(TableView table)
    {
        if (table.HasNoHeader)
        {
            // The header is malformed, and that is reported.
            return;
        }

        if (table.Kind is null)
        {
            _page.Report(PageDiagnostics.UnknownTable, table.HeaderSpan, TableView.Quoted(table.Headers));
            return;
        }

        _hasKnownTable = true;
        if (!table.CheckColumns(_page))
        {
            return;
        }

        if (table.Kind == TableKind.SopClasses)
        {
            SopClassTables.ReadSopClasses(table, _page, _sopClasses);
        }
        else if (table.Kind == TableKind.Registry)
        {
            SopClassTables.ReadRegistry(table, _page, _registry);
        }
        else if (table.Kind == TableKind.Usages)
        {
            UsageTables.Read(table, _page, _sopClasses, _usages);
        }
        else if (table.Kind == TableKind.MetaSopClasses)
        {
            UsageTables.ReadMeta(table, _page, _sopClasses, _metaSopClasses);
        }
        else if (table.Kind == TableKind.Statuses && Operation(table) is { } operation)
        {
            StatusTables.Read(table, _page, Title, operation, _headings.Implementation(ShortTitle), _statuses);
        }
        else if (table.Kind == TableKind.Conformance && Operation(table) is { } said)
        {
            ConformanceTables.Read(table, _page, _headings.Path, said);
        }
        else if (table.Kind == TableKind.GeneralStatuses)
        {
            StatusTables.ReadGeneral(table, _page);
        }
        else if (table.Kind == TableKind.ActionTypes || table.Kind == TableKind.EventTypes)
        {
            TypeTables.Read(table, _page, _sopClasses, _types);
        }
        else if (table.Kind == TableKind.Attributes)
        {
            ReadModule(table);
        }
        else if (table.Kind == TableKind.Dictionary)
        {
            DictionaryTables.Read(table, _page);
        }
        else if (table.Kind == TableKind.Values)
        {
            ReadValues(table);
        }
    }

    /// <summary>The DIMSE service that the headings name for a table, or null with a diagnostic.</summary>
    private DimseOperation? Operation(TableView table)
    {
        if (_headings.UnknownOperation is { } unknown)
        {
            _page.Report(PageDiagnostics.UnknownOperation, _headings.Nearest!.Span, unknown, Suggestion.For(unknown, CellText.DimseNames));
            return null;
        }

        if (_headings.Operation is null)
        {
            _page.Report(PageDiagnostics.NoOperation, table.HeaderSpan);
        }

        return _headings.Operation;
    }

    private void ReadModule(TableView table)
    {
        var title = _headings.Ending(" Macro", " Module") ?? Title;
        var isMacro = title.EndsWith(" Macro", StringComparison.OrdinalIgnoreCase);
        if (isMacro)
        {
            _page.Macros.Add(new MacroFact(title, _page.Place(table.HeaderSpan)));
        }
        else
        {
            _page.Modules.Add(new MacroFact(title, _page.Place(table.HeaderSpan)));
        }

        _modules.Add(new Module(title, TypeName(title), _reference, isMacro, ModuleTables.ReadAttributes(table, _page), EquatableArray<ValueSet>.Empty));
    }

    private void ReadValues(TableView table)
    {
        var title = _headings.NearestWords;
        var values = ModuleTables.ReadValues(table, _page);
        if (_modules.Count == 0)
        {
            _page.Report(PageDiagnostics.UnknownAttribute, table.HeaderSpan, title, "; expected the values below the table of the module that has the attribute");
            return;
        }

        var module = _modules[_modules.Count - 1];
        var names = Names(module.Attributes).ToList();
        if (!names.Contains(title, StringComparer.OrdinalIgnoreCase) && !names.Contains(""))
        {
            _page.Report(PageDiagnostics.UnknownAttribute, _headings.Nearest?.Span ?? table.HeaderSpan, title, Suggestion.For(title, names));
            return;
        }

        _modules[_modules.Count - 1] = module with { Values = module.Values.Append(new ValueSet(title, TypeName(title), values)).ToEquatableArray() };
    }

    /// <summary>All attributes of a module; "" for an included macro, whose attributes another page may have.</summary>
    private static IEnumerable<string> Names(EquatableArray<ModuleAttribute> attributes) =>
        attributes.SelectMany(static attribute => Names(attribute.Items).Prepend(attribute.Include is null ? attribute.Name : ""));

    private void CloseServiceClass()
    {
        if (_sopClasses.Count + _usages.Count + _statuses.Count + _types.Count == 0)
        {
            return;
        }

        var name = ServiceClassName(Title);
        _page.ServiceClasses.Add(new TitleFact(Title, name, _page.Place(_title?.Span ?? new TextSpan(0, 0))));

        var statuses = CellText.Operations
            .Select(operation => new StatusTable(operation, _statuses.Where(row => row.Operation == operation).Select(static row => row.Status).ToEquatableArray()))
            .Where(static table => table.Rows.Count > 0);
        _serviceClasses.Add(new ServiceClass(
            Title,
            name,
            _reference,
            _sopClasses.ToEquatableArray(),
            _usages.ToEquatableArray(),
            statuses.ToEquatableArray(),
            _types.ToEquatableArray())
        {
            MetaSopClasses = _metaSopClasses.ToEquatableArray(),
        });
        _sopClasses.Clear();
        _usages.Clear();
        _metaSopClasses.Clear();
        _statuses.Clear();
        _types.Clear();
    }

    /// <summary>The name of the type that a page, or a part of it, makes.</summary>
    public static string TypeName(string title)
    {
        var name = new string(SopClassTables.KeywordOf(title).Where(char.IsLetterOrDigit).ToArray());
        return name.Length == 0 || char.IsDigit(name[0]) ? "_" + name : name;
    }

    private static string ServiceClassName(string title)
    {
        var name = TypeName(title);
        return name.EndsWith("ServiceClass", StringComparison.Ordinal) ? name : name + "ServiceClass";
    }
}
