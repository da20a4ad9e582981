using FellowOakDicom;
using Specgen.Handlers;

namespace Specgen;

/// <summary>A DIMSE request as its handler sees it. Valid until the handler's answer has been sent.</summary>
public abstract class DimseContext
{
    private readonly RequestInfo _request;
    private List<Func<CancellationToken, Task>>? _afterResponse;

    private protected DimseContext(RequestInfo request) => _request = request;

    /// <summary>What is known about the request.</summary>
    private protected RequestInfo Request => _request;

    /// <summary>AE title of the association's requestor, without padding (PS3.8 §9.3.2).</summary>
    public string CallingAE => _request.Association.CallingAE;

    /// <summary>AE title that the requestor called, without padding (PS3.8 §9.3.2).</summary>
    public string CalledAE => _request.Association.CalledAE;

    /// <summary>The peer's address or host name.</summary>
    public string RemoteHost => _request.Association.RemoteHost;

    /// <summary>The association that the request came over.</summary>
    public AssociationInfo Association => _request.Association;

    /// <summary>
    /// The Affected or Requested SOP Class of the command (0000,0002), (0000,0003), as the provider's page defines it. For Unified Procedure Steps, whose messages all name the
    /// Push SOP class (PS3.4 §CC.3), it is the SOP class of the presentation context: the one that determines what the peer may do.
    /// </summary>
    public SopClass SopClass => _request.SopClass;

    /// <summary>The Affected or Requested SOP Instance UID of the command (0000,1000), (0000,1001), as received; empty where the command has none (C-ECHO).</summary>
    public string SopInstanceUid => _request.SopInstanceUid;

    /// <summary>Message ID (0000,0110).</summary>
    public ushort MessageId => _request.MessageId;

    /// <summary>The transfer syntax that was negotiated for the presentation context of the request (PS3.8 §9.3.3).</summary>
    public DicomTransferSyntax TransferSyntax => _request.TransferSyntax;

    /// <summary>The way back to the peer, for notifications.</summary>
    public PeerLink Peer => _request.Peer;

    /// <summary>
    /// Runs work once the response to this request has been written to the network: this is how a provider follows its answer to N-ACTION with an
    /// N-EVENT-REPORT. The work runs outside of the association's order of requests, so the peer's next request does not wait for it; several pieces run one after the other.
    /// An exception from it is logged. It does not run if the response could not be sent; it does if the association ends right after.
    /// </summary>
    /// <param name="work">The work. Its token is cancelled when the server stops, not when the association ends.</param>
    public void AfterResponse(Func<CancellationToken, Task> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        (_afterResponse ??= []).Add(work);
    }

    /// <summary>The work of <see cref="AfterResponse"/>, once; null for none.</summary>
    internal IReadOnlyList<Func<CancellationToken, Task>>? TakeAfterResponse() => Interlocked.Exchange(ref _afterResponse, null);
}
