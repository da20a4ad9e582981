using Specgen.Generators.Diagnostics;
using Specgen.Generators.Standard;

namespace Specgen.Generators.Handlers;

/// <summary>An attributed class as it stands in the source: what is generated for it depends on <see cref="Content"/> only; <see cref="Places"/> is where diagnostics point to.</summary>
internal sealed record HandlerReading(HandlerClass Content, EquatableArray<PagePlace> Places);

/// <summary>A class with [Scp] or [Scu]. Holds no symbol, no syntax and no position; places are indexes into the reading's.</summary>
/// <param name="Namespace">As it stands in code; null for the global one.</param>
/// <param name="Types">The class and the types around it, outermost first.</param>
/// <param name="FullName">"Acme.Outer.ImageStore`1": what the generated file is named after.</param>
/// <param name="Reference">"global::Acme.Outer.ImageStore&lt;T&gt;".</param>
/// <param name="Base">The nearest class with attributes that it derives from, as <paramref name="Reference"/>; null for none.</param>
/// <param name="Obstacle">Why nothing can be added to the class ("is file-local"), or null.</param>
/// <param name="IsVisibleOutside">Other assemblies see the class, so a public method of it shows its types to them.</param>
/// <param name="Disposes">The class, or one that it derives from, has a DisposeAsync of its own.</param>
/// <param name="Releases">And it calls what releases the association; not looked for where it does not dispose.</param>
internal sealed record HandlerClass(
    string? Namespace,
    EquatableArray<TypeShell> Types,
    string FullName,
    string Reference,
    string? Base,
    string? Obstacle,
    bool IsVisibleOutside,
    bool Disposes,
    bool Releases,
    EquatableArray<HandlerAttribute> Attributes,
    EquatableArray<HandlerMethod> Methods,
    EquatableArray<WrittenNote> Notes)
{
    public TypeShell Self => Types[Types.Count - 1];
}

/// <param name="Declaration">What opens another part of it: "partial class ImageStore&lt;T&gt;".</param>
internal sealed record TypeShell(string Name, string Declaration, bool IsPartial, int Place);

/// <param name="Namespace">The service class's namespace where a reference has it; null for one that is made here, and does not exist yet when this is read.</param>
/// <param name="ServiceClass">The type argument's own name, without namespace.</param>
/// <param name="SopClasses">What SopClasses says; empty for all of the page.</param>
internal sealed record HandlerAttribute(bool IsScp, string? Namespace, string ServiceClass, int Place, EquatableArray<NarrowedSopClass> SopClasses);

/// <summary>An element of SopClasses: a constant's value where the compiler knows one, else the name in <c>SopClassUids.Name</c>.</summary>
internal sealed record NarrowedSopClass(string? Uid, string? Keyword, string Text, int Place);

/// <summary>A method that looks like a handler, On…Async.</summary>
/// <param name="Modifiers">What the user wrote, without async and partial: "public", "private static".</param>
/// <param name="IsVisibleOutside">Public or protected.</param>
/// <param name="Context">Name of the first parameter's type, where the method has the shape of a handler; else null.</param>
/// <param name="Information">Name of the second of three parameters' type: the module that a handler of one action or event takes; else null.</param>
/// <param name="Result">DimseResult of ValueTask&lt;DimseResult&lt;…&gt;&gt;, or what IAsyncEnumerable&lt;…&gt; is of, where the method returns such; else null.</param>
/// <param name="StatusEnum">Name of the type argument in that, the status enum; else null.</param>
/// <param name="Reply">Name of the second type argument in that, the module of the answer; else null.</param>
/// <param name="IsAsync">Written with async; one that yields then has a token that wants [EnumeratorCancellation].</param>
/// <param name="MarksToken">The token's parameter has that attribute.</param>
/// <param name="Parameters">Names of the two or three parameters, where the method has the shape of a handler.</param>
/// <param name="Returns">The statuses of the enum that the method's body names.</param>
internal sealed record HandlerMethod(
    string Name,
    bool IsPartial,
    string Modifiers,
    bool IsVisibleOutside,
    string? Context,
    string? Information,
    string? Result,
    string? StatusEnum,
    string? Reply,
    bool IsAsync,
    bool MarksToken,
    EquatableArray<string> Parameters,
    EquatableArray<NamedStatus> Returns,
    int Place);
