using System.Net;
using System.Net.Sockets;

namespace Specgen.Package.Tests;

/// <summary>The command line tool, installed as users install it.</summary>
[TestClass]
public sealed class ToolPackageTests
{
    [TestMethod]
    public void It_runs_and_ends_with_what_is_documented()
    {
        StringAssert.StartsWith(InstalledTool.Succeed("--version"), "0.");
        StringAssert.Contains(InstalledTool.Succeed("--help"), "echo <host> <port> <aet>");
        InstalledTool.Succeed("new", "Acme Archiving");
        InstalledTool.Succeed("check");
        var page = Path.Combine(InstalledTool.Folder, "spec", "acme_archiving.rst");
        File.WriteAllText(page, File.ReadAllText(page).Replace("| Failure ", "| Refused ", StringComparison.Ordinal));

        var wrong = InstalledTool.Run("check");
        Assert.AreEqual(1, wrong.Code, wrong.Output);
        StringAssert.Contains(wrong.Output, "SPG0005");
        Assert.AreEqual(2, InstalledTool.Run("update", "nowhere").Code);
    }

    [TestMethod]
    public async Task It_makes_images_sends_and_receives_them()
    {
        InstalledTool.Succeed("sample", "images");
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = $"{((IPEndPoint)listener.LocalEndpoint).Port}";
        listener.Stop();
        using var receiver = InstalledTool.Start("receive", port, "received", "--address", "127.0.0.1");
        try
        {
            using var limit = new CancellationTokenSource(InstalledTool.Limit);
            StringAssert.Contains(await receiver.StandardOutput.ReadLineAsync(limit.Token), "listens on port");

            StringAssert.Contains(InstalledTool.Succeed("echo", "127.0.0.1", port, "ANY"), "Success");
            InstalledTool.Succeed("send", "127.0.0.1", port, "ANY", "images");

            Assert.HasCount(8, Directory.GetFiles(Path.Combine(InstalledTool.Folder, "received"), "*.dcm"));
        }
        finally
        {
            receiver.Kill(entireProcessTree: true);
        }
    }
}
