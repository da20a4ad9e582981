using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Specgen.Generators.Reading;
using Specgen.Generators.Standard;
using Specgen.Generators.Text;
using Specgen.Tool.Making;
using Specgen.Tool.Pages;
using Specgen.Tool.Profiles;

namespace Specgen.Tool.Diffing;

/// <summary>Where the code of a project uses what a change is about: handlers of the service class, constants of SOP classes, statuses and types, attributes.</summary>
internal sealed class ProjectUses
{
    private readonly List<(string Service, string Name, string Place)> _handlers = [];

    /// <summary>"SopClassUids.CTImageStorage", "StorageCStoreStatus.OutOfResources" and single names, with their places.</summary>
    private readonly Dictionary<string, List<string>> _uses = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _keywords = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Title, string Operation, string Code), string> _statuses = [];
    private readonly Dictionary<(string Title, FactKind Kind, string Id), List<string>> _types = [];
    private readonly Dictionary<string, string> _services = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="project">A project file, or a folder with C# in it.</param>
    public ProjectUses(string project, PageFolder pages)
    {
        var folder = File.Exists(project) ? Path.GetDirectoryName(Path.GetFullPath(project))! : project;
        if (!Directory.Exists(folder))
        {
            throw new ProfileException(project, 1, "no such project or folder");
        }

        Learn(pages);
        foreach (var file in Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var name = Path.GetRelativePath(folder, file).Replace('\\', '/');
            if (!name.Split('/').Any(static part => part is "bin" or "obj"))
            {
                Read(name, CSharpSyntaxTree.ParseText(File.ReadAllText(file)));
            }
        }
    }

    public IReadOnlyList<StandardChange> Mark(IReadOnlyList<StandardChange> changes) => changes.Select(change => change with { Touches = TouchedBy(change.Fact, change.Fields).Distinct().ToArray() }).ToArray();

    private void Learn(PageFolder pages)
    {
        foreach (var content in pages.Pages.Select(static page => page.Reading.Content))
        {
            foreach (var entry in content.Registry?.Entries ?? EquatableArray<RegistryEntry>.Empty)
            {
                _keywords[entry.Uid] = entry.Keyword;
            }

            foreach (var service in content.ServiceClasses)
            {
                _services[service.Title] = service.Name;
                foreach (var table in service.Statuses)
                {
                    var names = MemberNames.OfStatuses(table.Rows);
                    for (var i = 0; i < names.Length; i++)
                    {
                        var key = new StatusRow(table.Rows[i].First, table.Rows[i].Last, "", "", 0).Key;
                        _statuses[(service.Title, CellText.Dimse(table.Operation), key)] = $"{service.ShortName}{table.Operation}Status.{names[i]}";
                    }
                }

                foreach (var type in service.Types)
                {
                    var kind = type.Operation == DimseOperation.NAction ? FactKind.ActionType : FactKind.EventType;
                    var key = (service.Title, kind, type.Id.ToString(CultureInfo.InvariantCulture));
                    _types.TryAdd(key, []);
                    _types[key].Add(MemberNames.Pascal(type.Name));
                }
            }
        }
    }

    private void Read(string file, SyntaxTree tree)
    {
        foreach (var node in tree.GetRoot().DescendantNodes())
        {
            if (node is ClassDeclarationSyntax handler)
            {
                foreach (var attribute in handler.AttributeLists.SelectMany(static list => list.Attributes))
                {
                    // [Scp<StorageServiceClass>], [Scu<…>].
                    if (attribute.Name is GenericNameSyntax { Identifier.Text: "Scp" or "Scu" } name && name.TypeArgumentList.Arguments is [var service])
                    {
                        _handlers.Add((Last(service), handler.Identifier.Text, Place(file, handler.Identifier)));
                    }
                }
            }
            else if (node is MemberAccessExpressionSyntax access)
            {
                Use(Last(access.Expression) + "." + access.Name.Identifier.Text, file, access.Name.Identifier);
                Use(access.Name.Identifier.Text, file, access.Name.Identifier);
            }
            else if (node is IdentifierNameSyntax { Parent: AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax } } set)
            {
                Use(set.Identifier.Text, file, set.Identifier);
            }
            else if (node is SubpatternSyntax { NameColon.Name.Identifier: var property })
            {
                Use(property.Text, file, property);
            }
        }

        void Use(string name, string where, SyntaxToken token)
        {
            if (!_uses.TryGetValue(name, out var places))
            {
                _uses[name] = places = [];
            }

            places.Add(Place(where, token));
        }
    }

    private IEnumerable<string> TouchedBy(Fact fact, IReadOnlyList<FieldChange> fields)
    {
        var name = ServiceOf(fact.ServiceClass);
        var handlers = _handlers.Where(handler => handler.Service == name).ToList();
        foreach (var handler in handlers)
        {
            yield return $"the handler {handler.Name} ({handler.Place})";
        }

        var constants = fact.Kind switch
        {
            FactKind.SopClass => _keywords.TryGetValue(fact.Key, out var keyword) ? ["SopClassUids." + keyword, "SopClasses." + keyword] : [],
            FactKind.Status => StatusesOf(fact, fields),
            FactKind.ActionType or FactKind.EventType => _types.GetValueOrDefault((TitleOf(fact.ServiceClass), fact.Kind, fact.Key), []),

            // A property of a module's view; the name alone says little where nothing of the service class is used.
            FactKind.Attribute when handlers.Count > 0 => [MemberNames.Pascal(fact.Name.TrimStart('>'))],
            _ => Array.Empty<string>(),
        };
        foreach (var constant in constants)
        {
            foreach (var place in _uses.GetValueOrDefault(constant, []))
            {
                yield return $"{constant} ({place})";
            }
        }
    }

    /// <summary>The constants of a status: of one service class, or of all for one that PS3.7 has.</summary>
    private IEnumerable<string> StatusesOf(Fact fact, IReadOnlyList<FieldChange> fields)
    {
        var codes = fields.Where(static field => field.Field == "code").Select(static field => field.Old).Prepend(fact.Key).ToList();
        var title = TitleOf(fact.ServiceClass);
        return _statuses.Where(status => codes.Contains(status.Key.Code)
            && (title.Length == 0 ? fact.ServiceClass.StartsWith("DIMSE", StringComparison.Ordinal) && (fact.Subject == status.Key.Operation || fact.Table == "chapter_C") : status.Key.Title == title && (fact.Subject == status.Key.Operation || !CellText.DimseNames.Contains(fact.Subject))))
            .Select(static status => status.Value);
    }

    private string ServiceOf(string serviceClass) => TitleOf(serviceClass) is { Length: > 0 } title ? _services[title] : "";

    /// <summary>The title of the page for a service class as its annex is called: "Procedure Step SOP Classes" has no page of that name.</summary>
    private string TitleOf(string serviceClass) => _services.Keys.FirstOrDefault(title => string.Equals(title, serviceClass, StringComparison.OrdinalIgnoreCase)) ?? "";

    private static string Last(SyntaxNode name) => name switch
    {
        QualifiedNameSyntax qualified => qualified.Right.Identifier.Text,
        AliasQualifiedNameSyntax alias => alias.Name.Identifier.Text,
        MemberAccessExpressionSyntax access => access.Name.Identifier.Text,
        SimpleNameSyntax simple => simple.Identifier.Text,
        _ => "",
    };

    private static string Place(string file, SyntaxToken token) => string.Create(CultureInfo.InvariantCulture, $"{file}:{token.GetLocation().GetLineSpan().StartLinePosition.Line + 1}");
}
