using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Specgen.Generators.Diagnostics;

/// <summary>What can be wrong with a page (SPG0xxx). Each has a page under docs/diagnostics.</summary>
internal static class PageDiagnostics
{
    private const string Category = "Specgen.Pages";

    public static readonly DiagnosticDescriptor MalformedTable = Error("SPG0001", "Malformed table", "{0}");
    public static readonly DiagnosticDescriptor MissingColumn = Error("SPG0002", "Missing column", "The table has no column '{0}'; its columns are {1}");
    public static readonly DiagnosticDescriptor UnknownColumn = Warning("SPG0003", "Unknown column", "The column '{0}' is unknown and is not read; expected {1}");
    public static readonly DiagnosticDescriptor BadCode = Error("SPG0004", "Bad status code", "'{0}' is not a status code; expected four hexadecimal digits (0xA700, A700H), a range (0xA700 to 0xA7FF, A700-A7FF) or a pattern (A7xx)");
    public static readonly DiagnosticDescriptor UnknownCategory = Error("SPG0005", "Unknown status category", "'{0}' is not a status category; expected Success, Warning, Failure, Cancel or Pending{1}");
    public static readonly DiagnosticDescriptor CategoryContradictsCode = Warning("SPG0006", "Category contradicts the code", "{0} is marked {1}, but {2} (PS3.7 Annex C)");
    public static readonly DiagnosticDescriptor ConflictingRows = Warning("SPG0007", "Rows disagree", "{0} is '{1}' ({2}) here; {3} is '{4}' ({5}) on line {6}");
    public static readonly DiagnosticDescriptor MalformedUid = Error("SPG0008", "Malformed UID", "'{0}' is not a UID: {1} (PS3.5 §9.1)");
    public static readonly DiagnosticDescriptor DuplicateUid = Error("SPG0009", "Duplicate UID", "{0} '{1}' is already in {2}");
    public static readonly DiagnosticDescriptor UnknownUid = Warning("SPG0010", "UID is not registered", "The registry has no UID {0}{1}");
    public static readonly DiagnosticDescriptor UnknownKeyword = Warning("SPG0011", "Keyword is not registered", "The registry has no keyword '{0}'{1}");
    public static readonly DiagnosticDescriptor KeywordMismatch = Warning("SPG0012", "Keyword is another UID's", "{0} is '{1}' in the registry, not '{2}'");
    public static readonly DiagnosticDescriptor RetiredSopClass = Warning("SPG0013", "Retired SOP class", "'{0}' ({1}) is retired; remove it, or say so in a column 'Retired'");
    public static readonly DiagnosticDescriptor ConformanceConflict = Warning("SPG0014", "Conformance table contradicts the service page", "{0}");
    public static readonly DiagnosticDescriptor BadUsage = Error("SPG0015", "Bad usage", "'{0}' is not a usage; expected two of Mandatory, Optional, Conditional, Not used (or M, O, C, U, -) for SCU/SCP{1}");
    public static readonly DiagnosticDescriptor UnknownOperation = Error("SPG0016", "Unknown DIMSE service", "'{0}' is not a DIMSE service{1}");
    public static readonly DiagnosticDescriptor UnknownLabel = Warning("SPG0017", "Label matches no SOP class", "'{0}' is not a SOP class of this page{1}");
    public static readonly DiagnosticDescriptor NoOperation = Error("SPG0018", "Statuses of no DIMSE service", "No heading above this table names a DIMSE service");
    public static readonly DiagnosticDescriptor BadTag = Error("SPG0019", "Bad tag", "'{0}' is not a tag; expected (gggg,eeee) in hexadecimal digits");
    public static readonly DiagnosticDescriptor UnknownMacro = Error("SPG0020", "Unknown macro", "No page has a macro '{0}'{1}");
    public static readonly DiagnosticDescriptor NothingRead = Warning("SPG0021", "Page without tables", "The page has no table of a known kind; nothing is generated from it");
    public static readonly DiagnosticDescriptor ReaderFailed = Error("SPG0022", "Page could not be read", "The page could not be read: {0}");
    public static readonly DiagnosticDescriptor GeneralStatus = Warning("SPG0023", "General status with another meaning", "{0} is {1} in PS3.7 Annex C, not '{2}'{3}");
    public static readonly DiagnosticDescriptor BadCell = Error("SPG0024", "Bad cell", "'{0}' is not {1}");
    public static readonly DiagnosticDescriptor DuplicateServiceClass = Error("SPG0025", "Duplicate service class", "'{0}' makes the type {1}, and so does the title in {2}");

    public static readonly DiagnosticDescriptor UnknownTable = Warning("SPG0026", "Unknown table", "A table with the columns {0} is of no known kind and is not read; spec/README.md lists the kinds");
    public static readonly DiagnosticDescriptor UnknownAttribute = Warning("SPG0027", "Values of no attribute", "The values below '{0}' belong to no attribute of a module on this page{1}");
    public static readonly DiagnosticDescriptor MissingGeneralStatus = Info("SPG0028", "General status is not in the table", "{0} also has {1} (PS3.7 §9, §10); the table does not");
    public static readonly DiagnosticDescriptor UnknownModule = Error("SPG0029", "Unknown module", "No page has a module '{0}'{1}");
    public static readonly DiagnosticDescriptor AttributeName = Warning("SPG0030", "Attribute has another name", "{0} is '{1}' in PS3.6, not '{2}'{3}");
    public static readonly DiagnosticDescriptor AttributeVr = Warning("SPG0031", "Attribute has another VR", "{0} {1} has the VR {2} in PS3.6, not {3}");
    public static readonly DiagnosticDescriptor UnknownTag = Warning("SPG0032", "Attribute is not in the dictionary", "PS3.6 has no attribute {0}{1}");

    private static readonly ImmutableDictionary<string, DiagnosticDescriptor> s_descriptors = All().ToImmutableDictionary(static descriptor => descriptor.Id);

    public static DiagnosticDescriptor ById(string id) => s_descriptors[id];

    public static IEnumerable<DiagnosticDescriptor> All() =>
    [
        MalformedTable, MissingColumn, UnknownColumn, BadCode, UnknownCategory, CategoryContradictsCode, ConflictingRows, MalformedUid, DuplicateUid, UnknownUid,
        UnknownKeyword, KeywordMismatch, RetiredSopClass, ConformanceConflict, BadUsage, UnknownOperation, UnknownLabel, NoOperation, BadTag, UnknownMacro,
        NothingRead, ReaderFailed, GeneralStatus, BadCell, DuplicateServiceClass, UnknownTable, UnknownAttribute, MissingGeneralStatus, UnknownModule,
        AttributeName, AttributeVr, UnknownTag,
    ];

    private static DiagnosticDescriptor Error(string id, string title, string message) => Create(id, title, message, DiagnosticSeverity.Error);

    private static DiagnosticDescriptor Warning(string id, string title, string message) => Create(id, title, message, DiagnosticSeverity.Warning);

    private static DiagnosticDescriptor Info(string id, string title, string message) => Create(id, title, message, DiagnosticSeverity.Info);

    private static DiagnosticDescriptor Create(string id, string title, string message, DiagnosticSeverity severity) =>
        new(id, title, message, Category, severity, isEnabledByDefault: true, helpLinkUri: $"https://github.com/specgen/specgen/blob/main/docs/diagnostics/{id}.md");
}
