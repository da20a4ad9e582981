using System.Diagnostics;
using Archive.Storage;

namespace Archive.Tests;

/// <summary>A query that finds nothing and does not end does end when nobody waits for it.</summary>
[TestClass]
public class InterruptionTests
{
    private const string Endless = "WITH RECURSIVE number(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM number) SELECT x FROM number WHERE x < 0";

    [TestMethod]
    public async Task SqliteIsInterrupted_AndTheConnectionServesTheNext()
    {
        using var folder = new TestRun.Folder();
        await using var database = SqlConnections.Sqlite(folder["test.db"]);
        await AssertInterruptedAsync(database, Endless);
    }

    internal static async Task AssertInterruptedAsync(SqlConnections database, string endless)
    {
        for (var round = 0; round < 3; round++)
        {
            // Before it begins, while it does, and in its midst.
            using var left = new CancellationTokenSource(TimeSpan.FromMilliseconds(round * 150));
            var clock = Stopwatch.StartNew();
            await Assert.ThrowsAsync<OperationCanceledException>(() => Task.Run(() => database.ListAsync(endless, [], static row => row.GetInt64(0), left.Token)));
            Assert.IsLessThan(TimeSpan.FromSeconds(4), clock.Elapsed);
            Assert.HasCount(1, await database.ListAsync("SELECT 1", [], static row => Convert.ToInt64(row.GetValue(0), null), CancellationToken.None));
        }
    }
}
