using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Specgen.Generators.Diagnostics;
using Specgen.Generators.Project;
using Specgen.Generators.Reading;
using Specgen.Generators.Text;

namespace Specgen.Generators.Analyzers;

/// <summary>String literals that are UIDs of the standard, or nearly (SPG2001, SPG2002). A literal that does not begin like one is done with before anything is bound.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UidAnalyzer : DiagnosticAnalyzer
{
    /// <summary>The root of every UID of the standard (PS3.6 Annex A).</summary>
    private const string Root = "1.2.840.10008.";

    private static readonly Regex s_uid = new(@"1\.2\.840\.10008(?:\.[0-9]+)+", RegexOptions.CultureInvariant);

    private static readonly string[] s_holders = [Names.SopClassUids, "TransferSyntaxUids", "WellKnownSopInstanceUids", "OtherUids"];

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(CodeDiagnostics.UidHasConstant, CodeDiagnostics.NearlyAUid);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            // Read when the first literal asks for it; a project without one has no work with it.
            var constants = new Lazy<ImmutableDictionary<string, string>>(() => Constants(start.Compilation));
            var registered = new Lazy<ImmutableHashSet<string>>(() => Registered(start.Options));
            start.RegisterSyntaxNodeAction(node => Check(node, constants, registered), SyntaxKind.StringLiteralExpression);
        });
    }

    /// <summary>UID → "SopClassUids.CTImageStorage".</summary>
    private static ImmutableDictionary<string, string> Constants(Compilation compilation)
    {
        var constants = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var holder in s_holders)
        {
            foreach (var field in compilation.GetTypeByMetadataName(EmissionSettings.StandardNamespace + "." + holder)?.GetMembers().OfType<IFieldSymbol>() ?? [])
            {
                if (field.ConstantValue is string uid && !constants.ContainsKey(uid))
                {
                    constants.Add(uid, holder + "." + field.Name);
                }
            }
        }

        return constants.ToImmutable();
    }

    /// <summary>
    /// What the pages' texts have of the standard's UIDs. Not all of them have constants: no page is of the SOP classes of other standards, and a project may have chosen some service classes.
    /// Read when a literal is nearly a UID.
    /// </summary>
    private static ImmutableHashSet<string> Registered(AnalyzerOptions options) => options.AdditionalFiles
        .Where(file => PageFile.Of(file, options.AnalyzerConfigOptionsProvider) is { Kind: not PageKind.Dictionary })
        .SelectMany(static file => s_uid.Matches(file.GetText()?.ToString() ?? "").Cast<Match>())
        .Select(static match => match.Value)
        .ToImmutableHashSet(StringComparer.Ordinal);

    private static void Check(SyntaxNodeAnalysisContext context, Lazy<ImmutableDictionary<string, string>> constants, Lazy<ImmutableHashSet<string>> registered)
    {
        var literal = (LiteralExpressionSyntax)context.Node;
        var text = literal.Token.ValueText;
        if (!text.StartsWith(Root, StringComparison.Ordinal) || CellText.WhyNoUid(text) is not null)
        {
            return;
        }

        if (constants.Value.TryGetValue(text, out var constant))
        {
            context.ReportDiagnostic(Diagnostic.Create(CodeDiagnostics.UidHasConstant, literal.GetLocation(), ImmutableDictionary<string, string?>.Empty.Add("constant", constant), text, constant));
        }
        else if (Meant(text, constants.Value.Keys) is { } meant && !registered.Value.Contains(text))
        {
            constant = constants.Value[meant];
            context.ReportDiagnostic(Diagnostic.Create(CodeDiagnostics.NearlyAUid, literal.GetLocation(), ImmutableDictionary<string, string?>.Empty.Add("constant", constant), text, meant, constant));
        }
    }

    /// <summary>A UID that differs in one character, or in its last component.</summary>
    private static string? Meant(string uid, IEnumerable<string> known)
    {
        var stem = uid.Substring(0, uid.LastIndexOf('.') + 1);
        var candidates = known.Where(other => (Math.Abs(other.Length - uid.Length) <= 1 && IsOneOff(uid, other)) || (other.StartsWith(stem, StringComparison.Ordinal) && other.IndexOf('.', stem.Length) < 0))
            .OrderBy(static other => other, StringComparer.Ordinal).ToList();
        return candidates.FirstOrDefault(other => IsOneOff(uid, other)) ?? Suggestion.Nearest(uid, candidates);
    }

    /// <summary>One character is another, too many, or missing.</summary>
    private static bool IsOneOff(string a, string b)
    {
        if (a.Length > b.Length)
        {
            (a, b) = (b, a);
        }

        var i = 0;
        while (i < a.Length && a[i] == b[i])
        {
            i++;
        }

        return a.Length == b.Length ? string.CompareOrdinal(a, i + 1, b, i + 1, a.Length) == 0 && i < a.Length : b.Length - a.Length == 1 && string.CompareOrdinal(a, i, b, i + 1, a.Length) == 0;
    }
}
