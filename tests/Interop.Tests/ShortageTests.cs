using System.Diagnostics;
using Specgen.Interop.Tests.Data;
using Specgen.Interop.Tests.Peers;
using Specgen.Testing;

namespace Specgen.Interop.Tests;

/// <summary>What a server has no more of, and goes on without: somebody who reads what it says, and file descriptors.</summary>
[TestClass]
public sealed class ShortageTests
{
    private const string ImplicitLittleEndian = "1.2.840.10008.1.2", Deflated = "1.2.840.10008.1.2.1.99", Verification = "1.2.840.10008.1.1";

    private static readonly Proposal s_echo = new(1, Verification, ImplicitLittleEndian);

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
            using var peer = await RoughPeer.ConnectAsync("127.0.0.1", port);
            await peer.SendAsync(Pdu.RequestAssociation("NOBODY", "RAW", s_echo));
            Assert.AreEqual(Pdu.AssociateReject, (await peer.TryReadAsync())?.Type);
        });

        using var last = await RoughPeer.AssociateAsync("127.0.0.1", port, "SERVER", s_echo);
        await last.SendAsync(1, DimseCommand.Echo(1));
        Assert.AreEqual(0, await last.ReadStatusAsync());
        await last.ReleaseAsync();
    }

    /// <summary>What is loaded at its first use must not fail for good because that came when no descriptor was left.</summary>
    [TestMethod]
    public async Task FileDescriptorsThatRunOutAreMissedForAWhileOnly()
    {
        using var folder = new TemporaryFolder();
        var file = await TestFiles.GetAsync("ct-deflated");
        var port = Loopback.FreePort();
        // The assemblies of a program have some hundred of them; the connections that are not accepted wait.
        const int Descriptors = 700, Connections = 500;
        await using var archive = Peer.Start("/bin/sh", "-c", $"ulimit -n {Descriptors}; exec dotnet \"$0\" \"$@\"", Programs.Find("Archive"), "--folder", folder.Sub("archive"), "--address", "127.0.0.1", "--port", $"{port}");
        await archive.WaitForOutputAsync("Ready");
        using var early = await RoughPeer.AssociateAsync("127.0.0.1", port, ArchiveProcess.AETitle, new Proposal(1, file.SopClassUid, Deflated));
        var many = new List<RoughPeer>();
        try
        {
            // With an association each, so that none of them may be closed to make room.
            for (var i = 0; i < Connections; i++)
            {
                var peer = await RoughPeer.ConnectAsync("127.0.0.1", port);
                many.Add(peer);
                await peer.SendAsync(Pdu.RequestAssociation(ArchiveProcess.AETitle, "RAW", s_echo));
            }

            await archive.WaitForOutputAsync("could not be accepted");
            Assert.AreEqual(0, await StoreAsync(early, file, 1), archive.Output);
        }
        finally
        {
            many.ForEach(static peer => peer.Dispose());
        }

        await Task.Delay(TimeSpan.FromSeconds(1));
        Assert.AreEqual(0, await StoreAsync(early, file, 2), archive.Output);
        using var late = await RoughPeer.AssociateAsync("127.0.0.1", port, ArchiveProcess.AETitle, s_echo);
        await late.SendAsync(1, DimseCommand.Echo(1));
        Assert.AreEqual(0, await late.ReadStatusAsync());
        Assert.AreEqual(1, archive.Output.Split("could not be accepted").Length - 1, "Said once.");
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    public async Task TooFewFileDescriptorsAreSaidAtTheStart()
    {
        using var folder = new TemporaryFolder();
        await using var archive = Peer.Start("/bin/sh", "-c", "ulimit -n 340; exec dotnet \"$0\" \"$@\"", Programs.Find("Archive"), "--folder", folder.Sub("archive"), "--address", "127.0.0.1", "--port", $"{Loopback.FreePort()}");
        Assert.AreNotEqual(0, await archive.WaitForExitAsync());
        StringAssert.Contains(archive.Output, "340 file descriptors");
    }

    /// <summary>What is loaded at its first use can fail to, and then fails for good: all is there before the port is open.</summary>
    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    public async Task NothingIsLoadedOnceThereArePeers()
    {
        const string StudyRootFind = "1.2.840.10008.5.1.4.1.2.2.1", StudyRootMove = "1.2.840.10008.5.1.4.1.2.2.2";
        using var folder = new TemporaryFolder();
        var file = await TestFiles.GetAsync("ct-deflated");
        var port = Loopback.FreePort();
        await using var archive = Peer.Start("dotnet", Programs.Find("Archive"), "--folder", folder.Sub("archive"), "--address", "127.0.0.1", "--port", $"{port}");
        await archive.WaitForOutputAsync("Ready");
        var before = archive.Libraries();
        Assert.IsNotEmpty(before);

        Proposal[] proposals = [new(1, file.SopClassUid, Deflated), new(3, StudyRootFind, ImplicitLittleEndian), new(5, StudyRootMove, ImplicitLittleEndian)];
        using var peer = await RoughPeer.AssociateAsync("127.0.0.1", port, ArchiveProcess.AETitle, proposals);
        Assert.AreEqual(0, await StoreAsync(peer, file, 1));
        var identifier = new byte[] { 8, 0, 0x52, 0, 6, 0, 0, 0, (byte)'S', (byte)'T', (byte)'U', (byte)'D', (byte)'Y', (byte)' ', 0x20, 0, 0x0D, 0, 0, 0, 0, 0 };
        await peer.SendAsync(3, DimseCommand.Find(2, StudyRootFind), identifier);
        Assert.AreEqual(0xFF00, await peer.ReadStatusAsync());
        Assert.AreEqual(0, await peer.ReadStatusAsync());
        await peer.SendAsync(5, DimseCommand.Move(3, StudyRootMove, "NOBODY"), identifier);
        Assert.AreEqual(0xA801, await peer.ReadStatusAsync());
        await peer.ReleaseAsync();

        CollectionAssert.AreEqual(before, archive.Libraries());
    }

    private static async Task<int> StoreAsync(RoughPeer peer, TestFile file, ushort id)
    {
        await peer.SendAsync(1, DimseCommand.Store(id, file.SopClassUid, file.InstanceUid), Part10.Read(file.Path).DataSet.ToArray());
        return await peer.ReadStatusAsync();
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
