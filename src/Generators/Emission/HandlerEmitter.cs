using System.Globalization;
using Specgen.Generators.Handlers;
using Specgen.Generators.Standard;
using Specgen.Generators.Text;

namespace Specgen.Generators.Emission;

/// <summary>The generated part of a class with [Scp] or [Scu].</summary>
internal static class HandlerEmitter
{
    private const string Bindings = "SpecgenBindings";
    private const string ServiceBinding = Names.Generated + "ServiceBinding";

    public static GeneratedFile Emit(BoundHandler handler)
    {
        var writer = GeneratedCode.Begin(handler.Namespace);
        if (handler.Base is not null)
        {
            writer.Line("#pragma warning disable CS0108 // A base that is a user has an association of its own, and requests over it.").Line();
        }

        Open(writer, handler, 0);
        return new GeneratedFile(HintName(handler.FullName), writer.ToString());
    }

    /// <summary>The class's name, and a hash of it: classes may differ in case only, hint names may not.</summary>
    private static string HintName(string fullName)
    {
        var hash = 2166136261u;
        foreach (var c in fullName)
        {
            hash = unchecked((hash ^ c) * 16777619u);
        }

        var name = new string(fullName.Select(static c => c < 128 && (char.IsLetterOrDigit(c) || c is '.' or '_' or '`') ? c : '_').ToArray());
        return $"{name}.Handlers.{hash.ToString("x8", CultureInfo.InvariantCulture)}.g.cs";
    }

    private static void Open(SourceWriter writer, BoundHandler handler, int level)
    {
        if (level < handler.Types.Count - 1)
        {
            using (writer.Block(handler.Types[level].Declaration))
            {
                Open(writer, handler, level + 1);
            }

            return;
        }

        var isUser = handler.Services.Any(static service => !service.IsScp);
        var interfaces = $"{Names.Runtime}IDimseHandlers<{handler.Reference}>" + (isUser ? $", {Names.Runtime}IDimseUser" : "");
        using (writer.Block($"{handler.Types[level].Declaration} : {interfaces}"))
        {
            foreach (var service in handler.Services)
            {
                foreach (var method in service.Handlers)
                {
                    WriteDefinition(writer, service, method);
                }

                ClientEmitter.WriteRequests(writer, service);
            }

            if (isUser)
            {
                ClientEmitter.WriteConnection(writer, handler);
            }

            WriteBindings(writer, handler);
        }
    }

    private static void WriteDefinition(SourceWriter writer, BoundService service, BoundMethod method)
    {
        var role = service.IsScp ? "SCP" : "SCU";
        var what = method.Type is null ? "" : $" \"{method.Type.Title}\"";
        writer.Summary($"Answers {Names.Dimse(method.Operation)}{what} of the {service.Title}, which is {method.Usage.ToString().ToLowerInvariant()} for the {role}.", service.Reference);
        writer.Line($"/// <param name=\"{method.Context.TrimStart('@')}\">The request.</param>");
        var isStream = Operations.IsStream(method.Operation);
        if (method.Information is not null)
        {
            writer.Line($"/// <param name=\"{method.Information.TrimStart('@')}\">What the request carries; over an empty data set where it carries nothing.</param>");
        }

        writer.Line($"/// <param name=\"{method.Token.TrimStart('@')}\">Cancelled when {(isStream ? "the peer cancels the request, " : "")}the association ends, the request's time-out passes or the server stops.</param>");
        writer.Line($"/// <returns>{(method.Reply is null ? Returns(method.Operation) : "A status of the service class, perhaps with the module of the answer, or just that.")}</returns>").Line(GeneratedCode.Attribute);
        var mark = method.MarksToken ? "[global::System.Runtime.CompilerServices.EnumeratorCancellation] " : "";
        writer.Line($"{method.Modifiers} partial {Result(service, method)} {method.Name}({Context(method.Operation)} {method.Context}, {(method.Information is null ? "" : Module(service, method.Module!) + " " + method.Information + ", ")}{mark}{Names.CancellationToken} {method.Token});").Line();
    }

    private static string Returns(DimseOperation operation) => operation switch
    {
        DimseOperation.CFind => "The matches, and perhaps the status that ends the query; without one, Success.",
        DimseOperation.CGet or DimseOperation.CMove => "What is to be sent, and perhaps the status that ends the request; without one, the one for what became of the sub-operations.",
        _ => "A status of the service class, perhaps with more.",
    };

    /// <summary>"ValueTask&lt;DimseResult&lt;StorageCStoreStatus&gt;&gt;"; with the answer's module where there is one.</summary>
    public static string Result(BoundService service, BoundMethod method) =>
        $"{(Operations.IsStream(method.Operation) ? Names.AsyncEnumerable : Names.ValueTask)}<{ResultType(service, method)}>";

    /// <summary>"DimseResult&lt;StorageCStoreStatus&gt;".</summary>
    private static string ResultType(BoundService service, BoundMethod method) =>
        $"{Names.Runtime}{Operations.Result(method.Operation)}<{service.Settings.Global(Names.StatusEnum(service.ShortName, method.Operation))}{(method.Reply is null ? "" : ", " + Module(service, method.Reply))}>";

    public static string SopClass(BoundService service, string keyword) => service.Settings.Global(Names.SopClasses) + "." + CSharpText.Member(keyword, Names.SopClasses);

    /// <summary>The type of a module, which may be in another namespace than the service class.</summary>
    public static string Module(BoundService service, string name) => name.Contains('.') ? "global::" + name : service.Settings.Global(CSharpText.Identifier(name));

    private static string Context(DimseOperation operation) => Names.Runtime + Operations.Context(operation);

    private static void WriteBindings(SourceWriter writer, BoundHandler handler)
    {
        var list = $"{Names.ReadOnlyList}<{ServiceBinding}>";
        var complete = handler.Base is null ? $"{Names.Array}.AsReadOnly" : $"{ServiceBinding}.WithThoseOf<{handler.Base}>";
        writer.Line(GeneratedCode.Attribute).Line($"static {list} {Names.Runtime}IDimseHandlers<{handler.Reference}>.ServiceBindings => {Bindings}.All;").Line();
        writer.Line(GeneratedCode.Attribute).Line($"{list} {Names.Runtime}IDimseHandlers.Bindings => {Bindings}.All;").Line();
        writer.Line(GeneratedCode.Attribute);
        using (writer.Block($"private static class {Bindings}"))
        using (writer.Block($"internal static readonly {list} All = {complete}(new {ServiceBinding}[]", ");"))
        {
            foreach (var service in handler.Services)
            {
                foreach (var group in service.Groups)
                {
                    WriteBinding(writer, handler, service, group);
                }
            }
        }
    }

    private static void WriteBinding(SourceWriter writer, BoundHandler handler, BoundService service, SopClassGroup group)
    {
        var type = service.Settings.Global(CSharpText.Identifier(service.Name));
        var classes = group.Keywords.Count == 0
            ? type + ".SopClasses"
            : $"{Names.Array}.AsReadOnly(new {Names.SopClass}[] {{ {string.Join(", ", group.Keywords.Select(keyword => SopClass(service, keyword)))} }})";
        using (writer.Block("new " + ServiceBinding, ","))
        {
            writer.Line($"Role = {Names.Runtime}DicomRole.{(service.IsScp ? "Scp" : "Scu")},");
            writer.Line($"ServiceClass = {type}.Name,");
            writer.Line($"SopClasses = {classes},");
            writer.Line($"FindStatus = {type}.FindStatus,");
            if (service.IsScp && service.Handlers.Any(static method => method.Operation == DimseOperation.CGet))
            {
                writer.Line($"FindSopClass = {service.Settings.Global(Names.Catalogue)}.FindSopClass,");
            }

            StatusNoteEmitter.Write(writer, handler, service);
            WriteTypes(writer, service, group, DimseOperation.NAction, "ActionTypes");
            WriteTypes(writer, service, group, DimseOperation.NEventReport, "EventTypes");
            var methods = service.Handlers.Where(method => (group.Operations & (1 << (int)method.Operation)) != 0 && (method.Type is null || IsFor(method.Type.SopClasses, group))).ToArray();
            foreach (var method in methods.Where(static method => method.Type is not { HasId: true }))
            {
                var call = $"(({handler.Reference})self).{method.Name}(context, {Information(service, method)}cancellationToken)";
                writer.Line(Operations.IsStream(method.Operation)
                    ? $"{method.Operation} = static (self, context, cancellationToken) => {ResultType(service, method)}.{(method.Operation == DimseOperation.CFind ? "ToResponses" : "ToSteps")}({call}, cancellationToken),"
                    : $"{method.Operation} = static async (self, context, cancellationToken) => (await {call}.ConfigureAwait(false)).ToResponse(),");
            }

            foreach (var types in methods.Where(static method => method.Type is { HasId: true }).GroupBy(static method => method.Operation))
            {
                WriteTyped(writer, handler, service, types.Key, types.ToArray());
            }
        }
    }

    /// <summary>One delegate for the types of an operation that have a method each. The runtime does not pass on types that are not in the binding's list.</summary>
    private static void WriteTyped(SourceWriter writer, BoundHandler handler, BoundService service, DimseOperation operation, IReadOnlyList<BoundMethod> methods)
    {
        var isAction = operation == DimseOperation.NAction;
        using (writer.Block($"{operation} = static async (self, context, cancellationToken) => context.{(isAction ? "ActionTypeId" : "EventTypeId")} switch", ","))
        {
            foreach (var method in methods)
            {
                writer.Line($"{CSharpText.Number(method.Type!.Id)} => (await (({handler.Reference})self).{method.Name}(context, {Information(service, method)}cancellationToken).ConfigureAwait(false)).ToResponse(),");
            }

            writer.Line($"_ => new {Names.Runtime}DimseResponse({(isAction ? "0x0123" : "0x0113")}),");
        }
    }

    /// <summary>The argument that is the request's module. A Modification List is never absent.</summary>
    private static string Information(BoundService service, BoundMethod method) => method.Information is null
        ? ""
        : $"new {Module(service, method.Module!)}({(method.Operation == DimseOperation.NSet ? "context.ModificationList" : $"context.Dataset ?? new {Names.DicomDataset}()")}), ";

    private static bool IsFor(EquatableArray<string> sopClasses, SopClassGroup group) =>
        sopClasses.Count == 0 || group.Keywords.Count == 0 || sopClasses.Any(keyword => group.Keywords.Contains(keyword, StringComparer.Ordinal));

    private static void WriteTypes(SourceWriter writer, BoundService service, SopClassGroup group, DimseOperation operation, string property)
    {
        // Types without a method of their own, where others have one, are unknown to the class.
        var named = service.Handlers.Where(method => method.Operation == operation && method.Type is not null).Select(static method => method.Type!.Id).ToArray();
        var known = service.Types
            .Where(type => type.Operation == operation && IsFor(type.SopClasses, group) && (named.Length == 0 || named.Contains(type.Id)))
            .GroupBy(static type => type.Id).Select(static types => types.First()).ToArray();
        var codes = known.Select(static type => CSharpText.Number(type.Id)).ToArray();
        if (codes.Length > 0)
        {
            writer.Line($"{property} = {Names.Array}.AsReadOnly(new ushort[] {{ {string.Join(", ", codes)} }}),");
            var titles = known.Select(static type => CSharpText.Literal(type.Name));
            writer.Line($"{property.Replace("Types", "TypeNames")} = {Names.Array}.AsReadOnly(new string[] {{ {string.Join(", ", titles)} }}),");
        }
    }
}
