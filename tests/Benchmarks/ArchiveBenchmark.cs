using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Specgen.Standard;

namespace Specgen.Benchmarks;

/// <summary>
/// The archive (samples/Archive) as people run it, beside a handler that does nothing but <see cref="CStoreContext.SaveAsync"/>, beside DCMTK's storescp, which writes what it reads, and beside Orthanc with its defaults; the same senders, in turns. Every round sends new instances.
/// </summary>
internal sealed class ArchiveBenchmark(string work, string sent, bool onDisk, bool quick, IReadOnlyCollection<string> only)
{
    private const int Port = 24700;

    private static readonly string[] s_servers = ["storescp", "saveasync", "archive commit", "archive store", "orthanc"];

    private string _folder = "";
    private int _round;

    /// <param name="quick">A tenth of it.</param>
    /// <param name="onDisk">Store in a folder for temporary files instead of one in memory. What is sent is in memory either way: senders have disks of their own.</param>
    /// <param name="only">ct, storescu, small, four, tens; none for all.</param>
    public static async Task<int> RunAsync(bool quick, bool onDisk, IReadOnlyCollection<string> only)
    {
        var memory = Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();
        var name = "specgen-archive-bench-" + Environment.ProcessId;
        var work = Directory.CreateDirectory(Path.Combine(onDisk ? Path.GetTempPath() : memory, name)).FullName;
        var sent = Directory.CreateDirectory(Path.Combine(memory, name + "-sent")).FullName;
        try
        {
            await new ArchiveBenchmark(work, sent, onDisk, quick, only).RunAsync();
        }
        finally
        {
            Directory.Delete(work, recursive: true);
            Directory.Delete(sent, recursive: true);
        }

        return 0;
    }

    private async Task RunAsync()
    {
        foreach (var (key, name, side, count, folders, sender) in ((string, string, int, int, int, Func<string, Func<int, Task>>)[])
        [
            ("ct", "CT of 0.5 MB, one association", 512, 1000, 1, Storescu),
            ("storescu", "20 kB by storescu, one association", 100, 2000, 1, Storescu),
            ("small", "20 kB, one association", 100, 2000, 1, static folder => Send(Directory.GetFiles(folder), each: 2000)),
            ("four", "20 kB, four associations at once", 100, 2000, 4, static folder => AtOnce(Directory.GetDirectories(folder).Select(static files => Send(Directory.GetFiles(files), each: 500)).ToList())),
            ("tens", "20 kB, 200 associations of 10", 100, 2000, 1, static folder => Send(Directory.GetFiles(folder), each: 10)),
        ])
        {
            if (only.Count == 0 || only.Contains(key))
            {
                _folder = Path.Combine(work, key);
                await CompareAsync(name, side, quick ? count / 10 : count, sender, folders);
            }
        }
    }

    private async Task CompareAsync(string name, int side, int count, Func<string, Func<int, Task>> sender, int folders = 1)
    {
        var rates = s_servers.ToDictionary(static server => server, static _ => new List<double>());
        var processor = s_servers.ToDictionary(static server => server, static _ => new List<double>());
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
                foreach (var (server, port, process) in servers)
                {
                    var files = Path.Combine(sent, "files");
                    _round++;
                    for (var folder = 0; folder < folders; folder++)
                    {
                        Images.Make(folders == 1 ? files : Path.Combine(files, $"{folder}"), side, count / folders, (_round * 1_000_000) + (folder * 100_000));
                    }

                    var sendAsync = sender(files);
                    process.Refresh();
                    var before = process.TotalProcessorTime;
                    var watch = Stopwatch.StartNew();
                    await sendAsync(port);
                    if (round >= 0)
                    {
                        rates[server].Add(count / watch.Elapsed.TotalSeconds);
                        process.Refresh();
                        processor[server].Add((process.TotalProcessorTime - before).TotalMilliseconds / count);
                    }

                    Directory.Delete(files, recursive: true);
                    if (onDisk)
                    {
                        await SettleAsync();
                    }
                    else
                    {
                        DeleteInstances(FolderOf(server));
                    }
                }
            }
        }
        finally
        {
            foreach (var (_, _, process) in servers)
            {
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync();
                process.Dispose();
            }
        }

        if (!onDisk)
        {
            Directory.Delete(_folder, recursive: true);
        }

        Console.WriteLine($"{name}; {count} instances a round, median:");
        var (alone, orthanc) = (rates["saveasync"].Median(), rates["orthanc"].Median());
        foreach (var server in s_servers)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {server,-15} {rates[server].Median(),8:F0} /s   / saveasync = {rates[server].Median() / alone:F2}   / orthanc = {rates[server].Median() / orthanc:F2}   processor {processor[server].Median():F3} ms"));
        }
    }

    /// <summary>What was stored: a folder in memory that only grew would measure how fast the machine finds memory.</summary>
    private static void DeleteInstances(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(IsInstance).ToList())
        {
            File.Delete(file);
        }
    }

    /// <summary>
    /// What one server leaves to be written is not for the next one to wait for, and what is on the disk need not be in memory as well. Nothing is deleted: where much was, ext4 looks for each new file
    /// through all that was deleted a minute ago.
    /// </summary>
    private static async Task SettleAsync()
    {
        if (OperatingSystem.IsLinux())
        {
            using var sync = Process.Start("sync");
            await sync.WaitForExitAsync();
            try
            {
                await File.WriteAllTextAsync("/proc/sys/vm/drop_caches", "1");
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Not everybody may.
            }
        }
    }

    private static bool IsInstance(string path)
    {
        // Empty files are the servers' locks.
        if (new FileInfo(path).Length == 0)
        {
            return false;
        }

        using var file = File.OpenRead(path);
        return DicomFileHeader.TryRead(file, out _);
    }

    private string FolderOf(string server) => Path.Combine(_folder, server.Replace(' ', '-'));

    private async Task<Process> StartAsync(string server, int port)
    {
        var folder = Directory.CreateDirectory(FolderOf(server)).FullName;
        var text = port.ToString(CultureInfo.InvariantCulture);
        string[] command = server switch
        {
            "saveasync" => [Environment.ProcessPath!, .. Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [typeof(ArchiveBenchmark).Assembly.Location] : Array.Empty<string>(), "serve", "specgen", text, folder],
            // What a server can reach that writes to the file what it reads from the network, and knows nothing.
            "storescp" => ["storescp", "+B", "--fork", "-pdu", "131072", "-od", folder, text],
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

    private static Func<int, Task> Storescu(string files) => async port =>
    {
        using var sender = RunningServer.Launch("storescu", "-xe", "-pdu", "131072", "127.0.0.1", port.ToString(CultureInfo.InvariantCulture), "+sd", files);
        await sender.WaitForExitAsync();
        if (sender.ExitCode != 0)
        {
            throw new InvalidOperationException($"storescu ended with {sender.ExitCode}.");
        }
    };

    /// <summary>So many files over each association. What is sent is made before, so that the sender takes as little of the machine as it can: storescu takes longer for 20 kB than servers do.</summary>
    public static Func<int, Task> Send(IEnumerable<string> files, int each)
    {
        var request = RawUser.AssociateRequest(SopClassUids.CTImageStorage, transferSyntax: TransferSyntaxUids.ExplicitVRLittleEndian, called: "ANY-SCP");
        var messages = files.Select(Message).Chunk(each).ToList();
        return port => Task.Run(() =>
        {
            foreach (var some in messages)
            {
                using var user = new RawUser(port, request);
                foreach (var message in some)
                {
                    user.Ask(message);
                }

                user.Release();
            }
        });
    }

    private static Func<int, Task> AtOnce(List<Func<int, Task>> sends) => port => Task.WhenAll(sends.Select(send => send(port)));

    private static byte[] Message(string path)
    {
        using var file = File.OpenRead(path);
        if (!DicomFileHeader.TryRead(file, out var header))
        {
            throw new InvalidDataException("Not a DICOM file.");
        }

        file.Position = header.DataSetOffset;
        var dataSet = new byte[file.Length - file.Position];
        file.ReadExactly(dataSet);
        return RawUser.StoreRequest(header.SopClassUid, header.SopInstanceUid, dataSet);
    }
}
