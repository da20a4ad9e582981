using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Specgen.Benchmarks;

// What is measured, and how to run it: docs/benchmarks.md.
switch (args)
{
    case ["store", .. var rest]:
        return await StoreBenchmark.RunAsync(quick: rest.Contains("--quick"));
    case ["archive", .. var rest]:
        return await ArchiveBenchmark.RunAsync(quick: rest.Contains("--quick"), onDisk: rest.Contains("--disk"), [.. rest.Where(static r => !r.StartsWith('-'))]);
    case ["archive-size", .. var rest]:
        return await ArchiveSizeBenchmark.RunAsync(quick: rest.Contains("--quick"));
    case ["archive-nodes", var database, .. var rest]:
        return await ArchiveNodesBenchmark.RunAsync(database, quick: rest.Contains("--quick"));
    case ["soak", .. var rest]:
        return await Soak.RunAsync(
            rest is [var minutes, ..] ? double.Parse(minutes, System.Globalization.CultureInfo.InvariantCulture) : 60,
            rest is [_, var associations] ? int.Parse(associations, System.Globalization.CultureInfo.InvariantCulture) : 200);
    case ["services", .. var rest]:
        return await ServiceBenchmark.RunAsync(quick: rest.Contains("--quick"));
    case ["build", .. var rest]:
        return await BuildBenchmark.RunAsync(quick: rest.Contains("--quick"));
    case ["update", var folder]:
        return UpdateBenchmark.Run(folder);
    case ["serve", var kind, var port, var served]:
        return await Servers.RunAsync(kind, int.Parse(port, System.Globalization.CultureInfo.InvariantCulture), served);
    case ["micro", .. var rest]:
        // In this process: BenchmarkDotNet would otherwise build a project of its own, which knows nothing of the two build modes.
        var config = DefaultConfig.Instance.AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance));
        BenchmarkSwitcher.FromTypes([typeof(GeneratorBenchmark), typeof(EditingBenchmark), typeof(StatusBenchmark)]).Run(rest.Length > 0 ? rest : ["--filter", "*"], config);
        return 0;
    default:
        Console.Error.WriteLine(
            "store [--quick] | archive [ct] [storescu] [small] [four] [tens] [--quick] [--disk] | archive-size [--quick] | archive-nodes <PostgreSQL> [--quick] | soak [minutes] [associations] | services [--quick] | build [--quick] | update <folder of DocBook> | micro [BenchmarkDotNet's arguments]");
        return 2;
}
