using System.Diagnostics;

namespace Specgen.Package.Tests;

/// <summary>The command line tool, installed as users install it; once, where it is first asked for.</summary>
internal static class InstalledTool
{
    private static readonly Lazy<string> s_tool = new(Install);

    public static TimeSpan Limit { get; } = TimeSpan.FromMinutes(1);

    /// <summary>Where it is used.</summary>
    public static string Folder { get; } = Path.Combine(Feed.Work, "Tool");

    public static string Succeed(params string[] arguments)
    {
        var (code, output) = Run(arguments);
        Assert.AreEqual(0, code, output);
        return output;
    }

    public static (int Code, string Output) Run(params string[] arguments)
    {
        using var process = Start(arguments);
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        if (!process.WaitForExit(Limit))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"specgen {string.Join(' ', arguments)} did not end within {Limit}.");
        }

        return (process.ExitCode, output.Result + errors.Result);
    }

    public static Process Start(params string[] arguments) =>
        Process.Start(new ProcessStartInfo(s_tool.Value, arguments) { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true })!;

    private static string Install()
    {
        Feed.Files("Tool", ("readme.txt", "Where the tool is used."));
        Feed.Succeed(Feed.Run(Folder, "tool", "install", "Specgen.Tool", "--version", Feed.PackageVersion, "--tool-path", Path.Combine(Folder, "tools"), "--configfile", Path.Combine(Feed.Work, "nuget.config")));
        return Path.Combine(Folder, "tools", OperatingSystem.IsWindows() ? "specgen.exe" : "specgen");
    }
}
