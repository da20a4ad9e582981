namespace Specgen.Tool.DocBook;

/// <summary>A file that is not what it should be: one error, with its file and line.</summary>
internal sealed class DocBookException(string file, int line, string message) : Exception(message)
{
    public string File { get; } = file;

    public int Line { get; } = line;
}
