using Specgen.Associations;
using Specgen.Instances;
using Specgen.Runtime.Tests.Associations;

namespace Specgen.Runtime.Tests.Scu;

/// <summary>C-MOVE and C-GET as a user, of our own provider.</summary>
[TestClass]
public sealed class ScuRetrieveTests : IDisposable
{
    private static readonly TestHandlers s_user = new(TestClasses.Scu(RetrieveTests.Get), TestClasses.Scu(RetrieveTests.Move), TestClasses.Scu(TestClasses.Verification));

    private readonly InstanceFiles _files = new();

    private enum Status : ushort
    {
        Success = 0x0000,
        NothingSent = 0xA702,
        PartlySent = 0xB000,
        Cancelled = 0xFE00,
    }

    public void Dispose() => _files.Dispose();

    [TestMethod]
    public async Task Instances_arrive_and_are_kept_as_they_are()
    {
        await using var server = await ServerAsync(4);
        await using var association = await OpenAsync(server.Port, s_user);
        var progress = new Reports();

        var outcome = await association.CGetAsync<Status, TestStatus>(RetrieveTests.Get, [], SaveAsync, progress);

        Assert.AreEqual((Status.Success, 4, 0, 0), (outcome.Result.Status, outcome.Completed, outcome.Failed, outcome.Warning));
        Assert.IsEmpty(outcome.FailedSopInstanceUids);
        Assert.AreEqual(new RetrieveProgress(4, 0, 0, 0), progress.Seen[0]);
        _files.AssertReceived(4);
        Assert.AreEqual(TestStatus.Success, (await association.CEchoAsync<TestStatus>()).Status);
    }

    [TestMethod]
    public async Task What_the_handler_refuses_or_throws_over_has_failed()
    {
        await using var server = await ServerAsync(3);
        await using var association = await OpenAsync(server.Port, s_user);

        var outcome = await association.CGetAsync<Status, TestStatus>(RetrieveTests.Get, [], static (context, _) => context.SopInstanceUid switch
        {
            "1.2.3.1" => throw new IOException("disk full"),
            "1.2.3.2" => new((TestStatus)0xA900),
            _ => new(TestStatus.Coercion),
        });

        Assert.AreEqual((Status.PartlySent, 0, 2, 1), (outcome.Result.Status, outcome.Completed, outcome.Failed, outcome.Warning));
        CollectionAssert.AreEqual(new[] { "1.2.3.1", "1.2.3.2" }, outcome.FailedSopInstanceUids.ToArray());
    }

    [TestMethod]
    public async Task Cancelling_stops_the_peer_and_its_answer_is_the_outcome()
    {
        await using var server = await ServerAsync(200);
        await using var association = await OpenAsync(server.Port, s_user);
        using var enough = new CancellationTokenSource();

        var outcome = await association.CGetAsync<Status, TestStatus>(
            RetrieveTests.Get,
            [],
            async (_, _) =>
            {
                await enough.CancelAsync();
                await Task.Delay(20, CancellationToken.None);
                return TestStatus.Success;
            },
            cancellationToken: enough.Token);

        Assert.AreEqual(Status.Cancelled, outcome.Result.Status);
        Assert.IsGreaterThan(0, outcome.Completed);
        Assert.AreEqual(200, outcome.Completed + outcome.Remaining);
        Assert.AreEqual(TestStatus.Success, (await association.CEchoAsync<TestStatus>()).Status);
    }

    [TestMethod]
    public async Task An_object_that_provides_storage_takes_them_itself()
    {
        var user = new TestHandlers(TestClasses.Scu(RetrieveTests.Get), TestClasses.Binding(DicomRole.Scp, [TestClasses.CT], cStore: async (_, context, token) => (await SaveAsync(context, token)).ToResponse()));
        await using var server = await ServerAsync(2);
        await using var association = await OpenAsync(server.Port, user);

        var outcome = await association.CGetAsync<Status, TestStatus>(RetrieveTests.Get, [], static (_, _) => throw new InvalidOperationException("not for me"));

        Assert.AreEqual((Status.Success, 2), (outcome.Result.Status, outcome.Completed));
        _files.AssertReceived(2);
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public async Task A_peer_that_sends_instances_is_not_silent(bool hasOwnHandler)
    {
        static async ValueTask<DimseResult<TestStatus>> SlowlyAsync()
        {
            await Task.Delay(200);
            return TestStatus.Success;
        }

        var user = hasOwnHandler
            ? new TestHandlers(TestClasses.Scu(RetrieveTests.Get), TestClasses.Binding(DicomRole.Scp, [TestClasses.CT], cStore: static async (_, _, _) => (await SlowlyAsync()).ToResponse()))
            : s_user;
        await using var server = await ServerAsync(9);
        var options = ScuAssociationTests.Options(server.Port);
        options.CalledAE = "SERVER";
        options.ReceiveSopClasses = [TestClasses.CT.Uid];
        options.ReceiveFolder = Receiving;
        options.RequestTimeout = TimeSpan.FromMilliseconds(900);
        await using var association = await ScuAssociation.OpenAsync(user, options);

        // Its pending responses are a second apart.
        var outcome = await association.CGetAsync<Status, TestStatus>(RetrieveTests.Get, [], static (_, _) => SlowlyAsync());

        Assert.AreEqual((Status.Success, 9), (outcome.Result.Status, outcome.Completed));
    }

    [TestMethod]
    public async Task Without_the_role_nothing_arrives()
    {
        await using var server = await ServerAsync(2);
        var options = ScuAssociationTests.Options(server.Port);
        options.CalledAE = "SERVER";
        await using var association = await ScuAssociation.OpenAsync(s_user, options);

        var outcome = await association.CGetAsync<Status, TestStatus>(RetrieveTests.Get, [], SaveAsync);

        Assert.AreEqual((Status.NothingSent, 2), (outcome.Result.Status, outcome.Failed));
        StringAssert.Contains(outcome.Result.ErrorComment, "Nobody takes");
    }

    [TestMethod]
    public async Task A_move_goes_where_it_should()
    {
        await using var destination = await TestServer.StartAsync(static options => options.AETitle = "DEST", TestClasses.Binding(DicomRole.Scp, [TestClasses.CT], cStore: async (_, context, token) => (await SaveAsync(context, token)).ToResponse()));
        await using var server = await ServerAsync(3, destination.Port);
        await using var association = await OpenAsync(server.Port, s_user);

        var outcome = await association.CMoveAsync<Status>(RetrieveTests.Move, [], "DEST");
        var unknown = await association.CMoveAsync<Status>(RetrieveTests.Move, [], "NOBODY");

        Assert.AreEqual((Status.Success, 3, null), (outcome.Result.Status, outcome.Completed, outcome.Remaining));
        Assert.AreEqual(((ushort)0xA801, "Move destination NOBODY is unknown"), (unknown.Result.Code, unknown.Result.ErrorComment));
        _files.AssertReceived(3);
    }

    [TestMethod]
    public async Task What_two_retrievals_at_a_time_bring_goes_to_the_one_that_asked()
    {
        await using var server = await ServerAsync(3, window: 4);
        await using var association = await OpenAsync(server.Port, s_user, window: 4);

        var seen = new int[2];
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 2).Select(i => association.CGetAsync<Status, TestStatus>(RetrieveTests.Get, [], (_, _) =>
        {
            seen[i]++;
            return new(TestStatus.Success);
        }).AsTask()));

        Assert.IsTrue(outcomes.All(static outcome => outcome.Completed == 3));
        CollectionAssert.AreEqual(new[] { 3, 3 }, seen);
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public async Task What_arrives_can_be_sent_over_the_same_association_as_well(bool retrieves)
    {
        List<string> stored = [];
        var storage = TestClasses.Binding(DicomRole.Scp, [TestClasses.CT], cStore: (_, context, _) =>
        {
            stored.Add(context.SopInstanceUid);
            return new(new DimseResponse(0));
        });
        await using var server = await TestServer.StartAsync(retrieves ? [storage, Retrieval(2)] : [storage]);
        var user = new TestHandlers(TestClasses.Scu(TestClasses.CT), TestClasses.Scu(RetrieveTests.Get));
        await using var association = await OpenAsync(server.Port, user);

        Assert.AreEqual(TestStatus.Success, (await association.CStoreAsync<TestStatus>(_files.Write(7, TestClasses.CT.Uid))).Status);
        CollectionAssert.AreEqual(new[] { "1.2.3.7" }, stored);
        if (retrieves)
        {
            Assert.AreEqual(2, (await association.CGetAsync<Status, TestStatus>(RetrieveTests.Get, [], SaveAsync)).Completed);
            _files.AssertReceived(2);
        }
    }

    [TestMethod]
    public async Task Nothing_that_was_received_is_left_behind()
    {
        await using var server = await ServerAsync(3);
        var association = await OpenAsync(server.Port, s_user);
        await association.CGetAsync<Status, TestStatus>(RetrieveTests.Get, [], SaveAsync);
        Assert.HasCount(2, Directory.GetFileSystemEntries(Receiving), "A folder, and its lock.");
        await association.DisposeAsync();

        await TestServer.EventuallyAsync(() => Directory.GetFileSystemEntries(Receiving).Length == 0, "cleared");
    }

    private string Receiving => Path.Combine(_files.Folder, "receiving");

    private ValueTask<ScuAssociation> OpenAsync(int port, IDimseHandlers user, int window = 1)
    {
        var options = ScuAssociationTests.Options(port);
        options.CalledAE = "SERVER";
        options.ReceiveSopClasses = [TestClasses.CT.Uid];
        options.ReceiveFolder = Receiving;
        options.MaxAsyncOperations = window;
        return ScuAssociation.OpenAsync(user, options);
    }

    private async ValueTask<DimseResult<TestStatus>> SaveAsync(CStoreContext context, CancellationToken cancellationToken)
    {
        await context.SaveAsync(Path.Combine(_files.Folder, context.SopInstanceUid + ".received"), cancellationToken);
        return TestStatus.Success;
    }

    private Task<TestServer> ServerAsync(int count, int destination = 1, int window = 1) => TestServer.StartAsync(
        options =>
        {
            options.Peers["DEST"] = new DicomPeer("127.0.0.1", destination);
            options.MaxAsyncOperations = window;
        },
        Retrieval(count));

    private ServiceBinding Retrieval(int count) => new()
    {
        Role = DicomRole.Scp,
        ServiceClass = RetrieveTests.Get.ServiceClass,
        SopClasses = [RetrieveTests.Get, RetrieveTests.Move],
        FindStatus = static (_, _) => null,
        CGet = (_, _, _) => StepsAsync(count),
        CMove = (_, _, _) => StepsAsync(count),
    };

    private async IAsyncEnumerable<RetrieveStep> StepsAsync(int count)
    {
        await Task.Yield();
        for (var i = 1; i <= count; i++)
        {
            yield return new RetrieveStep(_files.Instance(i));
        }
    }

    private sealed class Reports : IProgress<RetrieveProgress>
    {
        public List<RetrieveProgress> Seen { get; } = [];

        public void Report(RetrieveProgress value) => Seen.Add(value);
    }
}
