namespace Specgen;

/// <summary>What is asked of a SOP Instance UID that a peer names (PS3.5 §9.1). A request with another one is answered 0x0117, Invalid SOP Instance (PS3.7 §C.5.12), before a handler is called.</summary>
public enum UidCheck
{
    /// <summary>1 to 64 characters: digits, in components that dots separate. Leading zeros, which the standard forbids and the field has, are let through: they do no harm.</summary>
    Characters,

    /// <summary>All that the standard asks for: no component but 0 begins with 0.</summary>
    Full,

    /// <summary>
    /// Nothing: for instances of old that are called by what is no UID. What a peer says may then be any text; a handler must not make a path of it. <see cref="CStoreContext.SaveToAsync"/> still refuses.
    /// </summary>
    None,
}
