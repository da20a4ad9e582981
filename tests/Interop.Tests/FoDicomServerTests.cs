using System.Collections.Concurrent;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using FellowOakDicom;
using FellowOakDicom.Network;
using FellowOakDicom.Network.Tls;
using Microsoft.Extensions.Logging;
using Specgen.Interop.Tests.Data;
using Specgen.Interop.Tests.Peers;
using Specgen.Interop.Tests.Services;
using Specgen.Standard;

namespace Specgen.Interop.Tests;

/// <summary>Handlers on a server of fo-dicom's own.</summary>
[TestClass]
public sealed class FoDicomServerTests
{
    private readonly TemporaryFolder _folder = new();
    private readonly int _port = Loopback.FreePort();
    private readonly Audit _audit = new();
    private string _root = null!;
    private StudyProvider _studies = null!;
    private DicomScpConnections _providers = null!;
    private IDicomServer _server = null!;

    [TestInitialize]
    public async Task StartAsync()
    {
        _root = _folder.Sub("stored");
        _studies = new StudyProvider(await TestFiles.AllAsync());
        var options = new DicomScpOptions { AcceptAnyCalledAETitle = true, ReceiveFolder = _folder["receiving"], AssociationTimeout = TimeSpan.FromSeconds(2) };
        options.Filters.Add(_audit);
        _providers = SpecgenProviders.Of(options, new ImageStore(_root), new Promises(_root), _studies);
        _server = DicomServerFactory.Create<SpecgenDicomService>(_port, userState: _providers);
        Assert.IsNull(_server.Exception);
    }

    [TestCleanup]
    public async Task StopAsync()
    {
        await _providers.DisposeAsync();
        _server.Dispose();
        _folder.Dispose();
    }

    [TestMethod]
    public async Task EchoscuIsAnswered()
    {
        await Tool.OutputAsync("echoscu", "-v", "-aec", "ANY", "127.0.0.1", $"{_port}");

        CollectionAssert.AreEqual(new[] { "CEchoContext ECHOSCU 0000" }, _audit.Lines.ToArray());
    }

    [TestMethod]
    public async Task StorescuStoresWhatTheHandlerKeeps()
    {
        var files = (await TestFiles.AllAsync()).Where(static f => f.Name.StartsWith("ct", StringComparison.Ordinal) && !f.Name.Contains("rle", StringComparison.Ordinal)).ToList();
        await Tool.OutputAsync("dcmsend", ["-v", "127.0.0.1", $"{_port}", .. files.Select(static f => f.Path)]);

        foreach (var file in files)
        {
            var stored = await DicomFile.OpenAsync(Path.Combine(_root, file.InstanceUid + ".dcm"));
            Assert.AreEqual(file.StudyUid, stored.Dataset.GetString(DicomTag.StudyInstanceUID));
        }
    }

    [TestMethod]
    public async Task TlsIsTheServersOwn()
    {
        using var site = new Authority(_folder["site"], "Site");
        var (certificate, _, _) = site.Issue("server");
        var port = Loopback.FreePort();
        using var server = DicomServerFactory.Create<SpecgenDicomService>("127.0.0.1", port, new Acceptor(certificate), userState: _providers);
        Assert.IsNull(server.Exception);

        await Tool.OutputAsync("echoscu", "-v", "-aec", "ANY", "+tla", "+cf", site.Path, "127.0.0.1", $"{port}");
    }

    [TestMethod]
    public async Task FindscuCancelsWhileTheHandlerRuns()
    {
        var output = await Tool.OutputAsync(
            "findscu", "-v", "-S", "-aec", "ANY", "--cancel", "20", "127.0.0.1", $"{_port}", "-k", "0008,0052=STUDY", "-k", "0010,0020=MANY", "-k", "0020,000D");

        StringAssert.Contains(output, "Received Final Find Response (Cancel");
        Assert.IsLessThan(10_000, _studies.Made);
    }

    [TestMethod]
    public async Task StorageIsCommittedToOverTheSameAssociation()
    {
        var file = await TestFiles.GetAsync("ct");
        await Tool.OutputAsync("storescu", "-v", "-aec", "ANY", "127.0.0.1", $"{_port}", file.Path);
        await using var user = new CommitmentUser();
        await user.ConnectAsync(new ScuOptions("127.0.0.1", _port) { CallingAE = "USER", CalledAE = "ANY" }, CancellationToken.None);
        var request = new StorageCommitmentModule(new DicomDataset()) { TransactionUid = DicomUID.Generate().UID };
        var reference = request.ReferencedSopSequence.Add();
        (reference.ReferencedSopClassUid, reference.ReferencedSopInstanceUid) = (TestFiles.CTImageStorage, file.InstanceUid);

        var answer = await user.NActionAsync(DicomUID.StorageCommitmentPushModelInstance.UID, StorageCommitmentAction.RequestStorageCommitment, request, CancellationToken.None);

        Assert.AreEqual(StorageCommitmentNActionStatus.Success, answer.Status);
        Assert.IsTrue(user.Reports.TryTake(out var report, TimeSpan.FromSeconds(10)), "No report came.");
        Assert.AreEqual((ushort)1, report.Type);
        Assert.AreEqual(file.InstanceUid, new StorageCommitmentModule(report.Dataset!).ReferencedSopSequence.Single().ReferencedSopInstanceUid);
    }

    [TestMethod]
    public async Task StoppingWaitsForNobodyWhoIsIdle()
    {
        await using var user = new EchoUser();
        await user.ConnectAsync(new ScuOptions("127.0.0.1", _port) { CallingAE = "USER", CalledAE = "ANY" }, CancellationToken.None);
        Assert.AreEqual(1, _providers.AssociationCount);

        await _providers.StopAsync();

        Assert.AreEqual(0, _providers.AssociationCount);
        await Assert.ThrowsAsync<AssociationException>(async () => await user.CEchoAsync(CancellationToken.None));
    }

    [TestMethod]
    public async Task AServerWithoutProvidersClosesItsConnections()
    {
        var port = Loopback.FreePort();
        using var server = DicomServerFactory.Create<SpecgenDicomService>("127.0.0.1", port);
        await using var user = new EchoUser();

        await Assert.ThrowsAsync<AssociationException>(async () => await user.ConnectAsync(new ScuOptions("127.0.0.1", port) { CallingAE = "USER", CalledAE = "ANY" }, CancellationToken.None));
    }

    /// <summary>What fo-dicom says of a connection goes to this log; what cannot be served is an error of ours, and stays one.</summary>
    [TestMethod]
    public async Task WhatFoDicomSaysIsDebug()
    {
        var log = new LevelLog();
        ILogger itsOwn = new DebugLog(log);
        foreach (var level in Enum.GetValues<LogLevel>())
        {
            itsOwn.Log(level, "What fo-dicom says");
        }

        CollectionAssert.AreEqual(new[] { LogLevel.Trace, LogLevel.Debug, LogLevel.Debug, LogLevel.Debug, LogLevel.Debug, LogLevel.Debug }, log.Levels.ToArray());

        log.Levels.Clear();
        var port = Loopback.FreePort();
        using var server = DicomServerFactory.Create<SpecgenDicomService>("127.0.0.1", port, logger: log);
        await using var user = new EchoUser();
        await Assert.ThrowsAsync<AssociationException>(async () => await user.ConnectAsync(new ScuOptions("127.0.0.1", port) { CallingAE = "USER", CalledAE = "ANY" }, CancellationToken.None));
        CollectionAssert.Contains(log.Levels, LogLevel.Error);
    }

    private sealed class LevelLog : ILogger
    {
        public ConcurrentQueue<LogLevel> Levels { get; } = new();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Levels.Enqueue(logLevel);
    }

    private sealed class Acceptor(X509Certificate2 certificate) : ITlsAcceptor
    {
        public Stream AcceptTls(Stream encryptedStream, string remoteAddress, int localPort)
        {
            var secured = new SslStream(encryptedStream);
            secured.AuthenticateAsServer(certificate);
            return secured;
        }
    }

    private sealed class Audit : IDicomScpFilter
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public async ValueTask<RequestOutcome> HandleAsync(DimseContext context, NextHandler next, CancellationToken cancellationToken)
        {
            var outcome = await next(cancellationToken);
            Lines.Enqueue($"{context.GetType().Name} {context.CallingAE} {outcome.Status:X4}");
            return outcome;
        }
    }
}
