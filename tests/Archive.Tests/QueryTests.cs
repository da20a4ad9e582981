using Archive.Storage;
using FellowOakDicom;
using Specgen;

namespace Archive.Tests;

/// <summary>The database gives all that matches: whatever is stored and whatever is asked, what it gives is what the engine finds among everything.</summary>
[TestClass]
public class QueryTests
{
    private static readonly string[] s_names =
    [
        "DOE^JOHN", "doe^john", "Doe^John^^Dr", "DOE ^ JOHN", "DOE", "^JOHN", "Yamada^Tarou=山田^太郎=やまだ^たろう", "=山田^太郎", "Müller^Jörg", "Mu\u0308ller^Jo\u0308rg", "O'NEILL^X", "İstanbul^ı", "ß^ẞ", "", "  PADDED^NAME ",
        "A\\B", "DOE*", "𠮷田^x", "D\tOE", "ǅ^x",
    ];

    private static readonly string[] s_ids = ["P1", "p1", " P1 ", "P1\\P2", "P10", "", "*", "P?1", "Ä1", new string('9', 120), new string('9', 119) + "8", "1 2"];
    private static readonly string[] s_dates = ["20260102", "2026.01.02", "20251231", "", "garbage", "202601", "20260102\\20270102", " 20260102"];
    private static readonly string[] s_keys = ["*", "D*", "?OE*", "DOE^*", "doe^john", "DOE", "JOHN", "^JOHN", "山田*", "=山田^太郎", "Yamada^Tarou=", "MÜLLER*", "Mu\u0308ller*", "O'N*", "i*", "ß*", "SS^*", "A", "B", "*N*", "PADDED^NAME", "𠮷*", "", "ǆ*"];
    private static readonly string[] s_idKeys = ["P1", "p1", "P*", "?1", "P1*", "P2", "*", "", "Ä*", new string('9', 120), new string('9', 110) + "*", "P1\\P10", "1 2", "1*"];
    private static readonly string[] s_dateKeys = ["20260102", "20260101-20260131", "-20260102", "20260102-", "2026.01.02", "20251231\\20260102", "", "-", "garbage"];

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task TheDatabaseIsNeverNarrowerThanTheEngine()
    {
        await using var store = await StoreFixture.OpenAsync();
        var random = new Random(7);
        string Any(string[] of) => of[random.Next(of.Length)];
        for (var i = 0; i < 150; i++)
        {
            var dataset = Images.DataSet(patientId: "", name: "");
            dataset.AddOrUpdate(DicomTag.SpecificCharacterSet, "ISO_IR 192").AddOrUpdate(DicomTag.PatientName, Any(s_names)).AddOrUpdate(DicomTag.PatientID, Any(s_ids))
                .AddOrUpdate(DicomTag.StudyDate, Any(s_dates)).AddOrUpdate(DicomTag.PatientBirthDate, Any(s_dates)).AddOrUpdate(DicomTag.AccessionNumber, Any(s_ids)).AddOrUpdate(DicomTag.StudyID, Any(s_ids))
                .AddOrUpdate(DicomTag.Modality, Any(["CT", "MR", "ct", ""]));
            await store.StoreAsync(dataset);
        }
        var found = 0;
        foreach (var level in (QueryLevel[])[QueryLevel.Patient, QueryLevel.Study, QueryLevel.Series, QueryLevel.Image])
        {
            var all = await AllAsync(store.Store.Index, level);
            for (var i = 0; i < 250; i++)
            {
                var identifier = new DicomDataset().NotValidated().Add(DicomTag.QueryRetrieveLevel, level.Name);
                if (random.Next(2) == 0) { identifier.Add(DicomTag.PatientName, Any(s_keys)); }
                if (random.Next(3) == 0) { identifier.Add(DicomTag.PatientID, Any(s_idKeys).Split('\\')); }
                if (level != QueryLevel.Patient && random.Next(3) == 0) { identifier.Add(DicomTag.StudyDate, Any(s_dateKeys).Split('\\')); }
                if (random.Next(4) == 0) { identifier.Add(DicomTag.PatientBirthDate, Any(s_dateKeys).Split('\\')); }
                if (level != QueryLevel.Patient && random.Next(4) == 0) { identifier.Add(DicomTag.AccessionNumber, Any(s_idKeys).Split('\\')); }
                if (level == QueryLevel.Study && random.Next(3) == 0) { identifier.Add(DicomTag.ModalitiesInStudy, Any(["CT", "M*", "CT\\MR", "ct"]).Split('\\')); }
                identifier.AddOrUpdate(level.Key, "");
                var query = new QueryMatcher(identifier, level.Keys);
                var expected = all.Where(query.Matches).Select(entity => Key(level, entity)).Order(StringComparer.Ordinal).ToList();
                var actual = (await FindAsync(store.Store.Index, level, query)).Select(match => Key(level, match)).Order(StringComparer.Ordinal).ToList();
                CollectionAssert.AreEqual(expected, actual, $"{level.Name}: {string.Join(", ", identifier.OfType<DicomElement>().Select(static e => $"{e.Tag}={e.Get<string>()}"))}");
                found += actual.Count;
            }
        }
        TestContext.WriteLine($"{found} matches of 1,000 queries");
        Assert.IsGreaterThan(1000, found);
    }

    [TestMethod]
    public async Task APatientIsAnIdAndItsIssuer_AndEachStudyHasItsOwnAttributes()
    {
        await using var store = await StoreFixture.OpenAsync();
        async Task StoreAsync(string study, string id, string issuer, string name) =>
            await store.StoreAsync(Images.DataSet(study: study, patientId: id, name: name).AddOrUpdate(DicomTag.IssuerOfPatientID, issuer));
        await StoreAsync("1.1", "7", "NORTH", "ALPHA");
        await StoreAsync("1.2", "7", "SOUTH", "BETA");
        await StoreAsync("1.3", "", "", "GAMMA");
        await StoreAsync("1.4", "", "", "DELTA");
        await StoreAsync("1.5", "7", "NORTH", "ALPHA^NEW");

        var patients = await FindAsync(store.Store.Index, QueryLevel.Patient, new QueryMatcher(Identifier(DicomTag.PatientID, DicomTag.IssuerOfPatientID, DicomTag.PatientName), QueryLevel.Patient.Keys));
        CollectionAssert.AreEquivalent(
            new[] { "7 NORTH ALPHA^NEW", "7 SOUTH BETA", "  GAMMA", "  DELTA" },
            patients.ConvertAll(static p => $"{Text(p, DicomTag.PatientID)} {Text(p, DicomTag.IssuerOfPatientID)} {Text(p, DicomTag.PatientName)}"));
        var studies = await FindAsync(store.Store.Index, QueryLevel.Study, new QueryMatcher(Identifier(DicomTag.StudyInstanceUID, DicomTag.PatientName), QueryLevel.Study.Keys));
        CollectionAssert.AreEquivalent(
            new[] { "1.1 ALPHA", "1.2 BETA", "1.3 GAMMA", "1.4 DELTA", "1.5 ALPHA^NEW" },
            studies.ConvertAll(static s => $"{Text(s, DicomTag.StudyInstanceUID)} {Text(s, DicomTag.PatientName)}"));

        var ambiguous = new DicomDataset().NotValidated().Add(DicomTag.PatientID, "7");
        Assert.AreEqual(2, await store.Store.Index.PatientCountAsync(ambiguous, CancellationToken.None));
        Assert.HasCount(1, await store.Store.Index.InstancesAsync(ambiguous.Add(DicomTag.IssuerOfPatientID, "SOUTH"), CancellationToken.None));
    }

    [TestMethod]
    public async Task AWriterIsNotHeldUpByAReaderWhoStops()
    {
        await using var store = await StoreFixture.OpenAsync();
        for (var i = 0; i < 300; i++)
        {
            await store.StoreAsync(Images.DataSet());
        }
        await using var slow = store.Store.Index.FindAsync(QueryLevel.Study, new QueryMatcher(Identifier(DicomTag.StudyInstanceUID), QueryLevel.Study.Keys), CancellationToken.None).GetAsyncEnumerator();
        Assert.IsTrue(await slow.MoveNextAsync());
        for (var i = 0; i < 1500; i++)
        {
            await store.StoreAsync(Images.DataSet());
        }
        Assert.IsLessThan(9L << 20, new FileInfo(store.Database + "-wal").Length, "The log grows while somebody reads.");
        Assert.IsTrue(await slow.MoveNextAsync());
    }

    private static DicomDataset Identifier(params DicomTag[] tags)
    {
        var identifier = new DicomDataset().NotValidated();
        foreach (var tag in tags)
        {
            identifier.Add(tag, "");
        }
        return identifier;
    }

    /// <summary>Everything, with all keys of the level.</summary>
    private static Task<List<DicomDataset>> AllAsync(InstanceIndex index, QueryLevel level) =>
        FindAsync(index, level, new QueryMatcher(Identifier([.. level.Keys.Matched]), level.Keys));

    private static async Task<List<DicomDataset>> FindAsync(InstanceIndex index, QueryLevel level, QueryMatcher query)
    {
        var found = new List<DicomDataset>();
        await foreach (var match in index.FindAsync(level, query, CancellationToken.None))
        {
            found.Add(match.Dataset);
        }
        return found;
    }

    private static string Key(QueryLevel level, DicomDataset entity) => Text(entity, level.Key);

    private static string Text(DicomDataset entity, DicomTag tag) => entity.TryGetString(tag, out var text) ? text ?? "" : "";
}
