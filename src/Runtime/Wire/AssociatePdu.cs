namespace Specgen.Wire;

/// <summary>What an A-ASSOCIATE-RQ and its -AC have in common (PS3.8 §9.3.2, §9.3.3).</summary>
internal abstract class AssociatePdu
{
    /// <summary>Bit 0 is version 1, the only one there is.</summary>
    public const ushort Version1 = 1;

    public ushort ProtocolVersion { get; set; } = Version1;

    public string CalledAE { get; set; } = "";

    public string CallingAE { get; set; } = "";

    public string ApplicationContext { get; set; } = "";

    public UserInformation User { get; } = new();
}
