using Specgen.Instances;

namespace Specgen.Fuzz;

/// <summary>Some seconds of each target, always with the same inputs; hours are for the program.</summary>
[TestClass]
public sealed class FuzzTests
{
    private const long AllowedGrowth = 8 * 1024 * 1024;

    private static readonly TimeSpan s_time = TimeSpan.FromSeconds(5), s_slowest = TimeSpan.FromSeconds(5);

    private static IEnumerable<object[]> Targets => FuzzTargets.All.Select(static target => new object[] { target.Name });

    [TestMethod]
    [DynamicData(nameof(Targets))]
    public void Nothing_breaks_hangs_or_grows(string name)
    {
        var target = FuzzTargets.All.Single(target => target.Name == name);
        Assert.IsNotEmpty(target.Seeds);
        var report = FuzzRun.Run(target, seed: 1, FuzzRun.NoLimit, s_time);
        Assert.IsEmpty(report.Failures, string.Join('\n', report.Failures.Select(static f => $"input {f.Number}: {f.Problem}")));
        Assert.IsLessThan(s_slowest, report.Slowest, report.ToString());
        Assert.IsLessThan(AllowedGrowth, report.Growth, report.ToString());
        Assert.IsGreaterThan(100UL, report.Inputs, report.ToString());
    }

    [TestMethod]
    public void What_is_recorded_is_understood()
    {
        var before = FuzzedAssociation.Handled;
        foreach (var request in Seeds.Requests)
        {
            FuzzedAssociation.Run(request, new Random(1), TimeSpan.FromSeconds(5));
        }

        Assert.IsGreaterThanOrEqualTo(before + 2, FuzzedAssociation.Handled, "A C-STORE and a C-FIND are among them.");
        Assert.IsNotEmpty(Seeds.Commands);
        Assert.IsTrue(Seeds.DataSets.All(static seed => DataSetGuard.Check(new MemoryStream(seed.Bytes), seed.Syntax, DataSetLimits.Default).Identity.SopInstanceUid == "2.25.1001"));
    }

    [TestMethod]
    public void An_input_is_its_numbers_own()
    {
        foreach (var target in FuzzTargets.All)
        {
            CollectionAssert.AreEqual(new Mutator(target.Seeds).Make(4711), new Mutator(target.Seeds).Make(4711));
            CollectionAssert.AreNotEqual(new Mutator(target.Seeds).Make(4711), new Mutator(target.Seeds).Make(4713));
        }
    }
}
