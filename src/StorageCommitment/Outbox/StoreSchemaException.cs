namespace Specgen.Outbox;

/// <summary>A database has a schema that this program cannot work with.</summary>
/// <param name="message">Which, and what would help.</param>
public sealed class StoreSchemaException(string message) : Exception(message);
