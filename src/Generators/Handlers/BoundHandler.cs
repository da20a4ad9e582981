using Specgen.Generators.Emission;
using Specgen.Generators.Project;
using Specgen.Generators.Standard;

namespace Specgen.Generators.Handlers;

/// <summary>A handler class together with the service classes that it names: all that its generated part depends on.</summary>
internal sealed record BoundHandler(
    string? Namespace,
    EquatableArray<TypeShell> Types,
    string FullName,
    string Reference,
    string? Base,
    bool Disposes,
    EquatableArray<BoundService> Services);

/// <param name="Settings">Where the service class's types are.</param>
/// <param name="ClientsAreInternal">Requests show types that are internal, so they are, too.</param>
/// <param name="Groups">SOP classes of one set of operations each; usually one group, of all of them.</param>
/// <param name="Handlers">Methods that the class has, or must have.</param>
/// <param name="Clients">Requests that the class may send: N-EVENT-REPORT as a provider, operations as a user.</param>
/// <param name="Types">Action and event types of the page.</param>
internal sealed record BoundService(
    bool IsScp,
    string Title,
    string Name,
    string ShortName,
    string? Reference,
    EmissionSettings Settings,
    bool ClientsAreInternal,
    EquatableArray<SopClassGroup> Groups,
    EquatableArray<BoundMethod> Handlers,
    EquatableArray<BoundMethod> Clients,
    EquatableArray<OperationType> Types)
{
    /// <summary>What the author says about statuses.</summary>
    public EquatableArray<BoundNote> Notes { get; init; } = EquatableArray<BoundNote>.Empty;
}

/// <param name="Status">The code as an expression; null for all others.</param>
internal sealed record BoundNote(DimseOperation Operation, bool IsSent, string? Status, string Text, string RelatedFields);

/// <param name="Keywords">Empty for all SOP classes of the page.</param>
/// <param name="Operations">A bit for each operation that is handled for them.</param>
internal sealed record SopClassGroup(EquatableArray<string> Keywords, int Operations);

/// <param name="Modifiers">Accessibility and the like as the user wrote it; "private" where nothing is written.</param>
/// <param name="Context">Name of the handler's parameter, as the user wrote it.</param>
/// <param name="Token">Name of the cancellation token's parameter, as the user wrote it.</param>
/// <param name="OnlySopClass">Keyword of the SOP class, when there is just one that the request can be of.</param>
/// <param name="MarksToken">The definition marks the token with [EnumeratorCancellation], which an async iterator must have.</param>
internal sealed record BoundMethod(DimseOperation Operation, string Name, Usage Usage, string Modifiers, string Context, string Token, bool MarksToken, string? OnlySopClass = null)
{
    /// <summary>The action or event type that the method is for; null for one that is for all.</summary>
    public NamedType? Type { get; init; }

    /// <summary>Type name of the module that the request carries; null where it is a data set.</summary>
    public string? Module { get; init; }

    /// <summary>Name of the handler's parameter that is this module, as the user wrote it; null where it has none.</summary>
    public string? Information { get; init; }

    /// <summary>Type name of the module that the answer carries; null where it is a data set.</summary>
    public string? Reply { get; init; }
}
