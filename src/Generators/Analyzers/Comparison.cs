using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Specgen.Generators.Analyzers;

/// <summary>Two values that an operation compares: by <c>==</c> and <c>!=</c>, <c>Equals</c>, a constant pattern, or a label of a switch.</summary>
internal static class Comparison
{
    public static ImmutableArray<OperationKind> Kinds { get; } = ImmutableArray.Create(OperationKind.Binary, OperationKind.Invocation, OperationKind.ConstantPattern, OperationKind.CaseClause);

    /// <summary>Both ways round; nothing for an operation that compares nothing.</summary>
    public static IEnumerable<(IOperation Value, IOperation Other)> Of(IOperation operation)
    {
        var (value, other) = operation switch
        {
            IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } binary => (binary.LeftOperand, binary.RightOperand),
            IInvocationOperation { TargetMethod.Name: nameof(Equals), Instance: { } instance, Arguments.Length: > 0 } call => (instance, call.Arguments[0].Value),
            IInvocationOperation { TargetMethod.Name: nameof(Equals), Instance: null, Arguments.Length: > 1 } call => (call.Arguments[0].Value, call.Arguments[1].Value),
            IConstantPatternOperation pattern => (Matched(pattern), pattern.Value),
            ISingleValueCaseClauseOperation label => (Matched(label), label.Value),
            _ => (null, null),
        };
        return value is null || other is null ? [] : [(value, other), (other, value)];
    }

    /// <summary>What a pattern, or a label of a switch, is held against; null where it is a part of that.</summary>
    private static IOperation? Matched(IOperation operation)
    {
        var parent = operation.Parent;
        while (parent is IBinaryPatternOperation or INegatedPatternOperation or ISwitchExpressionArmOperation or ICaseClauseOperation or ISwitchCaseOperation)
        {
            parent = parent.Parent;
        }

        return parent switch
        {
            IIsPatternOperation test => test.Value,
            ISwitchExpressionOperation choice => choice.Value,
            ISwitchOperation choice => choice.Value,
            _ => null,
        };
    }
}
