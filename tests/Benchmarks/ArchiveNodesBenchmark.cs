using System.Diagnostics;
using System.Globalization;

namespace Specgen.Benchmarks;

/// <summary>Two nodes of the archive over one PostgreSQL database and one folder beside one node of it, four senders in both cases, in turns.</summary>
internal sealed class ArchiveNodesBenchmark(string work, int count)
{
    private const int Port = 24730, Senders = 4;

    /// <param name="database">The connection string of an empty PostgreSQL database.</param>
    /// <param name="quick">A tenth of it.</param>
    public static async Task<int> RunAsync(string database, bool quick)
    {
        var work = Directory.CreateDirectory(Path.Combine(Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), "specgen-nodes-bench-" + Environment.ProcessId)).FullName;
        try
        {
            await new ArchiveNodesBenchmark(work, quick ? 200 : 2000).RunAsync(database);
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }

        return 0;
    }

    private async Task RunAsync(string database)
    {
        var nodes = new List<Process> { await StartAsync(database, Port), await StartAsync(database, Port + 1) };
        try
        {
            var (one, two, load) = (new List<double>(), new List<double>(), new List<double>());
            for (var round = -2; round < 10; round++)
            {
                var files = Path.Combine(work, "files");
                Images.Make(files, 100, count, (round + 3) * 100_000);
                var senders = Directory.GetFiles(files).Chunk(count / Senders).Select(static part => ArchiveBenchmark.Tens(part)).ToList();
                var isOne = round % 2 == 0;
                var processors = nodes.Sum(static n => n.TotalProcessorTime.TotalSeconds);
                var watch = Stopwatch.StartNew();
                await Task.WhenAll(senders.Select((send, i) => send(isOne ? Port : Port + (i % 2))));
                var seconds = watch.Elapsed.TotalSeconds;
                nodes.ForEach(static n => n.Refresh());
                if (round >= 0)
                {
                    (isOne ? one : two).Add(count / seconds);
                    load.Add((nodes.Sum(static n => n.TotalProcessorTime.TotalSeconds) - processors) / seconds);
                }

                Directory.Delete(files, recursive: true);
            }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"20 kB, {Senders} senders, PostgreSQL: one node {one.Median():F0} /s, two nodes {two.Median():F0} /s, ratio {two.Median() / one.Median():F2}; the nodes alone keep {load.Median():F1} of {Environment.ProcessorCount} processors busy"));
        }
        finally
        {
            nodes.ForEach(static n => n.Kill());
        }
    }

    private async Task<Process> StartAsync(string database, int port)
    {
        var start = new ProcessStartInfo("dotnet",
            [Built.Archive, "--port", port.ToString(CultureInfo.InvariantCulture), "--aet", "ANY-SCP", "--folder", Path.Combine(work, "archive"), "--address", "127.0.0.1", "--database", database, "--sync", "commit"])
        { RedirectStandardOutput = true };
        var process = Process.Start(start)!;
        while (await process.StandardOutput.ReadLineAsync() is { } line && !line.Contains("Ready", StringComparison.Ordinal))
        {
        }

        _ = process.StandardOutput.ReadToEndAsync();
        return process;
    }
}
