namespace Specgen.Tool.Tests;

/// <summary>An update by the small standard, which has every form that tables of the standard have.</summary>
[TestClass]
public sealed class SmallUpdateTests
{
    [TestMethod]
    public void Every_known_form_makes_the_rows_that_it_means()
    {
        using var small = new SmallStandard();

        var (code, output, errors) = small.Update();

        Assert.AreEqual(0, code, output + errors);
        foreach (var page in new[] { "kite.rst", "modules/kite.rst", "registry.rst", "data_elements.rst", "general_statuses.rst" })
        {
            Assert.AreEqual(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Small", "expected", page)), small.Text(page), page);
        }
    }

    [TestMethod]
    public void What_was_updated_is_checked_and_a_second_update_changes_nothing()
    {
        using var small = new SmallStandard();
        small.Update();
        var once = small.Pages();

        Assert.AreEqual(0, small.Update().Code);

        CollectionAssert.AreEquivalent(once, small.Pages());
        Assert.AreEqual(0, SmallStandard.Run("check", "--spec", small.Spec).Code);
        Assert.AreEqual(0, SmallStandard.Run("check", small.DocBook, "--spec", small.Spec).Code);
    }

    [TestMethod]
    public void A_dry_run_says_the_same_and_writes_nothing()
    {
        using var small = new SmallStandard();
        var before = small.Pages();

        var (code, output, _) = small.Update("--dry-run");

        Assert.AreEqual(0, code);
        StringAssert.Contains(output, "- SOP class added: BoxKiteStorage 1.2.840.10008.9.1.3, IOD PS3.3 A.902.1");
        CollectionAssert.AreEquivalent(before, small.Pages());
    }

    [TestMethod]
    public void Without_the_dictionary_an_attribute_that_no_page_has_is_reported_and_nothing_is_written()
    {
        using var small = new SmallStandard();
        File.Delete(Path.Combine(small.DocBook, "part06.xml"));
        var before = small.Pages();

        var (code, output, _) = small.Update();

        Assert.AreEqual(1, code);
        StringAssert.Contains(output, "note: part06.xml is not there");
        StringAssert.Contains(output, "error table_Y.2-2: (0009,0005) 'Wind' is on no page: its name, VR and VM stand in PS3.6 (part06.xml)");
        StringAssert.Contains(output, "the SOP class 1.2.840.10008.9.1.3 is not in the registry");
        CollectionAssert.AreEquivalent(before, small.Pages());
    }

    [TestMethod]
    [DataRow("<table label=\"Y.2-3\"", "<table label=\"Y.9-9\" xml:id=\"table_Y.9-9\"><caption>New</caption><thead><tr><th>Service Status</th><th>Further Meaning</th><th>Status Code</th></tr></thead><tbody><tr><td>Failure</td><td>New</td><td>C999</td></tr></tbody></table><table label=\"Y.2-3\"", "table_Y.9-9: 'New' is a table that no page has", DisplayName = "a new table")]
    [DataRow("<title>Statuses and attributes</title>", "<title>Statuses and attributes</title><para>1.2.840.10008.9.1.5 is another.</para>", "chapter_Y: no page has the SOP class 1.2.840.10008.9.1.5", DisplayName = "a SOP class that no page claims")]
    [DataRow("<th>Service Status</th>", "<th>State</th>", "table_Y.2-1: no column 'Service Status'", DisplayName = "a header")]
    [DataRow("<td>Failed: No wind</td><td>C001</td>", "<td>Failed: No wind</td><td>C0G1</td>", "table_Y.2-1: 'C0G1' is not a status code", DisplayName = "a code")]
    [DataRow("<td rowspan=\"2\">Warning</td>", "<td rowspan=\"2\">Perhaps</td>", "table_Y.2-1: 'Perhaps' is not a class of statuses", DisplayName = "a category")]
    [DataRow("<td>2/2 (one for each tail)</td>", "<td>2 or 2</td>", "table_Y.2-2: '2 or 2' is not a requirement", DisplayName = "a requirement")]
    [DataRow("<para>U/M</para>", "<para>U or M</para>", "table_Y.1-2: 'U or M' is not a usage", DisplayName = "a usage")]
    [DataRow("linkend=\"table_Y.2-3\"", "linkend=\"table_Y.2-9\"", "the profile's includes do not say what the page includes for Table Y.2-9", DisplayName = "a macro")]
    [DataRow("<td>Tail Sequence</td><td>(0009,0002)</td>", "<td>Tail Sequence</td><td>(0009,000)</td>", "table_Y.2-2: 'Tail Sequence' has no tag", DisplayName = "a tag")]
    public void What_cannot_be_placed_is_reported_at_its_table_and_nothing_is_written(string old, string @new, string message)
    {
        using var small = new SmallStandard();
        small.Replace("2031a/part04.xml", old, @new);
        small.Replace("2031a/part06.xml", "<tr><td>1.2.840.10008.9.1.4</td>", "<tr><td>1.2.840.10008.9.1.5</td><td>Fish Kite</td><td>FishKite</td><td>SOP Class</td><td/></tr><tr><td>1.2.840.10008.9.1.4</td>");
        small.Replace("spec/profile.json", "\"operations\"", message.Contains("9.1.5", StringComparison.Ordinal) ? "\"operations\"" : "\"leftOutSopClasses\": { \"1.2.840.10008.9.1.5\": \"a test's\" }, \"operations\"");
        var before = small.Pages();

        var (code, output, errors) = small.Update();

        Assert.AreEqual(1, code, output + errors);
        StringAssert.Contains(output, message);
        CollectionAssert.AreEquivalent(before, small.Pages());
    }

    [TestMethod]
    [DataRow("DICOM PS3.4 2031a - ", "DICOM PS3.4 - ", "part04.xml(1): error: the subtitle", DisplayName = "a subtitle without an edition")]
    [DataRow("DICOM PS3.4 2031a - ", "DICOM PS3.4 2031b - ", "a folder has one edition", DisplayName = "two editions")]
    [DataRow("DICOM PS3.4 2031a - ", "DICOM PS3.5 2031a - ", "the file is PS3.5; expected PS3.4", DisplayName = "another part")]
    [DataRow("<book ", "<boot ", "part04.xml(2): error: expected a DocBook <book>, found <boot>", DisplayName = "not DocBook")]
    [DataRow("</book>\n", "", "not well-formed XML", DisplayName = "cut short")]
    [DataRow("<book ", "<!DOCTYPE book [<!ENTITY x SYSTEM \"file:///etc/hostname\">]><book ", "the file has a DTD", DisplayName = "a DTD")]
    public void A_file_that_is_not_the_standards_is_one_clear_error_and_nothing_is_written(string old, string @new, string message)
    {
        using var small = new SmallStandard();
        small.Replace("2031a/part04.xml", old, @new);
        var before = small.Pages();

        var (code, output, errors) = small.Update();

        Assert.AreEqual(2, code, output);
        Assert.AreEqual(1, errors.TrimEnd().Split('\n').Length, errors);
        StringAssert.Contains(errors, message);
        CollectionAssert.AreEquivalent(before, small.Pages());
    }

    [TestMethod]
    [DataRow("rowspan=\"2\">2<", "rowspan=\"3\">2<", DisplayName = "a span that goes on behind the last row")]
    [DataRow("xml:id=\"table_Y.2-4\"", "xml:id=\"table_Y.8-8\"", DisplayName = "another id, found by its label")]
    public void What_means_the_same_makes_the_same(string old, string @new)
    {
        using var small = new SmallStandard();
        small.Replace("2031a/part04.xml", old, @new);

        Assert.AreEqual(0, small.Update().Code);

        Assert.AreEqual(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Small", "expected", "kite.rst")), small.Text("kite.rst"));
    }

    [TestMethod]
    public void An_erratum_that_the_standard_has_mended_is_obsolete()
    {
        using var small = new SmallStandard();
        small.Replace("2031a/part04.xml", "(0009,0009)", "(0009,0005)");

        var (code, output, _) = small.Update();

        Assert.AreEqual(0, code);
        StringAssert.Contains(output, "note table_Y.2-2: obsolete erratum: edition 2031a does not print '(0009,0009)' for Tag of 'Wind' any more");
    }

    [TestMethod]
    public void A_SOP_class_that_left_its_table_stays_until_someone_says_what_it_is_now()
    {
        using var small = new SmallStandard();
        small.Update();
        small.Replace("2031a/part04.xml", "1.2.840.10008.9.1.2<", "1.2.840.10008.9.1.1<");

        var (code, output, _) = small.Update();

        Assert.AreEqual(1, code);
        StringAssert.Contains(output, "does not have the SOP class 1.2.840.10008.9.1.2 any more");
    }

    [TestMethod]
    public void Line_ends_and_a_byte_order_mark_stay()
    {
        using var small = new SmallStandard();
        var path = Path.Combine(small.Spec, "kite.rst");
        File.WriteAllText(path, File.ReadAllText(path).ReplaceLineEndings("\r\n"), new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: true));

        Assert.AreEqual(0, small.Update().Code);

        var bytes = File.ReadAllBytes(path);
        CollectionAssert.AreEqual(new byte[] { 0xEF, 0xBB, 0xBF }, bytes[..3]);
        Assert.IsFalse(File.ReadAllText(path).Replace("\r\n", "", StringComparison.Ordinal).Contains('\n', StringComparison.Ordinal));
    }

    [TestMethod]
    public void JSON_says_what_changed_and_where()
    {
        using var small = new SmallStandard();

        using var json = System.Text.Json.JsonDocument.Parse(small.Update("--json", "--dry-run").Output);

        Assert.AreEqual("2031a", json.RootElement.GetProperty("edition").GetString());
        Assert.IsTrue(json.RootElement.GetProperty("changes").EnumerateArray().Any(static change => change.GetProperty("row").GetString() == "B003" && change.GetProperty("new").GetString() == ""));
    }
}
