using Archive.Storage;
using FellowOakDicom;
using Microsoft.Extensions.Logging.Abstractions;

namespace Archive.Tests;

/// <summary>What an object store says about an instance, and what it does not say.</summary>
[TestClass]
public sealed class BucketTests
{
    private static TestRun.Folder s_folder = null!;
    private static S3Server s_objects = null!;

    [ClassInitialize]
    public static async Task StartAsync(TestContext context)
    {
        s_folder = new TestRun.Folder();
        s_objects = await S3Server.StartAsync(s_folder["objects"]);
    }

    [ClassCleanup]
    public static async Task StopAsync()
    {
        if (s_objects is not null)
        {
            await s_objects.DisposeAsync();
        }
        s_folder.Dispose();
    }

    [TestMethod]
    public async Task AnObjectThatIsNotThere_IsNotABucketThatIsNotThere()
    {
        using var bucket = Bucket(S3Server.Bucket);
        using var mistyped = Bucket("instancse");

        Assert.IsNull(await bucket.SizeAsync("1.2/1.3/1.4~0.dcm", CancellationToken.None));
        await Assert.ThrowsExactlyAsync<UnavailableException>(async () => await mistyped.SizeAsync("1.2/1.3/1.4~0.dcm", CancellationToken.None));
    }

    [TestMethod]
    public async Task OfTwoObjectsOfAnInstance_TheFirstIsTakenIn()
    {
        using var bucket = Bucket(S3Server.Bucket);
        var (study, expected) = (Images.NewUid(), new Dictionary<string, string>());
        for (var i = 0; i < 8; i++)
        {
            var uid = $"{study}.{i}";
            expected[uid] = await PutAsync(bucket, Images.DataSet(uid, study, study + ".0.1"));
        }
        // When an object was put is known to the second.
        await Task.Delay(1100);
        var second = "";
        foreach (var uid in expected.Keys)
        {
            second = await PutAsync(bucket, Images.DataSet(uid, study, study + ".0.1", name: "SOMEBODY^ELSE"));
        }

        await using var store = await OpenAsync(bucket, "two");
        await store.Upkeep.FilledAsync().WaitAsync(TimeSpan.FromSeconds(60));

        var found = await store.Index.FindAsync(expected.Keys, CancellationToken.None);
        CollectionAssert.AreEqual(expected.Values.ToArray(), expected.Keys.Select(uid => found[uid].Location).ToArray());
        var last = expected.Keys.Last();
        Assert.AreEqual(expected[last], await bucket.FindAnotherAsync(new Specgen.InstanceIdentity(Images.SopClassUid, last, study, study + ".0.1"), second, CancellationToken.None));
    }

    [TestMethod]
    public async Task WhatIsPutAsideIsKept_AndNobodyTakesItForTheInstance()
    {
        using var bucket = Bucket(S3Server.Bucket);
        var (study, uid) = (Images.NewUid(), Images.NewUid());
        var damaged = await PutAsync(bucket, Images.DataSet(uid, study, study + ".0.1"));
        var size = await bucket.SizeAsync(damaged, CancellationToken.None);

        await bucket.PutAsideAsync(damaged, CancellationToken.None);
        await bucket.PutAsideAsync(study + "/not/there.dcm", CancellationToken.None);

        Assert.IsNull(await bucket.SizeAsync(damaged, CancellationToken.None));
        Assert.AreEqual(size, await bucket.SizeAsync(damaged + ".damaged", CancellationToken.None));
        Assert.IsNull(await bucket.FindAnotherAsync(new Specgen.InstanceIdentity(Images.SopClassUid, uid, study, study + ".0.1"), damaged, CancellationToken.None));
        await foreach (var (location, _) in bucket.ListAsync(DateTimeOffset.MinValue, CancellationToken.None))
        {
            Assert.DoesNotContain(uid, location);
        }
    }

    [TestMethod]
    public async Task WhatCannotBeAskedForNowIsNotSetAside()
    {
        using var bucket = Bucket(S3Server.Bucket);
        var location = await PutAsync(bucket, Images.DataSet());
        await using var store = await OpenAsync(bucket, "gone");
        await store.Upkeep.FilledAsync().WaitAsync(TimeSpan.FromSeconds(60));
        await s_objects.StopAsync();
        try
        {
            await Assert.ThrowsExactlyAsync<UnavailableException>(() => store.Upkeep.TakeInAsync(location, CancellationToken.None));
            Assert.DoesNotContain(location, (await store.Index.ProblemsAsync(CancellationToken.None)).ConvertAll(static p => p.Location));
        }
        finally
        {
            await s_objects.StartAgainAsync();
        }
    }

    [TestMethod]
    public async Task WithoutItsBucket_CheckEndsAndForgetsNothing()
    {
        Environment.SetEnvironmentVariable("Archive__Bucket__AccessKey", "S3RVER");
        Environment.SetEnvironmentVariable("Archive__Bucket__SecretKey", "S3RVER");
        string[] Options(string bucket) => ["--folder", s_folder["check"], "--bucket", bucket, "--bucket-endpoint", s_objects.Endpoint];
        await ArchiveProgram.RunAsync(["import", .. Options(S3Server.Bucket), Images.Write(s_folder["source"], Images.DataSet())]);

        var mistyped = await ArchiveProgram.RunAsync(["check", "--repair", .. Options("instancse")]);
        Assert.AreEqual(1, mistyped.Code);
        Assert.DoesNotContain("missing or damaged", mistyped.Output);
        var anew = await ArchiveProgram.RunAsync(["check", "--folder", s_folder["anew"], "--bucket", "instancse", "--bucket-endpoint", s_objects.Endpoint]);
        Assert.AreEqual(1, anew.Code);
        StringAssert.Contains(anew.Output, "The database cannot be filled: The object store");
        var right = await ArchiveProgram.RunAsync(["check", .. Options(S3Server.Bucket)]);
        Assert.DoesNotContain("missing or damaged", right.Output);
    }

    private static InstanceBucket Bucket(string name)
    {
        var settings = S3Server.Settings(s_objects.Endpoint);
        settings.Name = name;
        return new InstanceBucket(settings, s_folder["receiving"]);
    }

    private static async Task<string> PutAsync(InstanceBucket bucket, DicomDataset dataset)
    {
        using var folder = new TestRun.Folder();
        var path = Images.Write(folder.Path, dataset);
        await using var file = File.OpenRead(path);
        var (_, header, _) = Upkeep.ReadFile(file) ?? throw new AssertFailedException("no instance");
        return (await bucket.PutAsync(path, header.Identity, CancellationToken.None)).Location;
    }

    private static async Task<InstanceStore> OpenAsync(InstanceBucket bucket, string name)
    {
        var file = Path.Combine(Directory.CreateDirectory(s_folder[name]).FullName, "index.db");
        var store = new InstanceStore(bucket, () => SqlConnections.Sqlite(file), file, isDurable: false, NullLogger.Instance);
        await store.OpenAsync(CancellationToken.None);
        return store;
    }
}
