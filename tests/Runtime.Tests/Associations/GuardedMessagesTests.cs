using FellowOakDicom;
using Microsoft.Extensions.Logging;
using Specgen.Runtime.Tests.Instances;
using Specgen.Runtime.Tests.Scu;
using Specgen.Runtime.Tests.Wire;
using Specgen.Wire;
using static Specgen.Runtime.Tests.Scu.RawConnection;
using static Specgen.Runtime.Tests.Wire.Requestor;

namespace Specgen.Runtime.Tests.Associations;

/// <summary>The limits of data sets, over associations: in requests of all operations that have one, and in answers to ours.</summary>
[TestClass]
public sealed class GuardedMessagesTests
{
    private static readonly DataSetLimits s_limits = new() { MaxDepth = 5 };

    private static readonly SopClass s_class = new("1.2.3.99", "Anything", "Anything", "Anything Service Class", null, false);

    private static readonly (ushort Field, ushort ClassElement, ushort InstanceElement)[] s_operations =
        [(0x0001, 0x0002, 0x1000), (0x0020, 0x0002, 0x1000), (0x0120, 0x0003, 0x1001), (0x0130, 0x0003, 0x1001), (0x0140, 0x0002, 0x1000)];

    [TestMethod]
    [DataRow("1.2.840.10008.1.2")]
    [DataRow("1.2.840.10008.1.2.1")]
    [DataRow("1.2.840.10008.1.2.2")]
    [DataRow("1.2.840.10008.1.2.1.99")]
    public async Task A_request_is_refused_before_its_handler_and_leaves_nothing(string uid)
    {
        var syntax = DicomTransferSyntax.Parse(uid);
        var log = new CapturedLog();
        var handled = 0;
        await using var server = await StartAsync(log, uid, () => Interlocked.Increment(ref handled));
        using var peer = await server.AssociateAsync(new Proposal(1, s_class.Uid, uid));
        foreach (var (field, classElement, instanceElement) in s_operations)
        {
            foreach (var lengths in Enum.GetValues<Lengths>())
            {
                foreach (var depth in new[] { 6, 900 })
                {
                    var (status, comment) = await AskAsync(peer, field, classElement, instanceElement, Nested(syntax, depth, lengths));
                    Assert.AreNotEqual(0, status, $"{field:X4} {lengths}");
                    StringAssert.Contains(comment, "nested", StringComparison.Ordinal);
                }
            }

            Assert.AreEqual(0, handled);
            Assert.IsEmpty(server.Parts());
            Assert.AreEqual(0, (await AskAsync(peer, field, classElement, instanceElement, Nested(syntax, 5, Lengths.Alternating))).Status, $"{field:X4}");
            handled = 0;
        }

        Assert.IsFalse(log.Lines.Any(static line => line.Level >= LogLevel.Error), "What a peer does wrong is no error of ours.");
    }

    [TestMethod]
    [DataRow(Lengths.Defined)]
    [DataRow(Lengths.Undefined)]
    public async Task An_answer_to_a_user_is_refused_and_the_association_lives(Lengths lengths)
    {
        await using var peer = new RawPeer(async c =>
        {
            await c.AcceptAsync();
            for (var i = 0; i < 2; i++)
            {
                var (command, _, _, id) = await c.ReadMessageAsync(hasData: false);
                await c.WriteCommandAsync(id, (0x00000100, Us(0x8110)), (0x00000120, Element(command, 0x00000110)), (0x00000800, Us(1)), (0x00000900, Us(0)));
                await c.WriteAsync(Data, Fragment(id, isCommand: false, isLast: true, Nested(DicomTransferSyntax.ExplicitVRLittleEndian, i == 0 ? 900 : 5, lengths)));
            }

            await c.ReadAsync();
            await c.WriteAsync(ReleaseRp, 0, 0, 0, 0);
        });
        var options = ScuAssociationTests.Options(peer.Port);
        options.DataSetLimits = s_limits;
        options.PresentationContexts.Add(new ProposedContext(s_class.Uid, Explicit));
        await using var association = await ScuAssociation.OpenAsync(new TestHandlers(TestClasses.Scu(s_class)), options);

        var e = await Assert.ThrowsExactlyAsync<AssociationException>(async () => await association.NGetAsync<TestStatus>(s_class, "1.2.3", []));

        StringAssert.Contains(e.Message, "nested", StringComparison.Ordinal);
        Assert.IsNotNull((await association.NGetAsync<TestStatus>(s_class, "1.2.3", [])).Dataset);
    }

    private static byte[] Nested(DicomTransferSyntax syntax, int depth, Lengths lengths) =>
        new EncodedDataSet(syntax).Text(EncodedDataSet.SopInstance, "UI", "1.2.3").Nested(depth, lengths).Bytes(syntax);

    private static async Task<(int Status, string? Comment)> AskAsync(Requestor peer, ushort field, ushort classElement, ushort instanceElement, byte[] data)
    {
        var command = new CommandWriter().Uid(classElement, s_class.Uid).UInt16(0x0100, field).UInt16(0x0110, 1).UInt16(0x0800, WithDataSet).Uid(instanceElement, "1.2.3").UInt16(0x1008, 1);
        await peer.SendCommandAsync(1, command.ToArray());
        await peer.SendDataAsync(1, data);
        var response = await peer.ReadCommandAsync();
        return (response.GetUInt16(CommandElement.Status)!.Value, response.GetText(CommandElement.ErrorComment));
    }

    private static Task<TestServer> StartAsync(CapturedLog log, string syntax, Action handled)
    {
        return TestServer.StartAsync(
            options =>
            {
                options.LoggerFactory = log;
                options.DataSetLimits = s_limits;
                options.TransferSyntaxes.Add(syntax);
            },
            new ServiceBinding
            {
                Role = DicomRole.Scp,
                ServiceClass = s_class.ServiceClass,
                SopClasses = [s_class],
                FindStatus = static (_, _) => null,
                CStore = Answer<CStoreContext>(),
                CFind = (_, _, _) => Nothing(),
                NSet = Answer<NSetContext>(),
                NAction = Answer<NActionContext>(),
                NCreate = Answer<NCreateContext>(),
            });

        DimseHandler<TContext> Answer<TContext>()
            where TContext : DimseContext => (_, _, _) =>
        {
            handled();
            return ValueTask.FromResult(new DimseResponse(0));
        };

        async IAsyncEnumerable<DimseResponse> Nothing()
        {
            handled();
            await Task.CompletedTask;
            yield break;
        }
    }
}
