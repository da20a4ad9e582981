namespace Specgen.Tool;

/// <summary>What a command ends with.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>There is something that a person has to look at.</summary>
    public const int Found = 1;

    /// <summary>The command could not be done: what it was given cannot be read, or written.</summary>
    public const int NotDone = 2;
}
