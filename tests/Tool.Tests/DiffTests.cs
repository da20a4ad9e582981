using System.Text.Json;

namespace Specgen.Tool.Tests;

/// <summary>`specgen diff` of two folders of pages: runs everywhere.</summary>
[TestClass]
public sealed class DiffTests
{
    private string _old = "";
    private string _new = "";
    private string _project = "";

    [TestInitialize]
    public void Create()
    {
        (_old, _new, _project) = (Repository.CopyOfSpec(), Repository.CopyOfSpec(), Directory.CreateTempSubdirectory("specgen-project-").FullName);
        Replace("storage.rst", "| 0xB006           | Warning  | Elements Discarded                |", "| 0xB006           | Warning  | Elements Thrown Away              |");
        Replace("storage_commitment.rst", "StorageCommitmentPushModel", "StorageCommitmentPushMould");
        Directory.CreateDirectory(Path.Combine(_project, "obj"));
        File.WriteAllText(Path.Combine(_project, "Acme.csproj"), "<Project />");
        File.WriteAllText(Path.Combine(_project, "obj", "Generated.cs"), "class Generated { object x = StorageCStoreStatus.ElementsDiscarded; }");
        File.WriteAllText(Path.Combine(_project, "Store.cs"), """
            [Scp<StorageServiceClass>]
            public sealed partial class ImageStore
            {
                private static readonly StorageCStoreStatus s_partly = StorageCStoreStatus.ElementsDiscarded;
                private static readonly StorageCStoreStatus s_done = StorageCStoreStatus.Success;
            }

            [Scu<VerificationServiceClass>]
            public sealed partial class Echo;
            """);
    }

    [TestCleanup]
    public void Delete()
    {
        foreach (var folder in new[] { _old, _new, _project })
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [TestMethod]
    public void JSON_has_each_change_with_what_it_was_and_what_it_touches()
    {
        var (code, output, errors) = SmallStandard.Run("diff", _old, _new, "--json", "--project", Path.Combine(_project, "Acme.csproj"));

        Assert.AreEqual(0, code, errors);
        using var json = JsonDocument.Parse(output);
        Assert.AreEqual(_old, json.RootElement.GetProperty("old").GetString());
        var status = json.RootElement.GetProperty("changes").EnumerateArray().Single(static change => change.GetProperty("kind").GetString() == "status");
        Assert.AreEqual(("Storage Service Class", "changed", "B006"), (status.GetProperty("serviceClass").GetString(), status.GetProperty("change").GetString(), status.GetProperty("key").GetString()));
        var difference = status.GetProperty("differences").EnumerateArray().Single();
        Assert.AreEqual(
            ("meaning", "Elements Discarded", "Elements Thrown Away"),
            (difference.GetProperty("field").GetString(), difference.GetProperty("old").GetString(), difference.GetProperty("new").GetString()));
        CollectionAssert.AreEqual(
            new[] { "the handler ImageStore (Store.cs:2)", "StorageCStoreStatus.ElementsDiscarded (Store.cs:4)" },
            status.GetProperty("touches").EnumerateArray().Select(static touched => touched.GetString()).Order(StringComparer.Ordinal).Reverse().ToArray());
        Assert.AreEqual("renamed", json.RootElement.GetProperty("changes").EnumerateArray().First(static change => change.GetProperty("kind").GetString() == "sopClass").GetProperty("change").GetString());
    }

    [TestMethod]
    public void Text_has_the_same_and_nothing_of_what_is_not_touched()
    {
        var (code, output, _) = SmallStandard.Run("diff", _old, _new, "--project", _project);

        Assert.AreEqual(0, code);
        StringAssert.Contains(output, "  - touches StorageCStoreStatus.ElementsDiscarded (Store.cs:4)");
        StringAssert.Contains(output, "  - touches the handler ImageStore (Store.cs:2)");
        Assert.IsFalse(output.Contains("Echo", StringComparison.Ordinal) || output.Contains("Store.cs:5", StringComparison.Ordinal) || output.Contains("Generated.cs", StringComparison.Ordinal), output);
    }

    [TestMethod]
    public void The_same_pages_have_no_difference()
    {
        StringAssert.Contains(SmallStandard.Run("diff", _old, _old).Output, "Nothing changed.");
        Assert.AreEqual(2, SmallStandard.Run("diff", _old, Path.Combine(_new, "none")).Code);
        Assert.AreEqual(2, SmallStandard.Run("diff", _old, _new, "--project", Path.Combine(_project, "none")).Code);
    }

    private void Replace(string page, string old, string @new)
    {
        var path = Path.Combine(_new, page);
        var text = File.ReadAllText(path);
        StringAssert.Contains(text, old);
        File.WriteAllText(path, text.Replace(old, @new, StringComparison.Ordinal));
    }
}
