using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;

namespace Specgen.Generators.Tests;

/// <summary>
/// Compares generated files with those beside the test, by the conventions of Verify: <c>{Class}.{Method}#{name}.verified.cs</c> with a first line <c>//HintName: …</c>, UTF-8 with a byte order
/// mark, line feeds, no final newline; <c>.received.</c> beside it on a difference; a verified file that nothing is compared with is a failure.
/// </summary>
internal static partial class Snapshot
{
    private static readonly UTF8Encoding s_encoding = new(encoderShouldEmitUTF8Identifier: true);

    /// <summary>Compares the generated files with the verified ones; with several, each has its hint name after "#".</summary>
    public static void Verify(TestRun run, Func<string, bool>? which = null, [CallerFilePath] string file = "", [CallerMemberName] string method = "")
    {
        var prefix = Path.Combine(Path.GetDirectoryName(file)!, $"{Path.GetFileNameWithoutExtension(file)}.{method}");
        foreach (var stale in Directory.EnumerateFiles(Path.GetDirectoryName(prefix)!, Path.GetFileName(prefix) + "#*.received.cs"))
        {
            File.Delete(stale);
        }

        var problems = new List<string>();
        var verified = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (hint, text) in run.Sources.Where(source => which?.Invoke(source.Key) ?? true).OrderBy(static source => source.Key, StringComparer.Ordinal))
        {
            var name = $"{prefix}#{NameOf(hint)}";
            verified.Add(name + ".verified.cs");
            Compare(name, $"//HintName: {hint}\n{Scrub(text)}".TrimEnd('\n'), problems);
        }

        foreach (var stale in Directory.EnumerateFiles(Path.GetDirectoryName(prefix)!, Path.GetFileName(prefix) + "#*.verified.cs").Where(path => !verified.Contains(path)))
        {
            problems.Add($"Nothing generates {Path.GetFileName(stale)} any more.");
        }

        Assert.IsNotEmpty(verified, "Nothing was generated.");
        Assert.IsEmpty(problems, string.Join("\n", problems));
    }

    /// <summary>Verified files that belong to no test method of the class: what is left when a test is renamed.</summary>
    public static IEnumerable<string> Orphans(Type[] tests, [CallerFilePath] string file = "")
    {
        var root = Directory.GetParent(Path.GetDirectoryName(file)!)!.FullName;
        var methods = tests.SelectMany(static test => test.GetMethods().Select(method => $"{test.Name}.{method.Name}")).ToHashSet(StringComparer.Ordinal);
        return Directory.EnumerateFiles(root, "*.verified.cs", SearchOption.AllDirectories)
            .Where(static path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Where(path => !methods.Contains(Path.GetFileName(path).Split('#')[0]));
    }

    private static void Compare(string name, string text, List<string> problems)
    {
        var verified = name + ".verified.cs";
        var received = name + ".received.cs";
        if (!File.Exists(verified))
        {
            File.WriteAllText(received, text, s_encoding);
            problems.Add($"There is no {Path.GetFileName(verified)} yet; look at the received file and rename it.");
            return;
        }

        var bytes = File.ReadAllBytes(verified);
        if (!bytes.AsSpan().StartsWith(s_encoding.Preamble))
        {
            problems.Add($"{Path.GetFileName(verified)} has no byte order mark.");
        }

        var expected = File.ReadAllText(verified, s_encoding);
        if (expected != text)
        {
            File.WriteAllText(received, text, s_encoding);
            problems.Add($"{Path.GetFileName(verified)} differs {Difference(expected, text)}");
        }
    }

    private static string Difference(string expected, string received)
    {
        if (expected.Contains('\r', StringComparison.Ordinal))
        {
            return "by its carriage returns.";
        }

        var before = expected.Split('\n');
        var after = received.Split('\n');
        for (var i = 0; i < Math.Min(before.Length, after.Length); i++)
        {
            if (before[i] != after[i])
            {
                return $"in line {i + 1}:\n- {before[i]}\n+ {after[i]}";
            }
        }

        return $"in length: {before.Length} lines, now {after.Length}.";
    }

    /// <summary>"StorageServiceClass.g.cs" → "StorageServiceClass.g", as Verify.SourceGenerators does.</summary>
    private static string NameOf(string hint)
    {
        var name = hint.EndsWith(".cs", StringComparison.Ordinal) ? hint[..^3] : hint;
        return string.Concat(name.Select(static c => Path.GetInvalidFileNameChars().Contains(c) ? '-' : c));
    }

    /// <summary>The generator's version is not what snapshots are about.</summary>
    private static string Scrub(string text) => Version().Replace(text, "GeneratedCode(\"Specgen\", \"{version}\")");

    [GeneratedRegex("""GeneratedCode\("Specgen", "[0-9.]+"\)""")]
    private static partial Regex Version();
}
