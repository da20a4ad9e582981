using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;

namespace Archive.Tests;

/// <summary>npm's s3rver with one bucket, in a folder of the test's.</summary>
internal sealed class S3Server : IAsyncDisposable
{
    public const string Bucket = "instances";

    private readonly string _folder;
    private Process _process;

    private S3Server(string folder, int port, Process process) => (_folder, Port, _process) = (folder, port, process);

    public int Port { get; }

    public string Endpoint => $"http://127.0.0.1:{Port}";

    /// <summary>Its keys, and what they are called in the environment of an archive.</summary>
    public static BucketSettings Settings(string endpoint) => new() { Endpoint = endpoint, Name = Bucket, AccessKey = "S3RVER", SecretKey = "S3RVER" };

    public static async Task<S3Server> StartAsync(string folder)
    {
        var port = ArchiveProgram.FreePort();
        var server = new S3Server(folder, port, Launch(folder, port));
        await server.ListensAsync();
        return server;
    }

    public async Task StopAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public Task StartAgainAsync()
    {
        _process = Launch(_folder, Port);
        return ListensAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await StopAsync();
        }
        _process.Dispose();
    }

    private static Process Launch(string folder, int port)
    {
        var program = Path.Combine(Scripts(), "node_modules", "s3rver", "bin", "s3rver.js");
        if (!File.Exists(program))
        {
            throw TestRun.Missing("s3rver is not installed; run eng/install-peers.sh");
        }
        return Process.Start("node", [program, "-d", folder, "-a", "127.0.0.1", "-p", port.ToString(CultureInfo.InvariantCulture), "--silent", "--configure-bucket", Bucket]);
    }

    private static string Scripts() =>
        typeof(S3Server).Assembly.GetCustomAttributes(typeof(System.Reflection.AssemblyMetadataAttribute), false).Cast<System.Reflection.AssemblyMetadataAttribute>().Single(static a => a.Key == "ObjectStore").Value!;

    private async Task ListensAsync()
    {
        for (var attempt = 0; attempt < 300; attempt++)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync("127.0.0.1", Port);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(100);
            }
        }
        throw new AssertFailedException("s3rver does not listen.");
    }
}
