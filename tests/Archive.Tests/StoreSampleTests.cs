using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Specgen;
using Specgen.Standard;

namespace Archive.Tests;

/// <summary>samples/Store: the README's server, and one that stores.</summary>
[TestClass]
public class StoreSampleTests
{
    [TestMethod]
    public async Task IsTheReadmes()
    {
        var readme = await File.ReadAllTextAsync(Path.Combine(TestRun.Repository, "README.md"));
        var program = await File.ReadAllTextAsync(Path.Combine(TestRun.Repository, "samples", "Store", "Program.cs"));
        StringAssert.Contains(readme, $"```csharp\n{program.Trim()}\n```");
        Assert.IsLessThanOrEqualTo(20, program.Trim().Split('\n').Length);
    }

    [TestMethod]
    public async Task Stores()
    {
        // The README's port is the usual one, and stands there.
        const int Port = 11112;
        using (var probe = new TcpListener(IPAddress.Any, Port))
        {
            try
            {
                probe.Start();
            }
            catch (SocketException)
            {
                throw TestRun.Missing($"port {Port} is taken");
            }
        }
        using var folder = new TestRun.Folder();
        using var store = Process.Start(new ProcessStartInfo("dotnet", [TestRun.Metadata("Store")]) { WorkingDirectory = folder.Path, RedirectStandardInput = true, RedirectStandardOutput = true })!;
        try
        {
            Assert.AreEqual($"STORE listens on port {Port}; Enter stops.", await store.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60)));
            var file = Images.Write(folder["sent"], Images.DataSet());
            await using (var user = new StorageClient())
            {
                var options = new ScuOptions("127.0.0.1", Port) { CalledAE = "STORE", CallingAE = "CT1" };
                options.ProposeFor([file]);
                await user.ConnectAsync(options);
                Assert.AreEqual(StorageCStoreStatus.Success, (await user.CStoreAsync(file)).Status);
            }
            Assert.IsTrue(File.Exists(Path.Combine(folder["store"], Path.GetFileName(file))));
            await store.StandardInput.WriteLineAsync();
            await store.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
            Assert.AreEqual(0, store.ExitCode);
        }
        finally
        {
            store.Kill();
        }
    }
}
