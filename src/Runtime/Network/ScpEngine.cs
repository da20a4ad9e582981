namespace Specgen;

/// <summary>Makes the engine of a server.</summary>
internal static class ScpEngine
{
    public static IScpEngine Create(ScpConfiguration configuration) => new Network.ScpServer(configuration);
}
