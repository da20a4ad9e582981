namespace Specgen.StorageCommitment;

/// <summary>How closely a catalogue looks before it says that an instance is held. Each includes those before it.</summary>
public enum VerificationDepth
{
    /// <summary>The catalogue has the instance.</summary>
    Catalogue,

    /// <summary>What it was stored as exists.</summary>
    Exists,

    /// <summary>It has the length that was stored.</summary>
    Size,

    /// <summary>Its content is what was stored.</summary>
    Checksum,
}
