namespace FellowOakDicom.Network;

/// <summary>An abstract syntax with its transfer syntaxes, proposed and answered (PS3.8 §9.3.2.2).</summary>
public class DicomPresentationContext
{
    private readonly List<DicomTransferSyntax> _transferSyntaxes = [];

    public DicomPresentationContext(byte pcid, DicomUID abstractSyntax)
        : this(pcid, abstractSyntax, null, null)
    {
    }

    public DicomPresentationContext(byte pcid, DicomUID abstractSyntax, bool? userRole, bool? providerRole)
    {
        ID = pcid;
        AbstractSyntax = abstractSyntax;
        UserRole = userRole;
        ProviderRole = providerRole;
        Result = DicomPresentationContextResult.Proposed;
    }

    public byte ID { get; private set; }

    public DicomPresentationContextResult Result { get; private set; }

    public DicomUID AbstractSyntax { get; private set; }

    public DicomTransferSyntax AcceptedTransferSyntax { get; private set; }

    /// <summary>Requestor as SCU (PS3.7 §D.3.3.4); null when not negotiated.</summary>
    public bool? UserRole { get; internal set; }

    /// <summary>Requestor as SCP.</summary>
    public bool? ProviderRole { get; internal set; }

    public static DicomPresentationContext GetScpRolePresentationContext(DicomUID abstractSyntax, params DicomTransferSyntax[] transferSyntaxes)
    {
        var context = new DicomPresentationContext(0, abstractSyntax, false, true);
        foreach (var syntax in transferSyntaxes.Length > 0 ? transferSyntaxes : [DicomTransferSyntax.ImplicitVRLittleEndian])
        {
            context.AddTransferSyntax(syntax);
        }

        return context;
    }

    public void SetResult(DicomPresentationContextResult result) => SetResult(result, _transferSyntaxes.Count > 0 ? _transferSyntaxes[0] : null);

    public void SetResult(DicomPresentationContextResult result, DicomTransferSyntax acceptedTransferSyntax)
    {
        Result = result;
        AcceptedTransferSyntax = result == DicomPresentationContextResult.Accept ? acceptedTransferSyntax : null;
    }

    public bool AcceptTransferSyntaxes(params DicomTransferSyntax[] acceptedTransferSyntaxes) => AcceptTransferSyntaxes(acceptedTransferSyntaxes, false);

    public bool AcceptTransferSyntaxes(DicomTransferSyntax[] acceptedTransferSyntaxes, bool scpPriority)
    {
        if (Result == DicomPresentationContextResult.Accept)
        {
            return true;
        }

        var common = scpPriority ? acceptedTransferSyntaxes.FirstOrDefault(_transferSyntaxes.Contains) : _transferSyntaxes.FirstOrDefault(acceptedTransferSyntaxes.Contains);
        SetResult(common is null ? DicomPresentationContextResult.RejectTransferSyntaxesNotSupported : DicomPresentationContextResult.Accept, common);
        return common is not null;
    }

    public void AddTransferSyntax(DicomTransferSyntax ts)
    {
        if (ts is not null && !_transferSyntaxes.Contains(ts))
        {
            _transferSyntaxes.Add(ts);
        }
    }

    public void RemoveTransferSyntax(DicomTransferSyntax ts) => _transferSyntaxes.Remove(ts);

    public void ClearTransferSyntaxes() => _transferSyntaxes.Clear();

    public IList<DicomTransferSyntax> GetTransferSyntaxes() => _transferSyntaxes.AsReadOnly();

    public bool HasTransferSyntax(DicomTransferSyntax ts) => _transferSyntaxes.Contains(ts);
}

/// <summary>The presentation contexts of an association by their IDs, which are odd.</summary>
public class DicomPresentationContextCollection : ICollection<DicomPresentationContext>
{
    private readonly SortedList<byte, DicomPresentationContext> _contexts = [];

    public int Count => _contexts.Count;

    public bool IsReadOnly => false;

    public DicomPresentationContext this[byte id] => _contexts[id];

    public void Add(DicomUID abstractSyntax, params DicomTransferSyntax[] transferSyntaxes) => Add(abstractSyntax, null, null, transferSyntaxes);

    public void Add(DicomUID abstractSyntax, bool? userRole, bool? providerRole, params DicomTransferSyntax[] transferSyntaxes)
    {
        var context = new DicomPresentationContext(NextId(), abstractSyntax, userRole, providerRole);
        foreach (var syntax in transferSyntaxes)
        {
            context.AddTransferSyntax(syntax);
        }

        Add(context);
    }

    public void Add(DicomPresentationContext item) => _contexts.Add(item.ID, item);

    public void Clear() => _contexts.Clear();

    public bool Contains(DicomPresentationContext item) => _contexts.ContainsKey(item.ID) && _contexts[item.ID].AbstractSyntax == item.AbstractSyntax;

    public bool Remove(DicomPresentationContext item) => _contexts.Remove(item.ID);

    public IEnumerator<DicomPresentationContext> GetEnumerator() => _contexts.Values.GetEnumerator();

    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();

    void ICollection<DicomPresentationContext>.CopyTo(DicomPresentationContext[] array, int arrayIndex) => _contexts.Values.CopyTo(array, arrayIndex);

    private byte NextId()
    {
        var last = _contexts.Count == 0 ? -1 : _contexts.Keys[^1];
        return last < 255 ? (byte)(last + 2) : throw new DicomNetworkException("Too many presentation contexts configured for this association!");
    }
}

/// <summary>An association, proposed or answered (PS3.8 §7.1).</summary>
public sealed class DicomAssociation
{
    public DicomAssociation()
    {
        MaxAsyncOpsInvoked = 1;
        MaxAsyncOpsPerformed = 1;
    }

    public DicomAssociation(string callingAe, string calledAe)
        : this()
    {
        CallingAE = callingAe;
        CalledAE = calledAe;
    }

    public string CallingAE { get; internal set; }

    public string CalledAE { get; internal set; }

    public string RemoteHost { get; internal set; }

    public int RemotePort { get; internal set; }

    public DicomUID RemoteImplementationClassUID { get; internal set; }

    public string RemoteImplementationVersion { get; internal set; }

    /// <summary>The longest P-DATA-TF that the peer takes, in bytes (PS3.8 §D.1).</summary>
    public uint MaximumPDULength { get; internal set; }

    public int MaxAsyncOpsInvoked { get; set; }

    public int MaxAsyncOpsPerformed { get; set; }

    public DicomPresentationContextCollection PresentationContexts { get; } = new();

    internal DicomServiceOptions Options { get; set; }
}
