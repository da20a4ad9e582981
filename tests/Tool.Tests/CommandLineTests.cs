namespace Specgen.Tool.Tests;

/// <summary>What `specgen` says of itself, and what it ends with.</summary>
[TestClass]
public sealed class CommandLineTests
{
    private static readonly string[] s_commands = ["update", "diff", "check", "new", "conformance", "echo", "send", "find", "move", "get", "commit", "receive", "sample"];

    [TestMethod]
    public void Help_and_the_documentation_have_each_command()
    {
        var (code, help, _) = SmallStandard.Run("--help");
        var documentation = File.ReadAllText(Path.Combine(Repository.Root, "docs", "command-line.md"));

        Assert.AreEqual(0, code);
        foreach (var command in s_commands)
        {
            StringAssert.Matches(help, new System.Text.RegularExpressions.Regex($"^  {command} .*[a-z]", System.Text.RegularExpressions.RegexOptions.Multiline));
            StringAssert.Contains(documentation, "specgen " + command + " ");
            var (itsCode, itsHelp, _) = SmallStandard.Run(command, "--help");
            Assert.AreEqual(0, itsCode);
            Assert.IsTrue(command == "conformance" || itsHelp.Contains("--json", StringComparison.Ordinal), command);
        }
    }

    [TestMethod]
    [DataRow(2, DisplayName = "no command")]
    [DataRow(2, "nothing", DisplayName = "no such command")]
    [DataRow(2, "update", DisplayName = "an argument is missing")]
    [DataRow(2, "update", "/no/such/folder", DisplayName = "a folder that is not there")]
    [DataRow(2, "echo", "127.0.0.1", "eleven", "X", DisplayName = "a port that is no number")]
    [DataRow(2, "echo", "127.0.0.1", "0", "X", DisplayName = "a port that is none")]
    [DataRow(2, "echo", "127.0.0.1", "104", "X", "--timeout", "0", DisplayName = "no time")]
    [DataRow(2, "echo", "127.0.0.1", "104", "X", "--timeout", "abc", DisplayName = "a time that is no number")]
    [DataRow(2, "echo", "127.0.0.1", "104", "X", "--timeout", "0.5", DisplayName = "a time with a fraction")]
    [DataRow(2, "echo", "127.0.0.1", "104", "X", "--timeout", "99999999999", DisplayName = "a time without end")]
    [DataRow(2, "sample", "x", "--slices", "x", DisplayName = "slices that are no number")]
    [DataRow(2, "commit", "127.0.0.1", "104", "X", "f", "--wait", "-1", DisplayName = "less than no wait")]
    [DataRow(2, "find", "127.0.0.1", "104", "X", "STUDY", "--limit", "-1", DisplayName = "less than no match")]
    [DataRow(2, "find", "127.0.0.1", "104", "X", "STUDIES", DisplayName = "no level")]
    [DataRow(2, "find", "127.0.0.1", "104", "X", "STUDY", "NoKeyword=1", DisplayName = "no keyword")]
    [DataRow(2, "get", "127.0.0.1", "104", "X", "STUDY", "PatientID=1", DisplayName = "no unique key")]
    [DataRow(2, "sample", "/proc/none", DisplayName = "a folder that cannot be made")]
    [DataRow(2, "sample", "x", "--slices", "0", DisplayName = "no slices")]
    [DataRow(2, "receive", "0", "/tmp", "--tls", DisplayName = "TLS without a certificate")]
    [DataRow(2, "receive", "70000", "/tmp", DisplayName = "a port that is too high")]
    [DataRow(1, "send", "127.0.0.1", "104", "X", "/no/such/file", DisplayName = "nothing to send")]
    public void What_it_ends_with(int expected, params string[] arguments)
    {
        var (code, output, errors) = SmallStandard.Run(arguments);

        Assert.AreEqual(expected, code, output + errors);
        Assert.IsFalse((output + errors).Contains("   at ", StringComparison.Ordinal), output + errors);
    }

    [TestMethod]
    public void A_share_of_the_cells_is_made_of_an_edition()
    {
        using var small = new SmallStandard();
        small.Update();

        using var json = System.Text.Json.JsonDocument.Parse(SmallStandard.Run("check", small.DocBook, "--spec", small.Spec, "--json").Output);

        var share = json.RootElement.GetProperty("share");
        Assert.AreEqual(0, share.GetProperty("differing").GetInt32());
        Assert.IsGreaterThan(share.GetProperty("cells").GetInt32() / 2, share.GetProperty("made").GetInt32());
    }
}
