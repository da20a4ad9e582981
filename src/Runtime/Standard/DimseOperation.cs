namespace Specgen;

/// <summary>A DIMSE service (PS3.7 §9 for the composite ones, §10 for the normalized ones).</summary>
public enum DimseOperation
{
    /// <summary>C-ECHO, verification of the connection (PS3.7 §9.1.5).</summary>
    CEcho,

    /// <summary>C-STORE, transfer of a composite SOP instance (PS3.7 §9.1.1).</summary>
    CStore,

    /// <summary>C-FIND, query (PS3.7 §9.1.2).</summary>
    CFind,

    /// <summary>C-GET, retrieval over the same association (PS3.7 §9.1.3).</summary>
    CGet,

    /// <summary>C-MOVE, retrieval over another association (PS3.7 §9.1.4).</summary>
    CMove,

    /// <summary>N-EVENT-REPORT, the notification that an SCP sends to its user (PS3.7 §10.1.1).</summary>
    NEventReport,

    /// <summary>N-GET, reading of attributes (PS3.7 §10.1.2).</summary>
    NGet,

    /// <summary>N-SET, change of attributes (PS3.7 §10.1.3).</summary>
    NSet,

    /// <summary>N-ACTION, an action on a SOP instance (PS3.7 §10.1.4).</summary>
    NAction,

    /// <summary>N-CREATE, creation of a SOP instance (PS3.7 §10.1.5).</summary>
    NCreate,

    /// <summary>N-DELETE, deletion of a SOP instance (PS3.7 §10.1.6).</summary>
    NDelete,
}
