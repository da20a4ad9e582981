using Specgen.Generators.Standard;

namespace Specgen.Generators.Reading;

/// <summary>A set of DIMSE services.</summary>
[Flags]
internal enum DimseOperations
{
    None = 0,
    CEcho = 1 << DimseOperation.CEcho,
    CStore = 1 << DimseOperation.CStore,
    CFind = 1 << DimseOperation.CFind,
    CGet = 1 << DimseOperation.CGet,
    CMove = 1 << DimseOperation.CMove,
    NEventReport = 1 << DimseOperation.NEventReport,
    NGet = 1 << DimseOperation.NGet,
    NSet = 1 << DimseOperation.NSet,
    NAction = 1 << DimseOperation.NAction,
    NCreate = 1 << DimseOperation.NCreate,
    NDelete = 1 << DimseOperation.NDelete,
}

internal static class DimseOperationsExtensions
{
    public static DimseOperations ToFlag(this DimseOperation operation) => (DimseOperations)(1 << (int)operation);
}
