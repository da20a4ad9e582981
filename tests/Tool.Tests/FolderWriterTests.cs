using System.Text;
using Specgen.Tool.Pages;
using Specgen.Tool.Profiles;

namespace Specgen.Tool.Tests;

/// <summary>All old or all new, wherever the process ends.</summary>
[TestClass]
public sealed class FolderWriterTests
{
    private static readonly string[] s_names = ["a.rst", "modules/b.rst", "c.rst", "standard.lock"];

    private string _folder = "";

    [TestInitialize]
    public void Create()
    {
        _folder = Directory.CreateTempSubdirectory("specgen-writer-").FullName;
        Directory.CreateDirectory(Path.Combine(_folder, "modules"));
        foreach (var name in s_names[..3])
        {
            File.WriteAllText(Path.Combine(_folder, name), "old " + name);
        }
    }

    [TestCleanup]
    public void Delete()
    {
        Directory.Delete(_folder, recursive: true);
        if (Directory.Exists(FolderSwap.Staging(_folder)))
        {
            Directory.Delete(FolderSwap.Staging(_folder), recursive: true);
        }
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    public void Killed_at_any_step_the_folder_is_all_old_or_all_new_at_once()
    {
        foreach (var (step, killed, isNew) in KilledAtEachStep(canSwap: true, "swap"))
        {
            AssertContent(isNew, $"killed before '{step}', nobody came since");
            FolderWriter.Recover(_folder);
            AssertContent(isNew, $"killed before '{step}', step {killed}");
            Assert.IsFalse(Directory.Exists(FolderSwap.Staging(_folder)), step);
        }
    }

    [TestMethod]
    public void Where_folders_cannot_be_swapped_it_is_all_old_or_all_new_for_the_command_that_comes_next()
    {
        foreach (var (step, killed, isNew) in KilledAtEachStep(canSwap: false, "commit"))
        {
            FolderWriter.Recover(_folder);
            AssertContent(isNew, $"killed before '{step}', step {killed}");
            Assert.IsFalse(Directory.Exists(Path.Combine(_folder, ".specgen")), step);
        }
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    public void Files_that_stay_have_their_time_and_their_rights()
    {
        var stays = Path.Combine(_folder, "modules", "stays.rst");
        File.WriteAllText(stays, "as it was");
        File.SetLastWriteTimeUtc(stays, new DateTime(2020, 1, 2, 3, 4, 5, DateTimeKind.Utc));
        File.SetUnixFileMode(stays, UnixFileMode.UserRead | UnixFileMode.GroupRead);

        FolderWriter.Write(_folder, Files("new"));

        Assert.AreEqual("as it was", File.ReadAllText(stays));
        Assert.AreEqual(new DateTime(2020, 1, 2, 3, 4, 5, DateTimeKind.Utc), File.GetLastWriteTimeUtc(stays));
        Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.GroupRead, File.GetUnixFileMode(stays));
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    public void What_someone_else_writes_in_the_meantime_is_not_lost()
    {
        var exception = Assert.ThrowsExactly<Profiles.ProfileException>(() => FolderWriter.Write(_folder, Files("new"), step =>
        {
            if (step == "write a.rst")
            {
                File.WriteAllText(Path.Combine(_folder, "a.rst"), "an editor's");
            }
        }));

        StringAssert.Contains(exception.Message, "changed while they were read");
        Assert.AreEqual("an editor's", File.ReadAllText(Path.Combine(_folder, "a.rst")));
        Assert.AreEqual("old c.rst", File.ReadAllText(Path.Combine(_folder, "c.rst")));
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    public void A_link_is_written_through_and_not_replaced()
    {
        var link = _folder + "-link";
        Directory.CreateSymbolicLink(link, _folder);
        try
        {
            FolderWriter.Write(link, Files("new"));

            Assert.AreEqual(_folder, new DirectoryInfo(link).LinkTarget);
            AssertContent(isNew: true, "through a link");
        }
        finally
        {
            Directory.Delete(link);
        }
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    [Timeout(120_000, CooperativeCancellation = true)]
    public void A_process_that_is_killed_leaves_all_old_or_all_new()
    {
        using var whole = new SmallStandard();
        var before = whole.Pages();
        whole.Update();
        var after = whole.Pages();
        var random = new Random(11);
        for (var round = 0; round < 12; round++)
        {
            using var small = new SmallStandard();
            using var process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(
                "dotnet", [typeof(FolderWriter).Assembly.Location, "update", small.DocBook, "--spec", small.Spec])
            { RedirectStandardOutput = true })!;

            // Most of its time passes before it writes; so it is waited for until it begins to, in most rounds.
            var patience = System.Diagnostics.Stopwatch.StartNew();
            while (round % 4 != 0 && !process.HasExited && !Directory.Exists(FolderSwap.Staging(small.Spec)) && patience.Elapsed < TimeSpan.FromSeconds(20))
            {
                Thread.SpinWait(100);
            }

            Thread.Sleep(TimeSpan.FromMilliseconds(round % 4 == 0 ? random.Next(300) : random.NextDouble() * 8));
            process.Kill();
            process.WaitForExit();

            var pages = small.Pages();
            CollectionAssert.AreEquivalent(pages["kite.rst"] == before["kite.rst"] ? before : after, pages, $"round {round}");
        }
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    public void A_page_that_is_a_link_stays_one()
    {
        var (page, elsewhere) = (Path.Combine(_folder, "c.rst"), Directory.CreateTempSubdirectory("specgen-linked-").FullName);
        try
        {
            File.Move(page, Path.Combine(elsewhere, "c.rst"));
            File.CreateSymbolicLink(page, Path.Combine(elsewhere, "c.rst"));
            FolderWriter.Write(_folder, Files("new"));

            Assert.IsNotNull(new FileInfo(page).LinkTarget);
            AssertContent(isNew: true, "a page that is a link");
        }
        finally
        {
            Directory.Delete(elsewhere, recursive: true);
        }
    }

    /// <summary>Who runs as root could write it all the same.</summary>
    [TestMethod]
    [DataRow("a.rst")]
    [DataRow("modules")]
    [OSCondition(OperatingSystems.Linux)]
    public void What_is_read_only_is_named_and_left_alone(string name)
    {
        var path = Path.Combine(_folder, name);
        var rights = File.GetUnixFileMode(path);
        File.SetUnixFileMode(path, rights & ~(UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite));
        try
        {
            var error = Assert.ThrowsExactly<ProfileException>(() => FolderWriter.Write(_folder, Files("new")));

            Assert.AreEqual(path, error.File);
            StringAssert.Contains(error.Message, "read-only");
            AssertContent(isNew: false, name);
            Assert.IsFalse(Directory.Exists(FolderSwap.Staging(_folder)));
        }
        finally
        {
            File.SetUnixFileMode(path, rights);
        }
    }

    [TestMethod]
    public void Every_command_ends_what_was_begun()
    {
        foreach (var command in new[] { "check", "update" })
        {
            using var small = new SmallStandard();
            small.Update();
            var whole = small.Pages();
            Assert.ThrowsExactly<KilledException>(() => FolderWriter.Write(small.Spec, new Dictionary<string, byte[]> { ["kite.rst"] = Encoding.UTF8.GetBytes(whole["kite.rst"]), ["registry.rst"] = Encoding.UTF8.GetBytes(whole["registry.rst"]) }, static step =>
            {
                if (step == "move registry.rst")
                {
                    throw new KilledException();
                }
            }, canSwap: false));

            Assert.AreEqual(0, SmallStandard.Run(command == "check" ? ["check", "--spec", small.Spec] : ["update", small.DocBook, "--spec", small.Spec]).Code);

            CollectionAssert.AreEquivalent(whole, small.Pages());
        }
    }

    [TestMethod]
    public void Two_at_once_do_not_mix()
    {
        Assert.ThrowsExactly<Profiles.ProfileException>(() => FolderWriter.Write(_folder, Files("one"), step =>
        {
            if (step is "commit" or "swap")
            {
                FolderWriter.Write(_folder, Files("other"));
            }
        }));
    }

    [TestMethod]
    public void A_list_that_names_files_outside_of_the_folder_is_not_followed()
    {
        var outside = Path.Combine(Path.GetDirectoryName(_folder)!, Path.GetFileName(_folder) + "-outside.rst");
        var staging = Directory.CreateDirectory(Path.Combine(_folder, ".specgen")).FullName;
        File.WriteAllText(Path.Combine(staging, "0.new"), "bad");
        File.WriteAllText(Path.Combine(staging, "complete"), "../" + Path.GetFileName(outside));

        FolderWriter.Recover(_folder);

        Assert.IsFalse(File.Exists(outside));
    }

    /// <summary>The folder as it is when the process ended before a step, for each step.</summary>
    private IEnumerable<(string Step, int Number, bool IsNew)> KilledAtEachStep(bool canSwap, string decisive)
    {
        var steps = new List<string>();
        FolderWriter.Write(_folder, Files("new"), steps.Add, canSwap);
        Assert.IsTrue(steps.Count >= s_names.Length + 4 && steps.Contains(decisive), string.Join(", ", steps));
        for (var killed = 0; killed < steps.Count; killed++)
        {
            Delete();
            Create();
            var step = 0;
            Assert.ThrowsExactly<KilledException>(() => FolderWriter.Write(_folder, Files("new"), _ =>
            {
                if (step++ == killed)
                {
                    throw new KilledException();
                }
            }, canSwap));
            yield return (steps[killed], killed, killed > steps.IndexOf(decisive));
        }
    }

    private void AssertContent(bool isNew, string about)
    {
        foreach (var name in s_names)
        {
            var path = Path.Combine(_folder, name);
            var expected = isNew ? "new " + name : name == "standard.lock" ? null : "old " + name;
            Assert.AreEqual(expected, File.Exists(path) ? File.ReadAllText(path) : null, $"{name}, {about}");
        }
    }

    private static Dictionary<string, byte[]> Files(string words) => s_names.ToDictionary(static name => name, name => Encoding.UTF8.GetBytes(words + " " + name));

    private sealed class KilledException : Exception;
}
