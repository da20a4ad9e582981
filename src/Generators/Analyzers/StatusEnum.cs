using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Specgen.Generators.Reading;
using Specgen.Generators.Standard;
using Specgen.Generators.Text;

namespace Specgen.Generators.Analyzers;

/// <summary>A generated enum of statuses, and the codes that its table has.</summary>
internal sealed class StatusEnum
{
    private const string Suffix = "Status";

    private readonly IReadOnlyList<(ushort First, ushort Last)> _codes;

    private StatusEnum(INamedTypeSymbol type, string codes)
    {
        Type = type;
        Codes = codes;
        _codes = codes.Split(' ').Select(static range => (Code(range.Substring(0, 4)), Code(range.Substring(range.Length - 4)))).ToArray();
    }

    public INamedTypeSymbol Type { get; }

    /// <summary>"0000 A700-A7FF".</summary>
    public string Codes { get; }

    /// <summary>"Storage" of StorageCStoreStatus.</summary>
    public string ServiceClass => Type.Name.Substring(0, Type.Name.Length - Suffix.Length - Operation.ToString().Length);

    private DimseOperation Operation => CellText.Operations.First(operation => Type.Name.EndsWith(operation + Suffix, StringComparison.Ordinal));

    public bool Has(long code) => _codes.Any(range => code >= range.First && code <= range.Last);

    /// <summary>The member that a code belongs to: its own, or that of its range.</summary>
    public string? Member(ushort code)
    {
        // An exact row wins over a range.
        var row = _codes.Where(range => code >= range.First && code <= range.Last).OrderBy(static range => range.Last - range.First).Select(static range => (ushort?)range.First).FirstOrDefault();
        return Type.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(field => field.ConstantValue is ushort value && value == row)?.Name;
    }

    private static ushort Code(string digits) => ushort.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    /// <summary>The enums of a compilation, each looked at once.</summary>
    public sealed class Cache
    {
        private readonly ConcurrentDictionary<ISymbol, StatusEnum?> _enums = new(SymbolEqualityComparer.Default);

        public StatusEnum? Of(ITypeSymbol? type) =>
            type is INamedTypeSymbol { TypeKind: TypeKind.Enum, EnumUnderlyingType.SpecialType: SpecialType.System_UInt16, ContainingType: null } found && found.Name.EndsWith(Suffix, StringComparison.Ordinal)
                ? _enums.GetOrAdd(found, static symbol => Read((INamedTypeSymbol)symbol))
                : null;

        /// <summary>The enum whose value an operation converts to a number, or null.</summary>
        public StatusEnum? Under(IOperation? operation)
        {
            while (operation is IConversionOperation conversion)
            {
                if (Of(conversion.Operand.Type) is { } status)
                {
                    return status;
                }

                operation = conversion.Operand;
            }

            return null;
        }

        private static StatusEnum? Read(INamedTypeSymbol type) =>
            type.ContainingNamespace.GetTypeMembers(type.Name + "Extensions").FirstOrDefault()?.GetMembers(Names.StatusCodes).OfType<IFieldSymbol>().FirstOrDefault()?.ConstantValue is string { Length: > 0 } codes
                ? new StatusEnum(type, codes)
                : null;
    }
}
