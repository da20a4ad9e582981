namespace FellowOakDicom.Network;

/// <summary>An abstract syntax with its transfer syntaxes, proposed and answered (PS3.8 §9.3.2.2).</summary>
public class DicomPresentationContext
{
    private readonly List<DicomTransferSyntax> _transferSyntaxes = [];

    internal DicomPresentationContext(byte pcid, DicomUID abstractSyntax)
    {
        ID = pcid;
        AbstractSyntax = abstractSyntax;
        Result = DicomPresentationContextResult.Proposed;
    }

    internal byte ID { get; private set; }

    internal DicomPresentationContextResult Result { get; private set; }

    public DicomUID AbstractSyntax { get; }

    internal DicomTransferSyntax AcceptedTransferSyntax { get; private set; }

    /// <summary>Requestor as SCU (PS3.7 §D.3.3.4); null when not negotiated.</summary>
    internal bool? UserRole { get; set; }

    /// <summary>Requestor as SCP.</summary>
    internal bool? ProviderRole { get; set; }

    public void SetResult(DicomPresentationContextResult result) => SetResult(result, _transferSyntaxes.Count > 0 ? _transferSyntaxes[0] : null);

    internal void SetResult(DicomPresentationContextResult result, DicomTransferSyntax acceptedTransferSyntax)
    {
        Result = result;
        AcceptedTransferSyntax = result == DicomPresentationContextResult.Accept ? acceptedTransferSyntax : null;
    }

    public bool AcceptTransferSyntaxes(params DicomTransferSyntax[] acceptedTransferSyntaxes)
    {
        if (Result == DicomPresentationContextResult.Accept)
        {
            return true;
        }

        var common = _transferSyntaxes.FirstOrDefault(acceptedTransferSyntaxes.Contains);
        SetResult(common is null ? DicomPresentationContextResult.RejectTransferSyntaxesNotSupported : DicomPresentationContextResult.Accept, common);
        return common is not null;
    }

    internal void AddTransferSyntax(DicomTransferSyntax ts)
    {
        if (ts is not null && !_transferSyntaxes.Contains(ts))
        {
            _transferSyntaxes.Add(ts);
        }
    }

    public IList<DicomTransferSyntax> GetTransferSyntaxes() => _transferSyntaxes.AsReadOnly();
}

/// <summary>The presentation contexts of an association by their IDs, which are odd.</summary>
public class DicomPresentationContextCollection : IEnumerable<DicomPresentationContext>
{
    private readonly SortedList<byte, DicomPresentationContext> _contexts = [];

    internal DicomPresentationContextCollection()
    {
    }

    public IEnumerator<DicomPresentationContext> GetEnumerator() => _contexts.Values.GetEnumerator();

    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();

    internal void Add(DicomPresentationContext item) => _contexts.Add(item.ID, item);
}

/// <summary>An association, proposed or answered (PS3.8 §7.1).</summary>
public sealed class DicomAssociation
{
    internal DicomAssociation()
    {
    }

    internal string CallingAE { get; set; }

    internal string CalledAE { get; set; }

    internal DicomUID RemoteImplementationClassUID { get; set; }

    internal string RemoteImplementationVersion { get; set; }

    /// <summary>The longest P-DATA-TF that the peer takes, in bytes (PS3.8 §D.1).</summary>
    internal uint MaximumPDULength { get; set; }

    internal int MaxAsyncOpsInvoked { get; set; } = 1;

    internal int MaxAsyncOpsPerformed { get; set; } = 1;

    public DicomPresentationContextCollection PresentationContexts { get; } = new();
}
