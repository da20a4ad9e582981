namespace Specgen.Associations;

/// <summary>The state transition table of the upper layer protocol (PS3.8 Table 9-10), as it is printed there: events down, states across.</summary>
internal static class StateTable
{
    private const int Events = 19, States = 13;

    private static readonly AssociationAction[] s_actions = Read("""
        AssociateRequest    AE1 -   -   -   -   -   -   -   -   -    -   -   -
        TransportConfirmed  -   -   -   AE2 -   -   -   -   -   -    -   -   -
        AssociateAcceptPdu  -   AA1 AA8 -   AE3 AA8 AA8 AA8 AA8 AA8  AA8 AA8 AA6
        AssociateRejectPdu  -   AA1 AA8 -   AE4 AA8 AA8 AA8 AA8 AA8  AA8 AA8 AA6
        TransportIndicated  AE5 -   -   -   -   -   -   -   -   -    -   -   -
        AssociateRequestPdu -   AE6 AA8 -   AA8 AA8 AA8 AA8 AA8 AA8  AA8 AA8 AA7
        AcceptResponse      -   -   AE7 -   -   -   -   -   -   -    -   -   -
        RejectResponse      -   -   AE8 -   -   -   -   -   -   -    -   -   -
        DataRequest         -   -   -   -   -   DT1 -   AR7 -   -    -   -   -
        DataPdu             -   AA1 AA8 -   AA8 DT2 AR6 AA8 AA8 AA8  AA8 AA8 AA6
        ReleaseRequest      -   -   -   -   -   AR1 -   -   -   -    -   -   -
        ReleaseRequestPdu   -   AA1 AA8 -   AA8 AR2 AR8 AA8 AA8 AA8  AA8 AA8 AA6
        ReleaseResponsePdu  -   AA1 AA8 -   AA8 AA8 AR3 AA8 AA8 AR10 AR3 AA8 AA6
        ReleaseResponse     -   -   -   -   -   -   -   AR4 AR9 -    -   AR4 -
        AbortRequest        -   -   AA1 AA2 AA1 AA1 AA1 AA1 AA1 AA1  AA1 AA1 -
        AbortPdu            -   AA2 AA3 -   AA3 AA3 AA3 AA3 AA3 AA3  AA3 AA3 AA2
        TransportClosed     -   AA5 AA4 AA4 AA4 AA4 AA4 AA4 AA4 AA4  AA4 AA4 AR5
        ArtimExpired        -   AA2 -   -   -   -   -   -   -   -    -   -   AA2
        InvalidPdu          -   AA1 AA8 -   AA8 AA8 AA8 AA8 AA8 AA8  AA8 AA8 AA7
        """);

    /// <summary>What is done in a state when something happens.</summary>
    public static AssociationAction Find(AssociationEvent what, AssociationState state) => s_actions[((int)what * States) + (int)state - 1];

    /// <summary>The state after an action: in the table it depends on nothing else but what two actions decide themselves.</summary>
    /// <param name="action">The action.</param>
    /// <param name="state">The state before.</param>
    /// <param name="isRequestor">We asked for the association: AR-8 depends on it.</param>
    /// <param name="isRejected">The provider itself rejects the request: AE-6 depends on it.</param>
    public static AssociationState After(AssociationAction action, AssociationState state, bool isRequestor, bool isRejected) => action switch
    {
        AssociationAction.None => state,
        AssociationAction.AE1 => AssociationState.Sta4,
        AssociationAction.AE2 => AssociationState.Sta5,
        AssociationAction.AE5 => AssociationState.Sta2,
        AssociationAction.AE6 => isRejected ? AssociationState.Sta13 : AssociationState.Sta3,
        AssociationAction.AE3 or AssociationAction.AE7 or AssociationAction.DT1 or AssociationAction.DT2 => AssociationState.Sta6,
        AssociationAction.AR1 or AssociationAction.AR6 => AssociationState.Sta7,
        AssociationAction.AR2 or AssociationAction.AR7 => AssociationState.Sta8,
        AssociationAction.AR8 => isRequestor ? AssociationState.Sta9 : AssociationState.Sta10,
        AssociationAction.AR9 => AssociationState.Sta11,
        AssociationAction.AR10 => AssociationState.Sta12,
        AssociationAction.AE8 or AssociationAction.AR4 or AssociationAction.AA1 or AssociationAction.AA6 or AssociationAction.AA7 or AssociationAction.AA8 => AssociationState.Sta13,
        _ => AssociationState.Sta1,
    };

    private static AssociationAction[] Read(string table)
    {
        var actions = new AssociationAction[Events * States];
        var rows = table.Split('\n');
        for (var row = 0; row < Events; row++)
        {
            var cells = rows[row].Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            var what = Enum.Parse<AssociationEvent>(cells[0]);
            for (var state = 0; state < States; state++)
            {
                actions[((int)what * States) + state] = cells[state + 1] == "-" ? AssociationAction.None : Enum.Parse<AssociationAction>(cells[state + 1]);
            }
        }

        return actions;
    }
}
