using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;

namespace Archive.Tests;

/// <summary>npm's s3rver with one bucket, in a folder of the test's.</summary>
internal sealed class S3Server : IAsyncDisposable
{
    public const string Bucket = "instances";

    private readonly string _folder;
    private readonly string _address;
    private readonly string[] _more;
    private Process _process;

    private S3Server(string folder, string address, int port, string[] more) => (_folder, _address, Port, _more, _process) = (folder, address, port, more, Launch(folder, address, port, more));

    public int Port { get; }

    public string Endpoint => $"http://{_address}:{Port}";

    /// <summary>Its keys, and what they are called in the environment of an archive.</summary>
    public static BucketSettings Settings(string endpoint) => new() { Endpoint = endpoint, Name = Bucket, AccessKey = "S3RVER", SecretKey = "S3RVER" };

    /// <param name="folder">Where its objects are.</param>
    /// <param name="address">The address that it listens on.</param>
    /// <param name="port">The port; null for any.</param>
    /// <param name="bucket">The bucket that it has.</param>
    /// <param name="keys">Access key and secret key besides its own.</param>
    public static async Task<S3Server> StartAsync(string folder, string address = "127.0.0.1", int? port = null, string bucket = Bucket, (string Access, string Secret)? keys = null)
    {
        var server = new S3Server(folder, address, port ?? ArchiveProgram.FreePort(), [bucket, keys?.Access ?? "", keys?.Secret ?? ""]);
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
        _process = Launch(_folder, _address, Port, _more);
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

    private static Process Launch(string folder, string address, int port, string[] more)
    {
        var program = Path.Combine(TestRun.Metadata("ObjectStore"), "server.js");
        if (!Directory.Exists(Path.Combine(TestRun.Metadata("ObjectStore"), "node_modules", "s3rver")))
        {
            throw TestRun.Missing("s3rver is not installed; run eng/install-peers.sh");
        }
        return Process.Start("node", [program, folder, address, port.ToString(CultureInfo.InvariantCulture), .. more]);
    }

    private async Task ListensAsync()
    {
        for (var attempt = 0; attempt < 300; attempt++)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(_address, Port);
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
