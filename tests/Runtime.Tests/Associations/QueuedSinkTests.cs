using Specgen.Associations;
using Specgen.Wire;

namespace Specgen.Runtime.Tests.Associations;

/// <summary>Who reads the network does not wait for a disk.</summary>
[TestClass]
public sealed class QueuedSinkTests
{
    private const int Much = 4 * 1024 * 1024;

    [TestMethod]
    public async Task What_is_written_in_any_pieces_arrives_whole_and_in_order()
    {
        var random = new Random(5);
        for (var round = 0; round < 50; round++)
        {
            var bytes = new byte[random.Next(random.Next(2) == 0 ? 1_000 : 2_000_000)];
            random.NextBytes(bytes);
            var disk = new Disk();
            using var sink = new QueuedSink(disk, TestMemory.Lease());
            for (var at = 0; at < bytes.Length;)
            {
                var part = Math.Min(bytes.Length - at, random.Next(1, 300_000));
                sink.Write(bytes.AsSpan(at, part));
                at += part;
                if (random.Next(3) == 0)
                {
                    Begin(sink);
                }
            }

            await sink.CompleteAsync();

            Assert.AreEqual(bytes.Length, sink.Length);
            CollectionAssert.AreEqual(bytes, disk.Bytes.ToArray());
        }
    }

    [TestMethod]
    public async Task A_disk_that_stands_still_is_waited_for_only_when_much_has_come()
    {
        var disk = new Disk();
        disk.Stop();
        using var sink = new QueuedSink(disk, TestMemory.Lease());
        sink.Write(new byte[128 * 1024]);
        Begin(sink);
        await disk.HasBegun.Task.WaitAsync(TimeSpan.FromSeconds(10));
        var pieces = 0;
        while (!sink.IsFull)
        {
            sink.Write(new byte[64 * 1024]);
            Assert.IsLessThan(100, pieces++, "It is never full.");
        }

        Assert.IsGreaterThanOrEqualTo(Much, sink.Length);
        var room = sink.WhenRoomAsync();
        await Task.Delay(50);
        Assert.IsFalse(room.IsCompleted);
        disk.Go();
        await room.WaitAsync(TimeSpan.FromSeconds(10));
        await sink.CompleteAsync();
        Assert.AreEqual(sink.Length, disk.Length);
    }

    [TestMethod]
    public async Task What_is_dropped_while_the_disk_stands_still_is_dropped_when_it_goes_on()
    {
        var disk = new Disk();
        disk.Stop();
        var sink = new QueuedSink(disk, TestMemory.Lease());
        sink.Write(new byte[1024 * 1024]);
        Begin(sink);
        await disk.HasBegun.Task.WaitAsync(TimeSpan.FromSeconds(10));

        sink.Dispose();
        sink.Dispose();

        Assert.IsFalse(disk.IsDisposed.Task.IsCompleted);
        disk.Go();
        await disk.IsDisposed.Task.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.IsLessThan(1024 * 1024, disk.Length);
    }

    /// <summary>Another thread writes what is due.</summary>
    private static void Begin(QueuedSink sink)
    {
        if (sink.TakeDue() is { } writing)
        {
            ThreadPool.UnsafeQueueUserWorkItem(writing, preferLocal: false);
        }
    }

    private sealed class Disk : IDataSetSink
    {
        private readonly ManualResetEventSlim _go = new(true);

        public MemoryStream Bytes { get; } = new();

        public TaskCompletionSource HasBegun { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource IsDisposed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public long Length => Bytes.Length;

        public void Stop() => _go.Reset();

        public void Go() => _go.Set();

        public void Write(ReadOnlySpan<byte> bytes)
        {
            HasBegun.TrySetResult();
            _go.Wait();
            Bytes.Write(bytes);
        }

        public void Dispose() => IsDisposed.TrySetResult();
    }
}
