namespace Specgen.Tool.Tests;

/// <summary>What a command printed, kept beside the tests: facts of tables, none of the standard's sentences.</summary>
internal static class Snapshot
{
    public static void Match(string name, string text)
    {
        var verified = Path.Combine(Repository.Root, "tests", "Tool.Tests", "Snapshots", name.Replace(".md", ".verified.md", StringComparison.Ordinal));
        var received = verified.Replace(".verified.", ".received.", StringComparison.Ordinal);
        text = text.ReplaceLineEndings("\n");
        if (File.Exists(verified) && File.ReadAllText(verified) == text)
        {
            File.Delete(received);
            return;
        }

        File.WriteAllText(received, text);
        Assert.Fail($"{received} is not what {Path.GetFileName(verified)} has");
    }
}
