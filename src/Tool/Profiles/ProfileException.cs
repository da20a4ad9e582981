namespace Specgen.Tool.Profiles;

/// <summary>A file of the tool's own under spec/ that cannot be read.</summary>
internal sealed class ProfileException(string file, int line, string message) : Exception(message)
{
    public string File { get; } = file;

    public int Line { get; } = line;
}
