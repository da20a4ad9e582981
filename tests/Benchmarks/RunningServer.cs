using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Specgen.Benchmarks;

/// <summary>A server in a process of its own.</summary>
internal sealed class RunningServer
{
    private readonly Process _process;

    private RunningServer(string name, string folder, int port, Process process)
    {
        Name = name;
        Folder = folder;
        Port = port;
        _process = process;
    }

    public string Name { get; }

    public string Folder { get; }

    public int Port { get; }

    public static RunningServer Start(string name, string folder)
    {
        var port = FreePort();
        var text = port.ToString(CultureInfo.InvariantCulture);
        var process = name switch
        {
            "storescp" => Launch("storescp", "-pdu", "131072", "+B", "-od", folder, text),
            "usual" => Launch("dotnet", isAsked: true, [Built.UsualServer, text, folder]),
            _ => Launch(Environment.ProcessPath!, isAsked: true, [.. HostArguments(), "serve", name, text, folder]),
        };
        return new RunningServer(name, folder, port, process);
    }

    public static Process Launch(string program, params string[] arguments) => Launch(program, isAsked: false, arguments);

    private static Process Launch(string program, bool isAsked, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = isAsked, RedirectStandardOutput = isAsked };

        // Debian's DCMTK leaves Nagle's algorithm on otherwise: each message would wait for 44 ms.
        start.Environment["TCP_NODELAY"] = "1";
        return Process.Start(start)!;
    }

    /// <summary>Until it listens.</summary>
    public async Task WaitAsync()
    {
        for (var attempt = 0; attempt < 100; attempt++)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, Port);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(100);
            }
        }

        throw new TimeoutException($"Nobody listens on port {Port}.");
    }

    /// <summary>Bytes that one of ours has allocated up to now.</summary>
    public long AllocatedBytes()
    {
        _process.StandardInput.WriteLine();
        return long.Parse(_process.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture);
    }

    public async Task StopAsync()
    {
        using (var kill = Launch("kill", _process.Id.ToString(CultureInfo.InvariantCulture)))
        {
            await kill.WaitForExitAsync();
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    /// <summary>"dotnet x.dll" when that is how this runs.</summary>
    private static IEnumerable<string> HostArguments() =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [typeof(RunningServer).Assembly.Location] : [];

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
