namespace Specgen;

/// <summary>
/// What is required of a SOP Instance UID that a peer names (PS3.5 §9.1). A request that does not meet it is answered 0x0117, Invalid SOP Instance (PS3.7 §C.5.12), before a
/// handler is called.
/// </summary>
public enum UidCheck
{
    /// <summary>1 to 64 characters: digits, in components that dots separate. Leading zeros, which the standard forbids but which do occur, are accepted: they do no harm.</summary>
    Characters,

    /// <summary>All that the standard asks for: no component but 0 begins with 0.</summary>
    Full,

    /// <summary>
    /// Nothing: for old instances whose identifier is not a valid UID. What a peer sends may then be any text, so a handler must not make a path of it.
    /// <see cref="CStoreContext.SaveToAsync"/> still refuses it.
    /// </summary>
    None,
}
