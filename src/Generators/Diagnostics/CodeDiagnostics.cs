using Microsoft.CodeAnalysis;

namespace Specgen.Generators.Diagnostics;

/// <summary>What can be said of C# that is no handler (SPG2xxx). Each is off or on by .editorconfig, and has a page under docs/diagnostics.</summary>
internal static class CodeDiagnostics
{
    private const string Category = "Specgen.Code";

    public static readonly DiagnosticDescriptor UidHasConstant = Create("SPG2001", "UID has a constant", "'{0}' is {1}", DiagnosticSeverity.Info);
    public static readonly DiagnosticDescriptor NearlyAUid = Create("SPG2002", "Nearly a UID of the standard", "'{0}' is not a UID of PS3.6; did you mean '{1}' ({2})?", DiagnosticSeverity.Warning);
    public static readonly DiagnosticDescriptor UnknownKeyword = Create("SPG2003", "Unknown keyword", "'{0}' is not a keyword of PS3.6{1}", DiagnosticSeverity.Warning);
    public static readonly DiagnosticDescriptor UnknownStatus = Create("SPG2004", "Number is not a status of the operation", "{0} is not a status of {1}, which has {2}", DiagnosticSeverity.Warning);
    public static readonly DiagnosticDescriptor OtherMeaning = Create("SPG2005", "Status means something else here", "{0} is '{1}' in fo-dicom's list of statuses, and {2} here", DiagnosticSeverity.Warning);

    public static IEnumerable<DiagnosticDescriptor> All() => [UidHasConstant, NearlyAUid, UnknownKeyword, UnknownStatus, OtherMeaning];

    private static DiagnosticDescriptor Create(string id, string title, string message, DiagnosticSeverity severity) =>
        new(id, title, message, Category, severity, isEnabledByDefault: true, helpLinkUri: $"https://github.com/specgen/specgen/blob/main/docs/diagnostics/{id}.md");
}
