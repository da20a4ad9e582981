namespace Specgen;

/// <summary>How much of an instance a storage SCP keeps (PS3.4 §B.4.1).</summary>
public enum StorageLevel : byte
{
    /// <summary>Level 0: what it needs for itself.</summary>
    Local = 0,

    /// <summary>Level 1: all attributes of types 1 and 2.</summary>
    Base = 1,

    /// <summary>Level 2: all attributes, those of type 3 and private ones among them.</summary>
    Full = 2,
}
