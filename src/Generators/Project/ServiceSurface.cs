using Specgen.Generators.Standard;

namespace Specgen.Generators.Project;

/// <summary>What handlers can be written for: a service class without what no handler depends on, so that an edit to a status re-emits no handler.</summary>
/// <param name="Title">"Storage Commitment Service Class".</param>
/// <param name="Name">"StorageCommitmentServiceClass".</param>
/// <param name="Operations">A bit for each DIMSE service that has a status table.</param>
/// <param name="Types">Action and event types, with the SOP classes that the table of DIMSE services gives them to.</param>
internal sealed record ServiceSurface(
    string Title,
    string Name,
    string ShortName,
    string? Reference,
    int Operations,
    EquatableArray<SopClassKey> SopClasses,
    EquatableArray<DimseUsage> Usages,
    EquatableArray<OperationType> Types)
{
    /// <summary>Words that are too short to tell types apart are no part of a qualifier: "Un/subscribe" is for both of them.</summary>
    private const int ShortWord = 2;

    public static ServiceSurface Of(ServiceClass service) => new(
        service.Title,
        service.Name,
        service.ShortName,
        service.Reference,
        service.Statuses.Aggregate(0, static (bits, table) => bits | (1 << (int)table.Operation)),
        service.SopClasses.Select(sop => new SopClassKey(sop.Uid, sop.Keyword, HasServices(service, sop.Keyword), Members(service, sop.Keyword), sop.Module)).ToEquatableArray(),
        service.Usages,
        service.Types.Select(type => OfItsSopClasses(service, type)).ToEquatableArray());

    /// <summary>
    /// A type that rows such as "N-ACTION - Change UPS State" name belongs to the SOP classes of those rows, and is unknown to the others (PS3.4 Tables CC.2-1 to CC.2-3). One that no row names is of
    /// every SOP class; where the table of types has SOP classes itself, they count.
    /// </summary>
    private static OperationType OfItsSopClasses(ServiceClass service, OperationType type)
    {
        var rows = service.Usages.Where(row => row.Operation == type.Operation && (row.Scu != Usage.NotUsed || row.Scp != Usage.NotUsed) && IsMeant(row.Qualifier, type.Name)).ToList();
        return rows.All(static row => row.Qualifier is null)
            || rows.Any(static row => row.SopClasses.Count == 0)
            || service.Types.Any(other => other.Operation == type.Operation && other.SopClasses.Count > 0)
            ? type
            : type with { SopClasses = rows.SelectMany(static row => row.SopClasses).Distinct(StringComparer.Ordinal).ToEquatableArray() };
    }

    /// <summary>The table of DIMSE services, or that of meta SOP classes, is also for this SOP class. A retired one may be in neither.</summary>
    private static bool HasServices(ServiceClass service, string keyword) =>
        service.Usages.Any(row => row.SopClasses.Count == 0 || row.SopClasses.Contains(keyword, StringComparer.Ordinal)) || Members(service, keyword).Count > 0;

    private static EquatableArray<string> Members(ServiceClass service, string keyword) =>
        service.MetaSopClasses.Where(meta => meta.Keyword == keyword).SelectMany(static meta => meta.Members).Select(static member => member.SopClass).ToEquatableArray();

    /// <summary>Whether a row of DIMSE services with this qualifier is for the type of this title.</summary>
    public static bool IsMeant(string? qualifier, string title) => qualifier is null || Words(qualifier).All(word => title.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0);

    public bool HasStatuses(DimseOperation operation) => (Operations & (1 << (int)operation)) != 0;

    private static IEnumerable<string> Words(string qualifier) => new string(qualifier.Select(static c => char.IsLetterOrDigit(c) ? c : ' ').ToArray())
        .Split(' ').Where(static word => word.Length > ShortWord);
}

/// <param name="HasServices">Whether the page has DIMSE services for it; one without is served only where an attribute names it.</param>
/// <param name="Members">Keywords of what a meta SOP class consists of: messages in its presentation contexts are of those.</param>
/// <param name="Module">Type name of the module that N-CREATE, N-SET and N-GET exchange, or null.</param>
internal sealed record SopClassKey(string Uid, string Keyword, bool HasServices, EquatableArray<string> Members, string? Module);
