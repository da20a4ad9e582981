namespace Specgen;

/// <summary>What a storage SCP says it does with the instances of a SOP class, by extended negotiation (PS3.4 §B.3.1).</summary>
/// <param name="Level">How much of them it keeps.</param>
public sealed record StorageSupport(StorageLevel Level)
{
    /// <summary>The level of digital signatures that it supports, 1 to 3 (PS3.4 §B.4.1); 0 where it does not say.</summary>
    public byte SignatureLevel { get; init; }

    /// <summary>Whether it may change attributes of what it stores: if it does, its answer is a status of element coercion.</summary>
    public bool MayCoerce { get; init; }
}
