using Specgen.Tool.Making;
using Specgen.Tool.Pages;
using Specgen.Tool.Profiles;

namespace Specgen.Tool.Tests;

/// <summary>The pages of the repository, its profile, lock and errata.</summary>
[TestClass]
public sealed class SpecTests
{
    [TestMethod]
    public void The_pages_are_right_and_agree_with_the_lock()
    {
        var (code, output, _) = SmallStandard.Run("check", "--spec", Repository.Spec);

        Assert.AreEqual(0, code, output);
    }

    [TestMethod]
    public void Every_table_can_be_written_row_by_row_and_is_then_the_same_to_the_letter()
    {
        var folder = PageFolder.Read(Repository.Spec);

        Assert.IsTrue(folder.Pages.Count > 40);
        foreach (var page in folder.Pages)
        {
            foreach (var table in page.Tables)
            {
                Assert.IsTrue(table.Layout.IsWritable, $"{page.Name}, {table.Heading}");
                Assert.AreEqual(page.Text.ToString(table.Layout.Span), table.Layout.Write(table.Rows.Select(static row => new RowEdit(row.Index, null)).ToArray()));
            }
        }
    }

    [TestMethod]
    public void The_profile_names_each_table_of_each_page_and_the_lock_each_source()
    {
        var profile = Commands.SpecOptions.Profile(Repository.Spec);
        var folder = PageFolder.Read(Repository.Spec);
        string[] withoutProfile = ["retired_service_classes.rst"];

        foreach (var page in folder.Pages.Where(page => !withoutProfile.Contains(page.Name)))
        {
            var pageProfile = profile.Pages.SingleOrDefault(other => other.Page == page.Name);
            Assert.IsNotNull(pageProfile, page.Name);
            foreach (var table in page.Tables)
            {
                Assert.IsNotNull(profile.Table(pageProfile, table.Heading), $"{page.Name}, {table.Heading}");
            }
        }

        var standardLock = StandardLock.Read(Path.Combine(Repository.Spec, PageFolder.LockName));
        foreach (var source in SourceLocks.References(profile).Where(static source => source.Part != "PS3.3"))
        {
            Assert.IsNotNull(standardLock.Source(source.Part, source.Id), source.ToString());
        }
    }

    [TestMethod]
    public void The_lock_is_written_as_it_is_read()
    {
        var file = Path.Combine(Repository.Spec, PageFolder.LockName);

        Assert.AreEqual(File.ReadAllText(file), StandardLock.Read(file).Write());
    }

    [TestMethod]
    public void The_text_of_the_errata_is_made_of_their_data()
    {
        var file = Path.Combine(Repository.Root, "docs", "errata.md");
        var text = JsonFile.Read<ErrataFile>(Path.Combine(Repository.Spec, PageFolder.ErrataName)).Markdown();
        if (Environment.GetEnvironmentVariable("SPECGEN_REWRITE_ERRATA") == "1")
        {
            File.WriteAllText(file, text);
        }

        Assert.AreEqual(text, File.ReadAllText(file), "SPECGEN_REWRITE_ERRATA=1 dotnet test tests/Tool.Tests writes it anew");
    }

    [TestMethod]
    public void A_new_page_is_right_as_it_stands()
    {
        var folder = Directory.CreateTempSubdirectory("specgen-new-").FullName;

        Assert.AreEqual(0, SmallStandard.Run("new", "Acme Archiving Service Class", "--spec", folder).Code);

        var page = Path.Combine(folder, "acme_archiving.rst");
        Assert.IsTrue(File.Exists(page));
        var (code, output, _) = SmallStandard.Run("check", "--spec", folder);
        Assert.AreEqual(0, code, output);
        Assert.AreEqual(2, SmallStandard.Run("new", "Acme Archiving", "--spec", folder).Code, "it is not overwritten");
        Assert.AreEqual(2, SmallStandard.Run("new", "../x", "--spec", folder).Code);
        Directory.Delete(folder, recursive: true);
    }

    [TestMethod]
    public void What_is_wrong_with_a_users_page_is_said_as_the_compiler_says_it()
    {
        var folder = Directory.CreateTempSubdirectory("specgen-user-").FullName;
        SmallStandard.Run("new", "Acme Archiving", "--spec", folder);
        var page = Path.Combine(folder, "acme_archiving.rst");
        File.WriteAllText(page, File.ReadAllText(page).Replace("0xC001     | Failure ", "0xC001     | Refused ", StringComparison.Ordinal));

        var (code, output, _) = SmallStandard.Run("check", "--spec", folder);

        Assert.AreEqual(1, code);
        StringAssert.Matches(output, new System.Text.RegularExpressions.Regex(System.Text.RegularExpressions.Regex.Escape(page) + @"\(\d+,16\): \w+ SPG0005: "));
        Directory.Delete(folder, recursive: true);
    }

    [TestMethod]
    public void A_table_that_was_changed_by_hand_does_not_agree_with_the_lock_until_it_is_accepted()
    {
        var spec = Repository.CopyOfSpec();
        var page = Path.Combine(spec, "verification.rst");
        File.WriteAllText(page, File.ReadAllText(page).Replace("Duplicate invocation", "Duplicated message  ", StringComparison.Ordinal));

        var (code, output, _) = SmallStandard.Run("check", "--spec", spec);
        Assert.AreEqual(1, code);
        StringAssert.Contains(output, "verification.rst, 'C-ECHO Statuses' is not what the lock has");

        StringAssert.DoesNotMatch(SmallStandard.Run("check", "--spec", spec, "--accept").Output, new System.Text.RegularExpressions.Regex("is not what the lock has"));
        Directory.Delete(spec, recursive: true);
    }
}
