using System.Diagnostics;
using Archive.Storage;
using FellowOakDicom;
using Microsoft.Data.Sqlite;
using Specgen;

namespace Archive.Tests;

/// <summary>A query that finds nothing and does not end does end when nobody waits for it.</summary>
[TestClass]
public class InterruptionTests
{
    [TestMethod]
    public async Task SqliteIsInterrupted_AndTheConnectionServesTheNext()
    {
        using var folder = new TestRun.Folder();
        await using var database = SqlConnections.Sqlite(folder["test.db"]);
        await AssertInterruptedAsync(database, "(WITH RECURSIVE number(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM number) SELECT x FROM number) AS number");
    }

    /// <summary>A scan that finds nothing, of columns without an index, through the tables of a level.</summary>
    [TestMethod]
    [DataRow("SERIES", "0008,0060", "XX")]
    [DataRow("IMAGE", "0008,0060", "XX")]
    [DataRow("IMAGE", "0008,0016", "1.2.3")]
    public async Task EveryRowOfAScanAsks(string level, string tag, string value)
    {
        await using var store = await StoreFixture.OpenAsync();
        for (var i = 0; i < 20; i++)
        {
            await store.StoreAsync(Images.DataSet());
        }
        var queried = QueryLevel.All.Single(l => l.Name == level);
        var identifier = new DicomDataset().NotValidated().Add(DicomTag.QueryRetrieveLevel, level).Add(queried.Key, "").AddOrUpdate(DicomTag.Parse(tag), value);
        var (where, parameters) = SearchCondition.Of(queried, new QueryMatcher(identifier, queried.Keys).Keys, new SqlDialect.Sqlite());
        await using var connection = new SqliteConnection($"Data Source={store.Database}");
        await connection.OpenAsync();
        var asked = 0;
        connection.CreateFunction("still_wanted", (long _) => ++asked > 0);
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT COUNT(*) FROM {InstanceIndex.From(queried)} WHERE {where}";
        foreach (var (name, parameter) in parameters)
        {
            command.Parameters.AddWithValue(name, parameter);
        }
        Assert.AreEqual(0L, await command.ExecuteScalarAsync());
        Assert.AreEqual(20, asked);
    }

    internal static async Task AssertInterruptedAsync(SqlConnections database, string numbers)
    {
        var endless = $"SELECT x FROM {numbers} WHERE {database.Dialect.Wanted("x")} AND x < 0";
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
