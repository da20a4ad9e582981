using System.Text;
using FellowOakDicom;

namespace Specgen.Runtime.Tests.Queries;

/// <summary>What an identifier asks for as a whole: sequences, supported keys, what was negotiated, and the answer (PS3.4 §C.2.2).</summary>
[TestClass]
public sealed class QueryMatcherTests
{
    private static readonly DicomTag s_steps = DicomTag.ScheduledProcedureStepSequence;
    private static readonly DicomTag s_codes = DicomTag.ScheduledProtocolCodeSequence;

    [TestMethod]
    public void A_sequence_needs_one_item_that_matches_all_keys()
    {
        var entity = new DicomDataset(new DicomSequence(s_steps, Step("CT", "20260101"), Step("MR", "20260202")));

        Assert.IsTrue(Matches(Steps(Step("CT", "20260101")), entity));
        Assert.IsTrue(Matches(Steps(Step("MR", "")), entity));
        Assert.IsFalse(Matches(Steps(Step("CT", "20260202")), entity), "each key in another item");
        Assert.IsFalse(Matches(Steps(Step("CT", "20260101")), []));
        Assert.IsFalse(Matches(Steps(Step("CT", "")), new DicomDataset(new DicomSequence(s_steps))), "no items");
    }

    [TestMethod]
    public void Keys_without_value_in_a_sequence_keep_nothing_out()
    {
        DicomDataset[] identifiers =
        [
            Steps(),
            Steps([]),
            Steps(Step("", "")),
            Steps(Step("*", "-")),
            Steps(new DicomDataset(new DicomSequence(s_codes))),
            Steps(new DicomDataset(new DicomSequence(s_codes, new DicomDataset { { DicomTag.CodeValue, "" } }))),
        ];
        DicomDataset[] entities =
        [
            [],
            Steps(),
            Steps([]),
            Steps(Step("CT", "20260101")),
            Steps(new DicomDataset(new DicomSequence(s_codes, new DicomDataset { { DicomTag.CodeValue, "C1" } }))),
        ];

        foreach (var identifier in identifiers)
        {
            var query = new QueryMatcher(identifier);
            Assert.AreEqual(MatchingKind.Universal, query.Keys.Single().Kind);
            foreach (var entity in entities)
            {
                var answer = query.Match(entity)!.Dataset.GetSequence(s_steps);
                Assert.HasCount(entity.TryGetSequence(s_steps, out var items) ? items.Items.Count : 0, answer.Items);
            }
        }
    }

    [TestMethod]
    public void Sequences_in_sequences_match_and_answer_as_they_were_asked_for()
    {
        DicomDataset Code(string value, string meaning) => new() { { DicomTag.CodeValue, value }, { DicomTag.CodeMeaning, meaning } };
        DicomDataset StepWith(string id, params DicomDataset[] codes) => new(new DicomSequence(s_codes, codes)) { { DicomTag.ScheduledProcedureStepID, id } };
        var entity = Steps(StepWith("S1", Code("A", "One")), StepWith("S2", Code("B", "Two"), Code("C", "Three")));
        var identifier = Steps(new DicomDataset(new DicomSequence(s_codes, Code("C", ""))) { { DicomTag.ScheduledProcedureStepID, "" } });

        var match = new QueryMatcher(identifier).Match(entity);

        var step = match!.Dataset.GetSequence(s_steps).Items.Single();
        Assert.AreEqual("S2", step.GetString(DicomTag.ScheduledProcedureStepID));
        Assert.AreEqual("Three", step.GetSequence(s_codes).Items.Single().GetString(DicomTag.CodeMeaning));
        Assert.IsNull(new QueryMatcher(Steps(new DicomDataset(new DicomSequence(s_codes, Code("D", ""))))).Match(entity));
        var all = new QueryMatcher(Steps()).Match(entity)!.Dataset.GetSequence(s_steps);
        Assert.AreEqual("Two", all.Items[1].GetSequence(s_codes).Items[0].GetString(DicomTag.CodeMeaning), "a zero-length sequence asks for all of it");
    }

    [TestMethod]
    public void What_says_how_to_read_is_no_key()
    {
        var identifier = new DicomDataset
        {
            { DicomTag.QueryRetrieveLevel, "STUDY" }, { DicomTag.SpecificCharacterSet, "ISO_IR 192" }, { DicomTag.TimezoneOffsetFromUTC, "+0100" },
        };
        var query = new QueryMatcher(identifier, new QueryKeys());
        Assert.IsEmpty(query.Keys);
        Assert.IsTrue(query.SupportsAllKeys);
        CollectionAssert.AreEqual(new[] { DicomTag.QueryRetrieveLevel }, query.Answer([]).Select(static item => item.Tag).ToArray());
    }

    [TestMethod]
    [DataRow("InstitutionName", "SOMEWHERE", false, false, DisplayName = "not known, with a value")]
    [DataRow("InstitutionName", "", false, false, DisplayName = "not known, without a value: it is not returned")]
    [DataRow("RetrieveAETitle", "ARCHIVE", false, true, DisplayName = "returned only, with a value")]
    [DataRow("RetrieveAETitle", "", true, true, DisplayName = "returned only, without a value")]
    [DataRow("PatientID", "P1", true, true, DisplayName = "supported")]
    public void What_is_not_supported_is_ignored_and_said_to_be(string keyword, string value, bool isSupported, bool isReturned)
    {
        var tag = DicomDictionary.Default[keyword];
        var keys = new QueryKeys { Matched = [DicomTag.PatientID, DicomTag.StudyInstanceUID], Returned = [DicomTag.RetrieveAETitle] };
        var entity = new DicomDataset { { DicomTag.PatientID, "P1" }, { DicomTag.RetrieveAETitle, "OTHER" }, { DicomTag.InstitutionName, "ELSEWHERE" } };
        var query = new QueryMatcher(new DicomDataset { { tag, value }, { DicomTag.StudyInstanceUID, "" } }, keys);

        var match = query.Match(entity);

        Assert.IsNotNull(match);
        Assert.AreEqual(isSupported, match.SupportsAllKeys);
        Assert.AreEqual(isReturned, match.Dataset.Contains(tag));
        CollectionAssert.AreEqual(isSupported ? [] : new[] { tag }, query.UnsupportedKeys.ToArray());
        if (isReturned)
        {
            Assert.AreEqual(entity.GetString(tag), match.Dataset.GetString(tag));
        }
    }

    [TestMethod]
    public void Supported_keys_are_named_in_sequences_too()
    {
        var keys = new QueryKeys { Matched = [s_codes], Sequences = { [s_steps] = new QueryKeys { Matched = [DicomTag.Modality] } } };
        var entity = Steps(Step("CT", "20260101"));

        var supported = new QueryMatcher(Steps(new DicomDataset { { DicomTag.Modality, "CT" } }), keys);
        Assert.IsTrue(supported.Match(entity)!.SupportsAllKeys);

        var other = new QueryMatcher(Steps(Step("CT", "20270101")), keys);
        Assert.IsFalse(other.Match(entity)!.SupportsAllKeys, "the date is ignored");
        CollectionAssert.AreEqual(new[] { DicomTag.ScheduledProcedureStepStartDate }, other.UnsupportedKeys.ToArray());
        Assert.IsNull(new QueryMatcher(Steps(Step("MR", "20260101")), keys).Match(entity), "the modality is not");
        Assert.IsTrue(new QueryMatcher(Steps(new DicomDataset { { DicomTag.CodeValue, "X" } }), keys).Matches([]), "an item of unsupported keys is universal");

        var whole = new QueryMatcher(new DicomDataset(new DicomSequence(s_codes, new DicomDataset { { DicomTag.CodeValue, "X" } })), keys);
        Assert.IsTrue(whole.SupportsAllKeys);
        Assert.IsFalse(whole.Matches([]));
    }

    [TestMethod]
    public void A_match_goes_out_as_FF00_or_FF01()
    {
        static DimseResponse Response(CFindResult<Status> result) => CFindResult<Status>.ToResponses(Of(result), CancellationToken.None).ToBlockingEnumerable().Single();
        static DimseResponse PlainResponse(CFindResult<PlainStatus> result) => CFindResult<PlainStatus>.ToResponses(Of(result), CancellationToken.None).ToBlockingEnumerable().Single();
        var keys = new QueryKeys { Matched = [DicomTag.PatientID] };
        var supported = new QueryMatcher(new DicomDataset { { DicomTag.PatientID, "" } }, keys).Match([])!;
        var unsupported = new QueryMatcher(new DicomDataset { { DicomTag.PatientName, "X" } }, keys).Match([])!;

        Assert.AreEqual(0xFF00, Response(supported).Status);
        Assert.AreEqual(0xFF01, Response(unsupported).Status);
        Assert.AreEqual(0xFF00, PlainResponse(unsupported).Status, "the service class has no other");
        Assert.AreSame(supported.Dataset, Response(supported).Dataset);

        static async IAsyncEnumerable<T> Of<T>(T one)
        {
            await Task.CompletedTask;
            yield return one;
        }
    }

    [TestMethod]
    public void Private_attributes_are_not_supported_and_their_creators_are_no_keys()
    {
        var identifier = new DicomDataset().NotValidated().Add(DicomVR.LO, new DicomTag(0x0009, 0x0010), "ACME").Add(DicomTag.PatientID, "");
        Assert.IsTrue(new QueryMatcher(identifier).SupportsAllKeys);

        var query = new QueryMatcher(identifier.Add(DicomVR.LO, new DicomTag(0x0009, 0x1001), "X"));
        Assert.IsFalse(query.SupportsAllKeys);
        CollectionAssert.AreEqual(new[] { DicomTag.PatientID }, query.Match([])!.Dataset.Select(static item => item.Tag).ToArray());
    }

    [TestMethod]
    [DataRow("20260705", "120000", true, DisplayName = "in the first day")]
    [DataRow("20260705", "080000", false, DisplayName = "before")]
    [DataRow("20260706", "200000", true, DisplayName = "in the evening between")]
    [DataRow("20260707", "180059", true)]
    [DataRow("20260707", "190000", false, DisplayName = "after")]
    [DataRow("20260706", "", false)]
    public void Date_and_time_may_be_one_range(string date, string time, bool isCombined)
    {
        var entity = new DicomDataset { { DicomTag.StudyDate, date }, { DicomTag.StudyTime, time } };
        var identifier = new DicomDataset { { DicomTag.StudyDate, "20260705-20260707" }, { DicomTag.StudyTime, "1000-1800" } };

        Assert.AreEqual(isCombined, new QueryMatcher(identifier, options: new MatchingOptions { CombinesDateAndTime = true }).Matches(entity));
        Assert.AreEqual(string.CompareOrdinal(time, "1000") >= 0 && string.CompareOrdinal(time, "180060") <= 0, new QueryMatcher(identifier).Matches(entity));
    }

    [TestMethod]
    [DataRow("20260705-", "10-", "090000", true, DisplayName = "both open at the end: from the 5th, ten o'clock")]
    [DataRow("-20260709", "-08", "090000", true, DisplayName = "both open at the beginning")]
    [DataRow("20260705-", "-08", "090000", false, DisplayName = "not the same form: every day until eight")]
    [DataRow("20260705-20260709", "10-", "090000", false)]
    [DataRow("20260707", "10-11", "090000", false)]
    public void Date_and_time_are_one_range_where_both_have_its_form(string dates, string times, string time, bool matches)
    {
        var entity = new DicomDataset { { DicomTag.StudyDate, "20260707" }, { DicomTag.StudyTime, time } };
        var identifier = new DicomDataset().NotValidated().Add(DicomTag.StudyDate, dates).Add(DicomTag.StudyTime, times);
        Assert.AreEqual(matches, new QueryMatcher(identifier, options: new MatchingOptions { CombinesDateAndTime = true }).Matches(entity));
        Assert.IsFalse(new QueryMatcher(identifier).Matches(entity));
    }

    [TestMethod]
    public void Empty_values_are_asked_for_where_it_was_negotiated()
    {
        var identifier = new DicomDataset { { DicomTag.AccessionNumber, "\"\"" } };
        var query = new QueryMatcher(identifier, options: new MatchingOptions { MatchesEmptyValues = true });
        Assert.AreEqual(MatchingKind.EmptyValue, query.Keys.Single().Kind);
        Assert.IsTrue(query.Matches([]));
        Assert.IsTrue(query.Matches(new DicomDataset { { DicomTag.AccessionNumber, "" } }));
        Assert.IsFalse(query.Matches(new DicomDataset { { DicomTag.AccessionNumber, "A1" } }));
        Assert.IsFalse(query.Matches(identifier), "two quotation marks are a value like any other there");
        Assert.IsTrue(new QueryMatcher(identifier).Matches(identifier));
        Assert.IsFalse(new QueryMatcher(identifier).Matches([]));
    }

    [TestMethod]
    public void What_is_unknown_matches_where_the_provider_wants_it()
    {
        var identifier = Steps(Step("CT", "20260101")).Add(DicomTag.AccessionNumber, "A1");
        Assert.IsFalse(new QueryMatcher(identifier).Matches([]));
        var query = new QueryMatcher(identifier, options: new MatchingOptions { UnknownMatches = true });
        Assert.IsTrue(query.Matches([]));
        Assert.IsTrue(query.Matches(Steps(Step("", "")).Add(DicomTag.AccessionNumber, "")));
        Assert.IsFalse(query.Matches(new DicomDataset { { DicomTag.AccessionNumber, "A2" } }));
        Assert.IsFalse(query.Matches(Steps(Step("MR", ""))));
    }

    [TestMethod]
    public void Texts_are_compared_decoded()
    {
        var entity = Encoded("ISO_IR 100", "Müller^Änne", Encoding.Latin1);
        Assert.IsTrue(Matches(Encoded("ISO_IR 192", "MÜLLER^*", Encoding.UTF8), entity));
        Assert.IsFalse(Matches(Encoded("ISO_IR 192", "MULLER^*", Encoding.UTF8), entity));
        var answer = new QueryMatcher(Encoded("ISO_IR 192", "", Encoding.UTF8)).Answer(entity);
        Assert.AreEqual("ISO_IR 100", answer.GetString(DicomTag.SpecificCharacterSet), "the entity's");
        CollectionAssert.AreEqual(Encoding.Latin1.GetBytes("Müller^Änne "), Read(answer).GetDicomItem<DicomElement>(DicomTag.PatientName).Buffer.Data);
    }

    [TestMethod]
    public void A_patient_is_an_ID_and_its_issuer()
    {
        static DicomDataset Patient(string id, string issuer, string name) => new() { { DicomTag.PatientID, id }, { DicomTag.IssuerOfPatientID, issuer }, { DicomTag.PatientName, name } };
        DicomDataset[] patients = [Patient("1", "A", "Alpha"), Patient("1", "B", "Beta"), Patient("1", "", "Gamma"), Patient("", "", "Delta"), Patient("", "", "Epsilon")];
        string[] Names(string id, string issuer, string name) =>
            [.. patients.Select(new QueryMatcher(Patient(id, issuer, name)).Match).OfType<QueryMatch>().Select(static match => match.Dataset.GetString(DicomTag.PatientName))];

        CollectionAssert.AreEqual(new[] { "Beta" }, Names("1", "B", ""));
        CollectionAssert.AreEqual(new[] { "Alpha", "Beta", "Gamma" }, Names("1", "", ""));
        CollectionAssert.AreEqual(new[] { "Epsilon" }, Names("", "", "EPSILON"));
    }

    [TestMethod]
    public void An_answer_has_what_was_asked_for()
    {
        var entity = Steps(Step("CT", "20260101"), Step("MR", "20260202"))
            .Add(DicomTag.SpecificCharacterSet, "ISO_IR 192").Add(DicomTag.PatientName, "Doe^John").Add(DicomTag.PatientID, "P1").Add(DicomTag.ModalitiesInStudy, "CT", "MR");
        var identifier = Steps(new DicomDataset { { DicomTag.Modality, "MR" }, { DicomTag.ScheduledStationName, "" } })
            .Add(DicomTag.QueryRetrieveLevel, "STUDY").Add(DicomTag.PatientName, "doe*").Add(DicomTag.AccessionNumber, "").Add(DicomTag.StudyDescription, "*")
            .Add(DicomTag.ModalitiesInStudy, "MR").Add(DicomVR.US, DicomTag.Rows, (string[])null!);

        var answer = QueryMatching.Answer(identifier, entity);

        CollectionAssert.AreEquivalent(identifier.Select(static item => item.Tag).Append(DicomTag.SpecificCharacterSet).ToArray(), answer.Select(static item => item.Tag).ToArray());
        Assert.AreEqual("Doe^John", answer.GetSingleValue<string>(DicomTag.PatientName));
        CollectionAssert.AreEqual(new[] { "CT", "MR" }, answer.GetValues<string>(DicomTag.ModalitiesInStudy), "all values of which one matches");
        foreach (var tag in new[] { DicomTag.AccessionNumber, DicomTag.StudyDescription, DicomTag.Rows })
        {
            Assert.AreEqual(0u, answer.GetDicomItem<DicomElement>(tag).Length);
        }

        var item = answer.GetSequence(s_steps).Items.Single();
        Assert.AreEqual("MR", item.GetSingleValue<string>(DicomTag.Modality));
        Assert.IsTrue(item.Contains(DicomTag.ScheduledStationName));
        Assert.IsFalse(item.Contains(DicomTag.ScheduledProcedureStepStartDate));
    }

    private static bool Matches(DicomDataset identifier, DicomDataset entity) => new QueryMatcher(identifier).Matches(entity);

    private static DicomDataset Steps(params DicomDataset[] items) => new DicomDataset().NotValidated().Add(new DicomSequence(s_steps, items));

    private static DicomDataset Step(string modality, string date) =>
        new DicomDataset().NotValidated().Add(DicomTag.Modality, modality).Add(DicomTag.ScheduledProcedureStepStartDate, date);

    /// <summary>As it comes from the network: bytes, and the name of their character set.</summary>
    private static DicomDataset Encoded(string characterSet, string name, Encoding encoding) =>
        Read(new DicomDataset().NotValidated().Add(DicomTag.SpecificCharacterSet, characterSet).Add(DicomTag.PatientName, name), encoding);

    private static DicomDataset Read(DicomDataset dataset, Encoding? encoding = null)
    {
        using var stream = new MemoryStream();
        new DicomFile(dataset.Clone().NotValidated().AddOrUpdate(DicomTag.SOPClassUID, "1.2.3").AddOrUpdate(DicomTag.SOPInstanceUID, "1.2.4")).Save(stream);
        stream.Position = 0;
        var read = DicomFile.Open(stream, FileReadOption.ReadAll).Dataset.Remove(DicomTag.SOPClassUID, DicomTag.SOPInstanceUID);
        if (encoding is not null && dataset.GetString(DicomTag.PatientName) is { Length: > 0 } name)
        {
            Assert.AreEqual(name, encoding.GetString(read.GetDicomItem<DicomElement>(DicomTag.PatientName).Buffer.Data).TrimEnd());
        }

        return read;
    }

    private enum Status : ushort
    {
        Continuing = 0xFF00,
        ContinuingWithWarning = 0xFF01,
    }

    private enum PlainStatus : ushort
    {
        Continuing = 0xFF00,
    }
}
