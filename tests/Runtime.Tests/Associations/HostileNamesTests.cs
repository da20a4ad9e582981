using System.Text;
using FellowOakDicom;
using Microsoft.Extensions.Logging;
using Specgen.Runtime.Tests.Instances;
using Specgen.Runtime.Tests.Scu;
using Specgen.Runtime.Tests.Wire;
using Specgen.Wire;
using static Specgen.Runtime.Tests.Wire.Requestor;

namespace Specgen.Runtime.Tests.Associations;

/// <summary>What peers call themselves and their instances: through all operations, to handlers, to logs and back.</summary>
[TestClass]
public sealed class HostileNamesTests
{
    private const ushort InvalidSopInstance = 0x0117;

    private static readonly SopClass s_class = new("1.2.3.99", "Anything", "Anything", "Anything Service Class", null, false);

    /// <summary>Each operation with an instance, with its command field and where the instance is named.</summary>
    private static readonly (ushort Field, ushort Element)[] s_named = [(0x0001, 0x1000), (0x0100, 0x1000), (0x0110, 0x1001), (0x0120, 0x1001), (0x0130, 0x1001), (0x0140, 0x1000), (0x0150, 0x1001)];

    private static readonly ushort[] s_unnamed = [0x0010, 0x0020, 0x0021, 0x0030];

    private static IEnumerable<object[]> NoUids =>
    [
        ["/etc/cron.d/x"], ["../../../../etc/passwd"], ["1.2.3/../../x"], [".."], ["."], ["a\\..\\b"], ["1.2.3."], [".1.2"], ["1..2"], ["1.2.x"], ["1.2 3"], ["CON"], ["1.2\0.3"],
        ["1.2\r\nFORGED LINE\u001B[31m\u0007"], ["\u009B31m\u0085FORGED"], [new string('1', 65)], ["-1.2"], ["1.2:3"], ["~"], ["${jndi:ldap://x}"],
    ];

    [TestMethod]
    [DynamicData(nameof(NoUids))]
    public async Task What_is_no_UID_reaches_no_handler_and_no_log_as_it_is(string name)
    {
        var log = new CapturedLog();
        var seen = new List<string>();
        await using var server = await StartAsync(log, seen);
        using var peer = await server.AssociateAsync(new Proposal(1, s_class.Uid, Explicit));
        using var user = await OpenAsUserAsync(server);
        foreach (var (field, element) in s_named)
        {
            Assert.AreEqual(InvalidSopInstance, await AskAsync(field == 0x0100 ? user : peer, field, element, name), $"{field:X4}");
        }

        Assert.IsEmpty(seen);
        foreach (var field in s_unnamed)
        {
            await AskAsync(peer, field, 0x1000, name);
        }

        Assert.IsTrue(seen.TrueForAll(static uid => uid.Length == 0), "Where no instance is named, none is given.");
        AssertNothingForged(log);
        Assert.IsFalse(log.Lines.Any(static line => line.Level >= LogLevel.Error), "What a peer does wrong is no error of ours.");
    }

    [TestMethod]
    public async Task Where_an_instance_has_to_be_named_it_is()
    {
        var seen = new List<string>();
        await using var server = await StartAsync(new CapturedLog(), seen);
        using var peer = await server.AssociateAsync(new Proposal(1, s_class.Uid, Explicit));
        foreach (var (field, element) in s_named.Where(static n => n.Field is not (0x0100 or 0x0140)))
        {
            Assert.AreEqual(InvalidSopInstance, await AskAsync(peer, field, element, null), $"{field:X4}");
        }

        Assert.IsEmpty(seen);
        Assert.AreEqual(0, await AskAsync(peer, 0x0140, 0x1000, null), "Of a new one the provider makes it up (PS3.7 §10.1.5.1.4).");
    }

    [TestMethod]
    [DataRow(UidCheck.Characters, "1.2.03.4", 0)]
    [DataRow(UidCheck.Full, "1.2.03.4", InvalidSopInstance)]
    [DataRow(UidCheck.None, "old archive/7", 0)]
    [DataRow(UidCheck.None, "1.2.03.4", 0)]
    public async Task How_much_is_asked_is_an_option(UidCheck check, string name, int expected)
    {
        var seen = new List<string>();
        await using var server = await StartAsync(new CapturedLog(), seen, options => options.UidCheck = check);
        using var peer = await server.AssociateAsync(new Proposal(1, s_class.Uid, Explicit));
        foreach (var (field, element) in s_named.Where(static n => n.Field != 0x0100))
        {
            Assert.AreEqual(expected, await AskAsync(peer, field, element, name), $"{field:X4}");
        }

        Assert.IsTrue(seen.TrueForAll(uid => uid == name));
    }

    [TestMethod]
    [DataRow("EVIL\r\nFORGED\u001B[2J")]
    [DataRow("\u0085\u009B\u200E")]
    [DataRow("")]
    public async Task A_name_that_is_none_is_rejected_and_does_not_forge_a_log(string title)
    {
        var log = new CapturedLog();
        await using var server = await StartAsync(log, []);
        foreach (var (called, calling) in new[] { ("SERVER", title), (title, "CLIENT"), (title, title) })
        {
            using var peer = await ConnectAsync(server.Port);
            await peer.Stream.WriteAsync(Associate(called, calling));
            var (type, body) = await peer.ReadAsync();
            Assert.AreEqual((RawConnection.Rj, called == "SERVER" ? 3 : 7), (type, body[3]));
        }

        AssertNothingForged(log);
    }

    [TestMethod]
    public async Task A_hostile_command_does_not_forge_a_log()
    {
        const string Text = "1.2\r\nFORGED\u001B[31m\u0085";
        var log = new CapturedLog();
        await using var server = await StartAsync(log, []);
        using var peer = await server.AssociateAsync(new Proposal(1, s_class.Uid, Explicit));
        foreach (var field in s_named.Select(static n => n.Field).Concat(s_unnamed))
        {
            var command = new CommandWriter().Uid(0x0002, Encoding.Latin1.GetBytes(Text)).Uid(0x0003, Encoding.Latin1.GetBytes(Text)).UInt16(0x0100, field).UInt16(0x0110, 1)
                .UInt16(0x0800, NoDataSet).Uid(0x0600, Encoding.Latin1.GetBytes(Text)).Uid(0x1000, "1.2.3").ToArray();
            await peer.SendCommandAsync(1, command);
            Assert.AreNotEqual(0, await peer.ReadStatusAsync());
        }

        AssertNothingForged(log);
    }

    [TestMethod]
    public async Task What_a_handler_throws_stays_here()
    {
        const string Secret = "/srv/patients/mueller.db";
        foreach (var thrown in new Exception[]
        {
            new InvalidOperationException(Secret), new IOException(Secret), new FileNotFoundException(Secret), new DicomDataException(Secret), new InvalidDataException(Secret),
            new UnauthorizedAccessException(Secret), new OutOfMemoryException(Secret), new KeyNotFoundException(Secret),
        })
        {
            var log = new CapturedLog();
            await using var server = await TestServer.StartAsync(
                options => options.LoggerFactory = log, TestClasses.Binding(DicomRole.Scp, [s_class], cStore: (_, _, _) => throw thrown, nAction: (_, _, _) => throw thrown));
            using var peer = await server.AssociateAsync(new Proposal(1, s_class.Uid, Explicit));
            foreach (var field in new ushort[] { 0x0001, 0x0130 })
            {
                await SendAsync(peer, field, field == 0x0001 ? (ushort)0x1000 : (ushort)0x1001, "1.2.3");
                var response = await peer.ReadCommandAsync();
                Assert.AreNotEqual((ushort?)0, response.GetUInt16(CommandElement.Status));
                Assert.IsFalse(response.GetText(CommandElement.ErrorComment)?.Contains("mueller", StringComparison.Ordinal) ?? false);
                Assert.IsTrue(log.Lines.Any(static line => line.Text.Contains("mueller", StringComparison.Ordinal)), "Here it is told.");
            }
        }
    }

    [TestMethod]
    public async Task SaveTo_makes_a_path_of_nothing_but_a_UID()
    {
        var folder = Directory.CreateTempSubdirectory("specgen-saved").FullName;
        try
        {
            await using var server = await TestServer.StartAsync(static options => options.UidCheck = UidCheck.None, TestClasses.Binding(DicomRole.Scp, [s_class], cStore: async (_, context, ct) =>
            {
                Assert.AreEqual(Path.Combine(folder, "in", context.SopInstanceUid + ".dcm"), await context.SaveToAsync(Path.Combine(folder, "in"), ct));
                return new DimseResponse(0);
            }));
            using var peer = await server.AssociateAsync(new Proposal(1, s_class.Uid, Explicit));
            foreach (object[] name in NoUids)
            {
                Assert.AreNotEqual(0, await AskAsync(peer, 0x0001, 0x1000, (string)name[0]), (string)name[0]);
            }

            Assert.IsEmpty(Directory.GetFiles(folder, "*", SearchOption.AllDirectories));
            Assert.AreEqual(0, await AskAsync(peer, 0x0001, 0x1000, "1.2.3.4"));
            CollectionAssert.AreEqual(new[] { Path.Combine(folder, "in", "1.2.3.4.dcm") }, Directory.GetFiles(folder, "*", SearchOption.AllDirectories));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<ushort> AskAsync(Requestor peer, ushort field, ushort element, string? name)
    {
        await SendAsync(peer, field, element, name);
        return await peer.ReadStatusAsync();
    }

    private static async Task SendAsync(Requestor peer, ushort field, ushort element, string? name)
    {
        var hasData = field is 0x0001 or 0x0010 or 0x0020 or 0x0021 or 0x0120;
        var requested = element == 0x1001;
        var writer = new CommandWriter().Uid(requested ? (ushort)0x0003 : (ushort)0x0002, s_class.Uid).UInt16(0x0100, field).UInt16(0x0110, 1).UInt16(0x0800, hasData ? WithDataSet : NoDataSet);
        _ = name is null ? writer : writer.Uid(element, Encoding.Latin1.GetBytes(name));
        await peer.SendCommandAsync(1, writer.UInt16(field == 0x0100 ? (ushort)0x1002 : (ushort)0x1008, 1).ToArray());
        if (hasData)
        {
            await peer.SendDataAsync(1, EncodedDataSet.Instance(200));
        }
    }

    private static void AssertNothingForged(CapturedLog log)
    {
        Assert.IsFalse(log.Lines.IsEmpty);
        foreach (var (_, text) in log.Lines)
        {
            Assert.IsFalse(text.Any(char.IsControl), PeerText.Escape(text));
        }
    }

    private static Task<TestServer> StartAsync(CapturedLog log, List<string> seen, Action<DicomScpOptions>? configure = null)
    {
        var all = new ServiceBinding
        {
            Role = DicomRole.Scp,
            ServiceClass = s_class.ServiceClass,
            SopClasses = [s_class],
            FindStatus = static (_, _) => null,
            CEcho = Answer<CEchoContext>(seen),
            CStore = Answer<CStoreContext>(seen),
            NGet = Answer<NGetContext>(seen),
            NSet = Answer<NSetContext>(seen),
            NCreate = Answer<NCreateContext>(seen),
            NDelete = Answer<NDeleteContext>(seen),
            NAction = Answer<NActionContext>(seen),
        };
        var notifications = new ServiceBinding
        {
            Role = DicomRole.Scu,
            ServiceClass = s_class.ServiceClass,
            SopClasses = [s_class],
            FindStatus = static (_, _) => null,
            NEventReport = Answer<NEventReportContext>(seen),
        };
        return TestServer.StartAsync(
            options =>
            {
                options.LoggerFactory = log;
                configure?.Invoke(options);
            },
            all,
            notifications);
    }

    private static DimseHandler<TContext> Answer<TContext>(List<string> seen)
        where TContext : DimseContext => (_, context, _) =>
    {
        seen.Add(context.SopInstanceUid);
        return ValueTask.FromResult(new DimseResponse(0));
    };

    /// <summary>A provider's association: it asks for the SCP role, and sends notifications.</summary>
    private static async Task<Requestor> OpenAsUserAsync(TestServer server)
    {
        var requestor = await ConnectAsync(server.Port);
        await requestor.Stream.WriteAsync(AssociateRequest([new Proposal(1, s_class.Uid, Explicit)], roles: (s_class.Uid, 0, 1)));
        var (type, body) = await requestor.ReadAsync();
        Assert.AreEqual((RawConnection.Ac, 0), (type, Result(body, 1)));
        return requestor;
    }

    private static byte[] Associate(string called, string calling)
    {
        var request = AssociateRequest([new Proposal(1, s_class.Uid, Explicit)]);
        Encoding.Latin1.GetBytes(called.PadRight(16)[..16]).CopyTo(request, 10);
        Encoding.Latin1.GetBytes(calling.PadRight(16)[..16]).CopyTo(request, 26);
        return request;
    }
}
