using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Specgen.Generators.Diagnostics;
using Specgen.Generators.Reading;

namespace Specgen.Generators.Analyzers;

/// <summary>Keywords of attributes as texts, where fo-dicom's dictionary is asked for one or an entry's keyword is compared (SPG2003).</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class KeywordAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(CodeDiagnostics.UnknownKeyword);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            if (start.Compilation.GetTypeByMetadataName("FellowOakDicom.DicomDictionary") is not { } dictionary
                || start.Compilation.GetTypeByMetadataName("FellowOakDicom.DicomDictionaryEntry") is not { } entry
                || start.Compilation.GetTypeByMetadataName("FellowOakDicom.DicomTag") is not { } tags)
            {
                return;
            }

            var keywords = new Lazy<ImmutableHashSet<string>>(() => tags.GetMembers().OfType<IFieldSymbol>().Where(static field => field.IsStatic).Select(static field => field.Name).ToImmutableHashSet(StringComparer.Ordinal));
            start.RegisterOperationAction(
                operation =>
                {
                    if (operation.Operation is IPropertyReferenceOperation { Arguments.Length: 1 } indexer && SymbolEqualityComparer.Default.Equals(indexer.Property.ContainingType, dictionary))
                    {
                        Check(operation, indexer.Arguments[0].Value, keywords);
                    }
                },
                OperationKind.PropertyReference);
            start.RegisterOperationAction(
                operation =>
                {
                    foreach (var (value, other) in Comparison.Of(operation.Operation))
                    {
                        if (IsKeyword(value, entry))
                        {
                            Check(operation, other, keywords);
                        }
                    }
                },
                Comparison.Kinds);
        });
    }

    private static bool IsKeyword(IOperation operation, INamedTypeSymbol entry) =>
        operation is IPropertyReferenceOperation { Property: { Name: "Keyword" } property } && SymbolEqualityComparer.Default.Equals(property.ContainingType, entry);

    private static void Check(OperationAnalysisContext context, IOperation operation, Lazy<ImmutableHashSet<string>> keywords)
    {
        if (operation.ConstantValue is { HasValue: true, Value: string { Length: > 0 } keyword } && !keywords.Value.Contains(keyword))
        {
            context.ReportDiagnostic(Diagnostic.Create(CodeDiagnostics.UnknownKeyword, operation.Syntax.GetLocation(), keyword, Suggestion.For(keyword, keywords.Value)));
        }
    }
}
