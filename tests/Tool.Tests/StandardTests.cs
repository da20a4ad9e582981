using System.Text.Json;
using Specgen.Tool.Pages;
using Specgen.Tool.Profiles;

namespace Specgen.Tool.Tests;

/// <summary>The pages of the repository against the standard's own files, where these are.</summary>
[TestClass]
public sealed class StandardTests
{
    [TestMethod]
    public void An_update_from_2020c_changes_only_what_is_newer_on_the_pages()
    {
        var edition = Repository.Edition("2020c");
        var spec = Repository.CopyOfSpec();
        var standardLock = StandardLock.Read(Path.Combine(spec, PageFolder.LockName));

        var (code, output, errors) = SmallStandard.Run("update", edition, "--spec", spec, "--dry-run", "--json");

        Assert.AreEqual(0, code, output + errors);
        using var json = JsonDocument.Parse(output);
        var changes = json.RootElement.GetProperty("changes").EnumerateArray().ToList();
        var unexplained = changes.Where(change => !change.GetProperty("sources").EnumerateArray().Any(source => standardLock.Sources.Any(entry =>
            entry.Id == source.GetString() && string.CompareOrdinal(entry.Edition, "2020c") > 0))).Select(static change => change.ToString()).ToList();
        Assert.AreEqual(0, unexplained.Count, string.Join('\n', unexplained));

        // All of them, to be read: a page that says something else in a table that is newer would be explained, too.
        Snapshot.Match("update-2020c.md", string.Join('\n', changes.Select(change => Listed(change, standardLock)).Prepend("What an update from 2020c would change, and the newer edition that the pages have it from.\n")) + "\n");
        Directory.Delete(spec, recursive: true);
    }

    private static string Listed(JsonElement change, StandardLock standardLock)
    {
        var (row, column, old, @new) = (change.GetProperty("row").GetString(), change.GetProperty("column").GetString(), change.GetProperty("old").GetString(), change.GetProperty("new").GetString());
        var newer = change.GetProperty("sources").EnumerateArray().Select(source => standardLock.Sources.First(entry => entry.Id == source.GetString()))
            .Where(static entry => string.CompareOrdinal(entry.Edition, "2020c") > 0).Select(static entry => $"{entry.Id} {entry.Edition}");
        var what = column is { Length: > 0 } ? $"{row}, {column}: {old} → {@new}" : old is { Length: > 0 } ? $"{row}: not there" : $"{row}: there";
        return $"- {change.GetProperty("page").GetString()}, {change.GetProperty("heading").GetString()}: {what} ({string.Join(", ", newer)})";
    }

    [TestMethod]
    public void An_update_from_PS37_of_2026c_changes_nothing()
    {
        var spec = Repository.CopyOfSpec();

        var (code, output, errors) = SmallStandard.Run("update", Repository.Edition("2026c"), "--spec", spec);

        Assert.AreEqual(0, code, output + errors);
        CollectionAssert.AreEquivalent(SmallStandard.Contents(Repository.Spec), SmallStandard.Contents(spec));
        Directory.Delete(spec, recursive: true);
    }

    [TestMethod]
    public void Pages_of_2020b_brought_to_2020c_are_the_pages_of_2020c_and_stay_so()
    {
        var (older, newer) = (Repository.Edition("2020b"), Repository.Edition("2020c"));
        var (one, other) = (Repository.CopyOfSpec(), Repository.CopyOfSpec());

        Assert.AreEqual(0, SmallStandard.Run("update", older, "--spec", one).Code);
        var before = SmallStandard.Contents(one);
        Assert.AreEqual(0, SmallStandard.Run("update", newer, "--spec", one).Code);
        Assert.AreEqual(0, SmallStandard.Run("update", newer, "--spec", other).Code);

        var after = SmallStandard.Contents(one);
        CollectionAssert.AreEquivalent(SmallStandard.Contents(other), after);
        CollectionAssert.AreNotEquivalent(before, after);
        Assert.AreEqual(0, SmallStandard.Run("update", newer, "--spec", one).Code);
        CollectionAssert.AreEquivalent(after, SmallStandard.Contents(one));
        Directory.Delete(one, recursive: true);
        Directory.Delete(other, recursive: true);
    }

    [TestMethod]
    [DataRow("2020b", "2020c")]
    [DataRow("2014c", "2015a")]
    [DataRow("2016a", "2016b")]
    [DataRow("2018a", "2018b")]
    [DataRow("2018c", "2018d")]
    [DataRow("2018d", "2018e")]
    [DataRow("2018e", "2019a")]
    [DataRow("2019d", "2019e")]
    [DataRow("2020a", "2020b")]
    public void The_difference_of_two_editions_is_what_changed(string older, string newer)
    {
        var (code, output, errors) = SmallStandard.Run("diff", Repository.Edition(older), Repository.Edition(newer), "--spec", Repository.Spec);

        Assert.AreEqual(0, code, errors);
        Snapshot.Match($"diff-{older}-{newer}.md", output);
    }

    [TestMethod]
    public void Handlers_and_constants_that_a_change_touches_are_named()
    {
        var project = Directory.CreateTempSubdirectory("specgen-project-").FullName;
        File.WriteAllText(Path.Combine(project, "Waves.cs"), """
            [Scp<StorageServiceClass>]
            public sealed partial class Waves
            {
                public bool IsEmg(string uid) => uid == SopClassUids.ElectromyogramWaveformStorage;
            }
            """);

        var (code, output, _) = SmallStandard.Run("diff", Repository.Edition("2020b"), Repository.Edition("2020c"), "--spec", Repository.Spec, "--project", project);

        Assert.AreEqual(0, code);
        StringAssert.Contains(output, "  - touches the handler Waves (Waves.cs:2)");
        StringAssert.Contains(output, "  - touches SopClassUids.ElectromyogramWaveformStorage (Waves.cs:4)");
        Directory.Delete(project, recursive: true);
    }

    /// <summary>What an edition of today could not make: docs/updating.md says 2.7 %.</summary>
    [TestMethod]
    public void All_but_three_cells_in_a_hundred_are_made_or_are_newer()
    {
        using var json = JsonDocument.Parse(SmallStandard.Run("check", Repository.Edition("2020c"), "--spec", Repository.Spec, "--json").Output);

        var share = json.RootElement.GetProperty("share");
        var (cells, left) = (share.GetProperty("cells").GetInt32(), share.GetProperty("own").GetInt32() + share.GetProperty("byHand").GetInt32());
        Assert.IsGreaterThan(10_000, cells);
        Assert.IsLessThan(3.0, 100.0 * left / cells, share.ToString());
        Assert.IsGreaterThan(87.0, share.GetProperty("madePercent").GetDouble(), share.ToString());
    }

    [TestMethod]
    public void The_tables_that_the_pages_were_made_of_are_told_from_those_that_have_changed()
    {
        Assert.AreEqual(0, SmallStandard.Run("check", Repository.Edition("2026c"), "--spec", Repository.Spec).Code);

        var (code, output, _) = SmallStandard.Run("check", Repository.Edition("2020b"), "--spec", Repository.Spec);

        Assert.AreEqual(1, code);
        StringAssert.Contains(output, "not compared: PS3.4 Table B.5-1");
        StringAssert.Contains(output, "changed: PS3.7 §C.4");
    }
}
