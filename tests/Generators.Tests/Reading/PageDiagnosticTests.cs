using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using Specgen.Generators.Diagnostics;
using Specgen.Generators.Reading;

namespace Specgen.Generators.Tests.Reading;

/// <summary>Each diagnostic of pages, provoked, at its place and in its words.</summary>
[TestClass]
public sealed class PageDiagnosticTests
{
    /// <summary>Below it a table of statuses belongs to C-STORE.</summary>
    private const string Statuses = "Acme Service Class\n==================\n\nC-STORE Statuses\n----------------\n\n";

    private const string Registry = """
        ================= ================ ========= ========= ===== =======
        UID               Name             Keyword   Type      Part  Retired
        ================= ================ ========= ========= ===== =======
        1.2.840.10008.1.1 Old SOP Class    OldClass  SOP Class PS3.4 Yes
        1.2.840.10008.1.2 New SOP Class    NewClass  SOP Class PS3.4 No
        ================= ================ ========= ========= ===== =======
        """;

    private const string General = """
        ========== ======== ======================= ==================
        Code (hex) Category Meaning                 DIMSE Services
        ========== ======== ======================= ==================
        0x0112     Failure  No such SOP Instance    N-ACTION
        0x0122     Failure  SOP Class not supported C-STORE, C-FIND
        ========== ======== ======================= ==================
        """;

    private const string Dictionary = """
        =========== ================================================= ========================================= ======== == =======
        Tag         Name                                              Keyword                                   VR       VM Retired
        =========== ================================================= ========================================= ======== == =======
        (0010,0010) Patient's Name                                    PatientName                               PN       1  No
        (0010,0020) Patient ID                                        PatientID                                 LO       1  No
        (0028,0106) Smallest Image Pixel Value                        SmallestImagePixelValue                   US or SS 1  No
        (2100,0500) Referenced Print Job Sequence (Pull Stored Print) ReferencedPrintJobSequencePullStoredPrint SQ       1  Yes
        (60xx,3000) Overlay Data                                      OverlayData                               OB or OW 1  No
        (FFFE,E000) Item                                              Item                                               1  No
        =========== ================================================= ========================================= ======== == =======
        """;

    private const string Storage = "Storage Service Class\n=====================\n\nC-STORE Statuses\n----------------\n\n" + """
        ================ ======== ==================
        Code (hex)       Category Description
        ================ ======== ==================
        0xA700 to 0xA7FF Failure  Out of resources
        0xB006           Warning  Elements discarded
        ================ ======== ==================
        """;

    private const string Module = "Acme Module\n===========\n\n";

    private sealed record Case(string Id, string Message, string Page, params string[] Others);

    private static readonly Case[] s_cases =
    [
        new("SPG0001", "Malformed table. Text in column margin.", Statuses + Table("Code (hex)  Category  Description", "0x0000    ⟦xx⟧Success   Success")),
        new("SPG0002", "The table has no column 'Category'; its columns are 'Code (hex)', 'Kategory', 'Description'", Statuses + Table("Code (hex)  ⟦Kategory⟧  Description", "0x0000      Success   Success")),
        new("SPG0002", "The table has no column 'SOP Class'; its columns are 'UID', 'What'", Table("⟦UID⟧         What", "1.2         A")),
        new("SPG0003", "The column 'Note' is unknown and is not read; expected 'Code (hex)', 'Category', 'Description', 'Section'", Statuses + Table("Code (hex)  Category  Description  ⟦Note⟧", "0x0000      Success   Success")),
        new("SPG0004", "'0xA70' is not a status code; expected four hexadecimal digits (0xA700, A700H), a range (0xA700 to 0xA7FF, A700-A7FF) or a pattern (A7xx)", Statuses + Status("⟦0xA70⟧", "Failure", "Out")),
        new("SPG0004", "'0xA7FF to 0xA700' is not a status code; expected four hexadecimal digits (0xA700, A700H), a range (0xA700 to 0xA7FF, A700-A7FF) or a pattern (A7xx)", Statuses + Status("⟦0xA7FF to 0xA700⟧", "Failure", "Out")),
        new("SPG0005", "'Refused' is not a status category; expected Success, Warning, Failure, Cancel or Pending; did you mean 'Failure'?", Statuses + Status("0xA700", "⟦Refused⟧", "Out")),
        new("SPG0005", "'Sucess' is not a status category; expected Success, Warning, Failure, Cancel or Pending; did you mean 'Success'?", Statuses + Status("0x0000", "⟦Sucess⟧", "Done")),
        new("SPG0006", "0x0116 is marked Failure, but is of the class Warning (PS3.7 Annex C)", Statuses + Status("0x0116", "⟦Failure⟧", "Out of range")),
        new("SPG0006", "0xD000 is marked Failure, but is of no class and must not be used (PS3.7 Annex C)", Statuses + Status("0xD000", "⟦Failure⟧", "Out")),
        new("SPG0006", "0xA700 to 0xB000 is marked Failure, but begins in the class Failure and ends in another (PS3.7 Annex C)", Statuses + Status("A700-B000", "⟦Failure⟧", "Out")),
        new("SPG0007", "0xA700 is 'Other' (Failure) here; 0xA700 is 'Out' (Failure) on line 10", Statuses + Status("0xA700", "Failure", "Out", "⟦0xA700⟧", "Failure", "Other")),
        new("SPG0007", "0xA780 to 0xA8FF is 'Other' (Failure) here; 0xA700 to 0xA7FF is 'Out' (Failure) on line 10", Statuses + Status("A7xx", "Failure", "Out", "⟦A780-A8FF⟧", "Failure", "Other")),
        new("SPG0008", "'1.2.03' is not a UID: the component '03' begins with 0 (PS3.5 §9.1)", Table("UID     SOP Class", "⟦1.2.03⟧  Acme")),
        new("SPG0009", "UID '1.2.3' is already in page.rst, line 4", Table("UID     SOP Class", "1.2.3   Acme", "⟦1.2.3⟧   Other")),
        new("SPG0009", "Keyword 'Acme' is already in other1.rst, line 4", Table("UID     SOP Class", "1.2.4   ⟦Acme⟧"), Table("UID     SOP Class", "1.2.3   Acme")),
        new("SPG0009", "UID '1.2.840.10008.1.1' is already in page.rst, line 4", Table("UID                Name  Keyword   Type       Part   Retired", "1.2.840.10008.1.1  A     A         SOP Class  PS3.4  No", "⟦1.2.840.10008.1.1⟧  B     B         SOP Class  PS3.4  No")),
        new("SPG0010", "The registry has no UID 1.2.840.10008.1.2.2; did you mean '1.2.840.10008.1.2' (NewClass)?", Table("UID                  SOP Class", "⟦1.2.840.10008.1.2.2⟧  NewClass"), Registry),
        new("SPG0011", "The registry has no keyword 'ClassNew'; did you mean 'NewClass'?", Table("UID                  SOP Class", "1.2.840.10008.1.2.2  ⟦ClassNew⟧"), Registry),
        new("SPG0012", "1.2.840.10008.1.2 is 'NewClass' in the registry, not 'NewKlass'", Table("UID                SOP Class", "1.2.840.10008.1.2  ⟦NewKlass⟧"), Registry),
        new("SPG0013", "'OldClass' (1.2.840.10008.1.1) is retired; remove it, or say so in a column 'Retired'", Table("UID                SOP Class", "⟦1.2.840.10008.1.1⟧  OldClass"), Registry),
        new("SPG0014", "'Elements Discarded' is 0xB007 here and 0xB006 in other1.rst, line 11", Conformance("Warning", "Elements Discarded", "⟦B007⟧"), Storage),
        new("SPG0014", "'Refused: Out of Resources' is 0xA700 here, which is a part only of the range 0xA700 to 0xA7FF in other1.rst, line 10", Conformance("Failure", "Refused: Out of Resources", "⟦A700⟧"), Storage),
        new("SPG0014", "0xB006 is 'Something else' here and 'Elements discarded' in other1.rst, line 11", Conformance("Warning", "⟦Something else⟧", "B006"), Storage),
        new("SPG0014", "0xA700 to 0xA7FF is marked Warning here and Failure in other1.rst, line 10", Conformance("Warning", "Out of resources", "⟦A7xx⟧"), Storage),
        new("SPG0014", "0xC001 ('Cannot understand') is not a status of C-STORE in the Storage Service Class", Conformance("Failure", "Cannot understand", "⟦C001⟧"), Storage),
        new("SPG0015", "'Mandatory' is not a usage; expected two of Mandatory, Optional, Conditional, Not used (or M, O, C, U, -) for SCU/SCP", Table("DIMSE Service  Usage SCU/SCP", "C-STORE        ⟦Mandatory⟧")),
        new("SPG0015", "'Mandatory/Optionl' is not a usage; expected two of Mandatory, Optional, Conditional, Not used (or M, O, C, U, -) for SCU/SCP; did you mean 'Mandatory/Optional'?", Table("DIMSE Service  Usage SCU/SCP", "C-STORE        ⟦Mandatory/Optionl⟧")),
        new("SPG0016", "'C-STROE' is not a DIMSE service; did you mean 'C-STORE'?", Table("DIMSE Service  Usage SCU/SCP", "⟦C-STROE⟧        M/M")),
        new("SPG0016", "'C-STOR' is not a DIMSE service; did you mean 'C-STORE'?", "Acme Service Class\n==================\n\n⟦C-STOR Statuses⟧\n---------------\n\n" + Status("0x0000", "Success", "Done")),
        new("SPG0017", "'Acme Lable SOP Class' is not a SOP class of this page; did you mean 'AcmeLabel'? It is read as that", Table("UID    SOP Class", "1.2.3  AcmeLabel") + "\n" + Labelled("*⟦Acme Lable SOP Class*⟧".Replace("*⟦", "⟦*", StringComparison.Ordinal))),
        new("SPG0017", "'Nothing like it' is not a SOP class of this page; the rows below it are left out", Table("UID    SOP Class", "1.2.3  AcmeLabel") + "\n" + Labelled("⟦Nothing like it⟧       ")),
        new("SPG0018", "No heading above this table names a DIMSE service", Table("⟦Code (hex)⟧  Category  Description", "0x0000      Success   Success")),
        new("SPG0019", "'0008,1195' is not a tag; expected (gggg,eeee) in hexadecimal digits", Module + Table("Attribute Name  Tag", "Acme            ⟦0008,1195⟧")),
        new("SPG0020", "No page has a macro 'Acme Makro'; did you mean 'Acme Macro'?", Module + Table("Attribute Name               Tag", "⟦Include \"Acme Makro\"⟧         "), "Acme Macro\n==========\n\n" + Table("Attribute Name  Tag", "Acme            (0008,1195)")),
        new("SPG0021", "The page has no table of a known kind; nothing is generated from it", "⟦Acme⟧\n====\n\nText.\n"),
        new("SPG0023", "0x0112 is 'No such SOP Instance' in PS3.7 Annex C, not 'SOP Class not supported'; 'SOP Class not supported' is 0x0122", Statuses + Status("⟦0x0112⟧", "Failure", "SOP Class not supported"), General),
        new("SPG0023", "0x0112 is 'No such SOP Instance' in PS3.7 Annex C, not 'Gone'", Statuses + Status("0x0112", "Failure", "⟦Gone⟧"), General),
        new("SPG0023", "0x0214 is unassigned in PS3.7 Annex C, not 'Gone'", Statuses + Status("⟦0x0214⟧", "Failure", "Gone"), General),
        new("SPG0024", "'Acme Class!' is not a keyword: expected letters, digits and '_', beginning with a letter (PS3.6 Annex A)", Table("UID    SOP Class", "1.2.3  ⟦Acme Class!⟧")),
        new("SPG0024", "'' is not a description of a status", Statuses + Table("Code (hex)  Category  Description", "0x0000      Success   ⟦⟧")),
        new("SPG0024", "'0' is not a type ID: expected a number from 1 to 65535", Table("Event Type  ID", "Done        ⟦0⟧")),
        new("SPG0024", "'1' is not unique: 'Done' has this ID", Table("Action Type  ID", "Done         1", "Other        ⟦1⟧")),
        new("SPG0029", "No page has a module 'Acme Tape Modul'; did you mean 'Acme Tape Module'?", Table("Action Type  ID  Information", "Archive      1   ⟦Acme Tape Modul⟧"), "Acme Tape Module\n================\n\n" + Table("Attribute Name  Tag", "Acme            (0008,1195)")),
        new("SPG0029", "No page has a module 'Acme Tape Modul'; did you mean 'Acme Tape Module'?", Table("Action Type  ID  Reply", "Archive      1   ⟦Acme Tape Modul⟧"), "Acme Tape Module\n================\n\n" + Table("Attribute Name  Tag", "Acme            (0008,1195)")),
        new("SPG0029", "No page has a module 'Acme Tape Modul'; did you mean 'Acme Tape Module'?", Table("Event Type  ID  Reply", "Archived    1   ⟦Acme Tape Modul⟧"), "Acme Tape Module\n================\n\n" + Table("Attribute Name  Tag", "Acme            (0008,1195)")),
        new("SPG0029", "No page has a module 'Acme Tape Modul'; did you mean 'Acme Tape Module'?", Table("UID    SOP Class  Module", "1.2.3  AcmeTape   ⟦Acme Tape Modul⟧"), "Acme Tape Module\n================\n\n" + Table("Attribute Name  Tag", "Acme            (0008,1195)")),
        new("SPG0024", "'>>Acme' is not possible at this level: expected at most 1 '>'", Module + Table("Attribute Name  Tag          VR", "Acme            (0008,1195)  SQ", "⟦>>Acme⟧          (0008,1196)  UI")),
        new("SPG0024", "'>Item' is not an attribute of an item: 'Acme' is not a sequence", Module + Table("Attribute Name  Tag          VR", "Acme            (0008,1195)  UI", "⟦>Item⟧           (0008,1196)  UI")),
        new("SPG0024", "'(0008,1195)' is not unique: 'Acme' has this tag", Module + Table("Attribute Name  Tag", "Acme            (0008,1195)", "Other           ⟦(0008,1195)⟧")),
        new("SPG0024", "'UID' is not a value representation: expected one of AE, AS, AT, CS, DA, DS, DT, FD, FL, IS, LO, LT, OB, OD, OF, OL, OV, OW, PN, SH, SL, SQ, SS, ST, SV, TM, UC, UI, UL, UN, UR, US, UT, UV (PS3.5 §6.2)", Module + Table("Attribute Name  Tag          VR", "Acme            (0008,1195)  ⟦UID⟧")),
        new("SPG0024", "'IU' is not a value representation: expected one of AE, AS, AT, CS, DA, DS, DT, FD, FL, IS, LO, LT, OB, OD, OF, OL, OV, OW, PN, SH, SL, SQ, SS, ST, SV, TM, UC, UI, UL, UN, UR, US, UT, UV (PS3.5 §6.2)", Module + Table("Attribute Name  Tag          VR", "Acme            (0008,1195)  ⟦IU⟧")),
        new("SPG0024", "'n-1' is not a value multiplicity: expected 1, 2, 1-3, 1-n or 2-2n (PS3.5 §6.4)", Module + Table("Attribute Name  Tag          VM", "Acme            (0008,1195)  ⟦n-1⟧")),
        new("SPG0024", "'4' is not a type of an attribute: expected 1, 1C, 2, 2C or 3 (PS3.5 §7.4)", Module + Table("Attribute Name  Tag          Type", "Acme            (0008,1195)  ⟦4⟧")),
        new("SPG0024", "'1' is not a usage of an attribute: expected 1, 1C, 2, 2C, 3 or - for SCU/SCP, or 'Not allowed' (PS3.4 §5.4)", Module + Table("Attribute Name  Tag          N-SET", "Acme            (0008,1195)  ⟦1⟧")),
        new("SPG0024", "'0110' is not unique: 'Failed' has this value", Module + Table("Attribute Name  Tag", "Acme            (0008,1197)") + "\nAcme\n----\n\n" + Table("Value  Meaning", "0110H  Failed", "⟦0110⟧   Other")),
        new("SPG0024", "'X' is not a value: expected four hexadecimal digits (0110H, 0x0110)", Module + Table("Attribute Name  Tag", "Acme            (0008,1197)") + "\nAcme\n----\n\n" + Table("Value  Meaning", "⟦X⟧      Failed")),
        new("SPG0025", "'Acme service class' makes the type AcmeServiceClass, and so does the title in other1.rst, line 1", "⟦Acme service class⟧\n==================\n\n" + Table("UID    SOP Class", "1.2.3  A"), "Acme Service Class\n==================\n\n" + Table("UID    SOP Class", "1.2.4  B")),
        new("SPG0026", "A table with the columns 'Colour', 'Taste' is of no known kind and is not read; spec/README.md lists the kinds", Table("⟦Colour⟧  Taste", "red     sweet")),
        new("SPG0027", "The values below 'Acmee' belong to no attribute of a module on this page; did you mean 'Acme'?", Module + Table("Attribute Name  Tag", "Acme            (0008,1197)") + "\n⟦Acmee⟧\n-----\n\n" + Table("Value  Meaning", "0110   Failed")),
        new("SPG0027", "The values below 'Acme' belong to no attribute of a module on this page; expected the values below the table of the module that has the attribute", "Acme\n====\n\n" + Table("⟦Value⟧  Meaning", "0110   Failed")),
        new("SPG0028", "C-STORE also has 0x0122 'SOP Class not supported' (PS3.7 §9, §10); the table does not", Statuses + Table("⟦Code (hex)⟧  Category  Description", "0x0000      Success   Success"), General),
        new("SPG0030", "(0010,0010) is 'Patient's Name' in PS3.6, not 'Patients Name'", Module + Table("Attribute Name  Tag          VR", "⟦Patients Name⟧   (0010,0010)  PN"), Dictionary),
        new("SPG0030", "(0010,0010) is 'Patient's Name' in PS3.6, not 'Patient ID', which is (0010,0020)", Module + Table("Attribute Name  Tag", "⟦Patient ID⟧      (0010,0010)"), Dictionary),
        new("SPG0030", "(6002,3000) is 'Overlay Data' in PS3.6, not 'Overlay'", Module + Table("Attribute Name  Tag", "⟦Overlay⟧         (6002,3000)"), Dictionary),
        new("SPG0030", "(2100,0500) is 'Referenced Print Job Sequence (Pull Stored Print)' in PS3.6, not 'Referenced Print Jobs'", Module + Table("Attribute Name         Tag", "⟦Referenced Print Jobs⟧  (2100,0500)"), Dictionary),
        new("SPG0030", "(0010,0010) is 'Patient's Name' in PS3.6, not 'Name'", Module + Table("Attribute Name                 Tag          VR", "Referenced Print Job Sequence  (2100,0500)  SQ", "⟦>Name⟧                          (0010,0010)  PN"), Dictionary),
        new("SPG0031", "(0010,0010) Patient's Name has the VR PN in PS3.6, not LO", Module + Table("Attribute Name  Tag          VR", "Patient's Name  (0010,0010)  ⟦LO⟧"), Dictionary),
        new("SPG0031", "(0028,0106) Smallest Image Pixel Value has the VR US or SS in PS3.6, not UL", Module + Table("Attribute Name              Tag          VR", "Smallest Image Pixel Value  (0028,0106)  ⟦UL⟧"), Dictionary),
        new("SPG0032", "PS3.6 has no attribute (0010,0002); did you mean '(0010,0020)' (Patient ID)?", Module + Table("Attribute Name  Tag", "Patient ID      ⟦(0010,0002)⟧"), Dictionary),
        new("SPG0032", "PS3.6 has no attribute (00FE,0002); did you mean '(0010,0010)' (Patient's Name)?", Module + Table("Attribute Name  Tag", "Patients Name   ⟦(00FE,0002)⟧"), Dictionary),
        new("SPG0032", "PS3.6 has no attribute (00FE,0002)", Module + Table("Attribute Name  Tag", "Colour          ⟦(00fe,0002)⟧"), Dictionary),
    ];

    public static IEnumerable<object[]> CaseIndexes => s_cases.Select(static (_, index) => new object[] { index });

    public static string CaseName(System.Reflection.MethodInfo method, object[] data)
    {
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(data);
        return $"{s_cases[(int)data[0]].Id} {s_cases[(int)data[0]].Message}";
    }

    [TestMethod]
    [DynamicData(nameof(CaseIndexes), DynamicDataDisplayName = nameof(CaseName))]
    public void Diagnostics_stand_at_their_cells(int index)
    {
        var expected = s_cases[index];
        var page = MarkedPage.Of(expected.Page);
        var readings = expected.Others.Select(static (text, number) => MarkedPage.Of(text, $"other{number + 1}.rst").Read()).Prepend(page.Read()).ToList();

        // What only all pages show is sorted by their paths: "other…" comes before "page".
        var all = readings.SelectMany(static reading => reading.Diagnostics)
            .Concat(CrossPageChecks.Run([.. readings.Select(static reading => reading.Facts)], CancellationToken.None))
            .ToList();
        var found = all.Where(diagnostic => diagnostic.Id == expected.Id && diagnostic.Place.Path == "page.rst").ToList();

        Assert.HasCount(1, found, string.Join("\n", all.Select(static diagnostic => diagnostic.ToDiagnostic().ToString())));
        Assert.AreEqual(expected.Message, found[0].ToDiagnostic().GetMessage(CultureInfo.InvariantCulture));
        Assert.AreEqual(page.Text.Substring(page.Mark!.Value.Start, page.Mark.Value.Length), page.Text.Substring(found[0].Place.Span.Start, found[0].Place.Span.Length));
        Assert.AreEqual(page.Mark.Value.Start, found[0].Place.Span.Start);
        Assert.AreEqual(SourceText.From(page.Text).Lines.GetLinePositionSpan(page.Mark.Value), found[0].ToDiagnostic().Location.GetLineSpan().Span);
    }

    [TestMethod]
    public void What_is_not_expected_is_a_diagnostic()
    {
        var reading = PageReader.Read("page.rst", new BrokenText(), CancellationToken.None);

        var diagnostic = reading.Diagnostics.Single().ToDiagnostic();
        Assert.AreEqual(("SPG0022", DiagnosticSeverity.Error, "The page could not be read: broken"), (diagnostic.Id, diagnostic.Severity, diagnostic.GetMessage(CultureInfo.InvariantCulture)));
        Assert.AreEqual(PageContent.Empty, reading.Content);
    }

    [TestMethod]
    public void Cancellation_is_passed_on() =>
        Assert.ThrowsExactly<OperationCanceledException>(() => PageReader.Read("page.rst", SourceText.From(Statuses), new CancellationToken(canceled: true)));

    [TestMethod]
    public void Each_descriptor_is_provoked_documented_and_released()
    {
        var ids = PageDiagnostics.All().Select(static descriptor => descriptor.Id).ToList();
        CollectionAssert.AreEqual(ids.Distinct().Order(StringComparer.Ordinal).ToList(), ids);

        var provoked = s_cases.Select(static @case => @case.Id).Append("SPG0022").Distinct().Order(StringComparer.Ordinal).ToList();
        CollectionAssert.AreEqual(ids, provoked);

        var released = File.ReadLines(Path.Combine(TestFiles.Root, "src", "Generators", "AnalyzerReleases.Unshipped.md"))
            .Concat(File.ReadLines(Path.Combine(TestFiles.Root, "src", "Generators", "AnalyzerReleases.Shipped.md")))
            .Where(static line => line.StartsWith("SPG0", StringComparison.Ordinal))
            .ToList();
        CollectionAssert.AreEqual(
            PageDiagnostics.All().Select(static descriptor => $"{descriptor.Id} | {descriptor.Category} | {descriptor.DefaultSeverity} | {descriptor.Title}").ToList(),
            released);

        foreach (var descriptor in PageDiagnostics.All())
        {
            var name = descriptor.Id + ".md";
            var document = File.ReadAllText(Path.Combine(TestFiles.Root, "docs", "diagnostics", name));
            StringAssert.StartsWith(document, $"# {descriptor.Id}: {descriptor.Title}\n", StringComparison.Ordinal);
            StringAssert.EndsWith(descriptor.HelpLinkUri, "docs/diagnostics/" + name, StringComparison.Ordinal);
            StringAssert.Matches(document, new Regex("^## (How to fix it|Example)$", RegexOptions.Multiline));
        }
    }

    /// <summary>A simple table, the columns of which are where the header's words of two spaces' distance begin.</summary>
    private static string Table(string header, params string[] rows)
    {
        var words = Regex.Matches(MarkedPage.Of(header).Text, @"\S+(?: \S+)*");
        var widths = rows.Append(header).Max(static row => MarkedPage.Of(row).Text.Length);
        var border = new StringBuilder();
        for (var i = 0; i < words.Count; i++)
        {
            border.Append(' ', words[i].Index - border.Length);
            border.Append('=', (i + 1 < words.Count ? words[i + 1].Index - 2 : Math.Max(widths, words[i].Index + words[i].Length)) - words[i].Index);
        }

        return string.Join("\n", rows.Prepend(border.ToString()).Prepend(header).Prepend(border.ToString()).Append(border.ToString())) + "\n";
    }

    /// <summary>A table of statuses, three cells a row.</summary>
    private static string Status(params string[] cells) =>
        Table(
            "Code (hex)        Category  Description",
            Enumerable.Range(0, cells.Length / 3).Select(row => string.Concat(Cell(cells[3 * row], 18), Cell(cells[(3 * row) + 1], 10), cells[(3 * row) + 2])).ToArray());

    private static string Conformance(string category, string meaning, string code) =>
        "Storage in a conformance statement\n==================================\n\nC-STORE, SCU\n------------\n\n"
        + Table("Service Status  Further Meaning            Status Code", Cell(category, 16) + Cell(meaning, 27) + code);

    private static string Labelled(string label) => $"""
        +---------------+---------------+
        | DIMSE Service | Usage SCU/SCP |
        +===============+===============+
        | {label}        |
        +---------------+---------------+
        | C-STORE       | M/M           |
        +---------------+---------------+

        """;

    private static string Cell(string text, int width) => text + new string(' ', width - MarkedPage.Of(text).Text.Length);

    private sealed class BrokenText : SourceText
    {
        public override Encoding? Encoding => null;

        public override int Length => 1;

        public override char this[int position] => throw new InvalidOperationException("broken");

        public override void CopyTo(int sourceIndex, char[] destination, int destinationIndex, int count) => throw new InvalidOperationException("broken");

        public override string ToString(TextSpan span) => throw new InvalidOperationException("broken");
    }
}
