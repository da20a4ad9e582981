using System.Diagnostics.CodeAnalysis;

namespace Specgen.Tool.Tests;

/// <summary>A folder for one test, with the small standard and the small pages in it, and the command line run over them.</summary>
internal sealed class SmallStandard : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("specgen-tool-").FullName;

    public SmallStandard()
    {
        Copy(Path.Combine(AppContext.BaseDirectory, "Small", "2031a"), DocBook);
        Copy(Path.Combine(AppContext.BaseDirectory, "Small", "spec"), Spec);
    }

    public string DocBook => Path.Combine(_root, "2031a");

    public string Spec => Path.Combine(_root, "spec");

    public string Text(string page) => File.ReadAllText(Path.Combine(Spec, page));

    /// <summary>All files of the pages' folder with their contents.</summary>
    public Dictionary<string, string> Pages() => Contents(Spec);

    public static Dictionary<string, string> Contents(string folder) => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .ToDictionary(file => Path.GetRelativePath(folder, file), File.ReadAllText);

    public void Replace(string file, string old, string @new)
    {
        var path = Path.Combine(_root, file);
        var text = File.ReadAllText(path);
        StringAssert.Contains(text, old);
        File.WriteAllText(path, text.Replace(old, @new, StringComparison.Ordinal));
    }

    public (int Code, string Output, string Errors) Update(params string[] more) => Run(["update", DocBook, "--spec", Spec, .. more]);

    [SuppressMessage("Usage", "CA1031", Justification = "The console is given back whatever happens.")]
    public static (int Code, string Output, string Errors) Run(params string[] args)
    {
        var (output, errors) = (Console.Out, Console.Error);
        using var written = new StringWriter();
        using var failed = new StringWriter();
        try
        {
            Console.SetOut(written);
            Console.SetError(failed);
            return (CommandLine.RunAsync(args).GetAwaiter().GetResult(), written.ToString(), failed.ToString());
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(errors);
        }
    }

    public static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target, overwrite: true);
        }
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
