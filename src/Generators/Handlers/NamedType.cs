using Specgen.Generators.Emission;
using Specgen.Generators.Standard;

namespace Specgen.Generators.Handlers;

/// <summary>An action or event type as handlers see it: with a name that methods can have.</summary>
/// <param name="Name">"RequestUpsCancel".</param>
/// <param name="Title">The table's own words, "Request UPS Cancel".</param>
/// <param name="Information">Name of the module's type, or null.</param>
/// <param name="SopClasses">Keywords of the SOP classes that have it; empty for all of the page.</param>
internal sealed record NamedType(DimseOperation Operation, ushort Id, string Name, string Title, string? Information, EquatableArray<string> SopClasses)
{
    /// <summary>Words that are too short to tell types apart are no part of a qualifier: "Un/subscribe" is for both of them.</summary>
    private const int ShortWord = 2;

    /// <summary>The types of a service class in one role, for the SOP classes that are used.</summary>
    public static IReadOnlyList<NamedType> Of(UsedService used)
    {
        var types = used.Service.Types
            .Where(type => type.SopClasses.Count == 0 || used.SopClasses.Any(sop => type.SopClasses.Contains(sop.Keyword, StringComparer.Ordinal))).ToList();
        var result = new List<NamedType>();
        foreach (var operation in types.GroupBy(static type => type.Operation))
        {
            var rows = operation.ToList();
            var names = MemberNames.OfCodes(rows, static type => type.Name, static type => CSharpText.Number(type.Id));
            result.AddRange(rows.Select((type, i) => new NamedType(type.Operation, type.Id, names[i], type.Name, type.Information, type.SopClasses)));
        }

        return result;
    }

    /// <summary>
    /// The strongest usage among the rows that are for this type: those without a qualifier are for all, "N-ACTION - Request cancel" is for a type that has the qualifier's words.
    /// </summary>
    public Usage UsageIn(UsedService used) => used.Rows(Operation)
        .Where(row => IsMeant(row.Qualifier, Title))
        .Select(used.UsageOf).DefaultIfEmpty(Usage.NotUsed).Max();

    /// <summary>Whether a row of DIMSE services with this qualifier is for the type of this title.</summary>
    public static bool IsMeant(string? qualifier, string title) => qualifier is null || Words(qualifier).All(word => title.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0);

    private static IEnumerable<string> Words(string qualifier) => new string(qualifier.Select(static c => char.IsLetterOrDigit(c) ? c : ' ').ToArray())
        .Split(' ').Where(static word => word.Length > ShortWord);
}
