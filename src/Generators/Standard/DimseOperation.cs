namespace Specgen.Generators.Standard;

/// <summary>A DIMSE service (PS3.7 §9, §10). The members' names are those of the runtime's enum of the same name.</summary>
internal enum DimseOperation
{
    CEcho,
    CStore,
    CFind,
    CGet,
    CMove,
    NEventReport,
    NGet,
    NSet,
    NAction,
    NCreate,
    NDelete,
}
