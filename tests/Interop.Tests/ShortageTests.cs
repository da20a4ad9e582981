using System.Diagnostics;
using Specgen.Interop.Tests.Data;
using Specgen.Interop.Tests.Peers;
using Specgen.Interop.Tests.Wire;

namespace Specgen.Interop.Tests;

/// <summary>What a server has no more of, and goes on without: somebody who reads what it says, and file descriptors.</summary>
[TestClass]
public sealed class ShortageTests
{
    private const string ImplicitLittleEndian = "1.2.840.10008.1.2", Deflated = "1.2.840.10008.1.2.1.99", Verification = "1.2.840.10008.1.1";

    private static readonly Context s_echo = new(1, Verification, ImplicitLittleEndian);

    [TestMethod]
    [DataRow("Archive", "")]
    [DataRow("Archive", "--json-log")]
    [DataRow("Worklist", "")]
    public async Task AConsoleThatNobodyReadsStopsNothing(string program, string option)
    {
        using var folder = new TemporaryFolder();
        var port = Loopback.FreePort();
        await using var server = UnreadProcess.Start("dotnet", [Programs.Find(program), "--folder", folder.Sub("folder"), "--address", "127.0.0.1", "--port", $"{port}", "--aet", "SERVER", .. option.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        await server.WaitForPortAsync(port);

        // Each says something: far more than a pipe and the queue of a logger hold.
        await Parallel.ForEachAsync(Enumerable.Range(0, 6000), new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (_, _) =>
        {
            using var peer = await RawPeer.ConnectAsync(port);
            await peer.SendAsync(Pdu.AssociateRequest("NOBODY", "RAW", s_echo));
            Assert.AreEqual(PduType.AssociateReject, (await peer.ReceiveAsync())?.Type);
        });

        using var last = await RawPeer.AssociateAsync(port, "SERVER", s_echo);
        await last.SendCommandAsync(1, CommandSet.Echo(1));
        Assert.AreEqual(0, (await last.ReceiveMessageAsync()).Command.Status);
        await last.ReleaseAsync();
    }

    /// <summary>What is loaded at its first use must not fail for good because that came when no descriptor was left.</summary>
    [TestMethod]
    public async Task FileDescriptorsThatRunOutAreMissedForAWhileOnly()
    {
        using var folder = new TemporaryFolder();
        var file = await TestFiles.GetAsync("ct-deflated");
        var port = Loopback.FreePort();
        const int Descriptors = 260;
        await using var archive = Peer.Start("/bin/sh", "-c", $"ulimit -n {Descriptors}; exec dotnet \"$0\" \"$@\"", Programs.Find("Archive"), "--folder", folder.Sub("archive"), "--address", "127.0.0.1", "--port", $"{port}");
        await archive.WaitForOutputAsync("Ready");
        using var early = await RawPeer.AssociateAsync(port, ArchiveProcess.AETitle, new Context(1, file.SopClassUid, Deflated));
        var many = new List<RawPeer>();
        try
        {
            // With an association each, so that none of them may be closed to make room.
            for (var i = 0; i < Descriptors; i++)
            {
                var peer = await RawPeer.ConnectAsync(port);
                many.Add(peer);
                await peer.SendAsync(Pdu.AssociateRequest(ArchiveProcess.AETitle, "RAW", s_echo));
            }

            await archive.WaitForOutputAsync("could not be accepted");
            await StoreAsync(early, file, 1);
        }
        finally
        {
            many.ForEach(static peer => peer.Dispose());
        }

        await Task.Delay(TimeSpan.FromSeconds(1));
        Assert.AreEqual(0, await StoreAsync(early, file, 2), archive.Output);
        using var late = await RawPeer.AssociateAsync(port, ArchiveProcess.AETitle, s_echo);
        await late.SendCommandAsync(1, CommandSet.Echo(1));
        Assert.AreEqual(0, (await late.ReceiveMessageAsync()).Command.Status);
        Assert.AreEqual(1, archive.Output.Split("could not be accepted").Length - 1, "Said once.");
    }

    private static async Task<int> StoreAsync(RawPeer peer, TestFile file, ushort id)
    {
        await peer.SendCommandAsync(1, CommandSet.Store(id, file.SopClassUid, file.InstanceUid));
        await peer.SendAsync(Pdu.Data(1, isCommand: false, isLast: true, Part10.Read(file.Path).DataSet));
        return (await peer.ReceiveMessageAsync()).Command.Status;
    }

    /// <summary>A server whose output is a pipe that nobody reads.</summary>
    private sealed class UnreadProcess : IAsyncDisposable
    {
        private readonly Process _process;

        private UnreadProcess(Process process) => _process = process;

        public static UnreadProcess Start(string program, IEnumerable<string> arguments)
        {
            var start = new ProcessStartInfo(Requirements.Program(program), arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
            return new UnreadProcess(Process.Start(start)!);
        }

        public async Task WaitForPortAsync(int port)
        {
            for (var i = 0; i < 600 && !_process.HasExited; i++)
            {
                if (await Loopback.AcceptsAsync(port))
                {
                    return;
                }

                await Task.Delay(50);
            }

            Assert.Fail("It does not listen.");
        }

        public async ValueTask DisposeAsync()
        {
            _process.Kill();
            await _process.WaitForExitAsync();
            _process.Dispose();
        }
    }
}
