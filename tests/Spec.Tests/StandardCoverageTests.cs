using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Specgen.Spec.Tests;

/// <summary>docs/standard-coverage.md says how much of the standard the pages have. It is made here, from what the second reader finds.</summary>
[TestClass]
public sealed partial class StandardCoverageTests
{
    /// <summary>With this environment variable the file is written anew instead of compared.</summary>
    private const string Rewrite = "SPECGEN_REWRITE_COVERAGE";

    /// <summary>The service class that the modules of a page are exchanged by; macros are part of modules.</summary>
    private static readonly Dictionary<string, string> s_serviceOfModule = new()
    {
        ["modules/application_event_logging.rst"] = "application_event_logging.rst",
        ["modules/display_system.rst"] = "display_system_management.rst",
        ["modules/instance_availability_notification.rst"] = "instance_availability_notification.rst",
        ["modules/inventory_creation.rst"] = "storage_management.rst",
        ["modules/inventory_creation_events.rst"] = "storage_management.rst",
        ["modules/media_creation_management.rst"] = "media_creation_management.rst",
        ["modules/modality_performed_procedure_step.rst"] = "modality_performed_procedure_step.rst",
        ["modules/print_management.rst"] = "print_management.rst",
        ["modules/rt_machine_verification.rst"] = "rt_machine_verification.rst",
        ["modules/storage_commitment.rst"] = "storage_commitment.rst",
        ["modules/unified_procedure_step.rst"] = "unified_procedure_step.rst",
        ["modules/unified_procedure_step_messages.rst"] = "unified_procedure_step.rst",
    };

    [TestMethod]
    public void Coverage_is_what_the_pages_have()
    {
        var path = Path.Combine(Repository.Root, "docs", "standard-coverage.md");
        var expected = Document();
        if (Environment.GetEnvironmentVariable(Rewrite) is { Length: > 0 })
        {
            File.WriteAllText(path, expected);
        }

        Assert.AreEqual(expected, File.ReadAllText(path), $"docs/standard-coverage.md is stale: run this test with {Rewrite}=1");
    }

    [TestMethod]
    public void Every_module_is_of_a_service_class() => CollectionAssert.AreEquivalent(
        Repository.Pages.Where(static page => page.Modules.Any()).Select(static page => page.Name).ToList(),
        s_serviceOfModule.Keys);

    private static string Document()
    {
        var services = Repository.Pages.Where(static page => page.SopClassTables.Any()).OrderBy(static page => Annex(page).Length).ThenBy(Annex, StringComparer.Ordinal).ToList();
        var text = new StringBuilder();
        text.Append("# What of the standard the pages have\n\n");
        text.Append("Made by `tests/Spec.Tests`, which fails when this file is stale; `SPECGEN_REWRITE_COVERAGE=1 dotnet test tests/Spec.Tests` writes it anew.\n\n");
        text.Append(CultureInfo.InvariantCulture, $"UIDs, names and keywords: PS3.6 edition 2026d, {RegistryRow.All.Count} rows, {RegistryRow.All.Count(static row => row.Type is "SOP Class" or "Meta SOP Class")} of them SOP classes. General statuses: PS3.7 edition 2026c.\n");
        text.Append("The edition in the table is the one of PS3.4 that the list of SOP classes was read in, as [spec/standard.lock](../spec/standard.lock) has it with that of every other table. DIMSE services are counted once a page, statuses once a DIMSE service (a range is one), SOP classes with the retired ones.\n\n");
        text.Append("| service class | PS3.4 annex | edition | SOP classes | retired | DIMSE services | statuses | action types | event types | modules |\n");
        text.Append("|---|---|---|---:|---:|---:|---:|---:|---:|---:|\n");
        var sums = new int[7];
        foreach (var page in services)
        {
            int[] counts =
            [
                page.SopClasses.Count(),
                page.SopClassTables.Sum(static table => table.Rows.Count(row => table.Cell(row, "Retired") == "Yes")),
                page.UsageTables.SelectMany(static table => table.Rows).Select(static row => row[0].Split(" - ")[0]).Distinct().Count(),
                page.Statuses.Count(),
                page.Types("Action Type").Count(),
                page.Types("Event Type").Count(),
                s_serviceOfModule.Where(pair => pair.Value == page.Name).Sum(static pair => Repository.Page(pair.Key).Modules.Count()),
            ];
            text.Append(CultureInfo.InvariantCulture, $"| [{page.Title.Replace(" Service Class", "", StringComparison.Ordinal)}](../spec/{page.Name}) | {Annex(page)} | {Edition(page)} | {string.Join(" | ", counts)} |\n");
            sums = [.. sums.Zip(counts, static (sum, count) => sum + count)];
        }

        text.Append(CultureInfo.InvariantCulture, $"| {services.Count} service classes | | | {string.Join(" | ", sums)} |\n");
        text.Append("\n## SOP classes of other standards\n\nPS3.6 registers them as well; no page has them, because PS3.4 does not.\n\n| UID | SOP class | reason |\n|---|---|---|\n");
        foreach (var row in RegistryRow.All.Where(static row => CoverageTests.WithoutServiceClass.ContainsKey(row.Keyword)))
        {
            text.Append(CultureInfo.InvariantCulture, $"| {row.Uid} | {row.Keyword} | {CoverageTests.WithoutServiceClass[row.Keyword]} |\n");
        }

        return text.ToString();
    }

    private static string Annex(PlainPage page) => AnnexPattern().Match(File.ReadAllText(Repository.PathOf(page))).Groups[1].Value;

    /// <summary>The editions in spec/standard.lock of what the list of SOP classes is made of; of a page that is made of nothing, the one that it names.</summary>
    private static string Edition(PlainPage page)
    {
        var locked = File.ReadLines(Path.Combine(Repository.Root, "spec", "standard.lock")).Select(static line => line.Split(" | ")).Where(static fields => fields.Length == 5).ToDictionary(static fields => fields[0] + " " + fields[1], static fields => fields[2]);
        using var profile = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "spec", "profile.json")), new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
        var made = profile.RootElement.GetProperty("pages").EnumerateArray().Where(made => made.GetProperty("page").GetString() == page.Name)
            .SelectMany(static made => made.GetProperty("tables").EnumerateArray())
            .Where(static table => table.GetProperty("heading").GetString() == "Supported SOP Classes")
            .SelectMany(static table => (table.TryGetProperty("sopClasses", out var sources) ? sources : table.GetProperty("byHand")).EnumerateArray())
            .Select(source => locked["PS3.4 " + source.GetString()]).Distinct().Order(StringComparer.Ordinal).ToList();
        if (made.Count > 0)
        {
            return string.Join(", ", made);
        }

        var edition = EditionPattern().Match(File.ReadAllText(Repository.PathOf(page)));
        Assert.IsTrue(edition.Success, $"{page.Name} names no edition");
        return edition.Groups[1].Value;
    }

    [GeneratedRegex(@"part04/chapter_([A-Z]+)\.html")]
    private static partial Regex AnnexPattern();

    [GeneratedRegex(@"edition (20[0-9]{2}[a-e])")]
    private static partial Regex EditionPattern();
}
