using Specgen.Instances;

namespace Specgen.Runtime.Tests.Associations;

/// <summary>Who gets memory when there is little of it.</summary>
[TestClass]
public sealed class MemoryBudgetTests
{
    private const long Megabyte = 1024 * 1024;

    private readonly MemoryBudget _budget = new(16 * Megabyte, 12 * Megabyte, TimeProvider.System);

    [TestMethod]
    public void The_last_of_it_is_for_those_who_hold_little()
    {
        var (large, other) = (new MemoryShare(_budget), new MemoryShare(_budget));

        Assert.IsTrue(large.Lease().TryTake(12 * Megabyte));
        Assert.IsFalse(large.Lease().TryTake(1), "No association has more than its share.");
        Assert.IsFalse(other.Lease().TryTake(3 * Megabyte), "That would leave nothing for the others.");
        Assert.IsTrue(other.Lease().TryTake(Megabyte));
        Assert.IsFalse(other.Lease().TryTake(2 * Megabyte));
        for (var i = 0; i < 3; i++)
        {
            Assert.IsTrue(new MemoryShare(_budget).Lease().TryTake(Megabyte), "small");
        }

        Assert.IsFalse(new MemoryShare(_budget).Lease().TryTake(1), "All of it is in use.");
        Assert.AreEqual(16 * Megabyte, _budget.Peak);
    }

    [TestMethod]
    public async Task Who_waits_gets_what_others_return_in_the_order_of_asking()
    {
        using var held = new MemoryShare(_budget).Lease();
        Assert.IsTrue(held.TryTake(12 * Megabyte));
        var order = new List<int>();
        var waiting = Enumerable.Range(0, 3).Select(async i =>
        {
            Assert.IsTrue(await new MemoryShare(_budget).Lease().TakeAsync(4 * Megabyte, CancellationToken.None));
            lock (order)
            {
                order.Add(i);
            }
        }).ToArray();
        Assert.IsFalse(waiting.Any(static w => w.IsCompleted));

        for (var i = 0; i < 3; i++)
        {
            held.Return(4 * Megabyte);
            await waiting[i].WaitAsync(TimeSpan.FromSeconds(10));
            CollectionAssert.AreEqual(Enumerable.Range(0, i + 1).ToArray(), order);
        }
    }

    [TestMethod]
    public async Task Waiting_ends_with_its_time_or_its_token_and_nothing_stays_taken()
    {
        using var held = new MemoryShare(_budget).Lease();
        Assert.IsTrue(held.TryTake(12 * Megabyte));
        var share = new MemoryShare(_budget);
        _budget.Patience = TimeSpan.FromMilliseconds(50);
        Assert.IsFalse(await share.Lease().TakeAsync(4 * Megabyte, CancellationToken.None));

        _budget.Patience = TimeSpan.FromMinutes(1);
        using var cancelled = new CancellationTokenSource(50);
        await Assert.ThrowsAsync<OperationCanceledException>(async () => await share.Lease().TakeAsync(4 * Megabyte, cancelled.Token));

        held.Dispose();
        Assert.AreEqual(0, _budget.Used);
        Assert.IsTrue(share.Lease().TryTake(12 * Megabyte));
    }

    [TestMethod]
    public async Task What_could_never_be_had_is_not_waited_for()
    {
        using var lease = new MemoryShare(_budget).Lease();
        var asked = lease.TakeAsync((12 * Megabyte) + 1, CancellationToken.None);
        Assert.IsTrue(asked.IsCompleted);
        Assert.IsFalse(await asked);
    }

    [TestMethod]
    public async Task What_is_owed_is_settled_when_there_is_room_and_else_refused()
    {
        var other = new MemoryShare(_budget).Lease();
        Assert.IsTrue(other.TryTake(12 * Megabyte));
        var share = new MemoryShare(_budget);
        using var lease = share.Lease();
        Assert.IsTrue(lease.TryTake(Megabyte));
        lease.TakeOrOwe(2 * Megabyte);
        lease.TakeOrOwe(Megabyte);
        Assert.IsTrue(share.Owes);

        var settling = share.SettleAsync();
        Assert.IsFalse(settling.IsCompleted);
        other.Dispose();
        await settling.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.AreEqual((4 * Megabyte, false, false), (_budget.Used, share.Owes, lease.IsRefused));

        using var another = new MemoryShare(_budget).Lease();
        Assert.IsTrue(another.TryTake(10 * Megabyte));
        _budget.Patience = TimeSpan.FromMilliseconds(50);
        lease.TakeOrOwe(2 * Megabyte);
        await share.SettleAsync();
        Assert.AreEqual((10 * Megabyte, true), (_budget.Used, lease.IsRefused), "What is refused holds nothing.");
        lease.TakeOrOwe(Megabyte);
        Assert.IsFalse(share.Owes, "What is refused is dropped, and needs no room.");
    }

    [TestMethod]
    public void An_association_that_is_over_holds_nothing_whatever_is_left_of_it()
    {
        var share = new MemoryShare(_budget);
        var (left, disposed) = (share.Lease(), share.Lease());
        Assert.IsTrue(left.TryTake(Megabyte) && disposed.TryTake(Megabyte));

        _budget.Close(share);
        Assert.AreEqual(0, _budget.Used);
        disposed.Dispose();
        Assert.IsTrue(left.TryTake(Megabyte));
        left.Dispose();
        Assert.AreEqual(0, _budget.Used);
    }

    [TestMethod]
    public void Many_at_once_never_have_more_than_there_is_and_leave_nothing()
    {
        _budget.Patience = TimeSpan.FromMilliseconds(20);
        Parallel.For(0, 16, i =>
        {
            var random = new Random(i);
            var share = new MemoryShare(_budget);
            for (var round = 0; round < 200; round++)
            {
                using var lease = share.Lease();
                var bytes = random.Next(3 * (int)Megabyte);
                if (round % 10 == 0 ? lease.TakeAsync(bytes, CancellationToken.None).AsTask().GetAwaiter().GetResult() : lease.TryTake(bytes))
                {
                    Thread.Yield();
                }
            }
        });

        Assert.AreEqual(0, _budget.Used);
        Assert.IsLessThanOrEqualTo(16 * Megabyte, _budget.Peak);
        Assert.IsGreaterThan(Megabyte, _budget.Peak);
    }
}
