using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Specgen.Package.Tests;

/// <summary>The command line tool, installed as users install it.</summary>
[TestClass]
public sealed class ToolPackageTests
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(1);

    private static string s_tool = "";
    private static string s_folder = "";

    [ClassInitialize]
    public static void Install(TestContext _)
    {
        s_folder = Feed.Files("Tool", ("readme.txt", "Where the tool is used."));
        Feed.Succeed(Feed.Run(s_folder, "tool", "install", "Specgen.Tool", "--version", Feed.PackageVersion, "--tool-path", Path.Combine(s_folder, "tools"), "--configfile", Path.Combine(Feed.Work, "nuget.config")));
        s_tool = Path.Combine(s_folder, "tools", OperatingSystem.IsWindows() ? "specgen.exe" : "specgen");
    }

    [TestMethod]
    public void It_runs_and_ends_with_what_is_documented()
    {
        StringAssert.StartsWith(Succeed("--version"), "0.");
        StringAssert.Contains(Succeed("--help"), "echo <host> <port> <aet>");
        Succeed("new", "Acme Archiving");
        Succeed("check");
        var page = Path.Combine(s_folder, "spec", "acme_archiving.rst");
        File.WriteAllText(page, File.ReadAllText(page).Replace("| Failure ", "| Refused ", StringComparison.Ordinal));

        var wrong = Run("check");
        Assert.AreEqual(1, wrong.Code, wrong.Output);
        StringAssert.Contains(wrong.Output, "SPG0005");
        Assert.AreEqual(2, Run("update", "nowhere").Code);
    }

    [TestMethod]
    public async Task It_makes_images_sends_and_receives_them()
    {
        Succeed("sample", "images");
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = $"{((IPEndPoint)listener.LocalEndpoint).Port}";
        listener.Stop();
        using var receiver = Start("receive", port, "received", "--address", "127.0.0.1");
        try
        {
            using var limit = new CancellationTokenSource(s_limit);
            StringAssert.Contains(await receiver.StandardOutput.ReadLineAsync(limit.Token), "listens on port");

            StringAssert.Contains(Succeed("echo", "127.0.0.1", port, "ANY"), "Success");
            Succeed("send", "127.0.0.1", port, "ANY", "images");

            Assert.HasCount(8, Directory.GetFiles(Path.Combine(s_folder, "received"), "*.dcm"));
        }
        finally
        {
            receiver.Kill(entireProcessTree: true);
        }
    }

    private static string Succeed(params string[] arguments)
    {
        var (code, output) = Run(arguments);
        Assert.AreEqual(0, code, output);
        return output;
    }

    private static (int Code, string Output) Run(params string[] arguments)
    {
        using var process = Start(arguments);
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        if (!process.WaitForExit(s_limit))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"specgen {string.Join(' ', arguments)} did not end within {s_limit}.");
        }

        return (process.ExitCode, output.Result + errors.Result);
    }

    private static Process Start(params string[] arguments) =>
        Process.Start(new ProcessStartInfo(s_tool, arguments) { WorkingDirectory = s_folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
}
