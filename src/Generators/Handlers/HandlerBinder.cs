using System.Collections.Immutable;
using Specgen.Generators.Diagnostics;
using Specgen.Generators.Emission;
using Specgen.Generators.Project;
using Specgen.Generators.Reading;
using Specgen.Generators.Standard;
using Specgen.Generators.Text;

namespace Specgen.Generators.Handlers;

/// <summary>What binding gave: the model to emit, if there is one, and what to report.</summary>
internal sealed record HandlerBinding(BoundHandler? Handler, EquatableArray<Finding> Findings);

/// <summary>What to report about a class, and where its places are.</summary>
internal sealed record HandlerReport(EquatableArray<Finding> Findings, EquatableArray<PagePlace> Places, bool WantsConformance);

/// <summary>A handler class and the service classes that its attributes name → what is generated for it.</summary>
internal sealed class HandlerBinder
{
    private readonly HandlerClass _class;
    private readonly ServiceDirectory _directory;
    private readonly ImmutableArray<Finding>.Builder _findings = ImmutableArray.CreateBuilder<Finding>();

    private HandlerBinder(HandlerClass handler, ServiceDirectory directory) => (_class, _directory) = (handler, directory);

    public static HandlerBinding Bind(HandlerClass handler, ServiceDirectory directory) => new HandlerBinder(handler, directory).Bind();

    private HandlerBinding Bind()
    {
        var services = Services();
        if (_class.Obstacle is { } obstacle)
        {
            Report(HandlerDiagnostics.UnsupportedClass, _class.Self.Place, _class.Self.Name, obstacle);
            return new HandlerBinding(null, _findings.ToImmutable());
        }

        foreach (var type in _class.Types.Where(static type => !type.IsPartial))
        {
            Report(HandlerDiagnostics.NotPartial, type.Place, type.Name, _class.Self.Name);
        }

        if (services.Count == 0 || _class.Types.Any(static type => !type.IsPartial))
        {
            return new HandlerBinding(null, _findings.ToImmutable());
        }

        if (_class.Disposes && !_class.Releases && services.Exists(static service => !service.IsScp))
        {
            Report(HandlerDiagnostics.NotReleased, _class.Self.Place, _class.Self.Name, Names.Release);
        }

        var names = new HandlerNames(services);
        var notes = new StatusNoteBinder(_class);
        var bound = notes.Bind(services.Select(service => Bind(service, names)).ToEquatableArray());
        _findings.AddRange(notes.Findings);
        ReportUnknownHandlers(services, names);
        return new HandlerBinding(
            new BoundHandler(
                _class.Namespace,
                _class.Types.Select(static type => type with { Place = 0 }).ToEquatableArray(),
                _class.FullName,
                _class.Reference,
                _class.Base,
                _class.Disposes,
                bound),
            _findings.ToImmutable());
    }

    /// <summary>The attributes' service classes; several attributes for one service class in one role are one.</summary>
    private List<UsedService> Services()
    {
        var used = new List<UsedService>();
        var seen = new HashSet<(bool IsScp, string Uid)>();
        foreach (var attribute in _class.Attributes)
        {
            if (_directory.Find(attribute.Namespace, attribute.ServiceClass) is not var (service, settings))
            {
                Report(HandlerDiagnostics.UnknownServiceClass, attribute.Place, attribute.ServiceClass, _directory.Hint(attribute.Namespace, attribute.ServiceClass));
                continue;
            }

            var classes = attribute.SopClasses.Count > 0 ? Narrowed(service, attribute) : service.SopClasses.Where(static sop => sop.HasServices).ToImmutableArray();
            var narrowed = attribute.SopClasses.Count > 0 || classes.Length < service.SopClasses.Count;
            foreach (var sop in classes)
            {
                if (!seen.Add((attribute.IsScp, sop.Uid)))
                {
                    Report(HandlerDiagnostics.DuplicateSopClass, attribute.Place, _class.Self.Name, sop.Keyword, attribute.IsScp ? "Scp" : "Scu");
                    break;
                }
            }

            var known = used.FindIndex(other => other.IsScp == attribute.IsScp && other.Service.Name == service.Name && other.Settings == settings);
            if (known < 0)
            {
                used.Add(new UsedService(attribute.IsScp, service, settings, narrowed, classes, attribute.Place));
            }
            else
            {
                used[known] = used[known] with { IsNarrowed = used[known].IsNarrowed && narrowed, SopClasses = used[known].SopClasses.Union(classes).ToImmutableArray() };
            }
        }

        return used;
    }

    private ImmutableArray<SopClassKey> Narrowed(ServiceSurface service, HandlerAttribute attribute)
    {
        var result = ImmutableArray.CreateBuilder<SopClassKey>();
        foreach (var element in attribute.SopClasses)
        {
            var found = element.Uid is { } uid
                ? service.SopClasses.FirstOrDefault(sop => sop.Uid == uid)
                : service.SopClasses.FirstOrDefault(sop => CSharpText.Member(sop.Keyword, Names.SopClassUids) == element.Keyword);
            if (found is not null)
            {
                result.Add(found);
                continue;
            }

            var known = element.Uid is null ? service.SopClasses.Select(static sop => sop.Keyword) : service.SopClasses.Select(static sop => sop.Uid);
            Report(HandlerDiagnostics.UnknownSopClass, element.Place, element.Uid ?? element.Text, service.Title, Suggestion.For(element.Uid ?? element.Keyword ?? element.Text, known));
        }

        // What a meta SOP class consists of is served with it.
        var members = result.SelectMany(static sop => sop.Members).ToImmutableHashSet(StringComparer.Ordinal);
        result.AddRange(service.SopClasses.Where(sop => members.Contains(sop.Keyword) && !result.Contains(sop)));
        return result.ToImmutable();
    }

    private BoundService Bind(UsedService used, HandlerNames names)
    {
        var service = used.Service;
        var handlers = ImmutableArray.CreateBuilder<BoundMethod>();
        var clients = ImmutableArray.CreateBuilder<BoundMethod>();
        foreach (var (operation, usage) in used.Operations())
        {
            var name = used.IsHandled(operation) ? names.Handler(used, operation) : names.Client(used, operation);
            if (!service.HasStatuses(operation))
            {
                if (usage == Usage.Mandatory || _class.Methods.Any(method => method.Name == name))
                {
                    Report(HandlerDiagnostics.NoStatuses, used.Place, service.Title, Names.Dimse(operation), name);
                }
            }
            else if (!used.IsHandled(operation))
            {
                var client = new BoundMethod(operation, name, usage, "", "", "", false, OnlySopClass(used, operation)) { Reply = used.ModuleOf(operation) };
                clients.Add(client);
                clients.AddRange(NamedType.Of(used).Where(type => type.Operation == operation).Select(type => client with
                {
                    Name = names.Client(used, type),
                    OnlySopClass = OnlySopClass(used, type),
                    Type = type,
                    Module = type.Information,
                    Reply = type.Reply,
                }));
            }
            else if (Named(used, operation, names) is { IsEmpty: false } named)
            {
                handlers.AddRange(named.Select(type => Handler(used, HandlerShape.Of(used, type, names.Handler(used, type)))).OfType<BoundMethod>());
            }
            else if (Handler(used, HandlerShape.Of(used, operation, usage, name)) is { } handler)
            {
                handlers.Add(handler);
            }
        }

        return new BoundService(
            used.IsScp,
            service.Title,
            service.Name,
            service.ShortName,
            service.Reference,
            used.Settings,
            _class.IsVisibleOutside && !used.Settings.IsPublic,
            Groups(used, handlers.ToImmutable()),
            handlers.ToImmutable(),
            clients.ToImmutable(),
            service.Types);
    }

    private static string? OnlySopClass(UsedService used, DimseOperation operation) => Only(used.SopClassesOf(operation));

    /// <summary>As of the operation, but of those that have the type. A type that no row is meant for is of all that have the operation.</summary>
    private static string? OnlySopClass(UsedService used, NamedType type)
    {
        var rows = type.RowsIn(used).ToList();
        rows = rows.Count == 0 ? used.Rows(type.Operation).ToList() : rows;
        return Only(used.SopClasses.Where(sop => (type.SopClasses.Count == 0 || type.SopClasses.Contains(sop.Keyword, StringComparer.Ordinal)) && rows.Exists(row => UsedService.IsFor(row, sop))));
    }

    private static string? Only(IEnumerable<SopClassKey> classes) => classes.Select(static sop => sop.Keyword).Take(2).ToList() is { Count: 1 } only ? only[0] : null;

    /// <summary>
    /// The handler as the user wrote it; a mandatory one that is not written is reported, and defined all the same, so that the compiler asks for it, too (CS8795). An action or event that is not mandatory, and not
    /// written, is answered as one that is unknown.
    /// </summary>
    private BoundMethod? Handler(UsedService used, HandlerShape shape)
    {
        var written = _class.Methods.Where(method => method.Name == shape.Name).ToImmutableArray();
        if (written.Length == 0)
        {
            if (shape.Usage != Usage.Mandatory)
            {
                return null;
            }

            var what = Names.Dimse(shape.Operation) + (shape.Type is null ? "" : $" \"{shape.Type.Title}\"");
            var section = used.Service.Reference is { } reference ? $" ({StandardSection.Of(reference)})" : "";
            Report(HandlerDiagnostics.MissingOperation, _class.Self.Place, _class.Self.Name, what, used.IsScp ? "SCP" : "SCU", used.Service.Title, section, shape.Signature());
            return shape.Missing();
        }

        if (written.FirstOrDefault(shape.Fits) is not { } fitting)
        {
            var method = written.FirstOrDefault(static method => method.IsPartial) ?? written[0];
            Report(HandlerDiagnostics.WrongSignature, method.Place, shape.Name, shape.Signature(method));
            return null;
        }

        if (_class.IsVisibleOutside && fitting.IsVisibleOutside && !used.Settings.IsPublic)
        {
            Report(HandlerDiagnostics.InconsistentAccessibility, fitting.Place, shape.Name, shape.StatusEnum);
        }

        return shape.Written(fitting);
    }

    /// <summary>The types of an operation, where the class handles them one by one: it has a method for one of them, and none for all.</summary>
    private ImmutableArray<NamedType> Named(UsedService used, DimseOperation operation, HandlerNames names)
    {
        var types = NamedType.Of(used).Where(type => type.Operation == operation).ToImmutableArray();
        return _class.Methods.Any(method => method.Name == names.Handler(used, operation)) || !types.Any(type => _class.Methods.Any(method => method.Name == names.Handler(used, type)))
            ? ImmutableArray<NamedType>.Empty
            : types;
    }

    /// <summary>SOP classes that have the same handled operations, by the same handlers, and the same types, share a binding: a request that the table does not give a SOP class is answered 0x0211.</summary>
    private static EquatableArray<SopClassGroup> Groups(UsedService used, ImmutableArray<BoundMethod> handlers)
    {
        int Bits(SopClassKey sop) => handlers
            .Where(handler => used.Rows(handler.Operation).Any(row => UsedService.IsFor(row, sop)))
            .Aggregate(0, static (bits, handler) => bits | (1 << (int)handler.Operation));

        EquatableArray<OperationType> Types(SopClassKey sop) => used.Service.Types.Where(type => type.SopClasses.Contains(sop.Keyword, StringComparer.Ordinal)).ToEquatableArray();

        EquatableArray<string> Own(SopClassKey sop) => handlers.Where(handler => handler.Type is { HasId: false } type && type.Title == sop.Keyword).Select(static handler => handler.Name).ToEquatableArray();

        var groups = used.SopClasses.GroupBy(sop => (Bits: Bits(sop), Types: Types(sop), Own: Own(sop))).ToImmutableArray();
        return groups.Length <= 1 && !used.IsNarrowed
            ? ImmutableArray.Create(new SopClassGroup(EquatableArray<string>.Empty, groups.Length == 0 ? 0 : groups[0].Key.Bits))
            : groups.Select(static group => new SopClassGroup(group.Select(static sop => sop.Keyword).ToEquatableArray(), group.Key.Bits)).ToEquatableArray();
    }

    /// <summary>A method that is named like a handler, but not like one of this class's service classes.</summary>
    private void ReportUnknownHandlers(List<UsedService> services, HandlerNames names)
    {
        var expected = services.SelectMany(used => used.Operations().Where(pair => used.IsHandled(pair.Operation)).SelectMany(pair => Named(used, pair.Operation, names) is { IsEmpty: false } named ? named.Select(type => names.Handler(used, type)) : [names.Handler(used, pair.Operation)]))
            .Distinct(StringComparer.Ordinal).ToImmutableArray();
        foreach (var method in _class.Methods.Where(method => !expected.Contains(method.Name) && names.LooksLikeHandler(method)))
        {
            Report(
                HandlerDiagnostics.UnknownOperation,
                method.Place,
                method.Name,
                string.Join(", ", services.Select(static used => used.Service.Title).Distinct(StringComparer.Ordinal)),
                expected.Length == 0 ? "no handler at all" : string.Join(", ", expected));
        }
    }

    private void Report(Microsoft.CodeAnalysis.DiagnosticDescriptor descriptor, int place, params string[] arguments) => _findings.Add(Finding.At(descriptor, place, arguments));
}
