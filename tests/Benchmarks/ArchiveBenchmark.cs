using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Specgen.Standard;

namespace Specgen.Benchmarks;

/// <summary>
/// The archive (samples/Archive) as people run it, beside a handler that does nothing but <see cref="CStoreContext.SaveAsync"/>, and beside Orthanc with its defaults; the same senders, in turns. Every round sends new instances.
/// </summary>
internal sealed class ArchiveBenchmark(string work, bool quick)
{
    private const int Port = 24700;

    private static readonly string[] s_servers = ["saveasync", "archive commit", "archive store", "orthanc"];

    private int _round;

    /// <param name="quick">A tenth of it.</param>
    /// <param name="onDisk">In a folder for temporary files instead of one in memory.</param>
    public static async Task<int> RunAsync(bool quick, bool onDisk)
    {
        var parent = !onDisk && Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();
        var work = Directory.CreateDirectory(Path.Combine(parent, "specgen-archive-bench-" + Environment.ProcessId)).FullName;
        try
        {
            await new ArchiveBenchmark(work, quick).RunAsync();
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }

        return 0;
    }

    private async Task RunAsync()
    {
        await CompareAsync("CT of 0.5 MB, one association", 512, quick ? 100 : 1000, StorescuAsync);
        await CompareAsync("20 kB, one association", 100, quick ? 200 : 2000, StorescuAsync);
        await CompareAsync("20 kB, four associations at once", 100, quick ? 200 : 2000, (port, files) => Task.WhenAll(Directory.GetDirectories(files).Select(folder => StorescuAsync(port, folder))), folders: 4);
        await CompareAsync("20 kB, 10 an association", 100, quick ? 200 : 2000, TensAsync);
    }

    private async Task CompareAsync(string name, int side, int count, Func<int, string, Task> sendAsync, int folders = 1)
    {
        var rates = s_servers.ToDictionary(static server => server, static _ => new List<double>());
        var servers = new List<(string Name, int Port, Process Process)>();
        try
        {
            foreach (var (server, i) in s_servers.Select(static (s, i) => (s, i)))
            {
                servers.Add((server, Port + i, await StartAsync(server, Port + i)));
            }

            // The first round is for the just-in-time compiler: servers run for months.
            for (var round = -1; round < (quick ? 1 : 5); round++)
            {
                foreach (var (server, port, _) in servers)
                {
                    var files = Path.Combine(work, "files");
                    _round++;
                    for (var folder = 0; folder < folders; folder++)
                    {
                        Images.Make(folders == 1 ? files : Path.Combine(files, $"{folder}"), side, count / folders, (_round * 1_000_000) + (folder * 100_000));
                    }

                    var watch = Stopwatch.StartNew();
                    await sendAsync(port, files);
                    if (round >= 0)
                    {
                        rates[server].Add(count / watch.Elapsed.TotalSeconds);
                    }

                    Directory.Delete(files, recursive: true);
                }
            }
        }
        finally
        {
            foreach (var (_, _, process) in servers)
            {
                process.Kill();
                await process.WaitForExitAsync();
                process.Dispose();
            }
        }

        foreach (var server in s_servers)
        {
            Directory.Delete(FolderOf(server), recursive: true);
        }

        Console.WriteLine($"{name}; {count} instances a round, median:");
        var (alone, orthanc) = (rates["saveasync"].Median(), rates["orthanc"].Median());
        foreach (var server in s_servers)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {server,-15} {rates[server].Median(),8:F0} /s   / saveasync = {rates[server].Median() / alone:F2}   / orthanc = {rates[server].Median() / orthanc:F2}"));
        }
    }

    private string FolderOf(string server) => Path.Combine(work, server.Replace(' ', '-'));

    private async Task<Process> StartAsync(string server, int port)
    {
        var folder = Directory.CreateDirectory(FolderOf(server)).FullName;
        var text = port.ToString(CultureInfo.InvariantCulture);
        string[] command = server switch
        {
            "saveasync" => [Environment.ProcessPath!, .. Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [typeof(ArchiveBenchmark).Assembly.Location] : Array.Empty<string>(), "serve", "specgen", text, folder],
            "orthanc" => ["Orthanc", await OrthancConfigurationAsync(folder, port)],
            _ => ["dotnet", Built.Archive, "--port", text, "--aet", "ANY-SCP", "--folder", folder, "--address", "127.0.0.1", "--sync", server.Split(' ')[1]],
        };
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["TCP_NODELAY"] = "1";
        var process = Process.Start(start)!;
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        for (var attempt = 0; attempt < 300 && !await ListensAsync(port); attempt++)
        {
            await Task.Delay(100);
        }

        return process;
    }

    private static async Task<string> OrthancConfigurationAsync(string folder, int port)
    {
        var file = Path.Combine(folder, "orthanc.json");
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["Plugins"] = Array.Empty<string>(),
            ["HttpServerEnabled"] = false,
            ["DicomPort"] = port,
            ["DicomAet"] = "ANY-SCP",
            ["StorageDirectory"] = folder,
            ["IndexDirectory"] = folder,
        }));
        return file;
    }

    private static async Task<bool> ListensAsync(int port)
    {
        try
        {
            using var client = new System.Net.Sockets.TcpClient();
            await client.ConnectAsync(System.Net.IPAddress.Loopback, port);
            return true;
        }
        catch (System.Net.Sockets.SocketException)
        {
            return false;
        }
    }

    private static async Task StorescuAsync(int port, string files)
    {
        using var sender = RunningServer.Launch("storescu", "-xe", "-pdu", "131072", "127.0.0.1", port.ToString(CultureInfo.InvariantCulture), "+sd", files);
        await sender.WaitForExitAsync();
        if (sender.ExitCode != 0)
        {
            throw new InvalidOperationException($"storescu ended with {sender.ExitCode}.");
        }
    }

    private static async Task TensAsync(int port, string files)
    {
        foreach (var ten in Directory.GetFiles(files).Chunk(10))
        {
            await using var sender = new Sender();
            var options = new ScuOptions("127.0.0.1", port) { CalledAE = "ANY-SCP", CallingAE = "BENCH" };
            options.ProposeFor(ten);
            await sender.ConnectAsync(options);
            foreach (var file in ten)
            {
                if ((await sender.CStoreAsync(file)).Status != StorageCStoreStatus.Success)
                {
                    throw new InvalidOperationException("An instance was not stored.");
                }
            }
        }
    }
}

/// <summary>Ours as a sender.</summary>
[Scu<StorageServiceClass>]
internal sealed partial class Sender;
