using System.Diagnostics;
using System.Globalization;
using System.Xml;

namespace Specgen.Benchmarks;

/// <summary>`specgen update` of all pages, as a process of its own, beside an XML parser alone over the same files.</summary>
internal static class UpdateBenchmark
{
    private const int Rounds = 5;
    private const double MostSeconds = 2;
    private const long MostBytes = 200L << 20;

    public static int Run(string folder)
    {
        var times = new List<double>();
        var memory = 0L;
        for (var round = 0; round < Rounds; round++)
        {
            var watch = Stopwatch.StartNew();
            using var process = Process.Start(new ProcessStartInfo("dotnet", [Built.Tool, "update", folder, "--spec", Path.Combine(Built.Root, "spec"), "--dry-run", "--json"]) { RedirectStandardOutput = true })!;
            var output = process.StandardOutput.ReadToEndAsync();
            while (!process.WaitForExit(5))
            {
                process.Refresh();
                memory = Math.Max(memory, process.HasExited ? 0 : process.PeakWorkingSet64);
            }

            output.GetAwaiter().GetResult();
            times.Add(watch.Elapsed.TotalSeconds);
        }

        var parsing = Stopwatch.StartNew();
        foreach (var file in Directory.EnumerateFiles(folder, "part0?.xml"))
        {
            using var reader = XmlReader.Create(file, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            while (reader.Read())
            {
            }
        }

        var alone = parsing.Elapsed.TotalSeconds;
        var median = times.Order().ElementAt(Rounds / 2);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"update: {median:0.00} s (median of {Rounds}, start of the process included), {memory / (1 << 20)} MB at most; an XML parser alone over the same files: {alone:0.00} s"));
        return median <= MostSeconds && memory <= MostBytes ? 0 : 1;
    }
}
