using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Specgen.Generators.Diagnostics;

namespace Specgen.Generators.Analyzers;

/// <summary>Numbers that are converted to a status, or compared with one, and that its table does not have (SPG2004).</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class StatusAnalyzer : DiagnosticAnalyzer
{
    /// <summary>In a project without it no status enum is made.</summary>
    internal const string Runtime = "Specgen.Generated.StatusTable";

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(CodeDiagnostics.UnknownStatus);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            if (start.Compilation.GetTypeByMetadataName(Runtime) is null)
            {
                return;
            }

            var enums = new StatusEnum.Cache();
            start.RegisterOperationAction(
                operation =>
                {
                    var conversion = (IConversionOperation)operation.Operation;
                    if (!conversion.IsImplicit && conversion.Operand.ConstantValue.HasValue)
                    {
                        Check(operation, enums.Of(conversion.Type), conversion.Operand);
                    }
                },
                OperationKind.Conversion);
            start.RegisterOperationAction(
                operation =>
                {
                    foreach (var (value, other) in Comparison.Of(operation.Operation))
                    {
                        Check(operation, enums.Under(value), other);
                    }
                },
                Comparison.Kinds);
        });
    }

    private static void Check(OperationAnalysisContext context, StatusEnum? status, IOperation number)
    {
        if (status is not null && Number(number) is { } code && !status.Has(code))
        {
            var text = code is >= 0 and <= ushort.MaxValue ? "0x" + code.ToString("X4", CultureInfo.InvariantCulture) : code.ToString(CultureInfo.InvariantCulture);
            context.ReportDiagnostic(Diagnostic.Create(CodeDiagnostics.UnknownStatus, number.Syntax.GetLocation(), text, status.Type.Name, status.Codes.Replace(" ", ", ")));
        }
    }

    private static long? Number(IOperation operation) => operation.ConstantValue is not { HasValue: true, Value: { } value } ? null : value switch
    {
        ushort number => number,
        int number => number,
        short number => number,
        byte number => number,
        uint number => number,
        long number => number,
        _ => null,
    };
}
