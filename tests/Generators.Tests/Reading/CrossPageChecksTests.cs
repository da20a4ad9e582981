using Microsoft.CodeAnalysis.Text;
using Specgen.Generators.Reading;

namespace Specgen.Generators.Tests.Reading;

/// <summary>What several pages show together; each diagnostic of it is provoked in <see cref="PageDiagnosticTests"/>.</summary>
[TestClass]
public sealed class CrossPageChecksTests
{
    [TestMethod]
    public void Checks_between_pages_do_not_depend_on_their_order()
    {
        var pages = TestFiles.Pages.Select(static path => PageReader.Read(path, TestFiles.Text(path), CancellationToken.None).Facts)
            .Append(Read("Acme\n====\n\n================= =========\nUID               SOP Class\n================= =========\n1.2.840.10008.1.1 Wrong\n================= =========\n").Facts)
            .ToList();

        var forwards = CrossPageChecks.Run([.. pages], CancellationToken.None);
        pages.Reverse();
        Assert.IsNotEmpty(forwards);
        CollectionAssert.AreEqual(forwards, CrossPageChecks.Run([.. pages], CancellationToken.None));
    }

    [TestMethod]
    public void A_conformance_table_is_of_the_service_class_with_the_longest_name()
    {
        var commitment = Read("Storage Commitment Service Class\n================================\n\nN-ACTION Statuses\n-----------------\n\n" + Statuses("0xC001 Failure Own"), "a.rst");
        var storage = Read("Storage Service Class\n=====================\n\nN-ACTION Statuses\n-----------------\n\n" + Statuses("0xC001 Failure Other"), "b.rst");
        var conformance = Read("""
            Storage Commitment
            ==================

            N-ACTION
            --------

            ============== =============== ============
            Service Status Further Meaning Status Codes
            ============== =============== ============
            Failure        Own             C001
            \-             Others          any other
            ============== =============== ============
            """, "c.rst");

        Assert.IsEmpty(conformance.Diagnostics);
        Assert.IsEmpty(CrossPageChecks.Run([commitment.Facts, storage.Facts, conformance.Facts], CancellationToken.None));
    }

    private static PageReading Read(string text, string path = "page.rst") => PageReader.Read(path, SourceText.From(text), CancellationToken.None);

    /// <summary>A simple table of statuses; the three words of a row stand one space apart.</summary>
    private static string Statuses(params string[] rows) => "========== ======== ===========\nCode (hex) Category Description\n========== ======== ===========\n"
        + string.Concat(rows.Select(static row =>
        {
            var words = row.Split(' ', 3, StringSplitOptions.RemoveEmptyEntries);
            return $"{words[0],-10} {words[1],-8} {words[2].Trim()}\n";
        }))
        + "========== ======== ===========\n";
}
