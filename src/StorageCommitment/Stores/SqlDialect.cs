namespace Specgen.StorageCommitment;

/// <summary>Where databases differ in what the stores say to them. The schema is the same for all.</summary>
public sealed record SqlDialect
{
    /// <summary>An expression of the time by the database's clock: milliseconds since 1970 (UTC). The same in all of one statement.</summary>
    public required string Now { get; init; }

    /// <summary>The type of a primary key that the database counts.</summary>
    public required string Identity { get; init; }

    /// <summary>The type of a sequence of bytes.</summary>
    public required string Bytes { get; init; }

    /// <summary>What ends a SELECT so that it locks its rows and leaves out those that somebody else has locked; empty where one writes at a time
    /// anyway.</summary>
    public required string SkipLocked { get; init; }

    /// <summary>A table <c>item(value)</c> of the elements of the JSON array in a parameter.</summary>
    public required Func<string, string> JsonItems { get; init; }

    /// <summary>An element of an array in a column of <see cref="JsonItems"/>, as a number.</summary>
    public required Func<string, int, string> JsonNumber { get; init; }

    /// <summary>An element of an array in a column of <see cref="JsonItems"/>, as text.</summary>
    public required Func<string, int, string> JsonText { get; init; }

    /// <summary>A statement that lets one at a time make or change the schema, within its transaction; <see langword="null"/> where a transaction
    /// does so.</summary>
    public string? LockSchema { get; init; }

    /// <summary>A statement that lets one at a time claim, within its transaction, so that two do not send to the same peer; <see langword="null"/>
    /// where a transaction does so.</summary>
    public string? LockClaims { get; init; }

    /// <summary>A statement that tells other nodes that something is due, when its transaction is committed; <see langword="null"/> where there is
    /// nothing of the kind.</summary>
    public string? Notify { get; init; }
}
