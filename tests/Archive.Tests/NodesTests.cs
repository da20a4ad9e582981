using Archive.Storage;
using FellowOakDicom;
using Microsoft.Extensions.Logging.Abstractions;
using Specgen;
using Specgen.Standard;
using Specgen.StorageCommitment;

namespace Archive.Tests;

/// <summary>Nodes that share a PostgreSQL database and an object store.</summary>
[TestClass]
public class NodesTests
{
    private static PostgreSqlServer s_database = null!;
    private static TestRun.Folder s_folder = null!;
    private static S3Server s_objects = null!;

    [ClassInitialize]
    public static async Task StartAsync(TestContext _)
    {
        s_folder = new TestRun.Folder();
        s_database = await PostgreSqlServer.StartAsync();
        s_objects = await S3Server.StartAsync(s_folder["objects"]);
    }

    [ClassCleanup]
    public static async Task StopAsync()
    {
        // What is missing was not started.
        if (s_objects is not null)
        {
            await s_objects.DisposeAsync();
        }
        if (s_database is not null)
        {
            await s_database.DisposeAsync();
        }
        s_folder.Dispose();
    }

    [TestMethod]
    public async Task AQueryThatNobodyWaitsForIsInterrupted()
    {
        await using var database = SqlConnections.PostgreSql(s_database.ConnectionString);
        await InterruptionTests.AssertInterruptedAsync(database, "generate_series(1, 1000000000000) AS x");
    }

    /// <summary>The tables of others are not the archive's to make anew.</summary>
    [TestMethod]
    public async Task ATableOfAnothersIsLeftAlone()
    {
        await using var others = SqlConnections.PostgreSql(s_database.ConnectionString + ";Search Path=others");
        await others.ExecuteAsync("CREATE SCHEMA others", [], CancellationToken.None);
        await others.ExecuteAsync("CREATE TABLE person (name text); INSERT INTO person VALUES ('X')", [], CancellationToken.None);
        await using var index = new InstanceIndex(others, isDurable: true);
        var e = await Assert.ThrowsExactlyAsync<InvalidDataException>(() => index.OpenAsync(CancellationToken.None));
        StringAssert.Contains(e.Message, "'person'");
        Assert.HasCount(1, await others.ListAsync("SELECT name FROM person", [], static row => row.GetString(0), CancellationToken.None));
    }

    [TestMethod]
    public async Task ANulInAKeyMatchesNothing()
    {
        await using var store = await OpenAsync("nul");
        await StoreAsync(store, Images.DataSet(study: "1.2.33"));
        foreach (var tag in (DicomTag[])[DicomTag.StudyInstanceUID, DicomTag.PatientID, DicomTag.PatientName, DicomTag.AccessionNumber])
        {
            var identifier = new DicomDataset().NotValidated().Add(DicomTag.QueryRetrieveLevel, "STUDY").AddOrUpdate(DicomTag.StudyInstanceUID, "").AddOrUpdate(tag, "1.2.3\u00003");
            Assert.IsEmpty(await FindAsync(store, identifier));
            Assert.IsEmpty(await store.Index.InstancesAsync(identifier.AddOrUpdate(DicomTag.StudyInstanceUID, "1.2.3\u00003"), CancellationToken.None));
        }
    }

    [TestMethod]
    public async Task OneUidOnTwoNodes_IsStoredOnce()
    {
        await using var one = await OpenAsync("one");
        await using var two = await OpenAsync("two");
        for (var round = 0; round < 5; round++)
        {
            var (uid, study) = (Images.NewUid(), Images.NewUid());
            var results = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Task.Run(async () =>
                (Name: i % 3, Keeping: await StoreAsync(i % 2 == 0 ? one : two, Images.DataSet(uid, study, study + ".1", name: $"NAME{i % 3}"))))));
            var winner = results.Single(static r => r.Keeping == Keeping.Stored).Name;
            Assert.IsTrue(results.All(r => r.Keeping == Keeping.Stored || r.Keeping == (r.Name == winner ? Keeping.Again : Keeping.Another)));
            var stored = (await two.Index.FindAsync([uid], CancellationToken.None))[uid];
            Assert.IsTrue(await two.IsWholeAsync(stored, VerificationDepth.Checksum, CancellationToken.None));
            var objects = new List<string>();
            await foreach (var (location, _) in one.Bytes.ListAsync(DateTimeOffset.MinValue, CancellationToken.None))
            {
                objects.Add(location);
            }
            Assert.HasCount(1, objects.FindAll(location => location.Contains(uid, StringComparison.Ordinal)));
        }
    }

    [TestMethod]
    public async Task QueriesAreTheSame()
    {
        await using var store = await OpenAsync("queries");
        foreach (var (id, name) in (ReadOnlySpan<(string, string)>)[("Q1", "MÜLLER^JÖRG"), ("Q2", "Yamada^Tarou=山田^太郎"), ("Q3", "DOE^JANE")])
        {
            StoreAsync(store, Images.DataSet(patientId: id, name: name).AddOrUpdate(DicomTag.SpecificCharacterSet, "ISO_IR 192")).GetAwaiter().GetResult();
        }
        foreach (var (tag, key, expected) in (ReadOnlySpan<(DicomTag, string, string)>)
            [(DicomTag.PatientName, "müller*", "Q1"), (DicomTag.PatientName, "山田*", "Q2"), (DicomTag.PatientID, "Q3", "Q3"), (DicomTag.StudyDate, "20260101-20260131", "Q1,Q2,Q3"), (DicomTag.ModalitiesInStudy, "OT", "Q1,Q2,Q3")])
        {
            var identifier = new DicomDataset().NotValidated().Add(DicomTag.SpecificCharacterSet, "ISO_IR 192").AddOrUpdate(DicomTag.PatientID, "Q*").AddOrUpdate(tag, key).AddOrUpdate(DicomTag.NumberOfStudyRelatedInstances, "");
            var found = FindAsync(store, identifier).GetAwaiter().GetResult();
            Assert.AreEqual(expected, string.Join(',', found.Order(StringComparer.Ordinal)), $"{tag} = {key}");
        }
    }

    [TestMethod]
    public async Task TwoProcesses_WhatOneStoredTheOtherHas_AndGoesOnWhenOneIsKilled()
    {
        await using var one = await StartNodeAsync("process-one");
        await using var two = await StartNodeAsync("process-two");
        var files = Enumerable.Range(0, 6).Select(_ => Images.Write(s_folder["sent"], Images.DataSet())).ToList();
        await AssertStoredAsync(one.Port, files[..3]);
        await one.KillAsync();
        await AssertStoredAsync(two.Port, files);
        await using var store = await OpenAsync("look");
        Assert.HasCount(6, await store.Index.FindAsync(files.Select(static f => Path.GetFileNameWithoutExtension(f)), CancellationToken.None));
    }

    [TestMethod]
    [DataRow("database")]
    [DataRow("object store")]
    public async Task WithoutOneOfThem_OutOfResources_AndThenItGoesOn(string gone)
    {
        var http = ArchiveProgram.FreePort();
        await using var node = await StartNodeAsync("without-" + gone.Split(' ')[0], "--http", $"{http}");
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{http}") };
        Assert.IsTrue((await client.GetAsync("/health/ready")).IsSuccessStatusCode);
        var file = Images.Write(s_folder["sent"], Images.DataSet());
        await (gone == "database" ? s_database.StopAsync() : s_objects.StopAsync());
        try
        {
            Assert.AreEqual(StorageCStoreStatus.OutOfResources, (await StoreAsync(node.Port, file)).Definition());
            Assert.AreEqual(System.Net.HttpStatusCode.ServiceUnavailable, (await client.GetAsync("/health/ready")).StatusCode);
        }
        finally
        {
            await (gone == "database" ? s_database.StartAgainAsync() : s_objects.StartAgainAsync());
        }
        var status = await StoreAsync(node.Port, file);
        for (var attempt = 0; attempt < 20 && status != StorageCStoreStatus.Success; attempt++)
        {
            await Task.Delay(500);
            status = await StoreAsync(node.Port, file);
        }
        Assert.AreEqual(StorageCStoreStatus.Success, status, node.Output);
    }

    private static async Task<InstanceStore> OpenAsync(string name)
    {
        var store = new InstanceStore(
            new InstanceBucket(S3Server.Settings(s_objects.Endpoint), s_folder[name]), () => SqlConnections.PostgreSql(s_database.ConnectionString), null, isDurable: true, NullLogger.Instance);
        await store.OpenAsync(CancellationToken.None);
        await store.Upkeep.FilledAsync();
        return store;
    }

    private static Task<ArchiveProgram> StartNodeAsync(string name, params string[] options)
    {
        Environment.SetEnvironmentVariable("Archive__Bucket__AccessKey", "S3RVER");
        Environment.SetEnvironmentVariable("Archive__Bucket__SecretKey", "S3RVER");
        return ArchiveProgram.StartAsync(s_folder[name], ["--database", s_database.ConnectionString, "--bucket", S3Server.Bucket, "--bucket-endpoint", s_objects.Endpoint, .. options]);
    }

    private static async Task<Keeping> StoreAsync(InstanceStore store, DicomDataset dataset)
    {
        using var folder = new TestRun.Folder();
        var path = Images.Write(folder.Path, dataset);
        NewInstance instance;
        await using (var file = File.OpenRead(path))
        {
            var (header, read, checksum) = Upkeep.ReadFile(file) ?? throw new AssertFailedException("no instance");
            instance = NewInstance.Of(read, new StoredInstance(read.Identity.SopInstanceUid, read.Identity.SopClassUid, header.TransferSyntaxUid, "", 0, checksum));
        }
        var (location, size) = await store.Bytes.PutAsync(path, instance.Identity, CancellationToken.None);
        return await store.AddAsync(instance with { Stored = instance.Stored with { Location = location, Size = size } }, CancellationToken.None);
    }

    private static async Task<List<string>> FindAsync(InstanceStore store, DicomDataset identifier)
    {
        var found = new List<string>();
        await foreach (var match in store.Index.FindAsync(QueryLevel.Study, new QueryMatcher(identifier, QueryLevel.Study.Keys), CancellationToken.None))
        {
            Assert.AreEqual("1", match.Dataset.GetString(DicomTag.NumberOfStudyRelatedInstances));
            found.Add(match.Dataset.GetString(DicomTag.PatientID));
        }
        return found;
    }

    private static async Task AssertStoredAsync(int port, IEnumerable<string> files)
    {
        foreach (var file in files)
        {
            Assert.AreEqual(StorageCStoreStatus.Success, await StoreAsync(port, file));
        }
    }

    private static async Task<StorageCStoreStatus> StoreAsync(int port, string file)
    {
        await using var user = new StorageClient();
        var options = new ScuOptions("127.0.0.1", port) { CalledAE = "ARCHIVE", CallingAE = "NODES" };
        options.ProposeFor([file]);
        await user.ConnectAsync(options);
        return (await user.CStoreAsync(file)).Status;
    }
}
