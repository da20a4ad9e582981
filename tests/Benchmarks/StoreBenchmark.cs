using System.Diagnostics;
using System.Globalization;

namespace Specgen.Benchmarks;

/// <summary>C-STORE of many instances over one association to disk: our server, a fo-dicom server of the usual kind and DCMTK's storescp, by the same sender, in turns.</summary>
internal static class StoreBenchmark
{
    private static readonly string[] s_servers = ["specgen", "usual", "storescp"];

    public static async Task<int> RunAsync(bool quick)
    {
        var work = Directory.CreateDirectory(Path.Combine(Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), "specgen-bench-" + Environment.ProcessId)).FullName;
        try
        {
            foreach (var (name, side) in new[] { ("0.5 MB", 512), ("20 kB", 100) })
            {
                await CompareAsync(name, side, quick ? 200 : 2000, quick ? 1 : 5, work);
            }
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }

        return 0;
    }

    private static async Task CompareAsync(string name, int side, int count, int rounds, string work)
    {
        var files = Path.Combine(work, "files");
        Images.Make(files, side, count);
        var servers = s_servers.Select(server => RunningServer.Start(server, Directory.CreateDirectory(Path.Combine(work, server)).FullName)).ToList();
        var rates = s_servers.ToDictionary(static server => server, static _ => new List<double>());
        try
        {
            // The first round is for the just-in-time compiler: servers run for months.
            for (var round = -1; round < rounds; round++)
            {
                foreach (var server in servers)
                {
                    var rate = await MeasureAsync(server, files, count);
                    if (round >= 0)
                    {
                        rates[server.Name].Add(rate);
                    }
                }
            }
        }
        finally
        {
            foreach (var server in servers)
            {
                await server.StopAsync();
            }
        }

        Directory.Delete(files, recursive: true);
        var ours = rates["specgen"].Median();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count} x {name}, one association, to disk; median of {rounds}:"));
        foreach (var server in s_servers)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {server,-9} {rates[server].Median(),8:F0} instances/s   specgen/{server} = {ours / rates[server].Median():F2}"));
        }
    }

    private static async Task<double> MeasureAsync(RunningServer server, string files, int count)
    {
        await server.WaitAsync();
        var watch = Stopwatch.StartNew();
        using (var sender = RunningServer.Launch("storescu", "-xe", "-pdu", "131072", "127.0.0.1", server.Port.ToString(CultureInfo.InvariantCulture), "+sd", files))
        {
            await sender.WaitForExitAsync();
            if (sender.ExitCode != 0)
            {
                throw new InvalidOperationException($"storescu ended with {sender.ExitCode}.");
            }
        }

        watch.Stop();
        var kept = Directory.GetFiles(server.Folder);
        if (kept.Length != count)
        {
            throw new InvalidOperationException($"{server.Name} kept {kept.Length} of {count} instances.");
        }

        foreach (var file in kept)
        {
            File.Delete(file);
        }

        return count / watch.Elapsed.TotalSeconds;
    }
}
