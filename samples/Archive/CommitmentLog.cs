using System.Text.Json;

namespace Archive;

internal sealed record ReferencedInstance(string SopClassUid, string SopInstanceUid);

/// <summary>A request for storage commitment.</summary>
/// <param name="TransactionUid">Its UID, checked to be one.</param>
/// <param name="Peer">AE title of who asked.</param>
/// <param name="References">The instances.</param>
internal sealed record Commitment(string TransactionUid, string Peer, List<ReferencedInstance> References)
{
    public DateTimeOffset Requested { get; init; } = DateTimeOffset.UtcNow;

    /// <summary>When the peer took the report; null while it is owed.</summary>
    public DateTimeOffset? Reported { get; init; }

    /// <summary>Its UID had been used before.</summary>
    public bool IsDuplicate { get; init; }
}

/// <summary>Which transactions there were, and which reports are owed: a file for each, so that both outlive the process.</summary>
internal sealed class CommitmentLog(string folder)
{
    /// <summary>Notes a request before it is answered. False when its UID was used before.</summary>
    public bool TryBegin(Commitment commitment)
    {
        Directory.CreateDirectory(folder);
        var draft = Draft(commitment);
        try
        {
            File.Move(draft, PathOf(commitment), overwrite: false);
            return true;
        }
        catch (IOException) when (File.Exists(PathOf(commitment)))
        {
            File.Delete(draft);
            return false;
        }
    }

    /// <summary>Notes that the report was taken.</summary>
    public void End(Commitment commitment)
    {
        if (!commitment.IsDuplicate)
        {
            File.Move(Draft(commitment with { Reported = DateTimeOffset.UtcNow }), PathOf(commitment), overwrite: true);
        }
    }

    public IReadOnlyList<Commitment> Pending() => !Directory.Exists(folder) ? [] :
        [.. Directory.EnumerateFiles(folder, "*.json").Select(static file => JsonSerializer.Deserialize<Commitment>(File.ReadAllText(file))).OfType<Commitment>().Where(static c => c.Reported is null)];

    private string PathOf(Commitment commitment) => Path.Combine(folder, commitment.TransactionUid + ".json");

    // Whole or not at all: written beside, then renamed.
    private string Draft(Commitment commitment)
    {
        var draft = Path.Combine(folder, Guid.NewGuid().ToString("N") + ".draft");
        using var file = File.Create(draft);
        JsonSerializer.Serialize(file, commitment);
        file.Flush(flushToDisk: true);
        return draft;
    }
}
