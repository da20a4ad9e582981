using FellowOakDicom;
using Specgen.Runtime.Tests.Associations;

namespace Specgen.Runtime.Tests.Queries;

/// <summary>Attribute matching of PS3.4 §C.2.2.2, rule by rule.</summary>
[TestClass]
public sealed class QueryMatchingTests
{
    [TestMethod]
    [DataRow("", "anything", true, DisplayName = "universal")]
    [DataRow("P1", "P1", true)]
    [DataRow("P1", "p1", false, DisplayName = "case counts")]
    [DataRow("P1", "P12", false)]
    [DataRow("P*", "P12", true)]
    [DataRow("*2", "P12", true)]
    [DataRow("P?2", "P12", true)]
    [DataRow("P?", "P12", false)]
    [DataRow("*1*2*", "P1x2y", true)]
    [DataRow("*a*b", "aab", true)]
    [DataRow("*", "P1", true)]
    [DataRow("P1 ", " P1", true, DisplayName = "padding does not count")]
    public void Text(string key, string value, bool matches) => AssertMatch(DicomTag.PatientID, key, value, matches);

    [TestMethod]
    [DataRow("", true)]
    [DataRow("*", true)]
    [DataRow("P1", false)]
    [DataRow("?", false)]
    public void What_is_not_there(string key, bool matches)
    {
        Assert.AreEqual(matches, QueryMatching.Matches(One(DicomTag.PatientID, key), []));
        Assert.AreEqual(matches, QueryMatching.Matches(One(DicomTag.PatientID, key), One(DicomTag.PatientID, "")));
    }

    [TestMethod]
    [DataRow("DOE^JOHN", "Doe^John", true, DisplayName = "case does not count")]
    [DataRow("doe*", "Doe^John", true)]
    [DataRow("Doe^John^^^", "Doe^John", true, DisplayName = "empty components at the end")]
    [DataRow("Doe", "Doe^John", false)]
    [DataRow("山田*", "Yamada^Tarou=山田^太郎=やまだ^たろう", true, DisplayName = "any component group")]
    [DataRow("yamada^tarou=山田^太郎", "Yamada^Tarou=山田^太郎", true)]
    public void Names(string key, string value, bool matches) => AssertMatch(DicomTag.PatientName, key, value, matches);

    [TestMethod]
    [DataRow("20260102", "20260102", true)]
    [DataRow("20260101-20260131", "20260131", true)]
    [DataRow("20260101-20260131", "20260201", false)]
    [DataRow("20260101-", "20270101", true)]
    [DataRow("-20260101", "20260101", true)]
    [DataRow("-20260101", "20260102", false)]
    [DataRow("20260101", "nonsense", false)]
    [DataRow("20260101-20260131", "2026.01.05", true)]
    public void Dates(string key, string value, bool matches) => AssertMatch(DicomTag.StudyDate, key, value, matches);

    [TestMethod]
    [DataRow("10", "100000", true)]
    [DataRow("1000", "100000.000", true)]
    [DataRow("10", "100001", false)]
    [DataRow("0900-10", "105959.999999", true)]
    [DataRow("0900-1000", "100100", false)]
    [DataRow("-0859", "085930", true)]
    [DataRow("2200-", "213000", false)]
    public void Times(string key, string value, bool matches) => AssertMatch(DicomTag.StudyTime, key, value, matches);

    [TestMethod]
    [DataRow("20260102120000", "20260102120000.0", true)]
    [DataRow("20260102120000+0100", "20260102110000+0000", true, DisplayName = "the same moment")]
    [DataRow("20260102-20260103", "20260103235959", true)]
    [DataRow("2026010212-0500-2026010213-0500", "20260102173000+0000", true, DisplayName = "a range of times with offsets")]
    [DataRow("2026010212-0500", "20260102170000+0000", true, DisplayName = "an offset is no range")]
    [DataRow("2025-2026", "20260601", true, DisplayName = "years")]
    [DataRow("-2025", "20260601", false)]
    public void DateTimes(string key, string value, bool matches) => AssertMatch(DicomTag.ScheduledProcedureStepStartDateTime, key, value, matches);

    [TestMethod]
    public void Numbers_by_what_they_are_worth()
    {
        AssertMatch(DicomTag.InstanceNumber, "7", "007", true);
        AssertMatch(DicomTag.InstanceNumber, "7", "70", false);
        var key = new DicomDataset { { DicomTag.Rows, (ushort)512 } };
        Assert.IsTrue(QueryMatching.Matches(key, new DicomDataset { { DicomTag.Rows, (ushort)512 } }));
        Assert.IsFalse(QueryMatching.Matches(key, new DicomDataset { { DicomTag.Rows, (ushort)256 } }));
    }

    [TestMethod]
    public void Lists_and_several_values_match_when_one_does()
    {
        Assert.IsTrue(QueryMatching.Matches(One(DicomTag.StudyInstanceUID, "1.2", "1.3"), One(DicomTag.StudyInstanceUID, "1.3")));
        Assert.IsFalse(QueryMatching.Matches(One(DicomTag.StudyInstanceUID, "1.2", "1.3"), One(DicomTag.StudyInstanceUID, "1.4")));
        Assert.IsTrue(QueryMatching.Matches(One(DicomTag.ModalitiesInStudy, "MR"), One(DicomTag.ModalitiesInStudy, "CT", "MR")));
        Assert.IsFalse(QueryMatching.Matches(One(DicomTag.StudyInstanceUID, "1.*"), One(DicomTag.StudyInstanceUID, "1.3")), "UIDs take no wildcards");
    }

    [TestMethod]
    public void Sequences_need_one_item_that_matches_all()
    {
        var entity = new DicomDataset(new DicomSequence(DicomTag.ScheduledProcedureStepSequence, Step("CT", "20260101"), Step("MR", "20260202")));
        DicomDataset Query(params DicomDataset[] items) => new(new DicomSequence(DicomTag.ScheduledProcedureStepSequence, items));
        Assert.IsTrue(QueryMatching.Matches(Query(Step("CT", "20260101")), entity));
        Assert.IsFalse(QueryMatching.Matches(Query(Step("CT", "20260202")), entity), "each key in another item");
        Assert.IsTrue(QueryMatching.Matches(Query(), entity));
        Assert.IsTrue(QueryMatching.Matches(Query([]), []));
        Assert.IsFalse(QueryMatching.Matches(Query(Step("CT", "20260101")), []));
    }

    [TestMethod]
    public void What_says_how_to_read_is_no_key()
    {
        var identifier = One(DicomTag.QueryRetrieveLevel, "STUDY").Add(DicomTag.SpecificCharacterSet, "ISO_IR 192").Add(DicomTag.TimezoneOffsetFromUTC, "+0100");
        Assert.IsTrue(QueryMatching.Matches(identifier, []));
    }

    [TestMethod]
    public void An_answer_has_what_was_asked_for()
    {
        var entity = new DicomDataset
        {
            { DicomTag.SpecificCharacterSet, "ISO_IR 192" },
            { DicomTag.PatientName, "Doe^John" },
            { DicomTag.PatientID, "P1" },
            { DicomTag.StudyDate, "20260101" },
        };
        entity.Add(new DicomSequence(DicomTag.ScheduledProcedureStepSequence, Step("CT", "20260101"), Step("MR", "20260202")));
        var identifier = new DicomDataset
        {
            { DicomTag.QueryRetrieveLevel, "STUDY" },
            { DicomTag.PatientName, "doe*" },
            { DicomTag.StudyDate, "" },
            { DicomTag.AccessionNumber, "" },
            { DicomTag.StudyDescription, "*" },
        };
        identifier.Add(new DicomSequence(DicomTag.ScheduledProcedureStepSequence, new DicomDataset { { DicomTag.Modality, "MR" }, { DicomTag.ScheduledStationName, "" } }));

        var answer = QueryMatching.Answer(identifier, entity);

        CollectionAssert.AreEquivalent(
            new[] { DicomTag.SpecificCharacterSet, DicomTag.QueryRetrieveLevel, DicomTag.PatientName, DicomTag.StudyDate, DicomTag.AccessionNumber, DicomTag.StudyDescription, DicomTag.ScheduledProcedureStepSequence },
            answer.Select(static item => item.Tag).ToArray());
        Assert.AreEqual("Doe^John", answer.GetSingleValue<string>(DicomTag.PatientName));
        Assert.AreEqual(0u, answer.GetDicomItem<DicomElement>(DicomTag.AccessionNumber).Length);
        Assert.AreEqual(0u, answer.GetDicomItem<DicomElement>(DicomTag.StudyDescription).Length);
        var item = answer.GetSequence(DicomTag.ScheduledProcedureStepSequence).Items.Single();
        Assert.AreEqual("MR", item.GetSingleValue<string>(DicomTag.Modality));
        Assert.IsTrue(item.Contains(DicomTag.ScheduledStationName));
        Assert.IsFalse(item.Contains(DicomTag.ScheduledProcedureStepStartDate));
    }

    private static DicomDataset Step(string modality, string date) => new() { { DicomTag.Modality, modality }, { DicomTag.ScheduledProcedureStepStartDate, date } };

    private static DicomDataset One(DicomTag tag, params string[] values) => new DicomDataset().NotValidated().Add(tag, values);

    private static void AssertMatch(DicomTag tag, string key, string value, bool matches) => Assert.AreEqual(matches, QueryMatching.Matches(One(tag, key), One(tag, value)));
}
