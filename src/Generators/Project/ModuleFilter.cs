using System.Text.RegularExpressions;
using Specgen.Generators.Standard;

namespace Specgen.Generators.Project;

/// <summary>
/// Which modules of the standard's pages go with the service classes that a project wants: those of the same annex of PS3.4, those that its SOP classes, action and event types carry, and those that have the service class's name.
/// </summary>
/// <param name="IsEverything">The project names no service classes, and no reference has the standard's modules already.</param>
/// <param name="Titles">Titles without " Service Class".</param>
/// <param name="Named">Type names of modules that the service classes' SOP classes, action and event types carry.</param>
/// <param name="Annexes">As in <see cref="AnnexOf"/>.</param>
internal sealed record ModuleFilter(bool IsEverything, EquatableArray<string> Titles, EquatableArray<string> Named, EquatableArray<string> Annexes)
{
    private static readonly Regex s_annex = new(@"^part0*(\d+)/(?:chapter|sect)_([A-Z]+)", RegexOptions.CultureInvariant);

    public static ModuleFilter Of(ProjectSettings project, IEnumerable<ServiceClass> services) => project switch
    {
        { IsTaken: true } => Without(isEverything: false),
        { ServiceClasses.Count: 0 } => Without(isEverything: true),
        _ => new ModuleFilter(
            false,
            services.Select(static service => service.Title.Replace(" Service Class", "")).ToEquatableArray(),
            services.SelectMany(static service => service.Types.SelectMany(static type => new[] { type.Information, type.Reply }).Concat(service.SopClasses.Select(static sop => sop.Module)))
                .OfType<string>().Distinct().ToEquatableArray(),
            services.Select(static service => AnnexOf(service.Reference)).OfType<string>().Distinct().ToEquatableArray()),
    };

    public bool Has(Module module) =>
        IsEverything
        || Named.Contains(module.Name, StringComparer.Ordinal)
        || Titles.Any(title => module.Title.StartsWith(title + " ", StringComparison.OrdinalIgnoreCase))
        || (AnnexOf(module.Reference) is { } annex && Annexes.Contains(annex, StringComparer.Ordinal));

    private static ModuleFilter Without(bool isEverything) => new(isEverything, EquatableArray<string>.Empty, EquatableArray<string>.Empty, EquatableArray<string>.Empty);

    /// <summary>"part04/sect_F.7.2.html" → "4 F".</summary>
    private static string? AnnexOf(string? reference) => reference is not null && s_annex.Match(reference) is { Success: true } match ? match.Groups[1].Value + " " + match.Groups[2].Value : null;
}
