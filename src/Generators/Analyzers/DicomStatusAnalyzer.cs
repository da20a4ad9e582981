using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Specgen.Generators.Diagnostics;
using Specgen.Generators.Reading;
using Specgen.Generators.Standard;

namespace Specgen.Generators.Analyzers;

/// <summary>fo-dicom's one list of statuses, asked for a code that means something else in the service class at hand (SPG2005): by <c>DicomStatus.Lookup</c>, <c>==</c> and <c>Equals</c>.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DicomStatusAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(CodeDiagnostics.OtherMeaning);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            if (start.Compilation.GetTypeByMetadataName("FellowOakDicom.Network.DicomStatus") is not { } list || start.Compilation.GetTypeByMetadataName(StatusAnalyzer.Runtime) is null)
            {
                return;
            }

            var enums = new StatusEnum.Cache();
            start.RegisterOperationAction(
                operation =>
                {
                    if (operation.Operation is IInvocationOperation { TargetMethod.Name: "Lookup", Arguments.Length: 1 } call
                        && SymbolEqualityComparer.Default.Equals(call.TargetMethod.ContainingType, list)
                        && call.Arguments[0].Value is { ConstantValue: { HasValue: true, Value: ushort code } } argument)
                    {
                        Check(operation, call, code, FoDicomStatus.Lookup(code), AtHand(operation, enums, argument));
                    }
                },
                OperationKind.Invocation);
            start.RegisterOperationAction(
                operation =>
                {
                    foreach (var (value, other) in Comparison.Of(operation.Operation))
                    {
                        CheckField(operation, list, enums, value, other);
                    }
                },
                Comparison.Kinds);
        });
    }

    private static void CheckField(OperationAnalysisContext context, INamedTypeSymbol list, StatusEnum.Cache enums, IOperation operand, IOperation other)
    {
        while (operand is IConversionOperation conversion)
        {
            operand = conversion.Operand;
        }

        if (operand is IFieldReferenceOperation { Field.IsStatic: true } field && SymbolEqualityComparer.Default.Equals(field.Field.ContainingType, list) && FoDicomStatus.Named(field.Field.Name) is { } entry)
        {
            Check(context, operand, entry.Code, entry, AtHand(context, enums, (other as IInvocationOperation)?.Arguments.FirstOrDefault()?.Value ?? other));
        }
    }

    /// <param name="entry">What fo-dicom's list has; null for nothing.</param>
    private static void Check(OperationAnalysisContext context, IOperation place, ushort code, FoDicomStatus? entry, IReadOnlyList<StatusEnum> atHand)
    {
        // The classes 01xx and 02xx mean the same everywhere (PS3.7 Annex C), as do 0000, FE00 and FF00.
        if (FoDicomStatus.IsGeneral(code))
        {
            return;
        }

        // A class that has several operations means one of them: what is right for one is not reported.
        var meant = atHand.Select(status => (Status: status, Member: status.Member(code)!)).Where(static pair => pair.Member is not null).ToList();
        if (meant.Count == 0 || meant.Exists(pair => entry is not null && entry.Means(pair.Status.ServiceClass, pair.Member)))
        {
            return;
        }

        var member = meant[0].Status.Type.Name + "." + meant[0].Member;
        context.ReportDiagnostic(Diagnostic.Create(
            CodeDiagnostics.OtherMeaning,
            place.Syntax.GetLocation(),
            ImmutableDictionary<string, string?>.Empty.Add("status", meant[0].Status.Type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat) + "." + meant[0].Member),
            "0x" + code.ToString("X4", CultureInfo.InvariantCulture),
            entry?.Name ?? "ProcessingFailure",
            member));
    }

    /// <summary>The statuses that can be meant: of what is converted or asked, else of the handler around, else of the service classes of the class around.</summary>
    private static IReadOnlyList<StatusEnum> AtHand(OperationAnalysisContext context, StatusEnum.Cache enums, IOperation? asked)
    {
        if ((enums.Under(asked) ?? enums.Of(asked?.Type)) is { } converted)
        {
            return [converted];
        }

        if (context.ContainingSymbol is IMethodSymbol method && InResult(method.ReturnType, enums) is { } own)
        {
            return [own];
        }

        var statuses = new List<StatusEnum>();
        for (var type = context.ContainingSymbol.ContainingType; type is not null; type = type.ContainingType)
        {
            foreach (var attribute in type.GetAttributes())
            {
                if (attribute.AttributeClass is { Name: "ScpAttribute" or "ScuAttribute", Arity: 1, ContainingNamespace: { Name: "Specgen", ContainingNamespace.IsGlobalNamespace: true } } found
                    && found.TypeArguments[0] is INamedTypeSymbol service)
                {
                    statuses.AddRange(Of(service).Select(enums.Of).OfType<StatusEnum>());
                }
            }
        }

        return statuses;
    }

    private static IEnumerable<INamedTypeSymbol> Of(INamedTypeSymbol service)
    {
        var name = service.Name.EndsWith(Text.Names.ServiceClassSuffix, StringComparison.Ordinal) ? service.Name.Substring(0, service.Name.Length - Text.Names.ServiceClassSuffix.Length) : service.Name;
        return CellText.Operations.SelectMany(operation => service.ContainingNamespace.GetTypeMembers(Text.Names.StatusEnum(name, operation)));
    }

    /// <summary>Of ValueTask&lt;DimseResult&lt;StorageCStoreStatus&gt;&gt;.</summary>
    private static StatusEnum? InResult(ITypeSymbol type, StatusEnum.Cache enums) =>
        enums.Of(type) ?? (type as INamedTypeSymbol)?.TypeArguments.Select(argument => InResult(argument, enums)).FirstOrDefault(static status => status is not null);
}
