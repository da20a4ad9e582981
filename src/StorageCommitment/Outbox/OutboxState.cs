namespace Specgen.Outbox;

/// <summary>The state of something that is owed to a peer.</summary>
public enum OutboxState
{
    /// <summary>It is owed, and will be sent.</summary>
    Waiting = 0,

    /// <summary>The peer has taken it.</summary>
    Done = 1,

    /// <summary>It was tried for as long as the options say. It stays until a command revives it.</summary>
    Expired = 2,

    /// <summary>What was stored cannot be sent: it cannot be read, or no sender is registered for its kind. It stays until a command revives it.</summary>
    SetAside = 3,
}
