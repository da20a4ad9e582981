using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace Specgen.Generators.Tests.Emission;

/// <summary>The documentation comments of everything that the repository's pages make: there, well-formed, short, and linked to the standard.</summary>
[TestClass]
public sealed partial class DocumentationCommentTests
{
    /// <summary>Where the sections of the current edition are.</summary>
    private const string Standard = "https://dicom.nema.org/medical/dicom/current/output/chtml/part";

    /// <summary>What a summary may have beyond the limit of its text: the summary is a tooltip.</summary>
    private const int Longest = 420;

    private static readonly Lazy<IReadOnlyList<(ISymbol Symbol, XElement? Comment)>> s_comments = new(static () => Symbols().Select(static symbol => (symbol, Parse(symbol))).ToList());

    [TestMethod]
    public void EverythingPublic_HasASummaryThatFitsATooltip()
    {
        var faults = s_comments.Value.Where(static entry => entry.Comment?.Element("inheritdoc") is null && !IsOfTheCompiler(entry.Symbol))
            .Select(static entry => (entry.Symbol, Length: entry.Comment?.Element("summary")?.Value.Trim().Length ?? 0))
            .Where(static entry => entry.Length is 0 or > Longest).Select(static entry => $"{entry.Symbol}: {entry.Length}").ToList();
        Assert.IsEmpty(faults, $"{faults.Count}: " + string.Join("\n", faults.Take(20)));
    }

    /// <summary>What a page leaves empty leaves no gap: a frame of reference has no part (PS3.6 Table A-2), and its constant says nothing of one.</summary>
    [TestMethod]
    public void NoSummary_HasAGap()
    {
        var gaps = s_comments.Value.Select(static entry => (entry.Symbol, Summary: entry.Comment?.Element("summary")?.Value ?? "")).Where(static entry => GapPattern().IsMatch(entry.Summary)).ToList();
        Assert.IsEmpty(gaps, string.Join("\n", gaps.Take(20)));
    }

    /// <summary>Each page of the standard has a :dcm: role below its title, and what it makes points there.</summary>
    [TestMethod]
    public void EveryTypeOfAPage_LinksToItsSection()
    {
        var pages = StandardPages.Readings.SelectMany(static page => page.Content.ServiceClasses.Select(static service => (service.Name, service.Reference)).Concat(page.Content.Modules.Select(static module => (module.Name, module.Reference)))).ToList();
        Assert.IsEmpty(pages.Where(static page => page.Reference is null).ToList(), "a page without a reference");
        var links = s_comments.Value.Where(static entry => entry.Symbol is INamedTypeSymbol { ContainingType: null }).ToDictionary(static entry => entry.Symbol.Name, static entry => Links(entry.Comment).ToList(), StringComparer.Ordinal);
        foreach (var (name, reference) in pages.Where(page => links.ContainsKey(page.Name)))
        {
            Assert.Contains("https://dicom.nema.org/medical/dicom/current/output/chtml/" + reference, links[name], name);
        }

        Assert.IsGreaterThan(60, pages.Count(page => links.ContainsKey(page.Name)));
        var unlinked = s_comments.Value.Where(static entry => entry.Symbol is INamedTypeSymbol { TypeKind: TypeKind.Enum } && !Links(entry.Comment).Any()).Select(static entry => entry.Symbol.Name).ToList();
        Assert.IsEmpty(unlinked, "enums: " + string.Join(" ", unlinked));
    }

    [TestMethod]
    public void EveryLink_IsToASectionOfTheCurrentEdition()
    {
        var links = s_comments.Value.SelectMany(static entry => Links(entry.Comment)).Distinct(StringComparer.Ordinal).ToList();
        Assert.IsNotEmpty(links);
        Assert.IsEmpty(links.Where(static link => !link.StartsWith(Standard, StringComparison.Ordinal) || !Uri.IsWellFormedUriString(link, UriKind.Absolute)).ToList(), string.Join("\n", links));
    }

    [GeneratedRegex(@"[,:(]\s*[.,)]|\s[.,](?:\s|$)")]
    private static partial Regex GapPattern();

    private static IEnumerable<string> Links(XElement? comment) => comment?.Descendants("see").Select(static see => (string?)see.Attribute("href")).OfType<string>() ?? [];

    private static XElement? Parse(ISymbol symbol) => symbol.GetDocumentationCommentXml() is { Length: > 0 } xml ? XElement.Parse(xml) : null;

    /// <summary>Accessors and what the compiler adds have no comment of their own.</summary>
    private static bool IsOfTheCompiler(ISymbol symbol) => symbol.IsImplicitlyDeclared || symbol is IMethodSymbol { MethodKind: not (MethodKind.Ordinary or MethodKind.Constructor) };

    private static IEnumerable<ISymbol> Symbols()
    {
        var space = StandardPages.Run.Output.Assembly.GlobalNamespace.GetNamespaceMembers().Single(static space => space.Name == "Specgen").GetNamespaceMembers().Single(static space => space.Name == "Standard");
        return space.GetTypeMembers().SelectMany(Below);

        static IEnumerable<ISymbol> Below(INamedTypeSymbol type) => type.DeclaredAccessibility != Accessibility.Public
            ? []
            : type.GetMembers().Where(static member => member is not INamedTypeSymbol && member.DeclaredAccessibility == Accessibility.Public && !member.IsImplicitlyDeclared).Prepend(type).Concat(type.GetTypeMembers().SelectMany(Below));
    }
}
