using System.Text.Json;
using Microsoft.Extensions.Logging;
using Specgen;
using Specgen.StorageCommitment;

namespace Archive;

/// <summary>
/// Reports that an earlier version owed, a file for each in <c>.commitments</c>: they are owed by this one, and the files are moved away. One that cannot be read is named, and stops no other.
/// </summary>
internal static class EarlierCommitments
{
    public static async Task TakeOverAsync(string folder, StorageCommitmentProvider commitments, ILogger log, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(folder))
        {
            return;
        }
        foreach (var file in Directory.EnumerateFiles(folder, "*.json"))
        {
            try
            {
                if (JsonSerializer.Deserialize<Earlier>(await File.ReadAllTextAsync(file, cancellationToken)) is not { Peer.Length: > 0, References.Count: > 0 } earlier || !InstanceIdentity.IsUid(earlier.TransactionUid))
                {
                    throw new JsonException("something is missing");
                }
                if (earlier.Reported is null && !earlier.IsDuplicate)
                {
                    await commitments.OweAsync(earlier.Peer, earlier.TransactionUid, earlier.References, cancellationToken);
                    log.LogInformation("The report on {Transaction} that is owed to {Peer} is taken over from an earlier version", earlier.TransactionUid, earlier.Peer);
                }
                File.Move(file, file + ".taken-over", overwrite: true);
            }
            catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException or InvalidOperationException or System.Data.Common.DbException)
            {
                log.LogError("{File} cannot be taken over, and is left where it is: {Problem}", file, e.Message);
            }
        }
    }

    private sealed record Earlier(string TransactionUid, string Peer, List<SopReference> References, DateTimeOffset? Reported, bool IsDuplicate);
}
