namespace Specgen.Generators.Standard;

/// <summary>A module or macro table of PS3.3, macros included.</summary>
/// <param name="Title">"Storage Commitment Module".</param>
/// <param name="Name">"StorageCommitmentModule".</param>
/// <param name="IsMacro">A macro is included by modules. A sequence whose items are the macro and nothing else has the macro's own view for them.</param>
internal sealed record Module(
    string Title,
    string Name,
    string? Reference,
    bool IsMacro,
    EquatableArray<ModuleAttribute> Attributes,
    EquatableArray<ValueSet> Values);

/// <summary>A row of a module: an attribute, or the inclusion of a macro (then <see cref="Include"/> names it and the tag is 0).</summary>
/// <param name="Name">"Transaction UID".</param>
/// <param name="Vr">The value representation in PS3.6 Table 6-1, "UI"; null when the page has no VR column.</param>
/// <param name="Type">The type in its page's Type column ("1", "1C", "2", "2C", "3"), or null.</param>
/// <param name="Include">Title of the macro that takes this row's place, or null.</param>
/// <param name="Items">The attributes one level (">") below.</param>
internal sealed record ModuleAttribute(
    string Name,
    ushort Group,
    ushort Element,
    string? Vr,
    string? Type,
    string Description,
    string? Include,
    EquatableArray<ModuleAttribute> Items)
{
    /// <summary>Title of the macro that the items are and nothing else ("Code Sequence Macro"), or null. Set where macros are put in; then <see cref="Items"/> are the macro's attributes where they have other types here.</summary>
    public string? ItemMacro { get; init; }

    /// <summary>The value multiplicity in PS3.6 Table 6-1, "1-n"; null for 1, or when the page has no VM column.</summary>
    public string? Vm { get; init; }

    /// <summary>The private creator whose attribute it is (PS3.5 §7.8.1); null for an attribute of the standard. The tag then has any block.</summary>
    public string? Creator { get; init; }

    /// <summary>What PS3.4 says of the attribute in the messages that exchange the module.</summary>
    public EquatableArray<AttributeUsage> Usages { get; init; } = EquatableArray<AttributeUsage>.Empty;
}

/// <param name="Scu">1, 1C, 2, 2C, 3, or "-" for an attribute that the message may not have (PS3.4 §5.4).</param>
/// <param name="Scp">As <paramref name="Scu"/>.</param>
internal sealed record AttributeUsage(DimseOperation Operation, string Scu, string Scp);

/// <summary>The enumerated values of an attribute: "Failure Reason" and its codes (PS3.3 §C.14.1.1).</summary>
/// <param name="Title">The section's title, which is the attribute's name.</param>
/// <param name="Name">The generated enum's name, "FailureReason".</param>
internal sealed record ValueSet(string Title, string Name, EquatableArray<ModuleValue> Rows);

internal sealed record ModuleValue(ushort Code, string Meaning, string Description);
