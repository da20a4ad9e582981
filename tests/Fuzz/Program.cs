using Specgen.Fuzz;

// dotnet run -c Release --project tests/Fuzz -- [target, how some begin, or all] [inputs] [first number]
var name = args.ElementAtOrDefault(0) ?? "all";
var inputs = ulong.Parse(args.ElementAtOrDefault(1) ?? "1000000", System.Globalization.CultureInfo.InvariantCulture);
var seed = ulong.Parse(args.ElementAtOrDefault(2) ?? "1", System.Globalization.CultureInfo.InvariantCulture);
var failed = false;
var named = FuzzTargets.All.Where(target => target.Name == name).ToArray();
foreach (var target in named.Length > 0 ? named : FuzzTargets.All.Where(target => name == "all" || target.Name.StartsWith(name, StringComparison.Ordinal)))
{
    var report = FuzzRun.Run(target, seed, inputs, TimeSpan.FromDays(7));
    Console.WriteLine(report);
    foreach (var (number, problem) in report.Failures)
    {
        failed = true;
        Console.WriteLine($"  input {number}: {problem}");
    }
}

return failed ? 1 : 0;
