using System.Collections.Concurrent;
using Archive.Storage;

namespace Archive.Tests;

/// <summary>Many items in few writes, and each with its own result.</summary>
[TestClass]
public class GroupCommitTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    [TestMethod]
    public async Task ManyAtOnce_AreWrittenTogether_OneWriteAtATime()
    {
        var (writes, active) = (0, 0);
        var commits = new GroupCommit<int, int>(async batch =>
        {
            Assert.AreEqual(1, Interlocked.Increment(ref active));
            await Task.Delay(20);
            writes++;
            Interlocked.Decrement(ref active);
            return [.. batch.Select(static i => i * 2)];
        });
        var results = await Task.WhenAll(Enumerable.Range(0, 2000).Select(i => Task.Run(() => commits.AddAsync(i, s_patience, CancellationToken.None))));
        CollectionAssert.AreEqual(Enumerable.Range(0, 2000).Select(static i => i * 2).ToArray(), results);
        Assert.IsLessThan(200, writes);
        Assert.AreEqual(14, await commits.AddAsync(7, s_patience, CancellationToken.None), "And those that come later.");
    }

    [TestMethod]
    public async Task OneThatIsToBlameFailsAlone()
    {
        var first = new TaskCompletionSource();
        var isFirst = true;
        var commits = new GroupCommit<int, int>(async batch =>
        {
            if (isFirst)
            {
                isFirst = false;
                await first.Task;
            }
            return batch.Contains(3) ? throw new InvalidOperationException("three") : [.. batch];
        });
        var added = Enumerable.Range(0, 10).Select(i => commits.AddAsync(i, s_patience, CancellationToken.None)).ToList();
        first.SetResult();
        for (var i = 0; i < added.Count; i++)
        {
            if (i == 3)
            {
                await Assert.ThrowsExactlyAsync<InvalidOperationException>(() => added[3]);
            }
            else
            {
                Assert.AreEqual(i, await added[i]);
            }
        }
    }

    [TestMethod]
    public async Task WhoLeavesBeforeItIsWrittenHasItNotWritten_AndWhoIsBeingWrittenGetsWhatComesOfIt()
    {
        var blocked = new TaskCompletionSource();
        var written = new ConcurrentBag<int>();
        var commits = new GroupCommit<int, int>(async batch =>
        {
            await blocked.Task;
            foreach (var item in batch)
            {
                written.Add(item);
            }
            return [.. batch];
        });
        using var left = new CancellationTokenSource();
        var first = commits.AddAsync(0, TimeSpan.Zero, left.Token);
        var cancelled = commits.AddAsync(1, s_patience, left.Token);
        var impatient = commits.AddAsync(2, TimeSpan.FromMilliseconds(50), CancellationToken.None);
        var patient = commits.AddAsync(3, s_patience, CancellationToken.None);
        await left.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => cancelled);
        var problem = await Assert.ThrowsExactlyAsync<TimeoutException>(() => impatient);
        Assert.AreEqual("The database is busy.", problem.Message);
        blocked.SetResult();
        Assert.AreEqual(0, await first);
        Assert.AreEqual(3, await patient);
        CollectionAssert.AreEquivalent(new[] { 0, 3 }, written.ToArray());
    }
}
