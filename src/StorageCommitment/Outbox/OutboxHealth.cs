namespace Specgen.Outbox;

/// <summary>Whether an outbox is being worked on.</summary>
/// <param name="IsHealthy">It runs, and its store answers.</param>
/// <param name="Problem">What is wrong; <see langword="null"/> when nothing is.</param>
public readonly record struct OutboxHealth(bool IsHealthy, string? Problem);
