using System.Text;
using Specgen.Tool.Pages;

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
    public void Delete() => Directory.Delete(_folder, recursive: true);

    [TestMethod]
    public void Killed_at_any_step_it_is_all_old_or_all_new_for_whoever_comes_next()
    {
        var steps = new List<string>();
        FolderWriter.Write(_folder, Files("new"), steps.Add);
        Assert.IsTrue(steps.Count >= (2 * s_names.Length) + 4, string.Join(", ", steps));

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
            }));

            FolderWriter.Recover(_folder);

            var isNew = killed > steps.IndexOf("commit");
            foreach (var name in s_names)
            {
                var path = Path.Combine(_folder, name);
                var expected = isNew ? "new " + name : name == "standard.lock" ? null : "old " + name;
                Assert.AreEqual(expected, File.Exists(path) ? File.ReadAllText(path) : null, $"{name}, killed before '{steps[killed]}'");
            }

            Assert.IsFalse(Directory.Exists(Path.Combine(_folder, ".specgen")), steps[killed]);
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
            }));

            Assert.AreEqual(0, SmallStandard.Run(command == "check" ? ["check", "--spec", small.Spec] : ["update", small.DocBook, "--spec", small.Spec]).Code);

            CollectionAssert.AreEquivalent(whole, small.Pages());
        }
    }

    [TestMethod]
    public void Two_at_once_do_not_mix()
    {
        Assert.ThrowsExactly<Profiles.ProfileException>(() => FolderWriter.Write(_folder, Files("one"), step =>
        {
            if (step == "commit")
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

    private static Dictionary<string, byte[]> Files(string words) => s_names.ToDictionary(static name => name, name => Encoding.UTF8.GetBytes(words + " " + name));

    private sealed class KilledException : Exception;
}
