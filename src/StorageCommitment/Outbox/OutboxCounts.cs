namespace Specgen.Outbox;

/// <summary>How many messages there are.</summary>
/// <param name="Waiting">Owed.</param>
/// <param name="Expired">Given up, to be revived by a command.</param>
/// <param name="SetAside">Cannot be sent as they are.</param>
/// <param name="OldestWaiting">The age of the oldest that is owed.</param>
public readonly record struct OutboxCounts(long Waiting, long Expired, long SetAside, TimeSpan OldestWaiting);
