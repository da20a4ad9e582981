using System.Collections.Concurrent;
using FellowOakDicom;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Specgen.Runtime.Tests.Associations;
using Specgen.Runtime.Tests.Scu;

namespace Specgen.Runtime.Tests.Scp;

/// <summary>The seam around every request.</summary>
[TestClass]
public sealed class FilterTests : IDisposable
{
    private static readonly SopClass s_managed = new("1.2.3.4.1", "Managed", "Managed SOP Class", "Managed Service Class", null, false);

    private readonly InstanceFiles _files = new();

    private enum Status : ushort
    {
        Success = 0x0000,
        NotAuthorized = 0x0124,
        Pending = 0xFF00,
    }

    public void Dispose() => _files.Dispose();

    [TestMethod]
    public async Task All_eleven_operations_go_through_it()
    {
        var audit = new Audit();
        await using var server = await ServerAsync(audit);
        await using var association = await OpenAsync(server.Port);

        await AskAllAsync(association);

        CollectionAssert.AreEqual(
            new[]
            {
                "CEchoContext TESTER 0000 0/0/0/0", "CStoreContext TESTER 0000 0/0/0/0", "CFindContext TESTER 0000 3/0/0/0", "CMoveContext TESTER 0000 0/2/0/0", "CGetContext TESTER 0000 0/2/0/0",
                "NGetContext TESTER 0000 0/0/0/0", "NSetContext TESTER 0000 0/0/0/0", "NCreateContext TESTER 0000 0/0/0/0", "NDeleteContext TESTER 0000 0/0/0/0", "NActionContext TESTER 0000 0/0/0/0",
                "NEventReportContext TESTER 0000 0/0/0/0",
            },
            audit.Lines.Where(static line => line.Contains("TESTER", StringComparison.Ordinal)).ToArray(),
            string.Join('\n', audit.Lines));
    }

    [TestMethod]
    public async Task A_filter_may_answer_itself_whatever_is_asked()
    {
        var asked = new Audit();
        await using var server = await ServerAsync(new Refuse(), asked);
        await using var association = await OpenAsync(server.Port);

        var answers = await AskAllAsync(association);

        Assert.IsEmpty(asked.Lines);
        CollectionAssert.AreEqual(Enumerable.Repeat((Status.NotAuthorized, "Not for TESTER"), 11).ToArray(), answers.Select(static a => (a.Status, a.ErrorComment!)).ToArray());
    }

    [TestMethod]
    public async Task They_are_called_in_order_each_around_the_next()
    {
        var lines = new ConcurrentQueue<string>();
        await using var server = await ServerAsync(new Around("one", lines), new ForStorage(lines), new Around("two", lines));
        await using var association = await OpenAsync(server.Port);

        await association.CEchoAsync<Status>();
        await association.CStoreAsync<Status>(_files.Write(1, TestClasses.CT.Uid));

        CollectionAssert.AreEqual(
            new[] { "one in", "two in", "two out", "one out", "one in", "stores 1.2.3.1", "two in", "two out", "one out" }, lines.ToArray());
    }

    [TestMethod]
    public async Task What_a_filter_throws_is_answered_as_a_handlers_is()
    {
        await using var server = await ServerAsync(new Throw(static () => new InvalidOperationException("/etc/secret")));
        await using var full = await ServerAsync(new Throw(static () => new IOException("disk full")));
        await using var association = await OpenAsync(server.Port);
        await using var other = await OpenAsync(full.Port);

        var echo = await association.CEchoAsync<Status>();
        var query = association.CFindAsync<Status>(FindTests.Find, []);
        await foreach (var _ in query)
        {
            Assert.Fail("A match.");
        }

        Assert.AreEqual((0x0110, "An error of the server"), (echo.Code, echo.ErrorComment));
        Assert.AreEqual((0x0110, "An error of the server"), (query.Result!.Value.Code, query.Result.Value.ErrorComment));
        Assert.AreEqual("It could not be kept", (await other.CEchoAsync<Status>()).ErrorComment);
        Assert.AreEqual(0x0110, (await association.CEchoAsync<Status>()).Code);
    }

    [TestMethod]
    public async Task A_request_is_handled_once()
    {
        await using var server = await ServerAsync(new Twice());
        await using var association = await OpenAsync(server.Port);

        Assert.AreEqual(0x0110, (await association.CEchoAsync<Status>()).Code);
    }

    [TestMethod]
    public async Task A_filter_may_change_an_answer_and_not_what_was_counted()
    {
        await using var server = await ServerAsync(new Change());
        await using var association = await OpenAsync(server.Port);

        var outcome = await association.CGetAsync<Status, Status>(RetrieveTests.Get, [], static (_, _) => new(Status.Success));

        Assert.AreEqual((0xB000, "Changed", 2), (outcome.Result.Code, outcome.Result.ErrorComment, outcome.Completed));
    }

    [TestMethod]
    public async Task The_container_makes_one_for_each_association()
    {
        var services = new ServiceCollection();
        services.AddSingleton<Made>();
        var port = ScuAssociationTests.FreePort();
        services.AddDicomScp(o => (o.Address, o.Port, o.AETitle) = ("127.0.0.1", port, "SERVER")).AddFilter<Counting>();
        await using var provider = services.BuildServiceProvider(validateScopes: true);
        var hosted = provider.GetRequiredService<IHostedService>();
        await hosted.StartAsync(default);
        await using (var one = await OpenAsync(port))
        await using (var two = await OpenAsync(port))
        {
            await one.CEchoAsync<Status>();
            await one.CEchoAsync<Status>();
            await two.CEchoAsync<Status>();
        }

        await hosted.StopAsync(default);

        // The first was made when the server started, to see that it can be.
        CollectionAssert.AreEqual(new[] { "2", "2", "3" }, provider.GetRequiredService<Made>().Lines.ToArray());
    }

    private static async ValueTask<List<DimseResult<Status>>> AskAllAsync(ScuAssociation association, InstanceFiles files)
    {
        var query = association.CFindAsync<Status>(FindTests.Find, []);
        List<DimseResult<Status>> answers = [await association.CEchoAsync<Status>(), await association.CStoreAsync<Status>(files.Write(1, TestClasses.CT.Uid))];
        await foreach (var _ in query)
        {
        }

        answers.Add(query.Result!.Value);
        answers.Add((await association.CMoveAsync<Status>(RetrieveTests.Move, [], "SERVER")).Result);
        answers.Add((await association.CGetAsync<Status, Status>(RetrieveTests.Get, [], static (_, _) => new(Status.Success))).Result);
        answers.Add(await association.NGetAsync<Status>(s_managed, "1.2", null));
        answers.Add(await association.NSetAsync<Status>(s_managed, "1.2", new DicomDataset { { DicomTag.PatientID, "1" } }));
        answers.Add(await association.NCreateAsync<Status>(s_managed, "1.2", null));
        answers.Add(await association.NDeleteAsync<Status>(s_managed, "1.2"));
        answers.Add(await association.NActionAsync<Status>(s_managed, "1.2", 1, null));
        answers.Add(await association.NEventReportAsync<Status>(TestClasses.Commitment, TestClasses.CommitmentInstance, 1, null));
        return answers;
    }

    private ValueTask<List<DimseResult<Status>>> AskAllAsync(ScuAssociation association) => AskAllAsync(association, _files);

    private Task<TestServer> ServerAsync(params IDicomScpFilter[] filters)
    {
        var port = ScuAssociationTests.FreePort();
        return TestServer.StartAsync(
            options =>
            {
                options.Port = port;
                options.Peers["SERVER"] = new DicomPeer("127.0.0.1", port);
                Array.ForEach(filters, options.Filters.Add);
            },
            Bindings());
    }

    private ServiceBinding[] Bindings()
    {
        static ValueTask<DimseResponse> Answer() => new(new DimseResponse(0));
        static async IAsyncEnumerable<DimseResponse> Matches()
        {
            await Task.Yield();
            for (var i = 0; i < 3; i++)
            {
                yield return new DimseResponse(0xFF00) { Dataset = new DicomDataset { { DicomTag.PatientID, "1" } } };
            }
        }

        async IAsyncEnumerable<RetrieveStep> Instances(int first)
        {
            await Task.Yield();
            for (var i = first; i < first + 2; i++)
            {
                yield return new RetrieveStep(InstanceReference.FromFile(_files.Write(i, TestClasses.CT.Uid)));
            }
        }

        ServiceBinding Of(DicomRole role, SopClass sopClass) => new() { Role = role, ServiceClass = sopClass.ServiceClass, SopClasses = [sopClass], FindStatus = static (_, _) => null };
        var managed = Of(DicomRole.Scp, s_managed);
        return
        [
            TestClasses.Binding(DicomRole.Scp, [TestClasses.CT], cStore: static (_, _, _) => Answer()),
            new() { Role = DicomRole.Scp, ServiceClass = "Q", SopClasses = [FindTests.Find], FindStatus = managed.FindStatus, CFind = static (_, _, _) => Matches() },
            new() { Role = DicomRole.Scp, ServiceClass = "Q", SopClasses = [RetrieveTests.Move], FindStatus = managed.FindStatus, CMove = (_, _, _) => Instances(10) },
            new() { Role = DicomRole.Scp, ServiceClass = "Q", SopClasses = [RetrieveTests.Get], FindStatus = managed.FindStatus, CGet = (_, _, _) => Instances(20) },
            new()
            {
                Role = DicomRole.Scp,
                ServiceClass = "M",
                SopClasses = [s_managed],
                FindStatus = managed.FindStatus,
                NGet = static (_, _, _) => Answer(),
                NSet = static (_, _, _) => Answer(),
                NCreate = static (_, _, _) => Answer(),
                NDelete = static (_, _, _) => Answer(),
                NAction = static (_, _, _) => Answer(),
            },
            TestClasses.Binding(DicomRole.Scu, [TestClasses.Commitment], nEventReport: static (_, _, _) => Answer()),
        ];
    }

    private static ValueTask<ScuAssociation> OpenAsync(int port)
    {
        var options = ScuAssociationTests.Options(port);
        (options.CalledAE, options.CallingAE) = ("SERVER", "TESTER");
        options.ReceiveSopClasses = [TestClasses.CT.Uid];
        foreach (var sopClass in new[] { TestClasses.Verification, TestClasses.CT, FindTests.Find, RetrieveTests.Move, RetrieveTests.Get, s_managed })
        {
            options.PresentationContexts.Add(new ProposedContext(sopClass.Uid, DicomTransferSyntax.ImplicitVRLittleEndian.UID.UID, DicomTransferSyntax.ExplicitVRLittleEndian.UID.UID));
        }

        options.PresentationContexts.Add(new ProposedContext(TestClasses.Commitment.Uid, DicomTransferSyntax.ImplicitVRLittleEndian.UID.UID) { Role = DicomRole.Scp });
        return ScuAssociation.OpenAsync(new TestHandlers(TestClasses.Scu(TestClasses.Verification)), options);
    }

    private sealed class Audit : IDicomScpFilter
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public async ValueTask<RequestOutcome> HandleAsync(DimseContext context, NextHandler next, CancellationToken cancellationToken)
        {
            var outcome = await next(cancellationToken);
            Lines.Enqueue($"{context.GetType().Name} {context.CallingAE} {outcome.Status:X4} {outcome.Matches}/{outcome.Completed}/{outcome.Failed}/{outcome.Warning}");
            return outcome;
        }
    }

    private sealed class Refuse : IDicomScpFilter
    {
        public ValueTask<RequestOutcome> HandleAsync(DimseContext context, NextHandler next, CancellationToken cancellationToken) =>
            new(new DimseResult<Status>(Status.NotAuthorized) { ErrorComment = $"Not for {context.CallingAE}" });
    }

    private sealed class Around(string name, ConcurrentQueue<string> lines) : IDicomScpFilter
    {
        public async ValueTask<RequestOutcome> HandleAsync(DimseContext context, NextHandler next, CancellationToken cancellationToken)
        {
            lines.Enqueue(name + " in");
            var outcome = await next(cancellationToken);
            lines.Enqueue(name + " out");
            return outcome;
        }
    }

    private sealed class ForStorage(ConcurrentQueue<string> lines) : IDicomScpFilter<CStoreContext>
    {
        public ValueTask<RequestOutcome> HandleAsync(CStoreContext context, NextHandler next, CancellationToken cancellationToken)
        {
            lines.Enqueue("stores " + context.SopInstanceUid);
            return next(cancellationToken);
        }
    }

    private sealed class Throw(Func<Exception> make) : IDicomScpFilter
    {
        public ValueTask<RequestOutcome> HandleAsync(DimseContext context, NextHandler next, CancellationToken cancellationToken) => throw make();
    }

    private sealed class Twice : IDicomScpFilter
    {
        public async ValueTask<RequestOutcome> HandleAsync(DimseContext context, NextHandler next, CancellationToken cancellationToken)
        {
            await next(cancellationToken);
            return await next(cancellationToken);
        }
    }

    private sealed class Change : IDicomScpFilter
    {
        public async ValueTask<RequestOutcome> HandleAsync(DimseContext context, NextHandler next, CancellationToken cancellationToken)
        {
            await next(cancellationToken);
            return new DimseResponse(0xB000) { ErrorComment = "Changed" };
        }
    }

    private sealed class Made
    {
        private int _count;

        public ConcurrentQueue<string> Lines { get; } = new();

        public int Next() => Interlocked.Increment(ref _count);
    }

    private sealed class Counting(Made made) : IDicomScpFilter
    {
        private readonly int _number = made.Next();

        public ValueTask<RequestOutcome> HandleAsync(DimseContext context, NextHandler next, CancellationToken cancellationToken)
        {
            made.Lines.Enqueue($"{_number}");
            return next(cancellationToken);
        }
    }
}
