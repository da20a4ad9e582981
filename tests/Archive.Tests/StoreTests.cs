using Archive.Storage;
using FellowOakDicom;
using Specgen.Standard;
using Specgen.StorageCommitment;

namespace Archive.Tests;

/// <summary>Storing: what is here is decided in the database, and nothing that goes wrong with one instance stops another.</summary>
[TestClass]
public class StoreTests
{
    private const string Uid = "1.2.3.4";

    [TestMethod]
    public async Task TheSameAgainIsKeptOnce_AnotherIsRefused()
    {
        await using var store = await StoreFixture.OpenAsync();
        var first = Images.DataSet(Uid, "1.2.3", "1.2.3.1");
        Assert.AreEqual(Keeping.Stored, await store.StoreAsync(first));
        Assert.AreEqual(Keeping.Again, await store.StoreAsync(first));
        Assert.AreEqual(Keeping.Another, await store.StoreAsync(Images.DataSet(Uid, "1.2.3", "1.2.3.1", name: "ROE^JANE")));
        Assert.AreEqual(Keeping.Another, await store.StoreAsync(Images.DataSet(Uid, "1.2.9", "1.2.9.1")));
        CollectionAssert.AreEqual(new[] { Path.Combine("1.2.3", "1.2.3.1", Uid + ".dcm") }, store.Files());
    }

    [TestMethod]
    public async Task OfManyAtOnceUnderOneUid_OneIsStored()
    {
        await using var store = await StoreFixture.OpenAsync();
        var results = await Task.WhenAll(Enumerable.Range(0, 32).Select(i => Task.Run(async () =>
        {
            // Four of each name are the same data set.
            using var folder = new TestRun.Folder();
            return (Name: i % 8, Keeping: await store.StoreAsync(Images.Write(folder.Path, Images.DataSet(Uid, "1.2.3", "1.2.3.1", name: $"NAME{i % 8}"))));
        })));
        var winner = results.Single(static r => r.Keeping == Keeping.Stored).Name;
        Assert.IsTrue(results.All(r => r.Keeping == Keeping.Stored || r.Keeping == (r.Name == winner ? Keeping.Again : Keeping.Another)));
        Assert.HasCount(1, store.Files());
        var stored = (await store.FindAsync(Uid))!;
        Assert.IsTrue(await store.Store.IsWholeAsync(stored, VerificationDepth.Checksum, CancellationToken.None));
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(200)]
    [DataRow(-1)]
    public async Task WhatWasDamagedIsReplacedInItsPlace(int length)
    {
        await using var store = await StoreFixture.OpenAsync();
        var dataset = Images.DataSet(Uid);
        await store.StoreAsync(dataset);
        var path = Path.Combine(store.Folder, store.Files()[0]);
        var whole = await File.ReadAllBytesAsync(path);
        if (length < 0)
        {
            File.Delete(path);
        }
        else
        {
            await File.WriteAllBytesAsync(path, whole[..length]);
        }
        Assert.AreEqual(Keeping.Again, await store.StoreAsync(dataset));
        CollectionAssert.AreEqual(whole, await File.ReadAllBytesAsync(path));
        Assert.HasCount(1, store.Files());
    }

    [TestMethod]
    public async Task WhatIsDamagedIsNotCommittedTo()
    {
        await using var store = await StoreFixture.OpenAsync();
        await store.StoreAsync(Images.DataSet(Uid));
        await store.StoreAsync(Images.DataSet("1.2.3.5"));
        var path = Path.Combine(store.Folder, (await store.FindAsync(Uid))!.Location);
        var bytes = await File.ReadAllBytesAsync(path);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(path, bytes);
        SopReference[] references =
        [
            new("1.2.840.10008.5.1.4.1.1.7", Uid), new("1.2.840.10008.5.1.4.1.1.7", "1.2.3.5"), new("1.2.840.10008.5.1.4.1.1.2", "1.2.3.5"), new("1.2.840.10008.5.1.4.1.1.7", "1.2.3.6"), new("1.2.3", "1.2.3.5"),
        ];
        var catalogue = new Catalogue(store.Store);

        CollectionAssert.AreEqual(
            new FailureReason?[] { FailureReason.ProcessingFailure, null, FailureReason.ClassInstanceConflict, FailureReason.NoSuchObjectInstance, FailureReason.ReferencedSopClassNotSupported },
            (await catalogue.VerifyAsync(references, VerificationDepth.Checksum, CancellationToken.None)).ToArray());
        Assert.IsNull((await catalogue.VerifyAsync(references, VerificationDepth.Size, CancellationToken.None))[0], "Of the right size.");
    }

    [TestMethod]
    [DataRow(200_000)]
    [DataRow(70_000)]
    [DataRow(5_000)]
    public async Task ATextThatIsTooLongStopsNothing(int length)
    {
        await using var store = await StoreFixture.OpenAsync();
        var odd = Images.DataSet(Uid);
        odd.AddOrUpdate(DicomVR.UT, DicomTag.StudyDescription, new string('x', length)).AddOrUpdate(DicomTag.PatientName, "A\0B\x1B[31m\r\n^\uD800");
        Assert.AreEqual(Keeping.Stored, await store.StoreAsync(odd));
        Assert.AreEqual(Keeping.Stored, await store.StoreAsync(Images.DataSet("1.2.3.5")));
        Assert.AreEqual(2, await store.Store.Index.CountAsync(CancellationToken.None));
    }

    [TestMethod]
    public async Task AFolderThatIsMovedIsAsGood()
    {
        using var folder = new TestRun.Folder();
        await using (var store = await StoreFixture.OpenAsync(folder))
        {
            await store.StoreAsync(Images.DataSet(Uid));
            await store.Store.Upkeep.FilledAsync();
        }
        using var elsewhere = new TestRun.Folder();
        Directory.Move(folder["archive"], elsewhere["archive"]);
        await using var moved = await StoreFixture.OpenAsync(elsewhere);
        Assert.IsFalse(moved.Store.Upkeep.IsFilling);
        var found = (await moved.FindAsync(Uid))!;
        Assert.IsFalse(Path.IsPathRooted(found.Location));
        Assert.IsTrue(await moved.Store.IsWholeAsync(found, VerificationDepth.Checksum, CancellationToken.None));
    }

    [TestMethod]
    public void ASecondArchiveOnAFolderSaysSo()
    {
        using var folder = new TestRun.Folder();
        using (FolderLock.Take(folder.Path, isShared: false))
        {
            var problem = Assert.ThrowsExactly<IOException>(() => FolderLock.Take(folder.Path, isShared: false));
            StringAssert.Contains(problem.Message, "Another archive is at work");
        }
        using var again = FolderLock.Take(folder.Path, isShared: false);
        Assert.IsNull(again.KilledSince);
        Assert.ThrowsExactly<IOException>(() => FolderLock.Take(folder.Path, isShared: true), "Nodes share a folder, but with nobody who has a database of his own.");
    }

    [TestMethod]
    public void AKilledArchiveIsRememberedUntilItIsSeenTo()
    {
        using var folder = new TestRun.Folder();
        var name = Path.Combine(folder.Path, ".archive.lock");
        File.WriteAllText(name, "");
        using (var stoppedTooSoon = FolderLock.Take(folder.Path, isShared: false))
        {
            Assert.IsNotNull(stoppedTooSoon.KilledSince);
        }
        using (var next = FolderLock.Take(folder.Path, isShared: false))
        {
            Assert.IsNotNull(next.KilledSince);
            next.Forget();
        }
        Assert.IsFalse(File.Exists(name));
    }

    [TestMethod]
    public void NodesShareAFolder_AndEachThatWasKilledIsSeenToByTheNext()
    {
        using var folder = new TestRun.Folder();
        using var one = FolderLock.Take(folder.Path, isShared: true);
        using var two = FolderLock.Take(folder.Path, isShared: true);
        Assert.IsNull(two.KilledSince);
        Assert.ThrowsExactly<IOException>(() => FolderLock.Take(folder.Path, isShared: false));

        // What a killed process leaves: its file, held by nobody.
        var killed = Path.Combine(folder.Path, ".archive.lock.00c0ffee");
        File.WriteAllText(killed, "");
        File.SetLastWriteTimeUtc(killed, new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc));
        using (var three = FolderLock.Take(folder.Path, isShared: true))
        {
            Assert.AreEqual(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), three.KilledSince);
        }
        using (var four = FolderLock.Take(folder.Path, isShared: true))
        {
            Assert.IsNotNull(four.KilledSince, "Until it has been seen to.");
            four.Forget();
        }
        using var five = FolderLock.Take(folder.Path, isShared: true);
        Assert.IsNull(five.KilledSince);
        Assert.HasCount(3, Directory.GetFiles(folder.Path));
    }
}
