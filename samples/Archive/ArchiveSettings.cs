using Specgen;

namespace Archive;

/// <summary>What appsettings.json and the command line say, in the section "Archive".</summary>
internal sealed class ArchiveSettings
{
    /// <summary>The local address to listen on; empty: all of them.</summary>
    public string? Address { get; set; }

    public int Port { get; set; } = 11112;

    public string AETitle { get; set; } = "ARCHIVE";

    public string Folder { get; set; } = "archive";

    /// <summary>Who may call; empty: anybody.</summary>
    public List<string> CallingAETitles { get; set; } = [];

    /// <summary>Where a peer listens, by AE title. Storage commitment reports go there when the peer's own association is gone.</summary>
    public Dictionary<string, DicomPeer> Peers { get; set; } = [];

    public int? MaxAssociations { get; set; }

    /// <summary>Seconds that a connection may take to ask for an association.</summary>
    public double? AssociationTimeout { get; set; }

    /// <summary>Seconds that an association may be silent.</summary>
    public double? IdleTimeout { get; set; }

    public void Apply(DicomScpOptions scp, ArchiveFolder folder)
    {
        scp.Address = string.IsNullOrEmpty(Address) ? scp.Address : Address;
        scp.Port = Port;
        scp.AETitle = AETitle;
        scp.ReceiveFolder = folder.Receiving;
        scp.MaxAssociations = MaxAssociations ?? scp.MaxAssociations;
        scp.AssociationTimeout = AssociationTimeout is { } association ? TimeSpan.FromSeconds(association) : scp.AssociationTimeout;
        scp.IdleTimeout = IdleTimeout is { } idle ? TimeSpan.FromSeconds(idle) : scp.IdleTimeout;
        // Those who stop a process wait for about ten seconds before they kill it.
        scp.StopTimeout = TimeSpan.FromSeconds(5);
        foreach (var title in CallingAETitles)
        {
            scp.CallingAETitles.Add(title);
        }
        foreach (var (title, peer) in Peers)
        {
            scp.Peers[title] = peer;
        }
    }
}
