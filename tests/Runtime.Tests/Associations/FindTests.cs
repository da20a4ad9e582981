using System.Runtime.CompilerServices;
using System.Text;
using FellowOakDicom;
using Specgen.Runtime.Tests.Wire;
using Specgen.Wire;
using static Specgen.Runtime.Tests.Wire.Requestor;

namespace Specgen.Runtime.Tests.Associations;

/// <summary>C-FIND as a provider: matches on their way, cancelling, failing.</summary>
[TestClass]
public sealed class FindTests
{
    public const string StudyRoot = "1.2.840.10008.5.1.4.1.2.2.1";
    private const ushort Pending = 0xFF00, Cancelled = 0xFE00, Success = 0x0000, UnableToProcess = 0xC000;

    public static readonly SopClass Find = new(StudyRoot, "StudyRootQueryRetrieveInformationModelFind", "Study Root Query/Retrieve Information Model - FIND", "Query/Retrieve Service Class", null, false) { IsRelational = true };

    private static readonly Proposal s_find = new(1, StudyRoot, Implicit);
    private static readonly Proposal s_verification = new(3, TestClasses.Verification.Uid, Implicit);

    private enum Status : ushort
    {
        Success = 0x0000,
        OutOfResources = 0xA700,
        OptionalKeysNotSupported = 0xFF01,
    }

    [TestMethod]
    public async Task Matches_arrive_in_their_order_and_success_follows_the_last()
    {
        CFindContext? seen = null;
        await using var server = await TestServer.StartAsync(Binding((context, _) => Matches(seen = context)));
        using var peer = await server.AssociateAsync(s_find);

        await AskAsync(peer, 7);

        Assert.AreEqual("MATCH 1 ", await ReadMatchAsync(peer, 7, Pending));
        Assert.AreEqual("MATCH 2 ", await ReadMatchAsync(peer, 7, 0xFF01));
        var end = await peer.ReadCommandAsync();
        Assert.AreEqual((0x8020, (ushort)7, (ushort?)Success, false), (end.Field, end.MessageIdBeingRespondedTo, end.GetUInt16(CommandElement.Status), end.HasDataSet));
        Assert.AreEqual("STUDY", seen!.Level);
        Assert.AreSame(Find, seen.SopClass);
        await peer.ReleaseAsync();
        await TestServer.EventuallyAsync(() => server.Completed.Count == 1, "completed");

        static async IAsyncEnumerable<CFindResult<Status>> Matches(CFindContext _)
        {
            await Task.Yield();
            yield return Match(1);
            yield return CFindResult<Status>.Match(Match(2), Status.OptionalKeysNotSupported);
        }
    }

    [TestMethod]
    public async Task The_handler_may_end_it_with_a_status_of_its_own()
    {
        await using var server = await TestServer.StartAsync(Binding(static (_, _) => Limited()));
        using var peer = await server.AssociateAsync(s_find);

        await AskAsync(peer, 1);

        await ReadMatchAsync(peer, 1, Pending);
        var end = await peer.ReadCommandAsync();
        Assert.AreEqual(((ushort?)0xA700, "Too many"), (end.GetUInt16(CommandElement.Status), end.GetText(CommandElement.ErrorComment)));

        static async IAsyncEnumerable<CFindResult<Status>> Limited()
        {
            await Task.Yield();
            yield return Match(1);
            yield return new DimseResult<Status>(Status.OutOfResources) { ErrorComment = "Too many" };
            throw new InvalidOperationException("Nothing after the end is asked for.");
        }
    }

    [TestMethod]
    public async Task A_handler_that_throws_on_the_third_match_has_sent_two_and_the_association_lives()
    {
        await using var server = await TestServer.StartAsync(Binding(static (_, _) => Throwing()));
        using var peer = await server.AssociateAsync(s_find, s_verification);

        await AskAsync(peer, 1);

        await ReadMatchAsync(peer, 1, Pending);
        await ReadMatchAsync(peer, 1, Pending);
        var end = await peer.ReadCommandAsync();
        Assert.AreEqual(((ushort?)UnableToProcess, "An error of the server"), (end.GetUInt16(CommandElement.Status), end.GetText(CommandElement.ErrorComment)));
        await peer.AssertLivesAsync(3);

        static async IAsyncEnumerable<CFindResult<Status>> Throwing()
        {
            await Task.Yield();
            yield return Match(1);
            yield return Match(2);
            throw new InvalidOperationException("the index is broken");
        }
    }

    [TestMethod]
    [DataRow(true, DisplayName = "the handler throws")]
    [DataRow(false, DisplayName = "the handler goes on")]
    public async Task Cancel_in_the_middle_of_ten_thousand_matches(bool looksAtToken)
    {
        var made = 0;
        var isOver = new TaskCompletionSource();
        await using var server = await TestServer.StartAsync(Binding((_, token) => Many(token)));
        using var peer = await server.AssociateAsync(s_find, s_verification);

        await AskAsync(peer, 5);
        for (var i = 0; i < 10; i++)
        {
            await ReadMatchAsync(peer, 5, Pending);
        }

        await peer.SendCommandAsync(1, Cancel(5));
        var count = 10;
        CommandSet end;
        while ((end = await ReadNextAsync(peer)).GetUInt16(CommandElement.Status) == Pending)
        {
            count++;
        }

        Assert.AreEqual(Cancelled, end.GetUInt16(CommandElement.Status));
        Assert.IsLessThan(10_000, count);
        Assert.IsLessThan(10_000, made);
        await isOver.Task.WaitAsync(TimeSpan.FromSeconds(5));
        await peer.AssertLivesAsync(3);

        async IAsyncEnumerable<CFindResult<Status>> Many([EnumeratorCancellation] CancellationToken token)
        {
            try
            {
                for (made = 1; made <= 10_000; made++)
                {
                    await Task.Delay(1, looksAtToken ? token : default);
                    yield return Match(made);
                }
            }
            finally
            {
                isOver.SetResult();
            }
        }
    }

    [TestMethod]
    public async Task Cancel_reaches_a_handler_that_finds_nothing()
    {
        var isAsked = new TaskCompletionSource();
        await using var server = await TestServer.StartAsync(Binding((_, token) => Searching(token)));
        using var peer = await server.AssociateAsync(s_find, s_verification);

        await AskAsync(peer, 5);
        await isAsked.Task;
        await peer.SendCommandAsync(1, Cancel(4));
        await peer.SendCommandAsync(1, Cancel(5));

        Assert.AreEqual(Cancelled, await peer.ReadStatusAsync());
        await peer.SendCommandAsync(1, Cancel(5));
        await peer.AssertLivesAsync(3);

        async IAsyncEnumerable<CFindResult<Status>> Searching([EnumeratorCancellation] CancellationToken token)
        {
            isAsked.SetResult();
            await Task.Delay(Timeout.Infinite, token);
            yield break;
        }
    }

    [TestMethod]
    public async Task A_query_that_is_cancelled_before_its_turn_is_cancelled()
    {
        var isFree = new TaskCompletionSource();
        await using var server = await TestServer.StartAsync(Binding((context, token) => context.MessageId == 1 ? Waiting() : Unending(token)));
        using var peer = await server.AssociateAsync(s_find);

        await AskAsync(peer, 1);
        await AskAsync(peer, 2);
        await peer.SendCommandAsync(1, Cancel(2));
        isFree.SetResult();

        await ReadMatchAsync(peer, 1, Pending);
        Assert.AreEqual(Success, await peer.ReadStatusAsync());
        Assert.AreEqual(Cancelled, await peer.ReadStatusAsync());

        async IAsyncEnumerable<CFindResult<Status>> Waiting()
        {
            await isFree.Task;
            yield return Match(1);
        }

        static async IAsyncEnumerable<CFindResult<Status>> Unending([EnumeratorCancellation] CancellationToken token)
        {
            await Task.Delay(Timeout.Infinite, token);
            yield break;
        }
    }

    [TestMethod]
    public async Task A_peer_that_reads_slowly_slows_down_the_handler()
    {
        var made = 0;
        await using var server = await TestServer.StartAsync(Binding((_, _) => Large()));
        using var peer = await server.AssociateAsync(s_find);

        await AskAsync(peer, 1);
        int ahead;
        do
        {
            ahead = Volatile.Read(ref made);
            await Task.Delay(500);
        }
        while (ahead == 0 || Volatile.Read(ref made) != ahead);

        Assert.IsLessThan(400, ahead);

        async IAsyncEnumerable<CFindResult<Status>> Large()
        {
            await Task.Yield();
            var comment = new string('x', 100_000);
            for (var i = 0; i < 400; i++)
            {
                Interlocked.Increment(ref made);
                yield return new DicomDataset { { DicomTag.ImageComments, comment } };
            }
        }
    }

    [TestMethod]
    public async Task The_end_of_the_association_ends_the_handler()
    {
        var isOver = new TaskCompletionSource();
        await using var server = await TestServer.StartAsync(Binding((_, token) => Searching(token)));
        using (var peer = await server.AssociateAsync(s_find))
        {
            await AskAsync(peer, 1);
            await ReadMatchAsync(peer, 1, Pending);
        }

        await isOver.Task.WaitAsync(TimeSpan.FromSeconds(5));

        async IAsyncEnumerable<CFindResult<Status>> Searching([EnumeratorCancellation] CancellationToken token)
        {
            try
            {
                yield return Match(1);
                await Task.Delay(Timeout.Infinite, token);
            }
            finally
            {
                isOver.SetResult();
            }
        }
    }

    [TestMethod]
    public async Task The_time_of_a_request_begins_anew_with_every_match()
    {
        await using var server = await TestServer.StartAsync(static options => options.RequestTimeout = TimeSpan.FromSeconds(1.5), Binding(static (_, token) => Slow(token)));
        using var peer = await server.AssociateAsync(s_find);

        await AskAsync(peer, 1);

        for (var i = 0; i < 4; i++)
        {
            await ReadMatchAsync(peer, 1, Pending);
        }

        Assert.AreEqual(UnableToProcess, await peer.ReadStatusAsync());

        static async IAsyncEnumerable<CFindResult<Status>> Slow([EnumeratorCancellation] CancellationToken token)
        {
            for (var i = 0; i < 4; i++)
            {
                await Task.Delay(500, token);
                yield return Match(i);
            }

            await Task.Delay(Timeout.Infinite, token);
        }
    }

    [TestMethod]
    public async Task A_query_without_identifier_is_a_failure()
    {
        await using var server = await TestServer.StartAsync(Binding(static (_, _) => throw new InvalidOperationException("not asked")));
        using var peer = await server.AssociateAsync(s_find);

        await peer.SendCommandAsync(1, Command(0x0020, 1, StudyRoot, NoDataSet).UInt16(0x0700, 0).ToArray());

        Assert.AreEqual(UnableToProcess, await peer.ReadStatusAsync());
    }

    public static byte[] Identifier(string level) => [8, 0, 0x52, 0, (byte)(level.Length + (level.Length & 1)), 0, 0, 0, .. Encoding.ASCII.GetBytes(level.PadRight(level.Length + (level.Length & 1)))];

    private static async Task AskAsync(Requestor peer, ushort id)
    {
        await peer.SendCommandAsync(1, Command(0x0020, id, StudyRoot, WithDataSet).UInt16(0x0700, 0).ToArray());
        await peer.SendDataAsync(1, Identifier("STUDY "));
    }

    /// <summary>Gives the match's Patient ID.</summary>
    private static async Task<string> ReadMatchAsync(Requestor peer, ushort id, ushort status)
    {
        var (command, data, _, context) = await peer.Wire.ReadMessageAsync(hasData: true).WaitAsync(TimeSpan.FromSeconds(20));
        var response = CommandSet.Read(command)!;
        Assert.AreEqual((0x8020, id, (ushort?)status, (byte)1), (response.Field, response.MessageIdBeingRespondedTo, response.GetUInt16(CommandElement.Status), context));
        return Encoding.ASCII.GetString(data, 8, data.Length - 8);
    }

    /// <summary>A response, whatever it is, without its data set.</summary>
    private static async Task<CommandSet> ReadNextAsync(Requestor peer)
    {
        var command = await peer.ReadCommandAsync();
        if (command.HasDataSet)
        {
            await peer.ReadAsync();
        }

        return command;
    }

    private static DicomDataset Match(int number) => new() { { DicomTag.PatientID, $"MATCH {number}" } };

    private static ServiceBinding Binding(Func<CFindContext, CancellationToken, IAsyncEnumerable<CFindResult<Status>>> handler) => new()
    {
        Role = DicomRole.Scp,
        ServiceClass = Find.ServiceClass,
        SopClasses = [Find],
        FindStatus = static (_, code) => code switch
        {
            >= 0xC000 and <= 0xCFFF or 0xA700 => new StatusInfo(code, StatusCategory.Failure, "", "Query/Retrieve"),
            _ => null,
        },
        CFind = (_, context, token) => CFindResult<Status>.ToResponses(handler(context, token), token),
    };
}
