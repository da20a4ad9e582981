using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using Specgen.Generators.Reading;
using Specgen.Generators.Standard;

namespace Specgen.Spec.Tests;

/// <summary>What the generator reads is what stands there: each page compared with what a second reader finds in it.</summary>
[TestClass]
public sealed class ReaderAgreementTests
{
    private static readonly ImmutableArray<PageReading> s_readings = [.. Repository.Pages.Select(static page => Read(Repository.PathOf(page)))];

    [TestMethod]
    public void Pages_have_nothing_to_report() => Assert.AreEqual("", string.Join('\n', s_readings
        .SelectMany(static reading => reading.Diagnostics)
        .Concat(CrossPageChecks.Run([.. s_readings.Select(static reading => reading.Facts)], CancellationToken.None))
        .Select(static diagnostic => diagnostic.ToDiagnostic().ToString())));

    [TestMethod]
    public void Service_classes()
    {
        foreach (var (page, reading) in Repository.Pages.Zip(s_readings))
        {
            var service = reading.Content.ServiceClasses.SingleOrDefault();
            Assert.AreEqual(page.SopClassTables.Any(), service is not null, page.Name);
            if (service is not null)
            {
                Assert.AreEqual(page.Title, service.Title);
                AreEqual(
                    page,
                    page.SopClassTables.SelectMany(static table => table.Rows.Select(row => $"{row[0]} {row[1]} {table.Cell(row, "Part 3 Annex")} {table.Cell(row, "Retired") == "Yes"}")),
                    service.SopClasses.Select(static sopClass => $"{sopClass.Uid} {sopClass.Keyword} {sopClass.Iod} {sopClass.IsRetired}"));
                AreEqual(
                    page,
                    page.UsageTables.SelectMany(static table => table.Rows.Zip(table.Labels, static (row, labels) => $"{row[0]} {row[1]} {string.Join(' ', labels.Select(RegistryRow.KeywordOf))}")),
                    service.Usages.Select(static usage => $"{Dimse(usage.Operation)}{(usage.Qualifier is null ? "" : " - " + usage.Qualifier)} {Words(usage.Scu)}/{Words(usage.Scp)} {string.Join(' ', usage.SopClasses)}"));
                AreEqual(
                    page,
                    page.MetaTables.SelectMany(static table => table.Rows.Zip(table.Labels, static (row, labels) => $"{RegistryRow.KeywordOf(labels.Single())} {RegistryRow.KeywordOf(row[0])} {row[1]}")),
                    service.MetaSopClasses.SelectMany(static meta => meta.Members.Select(member => $"{meta.Keyword} {member.SopClass} {Words(member.Scu)}/{Words(member.Scp)}")));
                AreEqual(page, page.Statuses.Select(static row => $"{row.Service} {row.Status}").Order(StringComparer.Ordinal), service.Statuses.SelectMany(static table => table.Rows.Select(row => $"{Dimse(table.Operation)} {new PlainStatus(row.First, row.Last, row.Category.ToString(), row.Description)}")).Order(StringComparer.Ordinal));
                AreEqual(page, page.Types("Action Type").Select(static type => $"{type.Name} {type.Id} {string.Join(' ', type.Labels.Select(RegistryRow.KeywordOf))}"), Types(service, DimseOperation.NAction));
                AreEqual(page, page.Types("Event Type").Select(static type => $"{type.Name} {type.Id} {string.Join(' ', type.Labels.Select(RegistryRow.KeywordOf))}"), Types(service, DimseOperation.NEventReport));
            }
        }

        static string Words(Usage usage) => usage == Usage.NotUsed ? "Not used" : usage.ToString();

        static IEnumerable<string> Types(ServiceClass service, DimseOperation operation) => service.Types.Where(type => type.Operation == operation).Select(static type => $"{type.Name} {type.Id} {string.Join(' ', type.SopClasses)}");
    }

    [TestMethod]
    public void Registry() => AreEqual(
        Repository.Page("registry.rst"),
        RegistryRow.All.Select(static row => row.ToString().Replace(nameof(RegistryRow), "", StringComparison.Ordinal)),
        s_readings.Single(static reading => reading.Content.Registry is not null).Content.Registry!.Entries.Select(static entry => entry.ToString().Replace(nameof(RegistryEntry), "", StringComparison.Ordinal)));

    [TestMethod]
    public void Modules()
    {
        foreach (var (page, reading) in Repository.Pages.Zip(s_readings))
        {
            AreEqual(
                page,
                page.Tables.Where(static table => table.Is("Attribute Name")).SelectMany(static table => table.Rows.Select(row =>
                    string.Join(' ', new[] { row[0], row[1], table.Cell(row, "VR"), table.Cell(row, "Type"), table.Cell(row, "Attribute Description") }.Where(static cell => cell.Length > 0)))),
                reading.Content.Modules.SelectMany(static module => Rows(module.Attributes, "")));
            AreEqual(
                page,
                page.Tables.Where(static table => table.Is("Value", "Meaning")).SelectMany(static table => table.Rows.Select(row => $"{table.Heading} {string.Join(' ', row)}")),
                reading.Content.Modules.SelectMany(static module => module.Values).SelectMany(static set => set.Rows.Select(row => $"{set.Title} {row.Code:X4}H {row.Meaning} {row.Description}")));
        }

        static IEnumerable<string> Rows(IEnumerable<ModuleAttribute> attributes, string level) => attributes.SelectMany(attribute =>
            (attribute.Include is null
                ? new[] { string.Join(' ', new[] { $"{level}{attribute.Name} ({attribute.Group:X4},{attribute.Element:X4})", attribute.Vr, attribute.Type, attribute.Description }.Where(static word => word is { Length: > 0 })) }
                : [level + attribute.Name])
            .Concat(Rows(attribute.Items, level + ">")));
    }

    /// <summary>The example of the format's description is a page, and a page without faults. It is short: that PS3.7 has more statuses is no fault.</summary>
    [TestMethod]
    public void Example_of_the_format_is_read_without_a_diagnostic()
    {
        var text = File.ReadAllText(Path.Combine(Repository.Spec, "README.md"));
        const string Fence = "```rst\n";
        var start = text.IndexOf(Fence, StringComparison.Ordinal) + Fence.Length;
        var example = text[start..text.IndexOf("```", start, StringComparison.Ordinal)];
        var reading = PageReader.Read("acme.rst", SourceText.From(example), CancellationToken.None);
        var diagnostics = reading.Diagnostics.Concat(CrossPageChecks.Run([.. s_readings.Select(static page => page.Facts), reading.Facts], CancellationToken.None));

        Assert.AreEqual("", string.Join('\n', diagnostics.Select(static diagnostic => diagnostic.ToDiagnostic()).Where(static diagnostic => diagnostic.Severity > DiagnosticSeverity.Info)));
        var service = reading.Content.ServiceClasses.Single();
        Assert.AreEqual("AcmeArchivingServiceClass", service.Name);
        Assert.AreEqual(("AcmeTapeArchive", "Acme Tape Archive"), (service.SopClasses.Single().Keyword, service.SopClasses.Single().Name));
        Assert.AreEqual((0xC100, 0xC1FF), (service.Statuses.Single().Rows[2].First, service.Statuses.Single().Rows[2].Last));
        Assert.AreEqual("Archive", service.Types.Single().Name);
    }

    /// <summary>Every column of our tables is in the format's description.</summary>
    [TestMethod]
    public void Description_of_the_format_names_every_column()
    {
        var description = File.ReadAllText(Path.Combine(Repository.Spec, "README.md"));
        foreach (var column in Repository.Pages.SelectMany(static page => page.Tables).SelectMany(static table => table.Header).Except(["Behavior", "Related Fields", "Condition"]).Distinct())
        {
            StringAssert.Contains(description, $"`{column}`");
        }
    }

    private static PageReading Read(string path) => PageReader.Read(path, SourceText.From(File.ReadAllText(path)), CancellationToken.None);

    private static string Dimse(DimseOperation operation) => operation switch
    {
        DimseOperation.CEcho => "C-ECHO",
        DimseOperation.CStore => "C-STORE",
        DimseOperation.CFind => "C-FIND",
        DimseOperation.CGet => "C-GET",
        DimseOperation.CMove => "C-MOVE",
        DimseOperation.NEventReport => "N-EVENT-REPORT",
        DimseOperation.NGet => "N-GET",
        DimseOperation.NSet => "N-SET",
        DimseOperation.NAction => "N-ACTION",
        DimseOperation.NCreate => "N-CREATE",
        DimseOperation.NDelete => "N-DELETE",
        _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, "PS3.7 has no other"),
    };

    private static void AreEqual(PlainPage page, IEnumerable<string> expected, IEnumerable<string> actual) => Assert.AreEqual(string.Join('\n', expected), string.Join('\n', actual), page.Name);
}
