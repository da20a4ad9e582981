using System.Runtime.CompilerServices;
using FellowOakDicom;
using Specgen.Runtime.Tests.Associations;
using static Specgen.Runtime.Tests.Scu.RawConnection;

namespace Specgen.Runtime.Tests.Scu;

/// <summary>C-FIND and the managed instances as a user, of our own provider and of peers that do as a test tells them.</summary>
[TestClass]
public sealed class ScuQueryTests
{
    private static readonly TestHandlers s_user = new(TestClasses.Scu(FindTests.Find), TestClasses.Scu(TestClasses.Verification), TestClasses.Scu(ManagedInstanceTests.Step));

    private enum Status : ushort
    {
        Success = 0x0000,
        Cancelled = 0xFE00,
        OptionalKeysNotSupported = 0xFF01,
    }

    [TestMethod]
    public async Task Matches_arrive_and_the_result_is_there_at_the_end()
    {
        await using var server = await TestServer.StartAsync(Find((context, _) => Some(context)));
        await using var association = await OpenAsync(server.Port);

        var query = association.CFindAsync<Status>(FindTests.Find, new DicomDataset { { DicomTag.QueryRetrieveLevel, "SERIES" } });
        Assert.IsNull(query.Result);
        var seen = new List<string>();
        await foreach (var match in query)
        {
            seen.Add(match.GetString(DicomTag.PatientID));
        }

        CollectionAssert.AreEqual(new[] { "1", "SERIES" }, seen);
        Assert.AreEqual((Status.Success, "all of it"), (query.Result!.Value.Status, query.Result.Value.ErrorComment));
        Assert.IsTrue(query.HasUnsupportedKeys);
        await Assert.ThrowsExactlyAsync<InvalidOperationException>(async () => await query.GetAsyncEnumerator().MoveNextAsync());

        static async IAsyncEnumerable<CFindResult<Status>> Some(CFindContext context)
        {
            await Task.Yield();
            yield return Match("1");
            yield return CFindResult<Status>.Match(Match(context.Level!), Status.OptionalKeysNotSupported);
            yield return new DimseResult<Status>(Status.Success) { ErrorComment = "all of it" };
        }
    }

    [TestMethod]
    public async Task Leaving_the_loop_cancels_the_query_and_the_association_goes_on()
    {
        var made = 0;
        await using var server = await TestServer.StartAsync(Find((_, token) => Many(token)));
        await using var association = await OpenAsync(server.Port);

        var query = association.CFindAsync<Status>(FindTests.Find, new DicomDataset());
        await foreach (var _ in query)
        {
            break;
        }

        Assert.AreEqual(Status.Cancelled, query.Result!.Value.Status);
        Assert.IsLessThan(10_000, made);
        Assert.AreEqual(TestStatus.Success, (await association.CEchoAsync<TestStatus>()).Status);

        async IAsyncEnumerable<CFindResult<Status>> Many([EnumeratorCancellation] CancellationToken token)
        {
            for (made = 1; made <= 10_000; made++)
            {
                await Task.Delay(1, token);
                yield return Match("1");
            }
        }
    }

    [TestMethod]
    public async Task Cancelling_throws_and_the_association_goes_on()
    {
        await using var server = await TestServer.StartAsync(Find(static (_, token) => One(token)));
        await using var association = await OpenAsync(server.Port);
        using var enough = new CancellationTokenSource();

        var query = association.CFindAsync<Status>(FindTests.Find, new DicomDataset(), enough.Token);
        await Assert.ThrowsAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in query)
            {
                await enough.CancelAsync();
            }
        });

        Assert.AreEqual(Status.Cancelled, query.Result!.Value.Status);
        Assert.AreEqual(TestStatus.Success, (await association.CEchoAsync<TestStatus>()).Status);

        static async IAsyncEnumerable<CFindResult<Status>> One([EnumeratorCancellation] CancellationToken token)
        {
            yield return Match("1");
            await Task.Delay(Timeout.Infinite, token);
        }
    }

    [TestMethod]
    public async Task A_request_within_the_loop_waits_for_the_provider_only()
    {
        await using var server = await TestServer.StartAsync(Find(static (_, _) => Few()));
        await using var association = await OpenAsync(server.Port);

        var echoes = 0;
        await foreach (var _ in association.CFindAsync<Status>(FindTests.Find, new DicomDataset()))
        {
            await association.CEchoAsync<TestStatus>();
            echoes++;
        }

        Assert.AreEqual(20, echoes);

        static async IAsyncEnumerable<CFindResult<Status>> Few()
        {
            await Task.Yield();
            for (var i = 0; i < 20; i++)
            {
                yield return Match("1");
            }
        }
    }

    [TestMethod]
    public async Task A_user_that_takes_matches_slowly_is_waited_for()
    {
        var made = 0;
        await using var server = await TestServer.StartAsync(Find((_, _) => Large()));
        await using var association = await OpenAsync(server.Port);

        var seen = 0;
        await foreach (var _ in association.CFindAsync<Status>(FindTests.Find, new DicomDataset()))
        {
            if (seen++ == 0)
            {
                await Task.Delay(500);
                Assert.IsLessThan(800, Volatile.Read(ref made));
            }
        }

        Assert.AreEqual(800, seen);

        async IAsyncEnumerable<CFindResult<Status>> Large()
        {
            await Task.Yield();
            var comment = new string('x', 100_000);
            for (made = 0; made < 800; made++)
            {
                yield return new DicomDataset { { DicomTag.TextValue, comment } };
            }
        }
    }

    [TestMethod]
    public async Task A_peer_that_goes_silent_between_matches_times_out()
    {
        await using var peer = new RawPeer(async c =>
        {
            await c.AcceptAsync();
            var (command, _, _, id) = await c.ReadMessageAsync(hasData: true);
            await ScuAssociationTests.RespondAsync(c, id, command, 0x8020, 0xFF00);
            await c.ReadTypesAsync();
        });
        var options = ScuAssociationTests.Options(peer.Port);
        options.RequestTimeout = TimeSpan.FromMilliseconds(300);
        await using var association = await ScuAssociation.OpenAsync(s_user, options);

        var query = association.CFindAsync<Status>(FindTests.Find, new DicomDataset());
        await Assert.ThrowsExactlyAsync<AssociationTimeoutException>(async () => await query.GetAsyncEnumerator().MoveNextAsync());

        Assert.IsNull(query.Result);
        Assert.IsFalse(association.IsOpen);
    }

    [TestMethod]
    public async Task What_cannot_be_decoded_is_said_and_the_association_goes_on()
    {
        await using var peer = new RawPeer(async c =>
        {
            await c.AcceptAsync();
            var (command, _, _, id) = await c.ReadMessageAsync(hasData: true);
            await c.WriteCommandAsync(id, (0x00000100, Us(0x8020)), (0x00000120, Element(command, 0x00000110)), (0x00000800, Us(1)), (0x00000900, Us(0xFF00)));
            await c.WriteAsync(Data, 0, 0, 0, 5, id, 2, 9, 9, 9);
            await c.ReadMessageAsync(hasData: false);
            await ScuAssociationTests.RespondAsync(c, id, command, 0x8020, 0xFE00);
            await c.ReadAsync();
            await c.WriteAsync(ReleaseRp, 0, 0, 0, 0);
        });
        await using var association = await ScuAssociation.OpenAsync(s_user, ScuAssociationTests.Options(peer.Port));

        var query = association.CFindAsync<Status>(FindTests.Find, new DicomDataset());
        await using var matches = query.GetAsyncEnumerator();
        await Assert.ThrowsExactlyAsync<AssociationException>(async () => await matches.MoveNextAsync());

        Assert.AreEqual(Status.Cancelled, query.Result!.Value.Status);
        Assert.IsTrue(association.IsOpen);
    }

    [TestMethod]
    public async Task A_last_answer_that_cannot_be_decoded_is_said_too()
    {
        await using var peer = new RawPeer(static async c =>
        {
            await c.AcceptAsync();
            var (command, _, _, id) = await c.ReadMessageAsync(hasData: true);
            await c.WriteCommandAsync(id, (0x00000100, Us(0x8020)), (0x00000120, Element(command, 0x00000110)), (0x00000800, Us(1)), (0x00000900, Us(0xC000)));
            await c.WriteAsync(Data, 0, 0, 0, 5, id, 2, 9, 9, 9);
            await c.ReadAsync();
            await c.WriteAsync(ReleaseRp, 0, 0, 0, 0);
        });
        await using var association = await ScuAssociation.OpenAsync(s_user, ScuAssociationTests.Options(peer.Port));

        await using var matches = association.CFindAsync<Status>(FindTests.Find, new DicomDataset()).GetAsyncEnumerator();
        await Assert.ThrowsExactlyAsync<AssociationException>(async () => await matches.MoveNextAsync());

        Assert.IsTrue(association.IsOpen);
    }

    [TestMethod]
    [Timeout(30_000, CooperativeCancellation = true)]
    public async Task What_nobody_looks_at_takes_no_memory_for_good()
    {
        const int Length = 100_000;
        await using var peer = new RawPeer(static async c =>
        {
            await c.AcceptAsync();
            for (var round = 0; round < 10; round++)
            {
                var (command, _, _, id) = await c.ReadMessageAsync(hasData: true);
                for (var i = 0; i < 10; i++)
                {
                    // The first is a match, others are of a query that there is not.
                    var asked = i % 2 == 0 ? Element(command, 0x00000110) : Us(9999);
                    await c.WriteCommandAsync(id, (0x00000100, Us(0x8020)), (0x00000120, asked), (0x00000800, Us(1)), (0x00000900, Us(0xFF00)));
                    await c.WriteAsync(Data, [.. BigEndian(Length + 14), id, 2, 0x40, 0, 0x60, 0xA1, (byte)'U', (byte)'T', 0, 0, .. BitConverter.GetBytes(Length), .. new byte[Length]]);
                }

                await c.ReadMessageAsync(hasData: false);
                await ScuAssociationTests.RespondAsync(c, id, command, 0x8020, 0xFE00);
            }

            await c.ReadAsync();
            await c.WriteAsync(ReleaseRp, 0, 0, 0, 0);
        });
        var options = ScuAssociationTests.Options(peer.Port);
        options.MaxMemory = 4 * 1024 * 1024;
        await using var association = await ScuAssociation.OpenAsync(s_user, options);

        for (var round = 0; round < 10; round++)
        {
            var query = association.CFindAsync<Status>(FindTests.Find, new DicomDataset());
            await foreach (var match in query)
            {
                break;
            }

            Assert.AreEqual(Status.Cancelled, query.Result!.Value.Status);
        }

        static byte[] BigEndian(int value) => [(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value];
    }

    [TestMethod]
    public async Task Managed_instances_there_and_back()
    {
        NCreateContext? created = null;
        await using var server = await TestServer.StartAsync(new ServiceBinding
        {
            Role = DicomRole.Scp,
            ServiceClass = ManagedInstanceTests.Step.ServiceClass,
            SopClasses = [ManagedInstanceTests.Step],
            FindStatus = static (_, _) => null,
            NCreate = (_, context, _) => ValueTask.FromResult((created = context) is null ? default : new DimseResponse(0)),
            NSet = static (_, context, _) => ValueTask.FromResult(new DimseResponse(0x0116) { Dataset = context.ModificationList, ErrorComment = context.SopInstanceUid }),
            NGet = static (_, context, _) => ValueTask.FromResult(new DimseResponse(0x0107) { AttributeIdentifiers = context.Attributes }),
            NDelete = static (_, context, _) => ValueTask.FromResult(new DimseResponse(0x0112) { ErrorComment = context.SopInstanceUid }),
        });
        await using var association = await OpenAsync(server.Port);

        var made = await association.NCreateAsync<TestStatus>(ManagedInstanceTests.Step, null, new DicomDataset { { DicomTag.PatientID, "P" } });
        Assert.AreEqual((TestStatus.Success, created!.SopInstanceUid, "P"), (made.Status, made.AffectedSopInstanceUid, created.Dataset!.GetString(DicomTag.PatientID)));
        var named = await association.NCreateAsync<TestStatus>(ManagedInstanceTests.Step, "1.2.3", null);
        Assert.AreEqual(("1.2.3", false), (named.AffectedSopInstanceUid, created.IsSopInstanceUidAssigned));

        var changed = await association.NSetAsync<TestStatus>(ManagedInstanceTests.Step, "1.2.4", new DicomDataset { { DicomTag.PatientID, "Q" } });
        Assert.AreEqual(((ushort)0x0116, "1.2.4", "Q"), (changed.Code, changed.ErrorComment, changed.Dataset!.GetString(DicomTag.PatientID)));

        var values = await association.NGetAsync<TestStatus>(ManagedInstanceTests.Step, "1.2.4", [DicomTag.PatientID, DicomTag.StudyDate]);
        CollectionAssert.AreEqual(new[] { DicomTag.PatientID, DicomTag.StudyDate }, values.AttributeIdentifiers.ToArray());

        var gone = await association.NDeleteAsync<TestStatus>(ManagedInstanceTests.Step, "1.2.4");
        Assert.AreEqual(((ushort)0x0112, "1.2.4"), (gone.Code, gone.ErrorComment));
    }

    private static DicomDataset Match(string id) => new() { { DicomTag.PatientID, id } };

    private static ValueTask<ScuAssociation> OpenAsync(int port)
    {
        var options = ScuAssociationTests.Options(port);
        options.CalledAE = "SERVER";
        return ScuAssociation.OpenAsync(s_user, options);
    }

    private static ServiceBinding Find(Func<CFindContext, CancellationToken, IAsyncEnumerable<CFindResult<Status>>> handler) => new()
    {
        Role = DicomRole.Scp,
        ServiceClass = FindTests.Find.ServiceClass,
        SopClasses = [FindTests.Find, ManagedInstanceTests.Step],
        FindStatus = static (_, _) => null,
        CFind = (_, context, token) => CFindResult<Status>.ToResponses(handler(context, token), token),
    };
}
