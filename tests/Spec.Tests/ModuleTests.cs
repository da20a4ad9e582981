namespace Specgen.Spec.Tests;

/// <summary>The storage commitment module against PS3.3 C.14, PS3.4 J.3 and PS3.6 Table 6-1, written down here a second time.</summary>
[TestClass]
public sealed class ModuleTests
{
    private static readonly string[] s_expected =
    [
        "Transaction UID (0008,1195) UI 1",
        "Retrieve AE Title (0008,0054) AE 3",
        "Storage Media File-Set ID (0088,0130) SH 3",
        "Storage Media File-Set UID (0088,0140) UI 3",
        "Referenced SOP Sequence (0008,1199) SQ 1C",
        ">Include Table 10-11 \"SOP Instance Reference Macro Attributes\"",
        ">Retrieve AE Title (0008,0054) AE 3",
        ">Storage Media File-Set ID (0088,0130) SH 3",
        ">Storage Media File-Set UID (0088,0140) UI 3",
        "Failed SOP Sequence (0008,1198) SQ 1C",
        ">Include Table 10-11 \"SOP Instance Reference Macro Attributes\"",
        ">Failure Reason (0008,1197) US 1",
    ];

    [TestMethod]
    public void Attributes()
    {
        var table = Repository.Page("modules/storage_commitment.rst").Tables[0];

        CollectionAssert.AreEqual(new[] { "Attribute Name", "Tag", "VR", "VM", "Type", "N-EVENT-REPORT SCU/SCP", "N-ACTION SCU/SCP", "Attribute Description" }, table.Header.ToList());
        CollectionAssert.AreEqual(s_expected, table.Rows.Select(static row => string.Join(' ', row[0], row[1], row[2], row[4]).TrimEnd()).ToList());
        Assert.IsTrue(table.Rows.All(static row => (row[1].Length == 0) == row[0].Contains("Include", StringComparison.Ordinal) && (row[7].Length == 0) == (row[1].Length == 0)));
    }

    [TestMethod]
    public void Macro() => CollectionAssert.AreEqual(
        new[] { "Referenced SOP Class UID (0008,1150) UI 1", "Referenced SOP Instance UID (0008,1155) UI 1" },
        Repository.Page("modules/sop_instance_reference_macro.rst").Tables.Single().Rows.Select(static row => string.Join(' ', row.Take(4))).ToList());

    [TestMethod]
    public void Failure_reasons() => CollectionAssert.AreEqual(
        new[]
        {
            "0110H Processing failure",
            "0112H No such object instance",
            "0119H Class / Instance conflict",
            "0122H Referenced SOP Class not supported",
            "0131H Duplicate transaction UID",
            "0213H Resource limitation",
        },
        Repository.Page("modules/storage_commitment.rst").Tables[1].Rows.Select(static row => $"{row[0]} {row[1]}").ToList());

    /// <summary>Attributes, tags and nesting of the published module are ours; only the types and representations are added.</summary>
    [TestMethod]
    public void Published_module_has_the_same_attributes_and_failure_reasons()
    {
        var paragraphs = Repository.DocumentText("002").Replace('\u00A0', ' ').Replace('\u201C', '"').Replace('\u201D', '"').Split('\n').Select(static line => line.Trim()).Where(static line => line.Length > 0).ToList();
        var published = paragraphs.Zip(paragraphs.Skip(1))
            .Where(static pair => pair.Second is ['(', _, _, _, _, ',', _, _, _, _, ')'] || pair.First.StartsWith(">Include", StringComparison.Ordinal))
            .Select(static pair => pair.First.StartsWith(">Include", StringComparison.Ordinal) ? pair.First : $"{pair.First} {pair.Second}")
            .ToList();
        var reasons = paragraphs.Where(static line => line.Length > 8 && line[4] == 'H' && line[5..8] == " - ").ToList();

        CollectionAssert.AreEqual(published, s_expected.Select(static row => row.Contains("Include", StringComparison.Ordinal) ? row : row[..(row.IndexOf(')', StringComparison.Ordinal) + 1)]).ToList());
        CollectionAssert.AreEquivalent(
            reasons.Select(static line => line[..5]).ToList(),
            Repository.Page("modules/storage_commitment.rst").Tables[1].Column("Value").ToList());
        foreach (var row in Repository.Page("modules/storage_commitment.rst").Tables[1].Rows)
        {
            Assert.IsTrue(reasons.Any(line => line.StartsWith($"{row[0]} - {row[1]} ", StringComparison.Ordinal)), $"{row[0]} {row[1]}");
        }
    }

    /// <summary>What actions and events carry is a module of a page of the same service class.</summary>
    [TestMethod]
    public void Information_and_replies_of_types_are_modules()
    {
        var modules = Repository.Pages.SelectMany(static page => page.Modules).Select(static table => table.Heading).ToHashSet();
        var used = Repository.Pages.SelectMany(static page => page.Tables).Where(static table => table.Is("Action Type", "ID") || table.Is("Event Type", "ID"))
            .SelectMany(static table => table.Rows.SelectMany(row => new[] { table.Cell(row, "Information"), table.Cell(row, "Reply") })).Where(static title => title.Length > 0).ToHashSet();

        Assert.AreEqual("", string.Join(", ", used.Except(modules)));
        Assert.HasCount(25, used);
    }

    /// <summary>A SOP class that has N-CREATE, N-SET or N-GET names the module that they exchange; the module has columns for them, or those of other messages too.</summary>
    [TestMethod]
    public void Sop_classes_with_managed_instances_have_a_module()
    {
        var modules = Repository.Pages.SelectMany(static page => page.Modules).ToDictionary(static table => table.Heading);
        var named = new List<string>();
        foreach (var page in Repository.Pages.Where(static page => page.UsageTables.Any()))
        {
            var ofSopClass = page.SopClassTables.Where(static table => table.Header.Contains("Module")).SelectMany(static table => table.Rows.Select(row => (Keyword: row[1], Module: table.Cell(row, "Module")))).Where(static row => row.Module.Length > 0)
                .ToDictionary(static row => row.Keyword, static row => row.Module);
            foreach (var table in page.UsageTables)
            {
                for (var i = 0; i < table.Rows.Count; i++)
                {
                    if (table.Rows[i][0] is not ("N-CREATE" or "N-SET" or "N-GET"))
                    {
                        continue;
                    }

                    foreach (var keyword in table.Labels[i].Count == 0 ? page.SopClasses.Select(static sopClass => sopClass.Keyword) : table.Labels[i].Select(RegistryRow.KeywordOf))
                    {
                        Assert.IsTrue(ofSopClass.TryGetValue(keyword, out var title) && modules.ContainsKey(title), $"{page.Name}: {keyword}");
                        Assert.Contains(table.Rows[i][0] + " SCU/SCP", modules[title].Header, $"{page.Name}: {keyword}");
                        named.Add(keyword);
                    }
                }
            }

            Assert.AreEqual("", string.Join(", ", ofSopClass.Keys.Except(named)), page.Name);
        }

        Assert.HasCount(29, named);
    }

    /// <summary>
    /// The columns of the messages: PS3.4's types of the user and the provider, and Type as the sender's of the first column. Names that PS3.6 has for a tag are the same in every module.
    /// </summary>
    [TestMethod]
    public void Usages_are_types_of_both_roles()
    {
        var names = new Dictionary<string, string>();
        foreach (var page in Repository.Pages)
        {
            foreach (var table in page.Tables.Where(static table => table.Is("Attribute Name", "Tag")))
            {
                foreach (var row in table.Rows.Where(static row => row[1].Length > 0))
                {
                    var where = $"{page.Name}, {table.Heading}: {row[0]}";
                    Assert.MatchesRegex("^>*[A-Z]", row[0], where);
                    Assert.MatchesRegex(@"^\([0-9A-F]{4},[0-9A-F]{4}\)$", row[1], where);
                    Assert.AreEqual(names.TryAdd(row[1], row[0].TrimStart('>')) ? row[0].TrimStart('>') : names[row[1]], row[0].TrimStart('>'), where);
                    foreach (var cell in table.Header.Where(static header => header.EndsWith("SCU/SCP", StringComparison.Ordinal)).Select(header => table.Cell(row, header)))
                    {
                        Assert.MatchesRegex("^((-|[123]|[12]C)/([123]|[12]C)|Not allowed|)$", cell, where);
                    }

                    var first = table.Header.FirstOrDefault(static header => header.EndsWith("SCU/SCP", StringComparison.Ordinal));
                    if (first is not null && table.Cell(row, "Type") is { Length: > 0 } type)
                    {
                        Assert.Contains(type, table.Cell(row, first).Split('/'), where);
                    }
                }
            }
        }
    }

    /// <summary>Value multiplicities are those of PS3.6 Table 6-1, read in the dictionary of the stand-in for fo-dicom; a table without the column has single values only. The dictionary leaves out what depends on the VR: LUT Data is "1-n or 1".</summary>
    [TestMethod]
    public void Multiplicities_are_those_of_the_dictionary()
    {
        var dictionary = File.ReadLines(Path.Combine(Repository.Root, "src", "FoDicom.Substitute", "Dictionary", "tags.txt")).Select(static line => line.Split('\t')).Where(static cells => cells.Length > 3)
            .GroupBy(static cells => cells[0]).ToDictionary(static cells => cells.Key, static cells => cells.First()[2]);
        var several = 0;
        var newer = new SortedSet<string>();
        foreach (var page in Repository.Pages)
        {
            foreach (var table in page.Tables.Where(static table => table.Is("Attribute Name", "Tag")))
            {
                // Where a macro is given other types, its own table has the multiplicity.
                if (table.Heading.EndsWith(" Macro", StringComparison.Ordinal) && !table.Header.Contains("VR"))
                {
                    continue;
                }

                var hasColumn = table.Header.Contains("VM");
                foreach (var row in table.Rows.Where(static row => row[1].Length > 0))
                {
                    if (!dictionary.TryGetValue(row[1][1..5] + row[1][6..10], out var multiplicity))
                    {
                        newer.Add(row[1]);
                        continue;
                    }

                    Assert.AreEqual(multiplicity, hasColumn ? table.Cell(row, "VM").Replace(" or 1", "", StringComparison.Ordinal) : "1", $"{page.Name}, {table.Heading}: {row[0]}");
                    several += multiplicity == "1" ? 0 : 1;
                }
            }
        }

        Assert.AreEqual(53, several);
        Assert.AreEqual(
            "(0010,0011) (0010,0012) (0010,0013) (0010,0014) (0010,0015) (0010,0016) (0010,0041) (0010,0042) (0010,0043) (0010,0044) (0010,0045) (0010,0046) (0010,0047) (0040,A034) (0040,A035)",
            string.Join(' ', newer),
            "newer than the dictionary: patients' gender, names and pronouns");
    }

    /// <summary>What a message cannot do without, at the top of its data set: PS3.4's tables read once more, for one role and one type.</summary>
    [TestMethod]
    [DataRow("Modality Performed Procedure Step Module", "N-CREATE SCU/SCP", 0, "1", "Scheduled Step Attributes Sequence, Performed Procedure Step ID, Performed Station AE Title, Performed Procedure Step Start Date, Performed Procedure Step Start Time, Performed Procedure Step Status, Modality")]
    [DataRow("Modality Performed Procedure Step Module", "N-CREATE SCU/SCP", 0, "2", "Patient's Name, Patient ID, Patient's Birth Date, Patient's Sex, Referenced Patient Sequence, Performed Station Name, Performed Location, Performed Procedure Step Description, Performed Procedure Type Description, Procedure Code Sequence, Performed Procedure Step End Date, Performed Procedure Step End Time, Study ID, Performed Protocol Code Sequence, Performed Series Sequence")]
    [DataRow("Modality Performed Procedure Step Module", "N-SET SCU/SCP", 1, "1", "Performed Procedure Step Status, Performed Procedure Step End Date, Performed Procedure Step End Time, Performed Series Sequence")]
    [DataRow("Unified Procedure Step Module", "N-CREATE SCU/SCP", 0, "1", "Scheduled Procedure Step Priority, Procedure Step Label, Scheduled Procedure Step Start DateTime, Input Readiness State, Procedure Step State")]
    [DataRow("UPS State Report Module", "N-EVENT-REPORT SCU/SCP", 1, "1", "Procedure Step State, Input Readiness State")]
    [DataRow("UPS Cancel Requested Module", "N-EVENT-REPORT SCU/SCP", 1, "1", "Requesting AE")]
    [DataRow("SCP Status Change Module", "N-EVENT-REPORT SCU/SCP", 1, "1", "SCP Status, Subscription List Status, Unified Procedure Step List Status")]
    [DataRow("Basic Film Box Module", "N-CREATE SCU/SCP", 0, "1", "Image Display Format, Referenced Film Session Sequence")]
    [DataRow("Basic Film Session Module", "N-CREATE SCU/SCP", 1, "1", "Number of Copies, Print Priority, Medium Type, Film Destination")]
    [DataRow("Basic Grayscale Image Box Module", "N-SET SCU/SCP", 0, "1", "Image Box Position, Basic Grayscale Image Sequence")]
    [DataRow("Basic Color Image Box Module", "N-SET SCU/SCP", 0, "1", "Image Box Position, Basic Color Image Sequence")]
    [DataRow("Printer Module", "N-GET SCU/SCP", 1, "1", "Printer Status, Printer Status Info")]
    [DataRow("Print Job Module", "N-GET SCU/SCP", 1, "1", "Execution Status, Execution Status Info, Print Priority")]
    [DataRow("Media Creation Management Module", "N-CREATE SCU/SCP", 0, "1", "Referenced SOP Sequence")]
    [DataRow("Instance Availability Notification Module", "N-CREATE SCU/SCP", 0, "1", "Study Instance UID, Referenced Series Sequence")]
    [DataRow("Storage Commitment Module", "N-ACTION SCU/SCP", 0, "1", "Transaction UID, Referenced SOP Sequence")]
    [DataRow("Storage Commitment Module", "N-EVENT-REPORT SCU/SCP", 1, "1", "Transaction UID")]
    [DataRow("Inventory Initiate Module", "N-ACTION SCU/SCP", 0, "1", "Transaction UID, Inventory Level")]
    [DataRow("Inventory Terminated with Instances Module", "N-EVENT-REPORT SCU/SCP", 1, "1", "Transaction UID, Transaction Status, Referenced SOP Class UID, Referenced SOP Instance UID, Total Number of Study Records")]
    [DataRow("RT Ion Machine Verification Module", "N-CREATE SCU/SCP", 0, "1", "Referenced RT Plan Sequence, Patient ID")]
    [DataRow("Storage Commitment Module", "N-EVENT-REPORT SCU/SCP", 1, "1C", "Referenced SOP Sequence, Failed SOP Sequence")]
    [DataRow("Substance Administration Logging Module", "N-ACTION SCU/SCP", 0, "1", "Substance Administration DateTime, Operator Identification Sequence")]
    [DataRow("Display System Module", "N-GET SCU/SCP", 1, "1", "Manufacturer, Institution Name, Institution Address, Device Serial Number, Manufacturer's Model Name, Number of Display Subsystems, Display Subsystem Sequence, Target Luminance Characteristics Sequence, QA Results Sequence")]
    public void Attributes_of_a_type(string module, string message, int role, string type, string expected)
    {
        var table = Repository.Pages.SelectMany(static page => page.Modules).Single(table => table.Heading == module);

        Assert.AreEqual(expected, string.Join(", ", table.Rows.Where(row => row[0][0] != '>' && table.Cell(row, message).Split('/') is { Length: 2 } types && types[role] == type).Select(static row => row[0])));
    }
}
