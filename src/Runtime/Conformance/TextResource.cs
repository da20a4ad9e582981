namespace Specgen.Conformance;

/// <summary>A file of facts that is inside of the assembly: a fact a line, cells with bars between them, comments behind #.</summary>
internal static class TextResource
{
    public static string[][] Read(string name)
    {
        using var reader = new StreamReader(typeof(TextResource).Assembly.GetManifestResourceStream(name)!);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(static l => l[0] != '#').Select(static l => l.Split('|'))];
    }
}
