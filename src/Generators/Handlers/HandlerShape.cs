using Specgen.Generators.Emission;
using Specgen.Generators.Standard;
using Specgen.Generators.Text;

namespace Specgen.Generators.Handlers;

/// <summary>What a handler has to look like, and what it may: the request's module is a parameter, the answer's the result's, or both stay data sets.</summary>
/// <param name="Type">The action or event type that it is for; null for one that is for all.</param>
/// <param name="Module">Type name of the module that the request carries; null where it is a data set. A handler of one type has a parameter for it; others may.</param>
/// <param name="Reply">Type name of the module that the answer carries; null where it is a data set. Handlers may answer with it.</param>
internal sealed record HandlerShape(DimseOperation Operation, string Name, Usage Usage, string StatusEnum, NamedType? Type, string? Module, string? Reply)
{
    public static HandlerShape Of(UsedService used, DimseOperation operation, Usage usage, string name)
    {
        var module = used.ModuleOf(operation);
        return new HandlerShape(operation, name, usage, Names.StatusEnum(used.Service.ShortName, operation), null, operation == DimseOperation.NGet ? null : module, module);
    }

    public static HandlerShape Of(UsedService used, NamedType type, string name) =>
        new(type.Operation, name, type.UsageIn(used), Names.StatusEnum(used.Service.ShortName, type.Operation), type, type.Information, type.Reply);

    /// <summary>Whether a method has the shape.</summary>
    public bool Fits(HandlerMethod method) =>
        method.IsPartial
        && method.Context == Operations.Context(Operation)
        && (method.Information == Simple(Module) || (Type is null && method.Information is null))
        && method.Result == Operations.Result(Operation)
        && method.StatusEnum == StatusEnum
        && (method.Reply is null || method.Reply == Simple(Reply));

    /// <summary>One that has to be written and is not.</summary>
    public BoundMethod Missing() => new(Operation, Name, Usage, "private", "context", "cancellationToken", false)
    {
        Type = Type,
        Module = Type is null ? null : Module,
        Information = Type is null || Module is null ? null : "information",
        Reply = Type is null ? null : Reply,
    };

    /// <summary>One as it is written.</summary>
    public BoundMethod Written(HandlerMethod method) => new(
        Operation,
        Name,
        Usage,
        method.Modifiers.Length == 0 ? "private" : method.Modifiers,
        method.Parameters[0],
        method.Parameters[method.Parameters.Count - 1],
        Operations.IsStream(Operation) && method.IsAsync && !method.MarksToken)
    {
        Type = Type,
        Module = method.Information is null ? null : Module,
        Information = method.Information is null ? null : method.Parameters[1],
        Reply = method.Reply is null ? null : Reply,
    };

    /// <summary>What a method that does not fit should look like. What it wants to be typed, is.</summary>
    public string Signature(HandlerMethod method)
    {
        var accessibility = method.Modifiers.Length == 0 || method.Modifiers.Contains("static") || method.Modifiers.Contains("abstract") ? "public" : method.Modifiers;
        return Signature(accessibility, method.Information is not null, method.Reply is not null);
    }

    /// <summary>What has to be written.</summary>
    public string Signature() => Signature("private", false, false);

    private string Signature(string accessibility, bool wantsModule, bool wantsReply)
    {
        var information = Module is not null && (Type is not null || wantsModule) ? Simple(Module) + " information, " : "";
        var reply = Reply is not null && (Type is not null || wantsReply) ? ", " + Simple(Reply) : "";
        var returns = $"{(Operations.IsStream(Operation) ? "IAsyncEnumerable" : "ValueTask")}<{Operations.Result(Operation)}<{StatusEnum}{reply}>>";
        return $"{accessibility} partial {returns} {Name}({Operations.Context(Operation)} context, {information}CancellationToken cancellationToken)";
    }

    /// <summary>The name of a module's type without its namespace, as methods are read.</summary>
    private static string? Simple(string? type) => type?.Substring(type.LastIndexOf('.') + 1);
}
