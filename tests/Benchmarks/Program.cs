using BenchmarkDotNet.Running;
using Specgen.Benchmarks;

// What is measured, and how to run it: docs/benchmarks.md.
switch (args)
{
    case ["store", .. var rest]:
        return await StoreBenchmark.RunAsync(quick: rest.Contains("--quick"));
    case ["serve", var kind, var port, var folder]:
        return await StoreServers.RunAsync(kind, int.Parse(port, System.Globalization.CultureInfo.InvariantCulture), folder);
    case ["micro", .. var rest]:
        BenchmarkSwitcher.FromTypes([typeof(GeneratorBenchmark), typeof(StatusBenchmark)]).Run(rest.Length > 0 ? rest : ["--filter", "*"]);
        return 0;
    default:
        Console.Error.WriteLine("store [--quick] | micro [BenchmarkDotNet's arguments]");
        return 2;
}
