using FellowOakDicom;
using Specgen.Runtime.Tests.Associations;

namespace Specgen.Runtime.Tests.Queries;

/// <summary>Attribute matching of PS3.4 §C.2.2.2: every VR of PS3.5 §6.2 with every kind of matching.</summary>
[TestClass]
public sealed class QueryMatchingTests
{
    private static readonly string[] s_texts = ["AE", "CS", "LO", "SH", "LT", "ST", "UC", "UR", "UT", "PN"];
    private static readonly string[] s_numbers = ["IS", "DS", "US", "SS", "UL", "SL", "UV", "SV", "FL", "FD"];
    private static readonly string[] s_bulk = ["OB", "OD", "OF", "OL", "OV", "OW", "UN"];

    /// <summary>
    /// VR, kind of matching, key, a value that matches and one that does not. Together with bulk data and sequences, which have tests of their own,
    /// it has all VRs.
    /// </summary>
    private static IEnumerable<object[]> Table =>
    [
        .. s_texts.Select(static vr => Row(vr, MatchingKind.SingleValue, "AB1", "AB1", "AB")),
        .. s_texts.Select(static vr => Row(vr, MatchingKind.SingleValue, "AB1", "AB1  ", "AB1 X")),
        .. s_texts.Select(static vr => Row(vr, MatchingKind.SingleValue, "AB1\0", "AB1\0", "AB2\0")),
        .. s_texts.Select(static vr => Row(vr, MatchingKind.WildCard, "A*1", "AB1", "AB2")),
        .. s_texts.Select(static vr => Row(vr, MatchingKind.WildCard, "A?1", "AB1", "A1")),
        .. s_texts.Select(static vr => Row(vr, MatchingKind.WildCard, "*B*", "AB1", "AC1")),
        .. s_texts.Select(static vr => Row(vr, MatchingKind.WildCard, "A*", "A", "BA")),
        .. s_texts.Except(["PN"]).Select(static vr => Row(vr, MatchingKind.SingleValue, "AB1", "AB1", "ab1")),
        .. s_texts.Except(["PN"]).Select(static vr => Row(vr, MatchingKind.WildCard, "A*", "AB1", "ab1")),
        .. new[] { "AE", "CS", "LO", "SH", "UC", "PN" }.Select(static vr => Row(vr, MatchingKind.ListOfValues, @"X\AB1", "AB1", "AB2")),
        .. new[] { "AE", "CS", "LO", "SH", "UC", "PN" }.Select(static vr => Row(vr, MatchingKind.ListOfValues, @"X\A*", "AB1", "BA1")),
        .. new[] { "AE", "CS", "LO", "SH", "UC", "PN" }.Select(static vr => Row(vr, MatchingKind.SingleValue, "AB1", @"X\AB1", @"X\AB2")),
        .. new[] { "LT", "ST", "UR", "UT" }.Select(static vr => Row(vr, MatchingKind.SingleValue, @"X\AB1", @"X\AB1", "AB1")),
        .. new[] { "AE", "CS", "LO", "SH", "PN" }.Select(static vr => Row(vr, MatchingKind.SingleValue, "AB1", " AB1", "A B1")),
        .. new[] { "LT", "ST", "UC", "UT" }.Select(static vr => Row(vr, MatchingKind.SingleValue, " AB1", " AB1", "AB1")),

        Row("PN", MatchingKind.SingleValue, "DOE^JOHN", "Doe^John", "Doe^Jane"),
        Row("PN", MatchingKind.SingleValue, "Doe^John^^^", "DOE^JOHN", "Doe^John^A"),
        Row("PN", MatchingKind.SingleValue, "DOE^JOHN", "Doe^John^^^", "Doe"),
        Row("PN", MatchingKind.SingleValue, "Doe^John", "Doe ^John", "Doe^Jo hn"),
        Row("PN", MatchingKind.SingleValue, "Müller", "MÜLLER", "Muller"),
        Row("PN", MatchingKind.WildCard, "doe^*", "Doe", "Doering^John"),
        Row("PN", MatchingKind.WildCard, "*^JOHN*", "Doe^John^A", "John^Doe"),
        Row("PN", MatchingKind.WildCard, "山田*", "Yamada^Tarou=山田^太郎=やまだ^たろう", "Yamada^Tarou=山本^太郎=やまもと^たろう"),
        Row("PN", MatchingKind.SingleValue, "やまだ^たろう", "Yamada^Tarou=山田^太郎=やまだ^たろう", "Yamada^Tarou=山田^太郎"),
        Row("PN", MatchingKind.SingleValue, "yamada^tarou=山田^太郎", "Yamada^Tarou=山田^太郎=やまだ^たろう", "Yamada^Tarou=山本^太郎"),
        Row("PN", MatchingKind.SingleValue, "=山田^太郎", "Yamada^Tarou=山田^太郎", "山田^太郎"),
        Row("PN", MatchingKind.WildCard, "Y*=山田*", "Yamada^Tarou=山田^太郎", "Yamada^Tarou=太郎^山田"),
        Row("PN", MatchingKind.WildCard, "?", "\U00020BB7", "吉野"),
        Row("PN", MatchingKind.SingleValue, "\uD842x", "\uD842X", "x"),

        Row("UI", MatchingKind.SingleValue, "1.2.3", "1.2.3\0", "1.2.30"),
        Row("UI", MatchingKind.ListOfValues, @"1.2.3\1.2.4", "1.2.4", "1.2.5"),
        Row("UI", MatchingKind.SingleValue, "1.2.3", @"1.2\1.2.3", @"1.2\1.3"),
        Row("UI", MatchingKind.SingleValue, "1.2.*", "1.2.*", "1.2.3"),

        Row("DA", MatchingKind.SingleValue, "20200131", "2020.01.31", "20200130"),
        Row("DA", MatchingKind.SingleValue, "2020.01.31", "20200131", "2020.01.30"),
        Row("DA", MatchingKind.SingleValue, " 20200131 ", "20200131\0", "nonsense"),
        Row("DA", MatchingKind.Range, "20200101-20200131", "20200131", "20200201"),
        Row("DA", MatchingKind.Range, "20200101 - 20200131", "20200101", "20191231"),
        Row("DA", MatchingKind.Range, "2020.01.01-2020.01.31", "2020.01.05", "2020.02.05"),
        Row("DA", MatchingKind.Range, "20200101-", "99991231", "20191231"),
        Row("DA", MatchingKind.Range, "-20200101", "20200101", "20200102"),
        Row("DA", MatchingKind.Range, "- 20200101", "19700101", "20200102"),
        Row("DA", MatchingKind.Range, "20200101-20200101", "20200101", "20200102"),
        Row("DA", MatchingKind.ListOfValues, @"20200101\20210101", "20210101", "20200601"),
        Row("DA", MatchingKind.ListOfValues, @"20200101-20200131\20210101", "20200115", "20200601"),

        Row("TM", MatchingKind.SingleValue, "10", "100000", "110000"),
        Row("TM", MatchingKind.SingleValue, "10", "105959.999999", "095959"),
        Row("TM", MatchingKind.SingleValue, "2230", "223000", "223100"),
        Row("TM", MatchingKind.SingleValue, "223000", "2230", "223001"),
        Row("TM", MatchingKind.SingleValue, "101500", "10:15:00", "10:15:01"),
        Row("TM", MatchingKind.SingleValue, "10:15", "101530.5", "101600"),
        Row("TM", MatchingKind.SingleValue, "101500.000000", "101500", "101500.000001"),
        Row("TM", MatchingKind.SingleValue, "235960", "235960", "235959"),
        Row("TM", MatchingKind.Range, "0800-1200", "101500", "075959"),
        Row("TM", MatchingKind.Range, "0000-1159", "115930", "1200"),
        Row("TM", MatchingKind.Range, "10-11", "1159", "1200"),
        Row("TM", MatchingKind.Range, "080000-120000", "12", "120001"),
        Row("TM", MatchingKind.Range, "0800 - 1200", "0800", "0759"),
        Row("TM", MatchingKind.Range, "-0859", "085930", "0900"),
        Row("TM", MatchingKind.Range, "-0100", "0000", "0101"),
        Row("TM", MatchingKind.Range, "2200-", "235959", "213000"),
        Row("TM", MatchingKind.Range, "1000-", "10", "0959"),
        Row("TM", MatchingKind.Range, "10:00-10:30", "101500", "103100"),
        Row("TM", MatchingKind.ListOfValues, @"08\10", "1015", "0915"),

        Row("DT", MatchingKind.SingleValue, "20260102120000", "20260102120000.0", "20260102120001"),
        Row("DT", MatchingKind.SingleValue, "20260102", "20260102235959", "20260103"),
        Row("DT", MatchingKind.SingleValue, "19980128103000", "19980128073000-0300", "19980128103000-0300"),
        Row("DT", MatchingKind.SingleValue, "20260102120000+0100", "20260102110000+0000", "20260102120000+0000"),
        Row("DT", MatchingKind.SingleValue, "2026010212-0500", "20260102175959+0000", "20260102180000+0000"),
        Row("DT", MatchingKind.SingleValue, "202602-1200", "20260301115959", "20260301120000"),
        Row("DT", MatchingKind.SingleValue, "00010101000000+1400", "00010101000000+1400", "00010102"),
        Row("DT", MatchingKind.Range, "20260102-20260103", "20260103235959", "20260104"),
        Row("DT", MatchingKind.Range, "2026010212-0500-2026010213-0500", "20260102173000+0000", "20260102193000+0000"),
        Row("DT", MatchingKind.Range, "2026010212-0500 - 2026010213-0500", "20260102173000", "20260102120000"),
        Row("DT", MatchingKind.Range, "-2026010212-0500", "20260102175959", "20260102180000"),
        Row("DT", MatchingKind.Range, "2026010212-0500-", "20260102170000", "20260102165959"),
        Row("DT", MatchingKind.Range, "2025-2026", "20260601", "20270101"),
        Row("DT", MatchingKind.Range, "-2025", "20251231", "20260601"),
        Row("DT", MatchingKind.Range, "20260102-", "2027", "20260101"),
        Row("DT", MatchingKind.ListOfValues, @"2024\2026", "202606", "202506"),

        .. s_numbers.Select(static vr => Row(vr, MatchingKind.SingleValue, "7", "7", "70")),
        .. s_numbers.Select(static vr => Row(vr, MatchingKind.ListOfValues, @"7\8", "8", "9")),
        .. s_numbers.Select(static vr => Row(vr, MatchingKind.SingleValue, "7", @"6\7", @"6\8")),
        .. new[] { "IS", "DS", "SS", "SL", "SV", "FL", "FD" }.Select(static vr => Row(vr, MatchingKind.SingleValue, "-7", "-7", "7")),
        Row("IS", MatchingKind.SingleValue, "7", " 007", "7x"),
        Row("IS", MatchingKind.SingleValue, "+7", "7", "-7"),
        Row("IS", MatchingKind.SingleValue, "1A", "1A", "1"),
        Row("DS", MatchingKind.SingleValue, "7.0", "7", "7.01"),
        Row("DS", MatchingKind.SingleValue, "1e-40", "0.1e-39", "0"),
        Row("DS", MatchingKind.SingleValue, "1e400", "10e399", "2e400"),
        Row("DS", MatchingKind.SingleValue, "-0.0", "0", "1"),
        Row("FD", MatchingKind.SingleValue, "0.1", "0.1", "0.2"),
        Row("UV", MatchingKind.SingleValue, "18446744073709551615", "18446744073709551615", "18446744073709551614"),

        Row("AS", MatchingKind.SingleValue, "045Y", "45Y", "045M"),
        Row("AS", MatchingKind.ListOfValues, @"045Y\046Y", "046Y", "047Y"),
        Row("AT", MatchingKind.SingleValue, "00100020", "00100020", "00100010"),
        Row("AT", MatchingKind.ListOfValues, @"00100020\0020000D", "0020000D", "00100010"),
    ];

    private static IEnumerable<object[]> MatchedVrs => [.. s_texts.Concat(s_numbers).Concat(["UI", "DA", "TM", "DT", "AS", "AT"]).Select(static vr => new object[] { vr })];

    private static IEnumerable<object[]> BulkVrs => [.. s_bulk.Select(static vr => new object[] { vr })];

    private static IEnumerable<object[]> DateVrs => [["DA"], ["TM"], ["DT"]];

    [TestMethod]
    [DynamicData(nameof(Table))]
    public void A_key_matches_what_its_VR_and_kind_of_matching_say(string vr, MatchingKind kind, string key, string matching, string other)
    {
        var matcher = new QueryMatcher(Values.Of(vr, key));

        Assert.AreEqual(kind, matcher.Keys[0].Kind);
        Assert.IsTrue(matcher.Matches(Values.Of(vr, matching)), $"{key} matches {matching}");
        Assert.IsFalse(matcher.Matches(Values.Of(vr, other)), $"{key} does not match {other}");
        Assert.IsTrue(QueryMatching.Matches(Values.Of(vr, key), Values.Of(vr, matching)));
        Assert.IsFalse(matcher.Matches(Values.Of(vr, "")), "no value");
        Assert.IsFalse(matcher.Matches([]), "absent");
        Assert.IsTrue(matcher.SupportsAllKeys);
        Assert.IsEmpty(matcher.InvalidKeys);
    }

    [TestMethod]
    public void The_table_has_every_VR_that_is_matched() =>
        CollectionAssert.AreEquivalent(MatchedVrs.Select(static row => row[0]).ToArray(), Table.Select(static row => row[0]).Distinct().ToArray());

    [TestMethod]
    [DynamicData(nameof(MatchedVrs))]
    public void A_key_without_value_is_universal(string vr)
    {
        var value = vr switch { "DA" => "20200101", "TM" => "10", "DT" => "2020", "AT" => "00100020", "UI" => "1.2", "AS" => "045Y", _ => "7" };
        foreach (var key in new[] { "", "*", "**", " ", "\0", "^^=" }.Where(key => key.Length == 0 || (Values.IsText(vr) && (key[0] != '^' || vr == "PN"))))
        {
            var matcher = new QueryMatcher(Values.Of(vr, key));
            Assert.AreEqual(MatchingKind.Universal, matcher.Keys[0].Kind, $"'{key}'");
            Assert.IsTrue(matcher.Matches(Values.Of(vr, value)));
            Assert.IsTrue(matcher.Matches(Values.Of(vr, "")));
            Assert.IsTrue(matcher.Matches([]));
            Assert.IsTrue(matcher.SupportsAllKeys);
            Assert.AreEqual(0u, matcher.Answer([]).GetDicomItem<DicomElement>(Values.TagOf(vr)).Length);
        }
    }

    [TestMethod]
    [DynamicData(nameof(DateVrs))]
    public void A_range_that_is_open_at_both_ends_is_universal(string vr) => Assert.IsTrue(new QueryMatcher(Values.Of(vr, "-")).Matches([]));

    [TestMethod]
    [DataRow("DA", "nonsense")]
    [DataRow("DA", "2020")]
    [DataRow("DA", "20200101-x")]
    [DataRow("TM", "1")]
    [DataRow("TM", "25:00:0")]
    [DataRow("TM", "10.5")]
    [DataRow("TM", "101500.0000001")]
    [DataRow("TM", "1000+0100")]
    [DataRow("DT", "20261")]
    [DataRow("DT", "2026+9900")]
    [DataRow("DT", "20269901+0100")]
    [DataRow("DT", "00010101+0060")]
    public void What_is_no_date_or_time_is_an_invalid_key_and_matches_nothing(string vr, string key)
    {
        var matcher = new QueryMatcher(Values.Of(vr, key));
        CollectionAssert.AreEqual(new[] { Values.TagOf(vr) }, matcher.InvalidKeys.ToArray());
        Assert.IsFalse(matcher.Matches(Values.Of(vr, key)));
    }

    /// <summary>PS3.4 §C.2.2.2.6: one item.</summary>
    [TestMethod]
    [DataRow("CT|", true)]
    [DataRow("|CT", true)]
    [DataRow("CT|MR", true)]
    [DataRow("CT|CT", true)]
    [DataRow("none|CT", true)]
    [DataRow("|", false)]
    [DataRow("none|none", false)]
    [DataRow("CT", false)]
    public void A_sequence_of_several_items_of_which_one_has_a_value_is_an_invalid_key_and_matches_nothing(string items, bool isInvalid)
    {
        static DicomDataset Item(string modality) => modality == "none" ? [] : new DicomDataset { { DicomTag.Modality, modality } };
        var key = new DicomDataset(new DicomSequence(DicomTag.ScheduledProcedureStepSequence, [.. items.Split('|').Select(Item)]));
        var matcher = new QueryMatcher(key, new QueryKeys { Sequences = { [DicomTag.ScheduledProcedureStepSequence] = new() { Matched = [DicomTag.Modality] } } });
        CollectionAssert.AreEqual(isInvalid ? [DicomTag.ScheduledProcedureStepSequence] : Array.Empty<DicomTag>(), matcher.InvalidKeys.ToArray());
        Assert.AreEqual(!isInvalid, matcher.Matches(new DicomDataset(new DicomSequence(DicomTag.ScheduledProcedureStepSequence, Item("CT")))));
        Assert.IsNotNull(matcher.Answer([]));
    }

    [TestMethod]
    [DynamicData(nameof(BulkVrs))]
    public void Bulk_data_is_never_matched_and_a_value_of_it_is_not_supported(string vr)
    {
        var key = Values.Bulk(vr, 1, 2, 3, 4, 5, 6, 7, 8);
        var matcher = new QueryMatcher(key);
        Assert.AreEqual(MatchingKind.None, matcher.Keys[0].Kind);
        Assert.IsTrue(matcher.Matches([]));
        Assert.IsTrue(matcher.Matches(Values.Bulk(vr, 8, 7, 6, 5, 4, 3, 2, 1)));
        Assert.IsFalse(matcher.SupportsAllKeys);
        Assert.IsTrue(new QueryMatcher(Values.Bulk(vr)).SupportsAllKeys, "to be returned");
        Assert.AreEqual(8u, matcher.Answer(key).GetDicomItem<DicomElement>(Values.TagOf(vr)).Length);
    }

    [TestMethod]
    public void A_date_that_is_written_as_text_is_a_date() =>
        Assert.IsTrue(new QueryMatcher(new DicomDataset().NotValidated().Add(DicomVR.LO, DicomTag.StudyDate, "20200101-20200131")).Matches(Values.Of("DA", "20200115")));

    [TestMethod]
    public void Values_that_their_VR_does_not_allow_are_compared_as_they_are()
    {
        foreach (var (vr, value) in new[] { ("LO", new string('9', 80)), ("CS", "ct"), ("TM", "10:00:00"), ("UI", "1.2.x"), ("SH", new string('x', 17)), ("DS", "12345678901234567890") })
        {
            var entity = Values.Of(vr, value);
            Assert.IsTrue(new QueryMatcher(Values.Of(vr, value)).Matches(entity), value);
            Assert.AreEqual(value, new QueryMatcher(Values.Of(vr, "")).Answer(entity).GetString(Values.TagOf(vr)));
        }
    }

    private static object[] Row(string vr, MatchingKind kind, string key, string matching, string other) => [vr, kind, key, matching, other];
}
