namespace Specgen.Wire;

/// <summary>The user information of an A-ASSOCIATE-RQ or -AC (PS3.8 Annex D, PS3.7 Annex D).</summary>
internal sealed class UserInformation
{
    private List<RoleItem>? _roles;
    private List<ExtendedItem>? _extensions;

    /// <summary>The longest P-DATA-TF that the sender of the PDU takes, in bytes without its header; 0 for any (PS3.8 D.1).</summary>
    public uint MaxDataLength { get; set; }

    public string ImplementationClassUid { get; set; } = "";

    public string ImplementationVersionName { get; set; } = "";

    /// <summary>How many requests the requestor may have under way at a time, and the acceptor (PS3.7 D.3.3.3); 0 for any number. Null where nothing is said: one each.</summary>
    public (ushort Invoked, ushort Performed)? AsyncOperations { get; set; }

    /// <summary>How many requests the requestor may have under way at a time; 0 for any number.</summary>
    public int OperationsInvoked => AsyncOperations?.Invoked ?? 1;

    public IReadOnlyList<RoleItem> Roles => _roles ?? (IReadOnlyList<RoleItem>)[];

    public IReadOnlyList<ExtendedItem> Extensions => _extensions ?? (IReadOnlyList<ExtendedItem>)[];

    public IdentityItem? Identity { get; set; }

    /// <summary>What the acceptor says to the requestor's identity (PS3.7 D.3.3.7.2); null where it says nothing.</summary>
    public ReadOnlyMemory<byte>? IdentityResponse { get; set; }

    public void Add(RoleItem role) => (_roles ??= []).Add(role);

    public void Add(ExtendedItem extension) => (_extensions ??= []).Add(extension);

    /// <summary>The roles for a SOP class; of several, the last counts. Null where nothing is said.</summary>
    public RoleItem? FindRole(string sopClassUid)
    {
        for (var i = (_roles?.Count ?? 0) - 1; i >= 0; i--)
        {
            if (_roles![i].SopClassUid == sopClassUid)
            {
                return _roles[i];
            }
        }

        return null;
    }
}
