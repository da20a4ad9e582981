namespace Specgen.Outbox;

/// <summary>When a message is tried again.</summary>
/// <param name="Message">The message, as it was claimed.</param>
/// <param name="Delay">Due after so long, by the store's clock.</param>
/// <param name="Problem">Why it was not taken, in words; <see langword="null"/> leaves what was said before.</param>
/// <param name="Status">The status of the peer's response, where it gave one.</param>
/// <param name="Counts">Whether it counts as an attempt.</param>
public readonly record struct OutboxRetry(OutboxMessage Message, TimeSpan Delay, string? Problem = null, ushort? Status = null, bool Counts = true);
