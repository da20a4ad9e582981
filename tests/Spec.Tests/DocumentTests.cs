using System.Text.RegularExpressions;

namespace Specgen.Spec.Tests;

/// <summary>Where our pages differ from the published ones, row by row: the differences that docs/errata.md explains, and no others.</summary>
[TestClass]
public sealed partial class DocumentTests
{
    private static readonly string[] s_newInStorage =
    [
        "2.3", "2.4", "2.5", // CT images for processing
        "6.3", // photoacoustic
        "9.1.4", "9.6.2", "9.7.1", "9.7.2", "9.7.3", "9.7.4", "9.8.1", "9.100.1", "9.100.2", // waveforms and their presentation states
        "11.12", "66.7", "66.8", "77.1.7", "77.1.8", "77.1.9", "88.76", "88.77", "91.1", "104.4", "104.5", "200.8",
        "481.14", "481.15", "481.16", "481.17", "481.18", "481.19", "481.20", "481.21", "481.22", "481.23", "481.24", "481.25",
    ];

    [TestMethod]
    public void Storage_has_every_published_sop_class_and_the_newer_ones()
    {
        var published = Repository.Document("003").SopClasses.Select(static sopClass => Corrected(sopClass.Uid)).ToHashSet();
        var ours = Repository.Page("storage.rst").SopClassTables.First().Column("UID").ToList();

        Assert.AreEqual("", string.Join(", ", published.Except(ours)), "published and not ours");
        CollectionAssert.AreEqual(
            s_newInStorage.Select(static end => "1.2.840.10008.5.1.4.1.1." + end).ToList(),
            ours.Where(uid => !published.Contains(uid)).ToList(),
            string.Join(", ", ours.Except(published)));
    }

    [TestMethod]
    public void Annexes_are_the_published_ones_or_more_exact()
    {
        var ours = Repository.Page("storage.rst").SopClassTables.First().Rows.ToDictionary(static row => row[0], static row => row[2]);
        foreach (var row in Repository.Document("003").SopClassTables.Single().Rows)
        {
            var annex = ours[Corrected(row[0])];

            // Of an annex with several IODs the page names the section of the one that is meant.
            Assert.IsTrue(annex == row[2] || annex.StartsWith(row[2] + ".", StringComparison.Ordinal), $"{row[1]}: {row[2]}, and {annex} here");
        }
    }

    /// <summary>The keywords that docs/errata.md lists are exactly those that differ.</summary>
    [TestMethod]
    public void Keywords_differ_where_the_errata_say_so()
    {
        var keywords = RegistryRow.All.ToDictionary(static row => row.Uid, static row => row.Keyword);
        var differing = new[] { "000", "001", "003" }
            .SelectMany(static document => Repository.Document(document).SopClasses)
            .Select(static sopClass => (Uid: Corrected(sopClass.Uid), sopClass.Keyword))
            .Where(sopClass => keywords[sopClass.Uid] != sopClass.Keyword)
            .Select(sopClass => $"{sopClass.Uid} {sopClass.Keyword} {keywords[sopClass.Uid]}")
            .ToList();
        var errata = File.ReadAllLines(Path.Combine(Repository.Root, "docs", "errata.md")).Select(static line => ErratumPattern().Match(line)).Where(static match => match.Success)
            .Select(static match => $"{match.Groups[1].Value} {match.Groups[2].Value} {match.Groups[3].Value}")
            .ToList();

        Assert.HasCount(23, errata);
        CollectionAssert.AreEquivalent(differing, errata);
    }

    [TestMethod]
    [DataRow("000", "storage_commitment.rst", "N-ACTION +0110 ~0117 ~0123 ~0124 ~0211, N-EVENT-REPORT ~0110 ~0113 ~0117 ~0211")]
    [DataRow("001", "storage_management.rst", "N-ACTION +0110 ~0117 ~0123 ~0124 ~0211 ~B010, N-EVENT-REPORT ~0110 ~0113 ~0117 ~0211")]
    [DataRow("003", "storage.rst", "C-STORE ~0117 ~0124 ~0211 ~A700 ~A900 ~B000 ~B006 ~B007 -0112 -C001 -C002 -C210 -C211 +0122")]
    public void Statuses_differ_where_they_must(string document, string page, string expected)
    {
        var published = Repository.Document(document).Statuses.ToLookup(static row => row.Service, static row => row.Status);
        var ours = Repository.Page(page).Statuses.ToLookup(static row => row.Service, static row => row.Status);

        Assert.AreEqual(Sorted(expected), Sorted(string.Join(", ", ours.Select(service => $"{service.Key} {string.Join(' ', Differences(published[service.Key], service))}"))));

        static IEnumerable<string> Differences(IEnumerable<PlainStatus> published, IEnumerable<PlainStatus> ours)
        {
            var (theirs, mine) = (published.ToDictionary(static status => (status.First, status.Last)), ours.ToDictionary(static status => (status.First, status.Last)));
            foreach (var code in theirs.Keys.Union(mine.Keys))
            {
                var (before, now) = (theirs.GetValueOrDefault(code), mine.GetValueOrDefault(code));
                if (before != now)
                {
                    yield return $"{(before is null ? '+' : now is null ? '-' : '~')}{code.First:X4}";
                }
            }
        }

        static string Sorted(string differences) => string.Join(", ", differences.Split(", ").Select(static service => string.Join(' ', service.Split(' ').Order(StringComparer.Ordinal))).Order(StringComparer.Ordinal));
    }

    [TestMethod]
    [DataRow("000", "storage_commitment.rst")]
    [DataRow("001", "storage_management.rst")]
    [DataRow("003", "storage.rst")]
    public void Usages_are_the_published_ones(string document, string page) => CollectionAssert.AreEqual(
        Repository.Document(document).UsageTables.Single().Rows.Select(static row => string.Join(' ', row)).ToList(),
        Repository.Page(page).UsageTables.Single().Rows.Select(static row => string.Join(' ', row)).ToList());

    /// <summary>The two UIDs that the published page has wrong.</summary>
    private static string Corrected(string uid) => uid switch
    {
        "1.2.840.10008.5.1.4.1.1.1.1.1.1" => "1.2.840.10008.5.1.4.1.1.1.1.1",
        "1.2.840.10008.5.1.1.4.1.1.3.1" => "1.2.840.10008.5.1.4.1.1.1.3.1",
        _ => uid,
    };

    [GeneratedRegex(@"^\| (1\.2\.840\.10008[0-9.]+) \| (\w+) \| (\w+) \|$")]
    private static partial Regex ErratumPattern();
}
