using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using FellowOakDicom;
using Microsoft.Extensions.DependencyInjection;
using Specgen.Conformance;

namespace Specgen.Runtime.Tests.Conformance;

/// <summary>The model of a conformance statement, its documents, and what is missing in them.</summary>
[TestClass]
public sealed class ConformanceStatementTests
{
    private static readonly XNamespace s_docBook = "http://docbook.org/ns/docbook";

    [TestMethod]
    public async Task ARunningServer_AndItsConfiguration_SayTheSame()
    {
        var options = new DicomScpOptions { Address = "127.0.0.1", Port = 0, AETitle = "STATED" };
        await using var scp = await DicomScp.StartAsync(options, new TestHandlers(Store()));
        Assert.AreEqual(await TextAsync(DicomScpConformance.Of(options, new TestHandlers(Store())), ConformanceFormat.Json), await TextAsync(scp.Conformance, ConformanceFormat.Json));
    }

    /// <summary>Two servers of one host are two application entities, and neither is started.</summary>
    [TestMethod]
    public void AHostsServices_AreAsked_WithoutStartingThem()
    {
        var collection = new ServiceCollection();
        collection.AddDicomScp(static scp => (scp.AETitle, scp.Port) = ("ONE", 1)).AddProvider(new TestHandlers(Store()));
        collection.AddDicomScp(static scp => scp.AETitle = "TWO");
        collection.AddSingleton<IDicomScpObserver>(static _ => throw new InvalidOperationException("Nothing is made for a statement."));
        using var services = collection.BuildServiceProvider();
        var entities = DicomScpConformance.Of(services).Entities;
        CollectionAssert.AreEqual(new[] { "ONE", "TWO" }, entities.Select(static e => e.AETitle).ToArray());
        CollectionAssert.AreEqual(new[] { "Storage Service Class", "Verification Service Class" }, entities[0].Services.Select(static s => s.ServiceClass).ToArray());
        CollectionAssert.AreEqual(new[] { "Verification Service Class" }, entities[1].Services.Select(static s => s.ServiceClass).ToArray());
    }

    [TestMethod]
    public void Options_AreParameters()
    {
        var entity = DicomScpConformance.Of(new DicomScpOptions
        {
            AETitle = "STATED",
            MaxPduLength = 65_536,
            MaxAssociations = 7,
            MaxAsyncOperations = 4,
            AssociationTimeout = TimeSpan.FromSeconds(12),
            IdleTimeout = Timeout.InfiniteTimeSpan,
            CallingAETitles = new HashSet<string> { "B", "A" },
            AcceptRelationalQueries = true,
            StorageSupport = new StorageSupport(StorageLevel.Full),
        },
        new TestHandlers(Store())).Entities[0];
        var values = entity.Parameters.Concat(entity.Policies).ToDictionary(static p => p.Section + " " + p.Name, static p => p.Value);
        Assert.AreEqual("65,536 bytes", values["N.7.1.1 Maximum PDU Length"]);
        Assert.AreEqual("7", values["N.7.1.1 Maximum Number of Simultaneous Associations"]);
        Assert.AreEqual("4", values["N.7.1.1 Maximum Number of Asynchronous Operations"]);
        Assert.AreEqual("12 s", values["N.7.1.1 ARTIM Timeout"]);
        Assert.AreEqual("None", values["N.7.1.1 Association Idle Timeout"]);
        Assert.AreEqual("1.2.840.10008.3.1.1.1", values["N.7.1.1 Application Context Name"]);
        Assert.AreEqual("A, B", values["N.6.2 Calling AE Titles that are accepted"]);
        StringAssert.Contains(values["N.7.2.1.4 Calling AE title"], "reason 3");
        Assert.AreEqual("None: plain TCP", values["N.8.4 Secure Transport Connection"]);
        StringAssert.StartsWith(entity.Contexts.First(static c => c.SopClass == TestClasses.CT).ExtendedNegotiation.Single(), "Storage level 2 (Full)");
    }

    /// <summary>Rows of one meaning are a range, with what lies in it; a note on a range's first code is the range's, one on another is a row of its own.</summary>
    [TestMethod]
    public void ATable_HasThePagesRows_AndTheAuthorsCodes()
    {
        var rows = Statement().Entities[0].Services[0].StatusTables.Single().Rows;
        CollectionAssert.AreEqual(
            new[] { "0000 Success Kept.", "B000 Warning Not sent.", "A700-A7FF Failure The disk is full. Reading or writing has failed, there is no memory, or the server is being stopped.", "A701 Failure Not sent.", "A7F0 Failure The tape is full." },
            rows.Where(static r => r.First is 0 or (>= 0xA700 and <= 0xA7FF) or 0xB000).Select(static r => $"{r.Codes} {r.Category} {r.Text}").ToArray());
    }

    /// <summary>What is matched by its VR, what is returned only, and what is in a sequence; with what PS3.4 Table K.6-1 calls them.</summary>
    [TestMethod]
    public void KeysOfQueries_AreRows_AndMissing_WhereNobodySaysThem()
    {
        var said = DicomScpConformance.Of(new DicomScpOptions(), new TestHandlers(Query(static () =>
        [
            new("", new QueryKeys
            {
                Matched = [DicomTag.PatientName, DicomTag.StudyInstanceUID, DicomTag.StudyDate, DicomTag.NumberOfStudyRelatedSeries],
                Returned = [DicomTag.RetrieveAETitle],
                Sequences = { [DicomTag.ScheduledProcedureStepSequence] = new() { Matched = [DicomTag.Modality] } },
            }),
        ])));
        CollectionAssert.AreEqual(
            new[]
            {
                "Study Date (0008,0020) SINGLE_VALUE RANGE UNIVERSAL: Optional key", "Retrieve AE Title (0008,0054) UNIVERSAL: Optional key", "Patient's Name (0010,0010) SINGLE_VALUE WILDCARD UNIVERSAL: Required key",
                "Study Instance UID (0020,000D) SINGLE_VALUE UID UNIVERSAL: Optional key", "Number of Study Related Series (0020,1206) SINGLE_VALUE UNIVERSAL: Optional key",
                "Scheduled Procedure Step Sequence (0040,0100) SEQUENCE UNIVERSAL: Required key", ">Modality (0008,0060) SINGLE_VALUE WILDCARD UNIVERSAL: Required key",
            },
            said.Entities[0].Services[0].Keys!.Select(static k => $"{k.Name} {k.Tag} {string.Join(' ', k.Matching)}: {k.Kind}").ToArray());
        Assert.IsFalse(said.Missing.Any(static m => m.Contains("SupportedKeys", StringComparison.Ordinal)));

        var silent = DicomScpConformance.Of(new DicomScpOptions(), new TestHandlers(Query(null)));
        Assert.IsNull(silent.Entities[0].Services[0].Keys);
        Assert.IsTrue(silent.Missing.Any(static m => m.Contains("SupportedKeys", StringComparison.Ordinal)));
    }

    /// <summary>A user proposes and asks, and accepts nothing.</summary>
    [TestMethod]
    public void AUser_IsAnApplicationEntity()
    {
        var user = new ServiceBinding { Role = DicomRole.Scu, ServiceClass = "Storage Service Class", SopClasses = [TestClasses.CT], FindStatus = static (_, _) => null, Requests = [DimseOperation.CStore] };
        var entity = DicomScuConformance.Of(new ScuOptions("archive.example", 104) { CallingAE = "ME", CalledAE = "THEM", MaxAsyncOperations = 3 }, new TestHandlers(user)).Entities.Single();
        Assert.AreEqual("ME", entity.AETitle);
        Assert.IsTrue(entity.Contexts.All(static c => c is { IsInitiated: true, Role: DicomRole.Scu }));
        CollectionAssert.AreEqual(new[] { DimseOperation.CStore }, entity.Services.Single().StatusTables.Select(static t => t.Operation).ToArray());
        Assert.AreEqual("THEM, archive.example:104", entity.Parameters.Single(static p => p.Name == "Called AE Title, Host and Port").Value);
        Assert.ThrowsExactly<DicomConfigurationException>(() => DicomScuConformance.Of(new ScuOptions("", 104)));
    }

    [TestMethod]
    public void WhatIsNotSaid_IsMissing_UntilItIs()
    {
        var silent = DicomScpConformance.Of(new DicomScpOptions(), new TestHandlers(Store(notes: [])));
        Assert.IsTrue(silent.Missing.Any(static m => m.Contains("when 0000, B000", StringComparison.Ordinal)), string.Join("\n", silent.Missing));
        Assert.IsTrue(Statement().IsDraft);
        Assert.IsFalse(Statement().Missing.Any(static m => m.Contains("[Sends]", StringComparison.Ordinal)));
    }

    [TestMethod]
    public async Task Snippets_AreTakenInAtTheirSections_AndEndTheDraft()
    {
        var folder = Directory.CreateTempSubdirectory("specgen-snippets-").FullName;
        try
        {
            foreach (var number in ToBeWritten())
            {
                await File.WriteAllTextAsync(Path.Combine(folder, number + ".md"), $"What *{number}* says <b>.\n\n- an item\n\n| A | B |\n|---|---|\n| 1 | 2 |\n\n```\nas it is\n```\n");
            }

            var statement = Statement().WithSnippets(folder);
            Assert.AreEqual("", string.Join("\n", statement.Missing));
            Assert.IsFalse(statement.IsDraft);
            var html = await TextAsync(statement, ConformanceFormat.Html);
            var section = html[html.IndexOf("<section aria-labelledby=\"sect_N.1.7\">", StringComparison.Ordinal)..];
            section = section[..section.IndexOf("</section>", StringComparison.Ordinal)];
            StringAssert.Contains(section, "What <em>N.1.7</em> says &lt;b&gt;.");
            StringAssert.Contains(section, "<li>an item</li>");
            StringAssert.Contains(section, "<td>2</td>");
            StringAssert.Contains(section, "as it is");
            Assert.DoesNotContain("Draft", html);
            StringAssert.Contains(await TextAsync(statement, ConformanceFormat.Markdown), "What *N.8.7* says <b>.");

            // Blank text says nothing.
            await File.WriteAllTextAsync(Path.Combine(folder, "N.1.7.md"), " \n");
            CollectionAssert.AreEqual(new[] { "1.7 Specific Character Sets: to be written by hand (N.1.7.md)" }, Statement().WithSnippets(folder).Missing.ToArray());

            await File.WriteAllTextAsync(Path.Combine(folder, "N.99.md"), "lost");
            StringAssert.Contains(Assert.ThrowsExactly<InvalidDataException>(() => Statement().WithSnippets(folder)).Message, "no section N.99");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>What of Markdown is understood, in HTML and in DocBook; all else stays text, and nothing of it is markup.</summary>
    [TestMethod]
    [DataRow("a **b** c", "<p>a <strong>b</strong> c</p>", "<para>a <emphasis role=\"bold\">b</emphasis> c</para>")]
    [DataRow("*a* _b_ c_d_e 2 * 3 * 4", "<p><em>a</em> <em>b</em> c_d_e 2 * 3 * 4</p>", "<para><emphasis>a</emphasis> <emphasis>b</emphasis> c_d_e 2 * 3 * 4</para>")]
    [DataRow("`a*b*` and `c", "<p><code>a*b*</code> and `c</p>", "<para><literal>a*b*</literal> and `c</para>")]
    [DataRow("[a](https://b.example/?c=1&d=2)", "<p><a href=\"https://b.example/?c=1&amp;d=2\">a</a></p>", "<para><link xl:href=\"https://b.example/?c=1&amp;d=2\">a</link></para>")]
    [DataRow("<https://b.example/> [c](#sect_N.1)", "<p><a href=\"https://b.example/\">https://b.example/</a> <a href=\"#sect_N.1\">c</a></p>", "<para><link xl:href=\"https://b.example/\">https://b.example/</link> <link xl:href=\"#sect_N.1\">c</link></para>")]
    [DataRow("[a](javascript:alert(1)) [b](JaVaScRiPt:x) [c](data:text/html,d)", "<p>[a](javascript:alert(1)) [b](JaVaScRiPt:x) [c](data:text/html,d)</p>", "<para>[a](javascript:alert(1)) [b](JaVaScRiPt:x) [c](data:text/html,d)</para>")]
    [DataRow("[a](\"onclick=\"x) <img src=x onerror=y>", "<p><a href=\"&quot;onclick=&quot;x\">a</a> &lt;img src=x onerror=y&gt;</p>", "<para><link xl:href=\"&quot;onclick=&quot;x\">a</link> &lt;img src=x onerror=y&gt;</para>")]
    [DataRow("\\*a\\* \\[b\\](c)", "<p>*a* [b](c)</p>", "<para>*a* [b](c)</para>")]
    [DataRow("# A **b**\ntext\n## C ##", "<p class=\"sub\">A <strong>b</strong></p>\n<p>text</p>\n<p class=\"sub\">C</p>", "<bridgehead>A <emphasis role=\"bold\">b</emphasis></bridgehead><para>text</para><bridgehead>C</bridgehead>")]
    [DataRow("#1 of *2", "<p>#1 of *2</p>", "<para>#1 of *2</para>")]
    [DataRow("text\n- a\n  goes on\n- b\n\n1. c\n2) d", "<p>text</p>\n<ul>\n<li>a goes on</li>\n<li>b</li>\n</ul>\n<ol>\n<li>c</li>\n<li>d</li>\n</ol>", "<para>text</para><itemizedlist><listitem><para>a goes on</para></listitem><listitem><para>b</para></listitem></itemizedlist><orderedlist><listitem><para>c</para></listitem><listitem><para>d</para></listitem></orderedlist>")]
    [DataRow("- a\n1. b", "<ul>\n<li>a</li>\n</ul>\n<ol>\n<li>b</li>\n</ol>", "<itemizedlist><listitem><para>a</para></listitem></itemizedlist><orderedlist><listitem><para>b</para></listitem></orderedlist>")]
    [DataRow("```\n<a> *b*\n\n# c\n```\nd", "<pre tabindex=\"0\"><code>&lt;a&gt; *b*\n\n# c</code></pre>\n<p>d</p>", "<programlisting>&lt;a&gt; *b*\n\n# c</programlisting><para>d</para>")]
    [DataRow("```\nnever closed", "<pre tabindex=\"0\"><code>never closed</code></pre>", "<programlisting>never closed</programlisting>")]
    [DataRow("a | b\n| no table |", "<p>a | b | no table |</p>", "<para>a | b | no table |</para>")]
    [DataRow("windows\r\nlines\rold", "<p>windows lines old</p>", "<para>windows lines old</para>")]
    public async Task ASnippet_IsMarkdown(string markdown, string html, string docBook)
    {
        var statement = Statement() with { Snippets = new Dictionary<string, string> { ["N.1.7"] = markdown } };
        var text = await TextAsync(statement, ConformanceFormat.Html);
        text = text[text.IndexOf("<section aria-labelledby=\"sect_N.1.7\">", StringComparison.Ordinal)..];
        Assert.AreEqual(html + "\n", text[(text.IndexOf("</p>\n", StringComparison.Ordinal) + 5)..text.IndexOf("</section>", StringComparison.Ordinal)]);

        var book = await TextAsync(statement, ConformanceFormat.DocBook);
        XDocument.Parse(book);
        book = book[book.IndexOf("xml:id=\"sect_N.1.7\"", StringComparison.Ordinal)..];
        book = book[(book.IndexOf("</para>", StringComparison.Ordinal) + 7)..book.IndexOf("</section>", StringComparison.Ordinal)];
        Assert.AreEqual(docBook, System.Text.RegularExpressions.Regex.Replace(book, @"(?<=>)\n\s*(?=<)", "").Trim());
    }

    /// <summary>XML has no control characters and no halves of characters, wherever they were said.</summary>
    [TestMethod]
    public async Task WhatXmlCannotHave_IsLeftOut()
    {
        const string Odd = "a\u0001b\ud800c\udc00\U0001F600";
        var statement = Statement() with { Product = Odd, Snippets = new Dictionary<string, string> { ["N.1"] = Odd, ["N.1.7"] = $"| {Odd} |\n|---|\n| {Odd} |\n\n# {Odd}\n\n```\n{Odd}\n```\n" } };
        var book = XDocument.Parse(await TextAsync(statement, ConformanceFormat.DocBook));
        Assert.AreEqual("abc\U0001F600", book.Root!.Element(s_docBook + "subtitle")!.Value);
        Assert.HasCount(6, System.Text.RegularExpressions.Regex.Matches(book.ToString(), "abc\U0001F600"));
        foreach (var format in Enum.GetValues<ConformanceFormat>())
        {
            Assert.DoesNotContain("\ud800c", await TextAsync(statement, format));
        }
    }

    /// <summary>A table has the columns of its head, whatever its rows have.</summary>
    [TestMethod]
    public async Task ATableOfASnippet_HasItsColumns()
    {
        var html = await TextAsync(Statement() with { Snippets = new Dictionary<string, string> { ["N.1.7"] = "| A | *B* |\n|:--|--:|\n| 1 |\n| 2 | a \\| b | lost |\nafter" } }, ConformanceFormat.Html);
        StringAssert.Contains(html, "<thead><tr><th scope=\"col\">A</th><th scope=\"col\"><em>B</em></th></tr></thead>\n<tbody>\n<tr><th scope=\"row\">1</th><td></td></tr>\n<tr><th scope=\"row\">2</th><td>a | b</td></tr>\n</tbody>\n</table>\n</div>\n<p>after</p>");
    }

    /// <summary>An editor's byte order mark is none of the text; bytes that are no UTF-8 would be words that are lost.</summary>
    [TestMethod]
    public async Task SnippetsInOtherEncodings_AreReadOrRefused()
    {
        var folder = Directory.CreateTempSubdirectory("specgen-snippets-").FullName;
        try
        {
            foreach (var encoding in new Encoding[] { new UTF8Encoding(true), new UTF8Encoding(false), Encoding.Unicode, Encoding.BigEndianUnicode })
            {
                await File.WriteAllTextAsync(Path.Combine(folder, "N.1.MD"), "Größe 患者", encoding);
                Assert.AreEqual("Größe 患者", Statement().WithSnippets(folder).Snippets["N.1"], encoding.WebName);
            }

            await File.WriteAllTextAsync(Path.Combine(folder, "N.1.MD"), "Größe", Encoding.Latin1);
            StringAssert.Contains(Assert.ThrowsExactly<InvalidDataException>(() => Statement().WithSnippets(folder)).Message, "N.1.MD: no text in UTF-8");
            Assert.ThrowsExactly<DirectoryNotFoundException>(() => Statement().WithSnippets(Path.Combine(folder, "none")));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [TestMethod]
    public async Task Json_HasTheModel()
    {
        using var json = JsonDocument.Parse(await TextAsync(Statement(), ConformanceFormat.Json));
        var service = json.RootElement.GetProperty("entities")[0].GetProperty("services")[0];
        Assert.AreEqual("Storage Service Class", service.GetProperty("serviceClass").GetString());
        Assert.AreEqual("A700-A7FF", service.GetProperty("statusTables")[0].GetProperty("rows").EnumerateArray().First(static r => r.GetProperty("codes").GetString()!.StartsWith("A7", StringComparison.Ordinal)).GetProperty("codes").GetString());
        Assert.IsTrue(json.RootElement.GetProperty("isDraft").GetBoolean());
    }

    /// <summary>Well formed, with the sections of Annex N in their order, and tables with heads.</summary>
    [TestMethod]
    public async Task DocBook_HasTheSections()
    {
        var book = XDocument.Parse(await TextAsync(Statement(), ConformanceFormat.DocBook)).Root!;
        Assert.AreEqual(s_docBook + "book", book.Name);
        CollectionAssert.AreEqual(new[] { "1", "2", "3", "4", "5", "6", "7", "8" }, book.Elements(s_docBook + "chapter").Select(static c => c.Attribute("label")!.Value).ToArray());
        CollectionAssert.AreEqual(new[] { "A.A", "A.B", "A.C", "A.D", "A.E" }, book.Elements(s_docBook + "appendix").Select(static c => c.Attribute("label")!.Value).ToArray());
        Assert.AreEqual("Draft", book.Element(s_docBook + "preface")!.Element(s_docBook + "title")!.Value);
        Assert.IsTrue(book.Descendants(s_docBook + "table").All(static t => t.Element(s_docBook + "thead") is not null && t.Element(s_docBook + "caption") is not null));

        // As NEMA has it: the number is the table's label and id, and not in its caption.
        var table = book.Descendants(s_docBook + "section").Single(static s => s.Attribute(XNamespace.Xml + "id")!.Value == "sect_N.7.3.2.5.2").Descendants(s_docBook + "table").Single();
        Assert.AreEqual("N.7-43 table_N.7-43", $"{table.Attribute("label")!.Value} {table.Attribute(XNamespace.Xml + "id")!.Value}");
        Assert.AreEqual("Status Codes C-STORE of the Storage SOP Classes - SCP", table.Element(s_docBook + "caption")!.Value);
        CollectionAssert.AllItemsAreUnique(book.Descendants().Attributes(XNamespace.Xml + "id").Select(static a => a.Value).ToList());
    }

    /// <summary>No name of a peer's or the author's is markup in any document.</summary>
    [TestMethod]
    public async Task WhatIsSaid_IsNoMarkup()
    {
        const string Evil = "<script>alert(1)</script> & | `x` \"'";
        var statement = DicomScpConformance.Of(new DicomScpOptions(), new TestHandlers(Store(notes: [new StatusNote(DimseOperation.CStore, true, 0, Evil)]))) with { Product = Evil };
        Assert.DoesNotContain("<script", await TextAsync(statement, ConformanceFormat.Html));
        Assert.DoesNotContain("<script", (await TextAsync(statement, ConformanceFormat.Markdown)).Replace("\\<script", "", StringComparison.Ordinal));
        XDocument.Parse(await TextAsync(statement, ConformanceFormat.DocBook));
        using var json = JsonDocument.Parse(await TextAsync(statement, ConformanceFormat.Json));
        Assert.AreEqual(Evil, json.RootElement.GetProperty("product").GetString());
    }

    /// <summary>Code between backticks is code in each document, in a table too.</summary>
    [TestMethod]
    public async Task WhatIsCode_IsCode()
    {
        var statement = DicomScpConformance.Of(new DicomScpOptions(), new TestHandlers(Store(notes: [new StatusNote(DimseOperation.CStore, true, 0, "Kept in `a|b_c` or *d*")])));
        StringAssert.Contains(await TextAsync(statement, ConformanceFormat.Html), "<td>Kept in <code>a|b_c</code> or *d*.</td>");
        StringAssert.Contains(await TextAsync(statement, ConformanceFormat.Markdown), "| Kept in `a\\|b_c` or \\*d\\*. |");
        StringAssert.Contains(await TextAsync(statement, ConformanceFormat.DocBook), "Kept in <literal>a|b_c</literal> or *d*.");
    }

    /// <summary>Each link of the contents has its heading, and no two headings have one name.</summary>
    [TestMethod]
    public async Task Html_LinksLead()
    {
        var html = await TextAsync(Statement(), ConformanceFormat.Html);
        var ids = System.Text.RegularExpressions.Regex.Matches(html, " id=\"([^\"]+)\"").Select(static m => m.Groups[1].Value).ToList();
        CollectionAssert.AllItemsAreUnique(ids);
        var links = System.Text.RegularExpressions.Regex.Matches(html, "href=\"#([^\"]+)\"").Select(static m => m.Groups[1].Value).ToList();
        Assert.IsGreaterThan(50, links.Count);
        Assert.IsEmpty(links.Except(ids));
        Assert.DoesNotContain("<script", html);
    }

    /// <summary>What could be read of the template is not in the list of what is to be checked, and everything else is, down to the tables of each service that is served.</summary>
    [TestMethod]
    public void AllThatCouldNotBeRead_IsToBeChecked()
    {
        var lines = TextResource.Read("Specgen.annex_n.txt");
        var tables = lines.Where(static l => l[0] == "table").ToList();
        var services = lines.Where(static l => l[0] == "service").Select(service => new ConformanceService(
            service[1], DicomRole.Scp, [TestClasses.CT], [.. tables.Where(t => t[1] == service[1]).Select(static t => new ConformanceStatusTable(Enum.Parse<DimseOperation>(t[2]), Enum.Parse<DicomRole>(t[3]), true, []))]));
        var outline = ConformanceOutline.Of(new ConformanceStatement([new ConformanceEntity("ALL", [.. services], [], [])]));
        var toCheck = outline["N.3.3"].Blocks.OfType<BulletList>().Single().Items;

        var expected = lines.Where(static l => l[0] == "section").Select(static l => (Number: l[1], IsRead: l[3].Length > 0))
            .Concat(lines.Where(static l => l[0] == "service").SelectMany(static l => new[] { (Number: "N.5.2." + l[2], IsRead: l[4].Length > 0), (Number: "N.7.3.2." + l[2], IsRead: l[5].Length > 0) }))
            .Concat(tables.Select(static l => (Number: l[4], IsRead: l[6].Length > 0))).Append((Number: "N.7.2.1.4", IsRead: false)).ToList();
        Assert.IsGreaterThan(60, expected.Count);
        CollectionAssert.AreEquivalent(expected.Where(static e => !e.IsRead).Select(static e => e.Number).ToList(), toCheck.Select(static item => item.Split(' ')[0]).ToList());
        CollectionAssert.Contains(toCheck.ToList(), "N.7.3.2.6.2 SCU of the Storage Commitment Push Model SOP Class - N-EVENT-REPORT (Table N.7-45)");
        CollectionAssert.Contains(toCheck.ToList(), "N.8.4 DICOM Security Profiles Support");

        // And each section says it of itself.
        foreach (var (number, isRead) in expected)
        {
            Assert.AreEqual(isRead, outline[number].IsChecked, number);
        }
    }

    /// <summary>A second application entity is described as the template describes the first; what the template does not have has no link into it.</summary>
    [TestMethod]
    public async Task Links_LeadToSectionsOfTheTemplate()
    {
        var one = Statement().Entities[0];
        var html = await TextAsync(new ConformanceStatement([one, one with { }]), ConformanceFormat.Html);
        var linked = System.Text.RegularExpressions.Regex.Matches(html, "part02.html#sect_([^\"]+)\"").Select(static m => m.Groups[1].Value).ToList();
        CollectionAssert.Contains(linked, "N.7.2.1.4");
        CollectionAssert.Contains(linked, "N.7.3.2.5.2");
        Assert.IsEmpty(linked.Where(static l => l.StartsWith("N.7.2.2", StringComparison.Ordinal) || l is "N.5.2.9" or "N.7.3.2.9" || l.Contains('_')));
        CollectionAssert.AllItemsAreUnique(System.Text.RegularExpressions.Regex.Matches(html, " id=\"([^\"]+)\"").Select(static m => m.Groups[1].Value).ToList());
    }

    /// <summary>PS3.2 Tables N.1-1 and N.1-2: what is transferred, by UID as numbers, with sets of transfer syntaxes; and the others behind it.</summary>
    [TestMethod]
    public void WhatIsTransferred_IsInTheOverview()
    {
        var outline = ConformanceOutline.Of(Statement());
        var (classes, sets) = (outline["N.1.1"].Blocks.OfType<Table>().First(), outline["N.1.1"].Blocks.OfType<Table>().Last());
        CollectionAssert.AreEqual(
            new[] { "CT Image Storage|1.2.840.10008.5.1.4.1.1.2|1|No|Yes", "MR Image Storage|1.2.840.10008.5.1.4.1.1.4|1|No|Yes" }, classes.Rows.Select(static r => string.Join('|', r)).ToArray());
        StringAssert.StartsWith(sets.Rows.Single()[1], "Any that PS3.6 Table A-1 has");
        CollectionAssert.AreEqual(new[] { "1.2.840.10008.1.1" }, outline["N.1.2"].Blocks.OfType<Table>().Single().Rows.Select(static r => r[1]).ToArray());
        Assert.IsTrue(outline.Missing.Any(static m => m.Contains("creates, displays, processes and archives", StringComparison.Ordinal)));
        StringAssert.Contains(outline["N.5.2.5"].Blocks.OfType<Paragraph>().First().Text, "for each SOP class of Table N.1-1 whose column DIMSE SCP says Yes");
    }

    /// <summary>A page may have SOP classes of other kinds beside those of storage.</summary>
    [TestMethod]
    public void WhatIsNoStorage_IsNotTransferred()
    {
        var outline = ConformanceOutline.Of(DicomScpConformance.Of(new DicomScpOptions(), new TestHandlers(Store(others: TestClasses.Commitment))));
        Assert.DoesNotContain(TestClasses.Commitment.Uid, outline["N.1.1"].Blocks.OfType<Table>().First().Rows.Select(static r => r[1]));
        Assert.Contains(TestClasses.Commitment.Uid, outline["N.1.2"].Blocks.OfType<Table>().Single().Rows.Select(static r => r[1]));
        Assert.Contains(TestClasses.Commitment.Uid, outline["N.5.2.5"].Blocks.OfType<Table>().First().Rows.Select(static r => r[1]));
    }

    /// <summary>Who answers C-GET or C-MOVE is SCU of what it stores, without a user (PS3.4 §C.5).</summary>
    [TestMethod]
    public void WhatIsRetrieved_IsSent()
    {
        var sopClass = new SopClass("1.2.840.10008.5.1.4.1.2.2.3", "StudyRootQueryRetrieveInformationModelGet", "Study Root Query/Retrieve Information Model - GET", "Query/Retrieve Service Class", null, false);
        var get = new ServiceBinding { Role = DicomRole.Scp, ServiceClass = sopClass.ServiceClass, SopClasses = [sopClass], FindStatus = static (_, _) => null, CGet = static (_, _, _) => throw new NotSupportedException() };
        var both = ConformanceOutline.Of(DicomScpConformance.Of(new DicomScpOptions { AETitle = "BOTH" }, new TestHandlers(Store(), get)));
        Assert.IsTrue(both["N.1.1"].Blocks.OfType<Table>().First().Rows.All(static r => r[3] == "Yes" && r[4] == "Yes"));
        CollectionAssert.Contains(both["N.1.1"].Blocks.OfType<Paragraph>().Select(static p => p.Text).ToList(), "For C-GET BOTH sends instances as SCU, of whatever storage SOP class they are.");

        var alone = ConformanceOutline.Of(DicomScpConformance.Of(new DicomScpOptions { AETitle = "ALONE" }, new TestHandlers(get)));
        CollectionAssert.AreEqual(new[] { "For C-GET ALONE sends instances as SCU, of whatever storage SOP class they are." }, alone["N.1.1"].Blocks.OfType<Paragraph>().Select(static p => p.Text).ToArray());
    }

    /// <summary>Types of actions and events are those of services that are performed or requested; a page's others are not.</summary>
    [TestMethod]
    [DataRow(true, false, false, "1", null)]
    [DataRow(false, true, false, null, "2")]
    [DataRow(false, false, true, null, "2")]
    [DataRow(false, false, false, null, null)]
    public void Types_AreOfWhatIsServed(bool acts, bool takesReports, bool reports, string? actions, string? events)
    {
        var binding = new ServiceBinding
        {
            Role = DicomRole.Scp,
            ServiceClass = "Acme",
            SopClasses = [TestClasses.Commitment],
            FindStatus = static (_, _) => null,
            NAction = acts ? static (_, _, _) => throw new NotSupportedException() : null,
            NEventReport = takesReports ? static (_, _, _) => throw new NotSupportedException() : null,
            Requests = reports ? [DimseOperation.NEventReport] : [],
            ActionTypes = [1],
            EventTypes = [2],
        };
        var service = DicomScpConformance.Of(new DicomScpOptions(), new TestHandlers(binding)).Entities[0].Services.Single(static s => s.ServiceClass == "Acme");
        Assert.AreEqual(actions, service.ActionTypes is { } a ? string.Join(' ', a.Select(static t => t.Id)) : null);
        Assert.AreEqual(events, service.EventTypes is { } e ? string.Join(' ', e.Select(static t => t.Id)) : null);
    }

    /// <summary>Columns as in PS3.2 Tables N.7-42 and N.7-43, and the code as the head of its row.</summary>
    [TestMethod]
    public void StatusTables_HaveTheColumnsOfTheTemplate()
    {
        var user = new ServiceBinding { Role = DicomRole.Scu, ServiceClass = "Storage Service Class", SopClasses = [TestClasses.CT], FindStatus = static (_, _) => null, Requests = [DimseOperation.CStore] };
        var outline = ConformanceOutline.Of(DicomScpConformance.Of(new DicomScpOptions(), new TestHandlers(Store(), user)));
        foreach (var (section, headers) in new[] { ("N.7.3.2.5.1", "Service Status|Further Meaning|Status Code|Behavior"), ("N.7.3.2.5.2", "Service Status|Further Meaning|Status Code|Related Fields|Condition") })
        {
            var table = outline[section].Blocks.OfType<Table>().Single();
            Assert.AreEqual(headers, string.Join('|', table.Headers));
            Assert.AreEqual("Status Code", table.Headers[table.Head]);
        }

        Assert.AreEqual("7.3.2.5.1 SCU of the Storage SOP Classes - C-STORE", outline["N.7.3.2.5.1"].Heading);
        Assert.AreEqual("1.3 DICOM Web Services - N/A", outline["N.1.3"].Heading);
    }

    [TestMethod]
    public void ATextForNoSection_IsNotLostSilently()
    {
        var statement = Statement() with { Snippets = new Dictionary<string, string> { ["N.99"] = "lost" } };
        CollectionAssert.Contains(statement.Missing.ToList(), "N.99: the statement has no such section, what was written for it is lost");
    }

    private static IEnumerable<string> ToBeWritten() =>
        ["N.1", "N.1.1", "N.1.6", "N.1.7", "N.3.1", "N.5.6", "N.5.7", "N.6.6", "N.8.1", "N.8.2", "N.8.7", "N.9", "N.10", "N.11", "N.12", "N.13", "N.7.2.1.1"];

    private static ConformanceStatement Statement() => DicomScpConformance.Of(new DicomScpOptions { AETitle = "STATED" }, new TestHandlers(Store()));

    private static ServiceBinding Store(IReadOnlyList<StatusNote>? notes = null, params SopClass[] others) => new()
    {
        Role = DicomRole.Scp,
        ServiceClass = "Storage Service Class",
        SopClasses = [TestClasses.CT, TestClasses.MR, .. others],
        FindStatus = static (_, code) => code switch
        {
            0 => Info(code, StatusCategory.Success, "Success"),
            0xB000 => Info(code, StatusCategory.Warning, "Coercion of Data Elements"),
            0xA701 => Info(code, StatusCategory.Failure, "Quite out of resources"),
            >= 0xA700 and <= 0xA7FF => Info(code, StatusCategory.Failure, "Out of Resources"),
            >= 0xC000 and <= 0xCFFF => Info(code, StatusCategory.Failure, "Cannot understand"),
            _ => null,
        },
        CStore = static (_, _, _) => new(new DimseResponse(0)),
        StatusNotes = notes ??
        [
            new StatusNote(DimseOperation.CStore, true, 0, "Kept"),
            new StatusNote(DimseOperation.CStore, true, 0xA700, "The disk is full", "Error Comment (0000,0902)"),
            new StatusNote(DimseOperation.CStore, true, 0xA7F0, "The tape is full"),
        ],
    };

    private static ServiceBinding Query(Func<IReadOnlyList<SupportedKeys>>? keys) => new()
    {
        Role = DicomRole.Scp,
        ServiceClass = "Basic Worklist Management Service Class",
        SopClasses = [TestClasses.CT],
        FindStatus = static (_, _) => null,
        CFind = static (_, _, _) => throw new NotSupportedException(),
        SupportedKeys = keys,
    };

    private static StatusInfo Info(ushort code, StatusCategory category, string words) => new(code, category, words, "Storage Service Class");

    private static async Task<string> TextAsync(ConformanceStatement statement, ConformanceFormat format)
    {
        using var stream = new MemoryStream();
        await statement.WriteAsync(stream, format);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
