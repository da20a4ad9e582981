namespace Specgen.Generators.Standard;

/// <summary>What one service class page says (PS3.4). Holds no position: moving a table changes nothing here.</summary>
/// <param name="Title">The page's title, "Storage Commitment Service Class".</param>
/// <param name="Name">The generated type's name, "StorageCommitmentServiceClass".</param>
/// <param name="Reference">Target of the first :dcm: role below the title ("part04/chapter_J.html"), if any.</param>
/// <param name="SopClasses">In page order.</param>
/// <param name="Usages">DIMSE services, in page order.</param>
/// <param name="Statuses">One table per DIMSE service; the tables of a page for one service are merged here.</param>
/// <param name="Types">Action and event types; empty when the page has no such table.</param>
internal sealed record ServiceClass(
    string Title,
    string Name,
    string? Reference,
    EquatableArray<SopClass> SopClasses,
    EquatableArray<DimseUsage> Usages,
    EquatableArray<StatusTable> Statuses,
    EquatableArray<OperationType> Types)
{
    /// <summary>The meta SOP classes of the page, with what they consist of (PS3.4 Annex H); nearly always none.</summary>
    public EquatableArray<MetaSopClass> MetaSopClasses { get; init; } = EquatableArray<MetaSopClass>.Empty;

    /// <summary>"StorageCommitment": what the names of the page's enums begin with.</summary>
    public string ShortName => Name.EndsWith("ServiceClass", StringComparison.Ordinal) ? Name.Substring(0, Name.Length - "ServiceClass".Length) : Name;
}

/// <param name="Name">The name in PS3.6 Table A-1, from the registry page or the page's own Name column; else null.</param>
/// <param name="Iod">The PS3.3 annex of the IOD, "A.3", where the page has it.</param>
internal sealed record SopClass(string Uid, string Keyword, string? Name, string? Iod, bool IsRetired)
{
    /// <summary>Type name of the module that N-CREATE, N-SET and N-GET exchange, or null.</summary>
    public string? Module { get; init; }

    /// <summary>Keyword of the SOP class that normalized messages in its presentation contexts name (PS3.4 §CC.3.1.1); null for itself.</summary>
    public string? MessageClass { get; init; }

    /// <summary>Whether relational queries or retrievals can be negotiated for it (PS3.4 §C.5).</summary>
    public bool IsRelational { get; init; }
}

/// <param name="Qualifier">"Request cancel" of "N-ACTION - Request cancel"; else null.</param>
/// <param name="SopClasses">Keywords of the SOP classes that the row is for; empty for all of the page.</param>
internal sealed record DimseUsage(DimseOperation Operation, string? Qualifier, EquatableArray<string> SopClasses, Usage Scu, Usage Scp);

internal sealed record StatusTable(DimseOperation Operation, EquatableArray<Status> Rows);

/// <param name="First">The code, or the first of a range.</param>
/// <param name="Last">The last code of the range; equal to <paramref name="First"/> for a single code.</param>
/// <param name="Implementation">Name of the implementation whose own status this is ("pynetdicom"); null for the standard's.</param>
internal sealed record Status(ushort First, ushort Last, StatusCategory Category, string Description, string? Implementation);

/// <summary>An action type (N-ACTION) or event type (N-EVENT-REPORT) with its ID.</summary>
internal sealed record OperationType(DimseOperation Operation, ushort Id, string Name)
{
    /// <summary>Type name of the module that is the Action or Event Information, or null.</summary>
    public string? Information { get; init; }

    /// <summary>Type name of the module that is the Action or Event Reply, or null (PS3.7 §10.1.1.1.7 and §10.1.4.1.9).</summary>
    public string? Reply { get; init; }

    /// <summary>Keywords of the SOP classes that have the type; empty for all of the page. Two SOP classes may have an ID each for something else (PS3.4 Tables H.4-14 and H.4-16).</summary>
    public EquatableArray<string> SopClasses { get; init; } = EquatableArray<string>.Empty;
}

/// <summary>A SOP class that stands for several (PS3.4 §H.3.2.2): its keyword, and what it consists of; nothing where that is not known any more.</summary>
internal sealed record MetaSopClass(string Keyword, EquatableArray<MetaSopClassMember> Members);

/// <param name="SopClass">The keyword of a SOP class of the page.</param>
internal sealed record MetaSopClassMember(string SopClass, Usage Scu, Usage Scp);
