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
            var (one, two) = (new Case(), new Case());
            for (var round = -2; round < 10; round++)
            {
                var files = Path.Combine(work, "files");
                Images.Make(files, 100, count, (round + 3) * 100_000);
                var senders = Directory.GetFiles(files).Chunk(count / Senders).Select(static part => ArchiveBenchmark.Send(part, each: 10)).ToList();
                var isOne = round % 2 == 0;
                var (ofNodes, ofAll) = (NodesTime(nodes), BusyTime());
                var watch = Stopwatch.StartNew();
                await Task.WhenAll(senders.Select((send, i) => send(isOne ? Port : Port + (i % 2))));
                var seconds = watch.Elapsed.TotalSeconds;
                if (round >= 0)
                {
                    (isOne ? one : two).Add(count, seconds, NodesTime(nodes) - ofNodes, BusyTime() - ofAll);
                }

                Directory.Delete(files, recursive: true);
            }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"20 kB, {Senders} senders, PostgreSQL: two nodes / one = {two.Rate / one.Rate:F2}"));
            Console.WriteLine($"  one node:  {one}");
            Console.WriteLine($"  two nodes: {two}");
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

    private static double NodesTime(List<Process> nodes) => nodes.Sum(static node =>
    {
        node.Refresh();
        return node.TotalProcessorTime.TotalSeconds;
    });

    /// <summary>Seconds for which this machine's processors were not idle, of whatever process: user, nice, system, irq, softirq and steal of the first line.</summary>
    private static double BusyTime()
    {
        var ticks = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(static t => double.Parse(t, CultureInfo.InvariantCulture)).ToArray();
        return (ticks[0] + ticks[1] + ticks[2] + ticks[5] + ticks[6] + ticks[7]) / 100;
    }

    private sealed class Case
    {
        private readonly List<double> _rates = [];
        private readonly List<double> _nodes = [];
        private readonly List<double> _processors = [];

        public double Rate => _rates.Median();

        public void Add(int count, double seconds, double nodes, double all)
        {
            _rates.Add(count / seconds);
            _nodes.Add(nodes * 1000 / count);
            _processors.Add(all / seconds);
        }

        public override string ToString() => string.Create(CultureInfo.InvariantCulture,
            $"{Rate:F0} /s; {_nodes.Median():F2} ms of the nodes' processor time each; {_processors.Median():F2} of the machine's {Environment.ProcessorCount} processors were busy");
    }
}
