using System.Globalization;
using System.Reflection;
using FellowOakDicom;
using Specgen.Conformance;
using Specgen.Interop.Tests.Services;
using Specgen.Standard;
using Specgen.Testing;

namespace Specgen.Interop.Tests.Conformance;

/// <summary>What a conformance statement says, a running server does, and the other way round.</summary>
[TestClass]
public sealed class ConformanceTruthTests
{
    private const int Refused = 50, ContextsAtATime = 100;

    private static readonly string[] s_known =
    [
        TransferSyntaxUids.ExplicitVRLittleEndian, TransferSyntaxUids.ImplicitVRLittleEndian, TransferSyntaxUids.ExplicitVRBigEndian, TransferSyntaxUids.JPEGBaseline8Bit, TransferSyntaxUids.RLELossless,
    ];

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public async Task EveryPresentationContextIsAccepted_InEachOfItsTransferSyntaxes(bool hasPreference)
    {
        await using var scp = await StartAsync(hasPreference);
        var contexts = scp.Conformance.Entities[0].Contexts.Where(static c => !c.IsInitiated && c.Role == DicomRole.Scp).ToList();
        Assert.IsNotEmpty(contexts);
        var proposed = contexts.SelectMany(static c => (c.TransferSyntaxes.Count == 0 ? s_known : c.TransferSyntaxes).Select(syntax => (c.SopClass.Uid, Syntax: syntax))).ToList();
        foreach (var answer in await NegotiateAsync(scp, proposed))
        {
            Assert.AreEqual(0, answer.Result, $"{answer.SopClass} in {answer.Syntax}");
        }

        // What is not listed is refused: another transfer syntax where there is a list …
        var others = contexts.Where(static c => c.TransferSyntaxes.Count > 0).SelectMany(c => s_known.Except(c.TransferSyntaxes).Select(syntax => (c.SopClass.Uid, syntax))).ToList();
        Assert.IsNotEmpty(others);
        Assert.IsTrue((await NegotiateAsync(scp, others)).All(static a => a.Result == 4));
    }

    [TestMethod]
    public async Task FiftyOthersAreRefused()
    {
        await using var scp = await StartAsync(false);
        var claimed = scp.Conformance.Entities[0].Contexts.Select(static c => c.SopClass.Uid).ToHashSet(StringComparer.Ordinal);
        var others = StorageServiceClass.SopClasses.Concat(QueryRetrieveServiceClass.SopClasses).Concat(PrintManagementServiceClass.SopClasses)
            .Where(s => !claimed.Contains(s.Uid)).DistinctBy(static s => s.Uid).Take(Refused).Select(static s => (s.Uid, TransferSyntaxUids.ImplicitVRLittleEndian)).ToList();
        Assert.HasCount(Refused, others);
        Assert.IsTrue((await NegotiateAsync(scp, others)).All(static a => a.Result == 3));
    }

    /// <summary>Of several that are proposed the first of the statement's list is chosen.</summary>
    [TestMethod]
    public async Task TransferSyntaxesAreInTheOrderOfPreference()
    {
        await using var scp = await StartAsync(hasPreference: true);
        foreach (var context in scp.Conformance.Entities[0].Contexts.Where(static c => !c.IsInitiated && c.Role == DicomRole.Scp))
        {
            Assert.IsGreaterThan(1, context.TransferSyntaxes.Count);
            await using var association = await ScuAssociation.OpenAsync(new EchoUser(), Options(scp, new ProposedContext(context.SopClass.Uid, [.. context.TransferSyntaxes.Reverse()])));
            Assert.AreEqual(context.TransferSyntaxes[0], association.AcceptedContexts.Single().TransferSyntaxUid);
        }
    }

    /// <summary>A status whose condition is provoked is the one that the statement says, and stands in its table.</summary>
    [TestMethod]
    [DataRow(1, 0x0000, "ends with none")]
    [DataRow(2, 0xB000, "ends with 2")]
    [DataRow(3, 0xA700, "ends with 3")]
    [DataRow(4, 0xA7F0, "ends with 4")]
    [DataRow(5, 0xC123, "ends with 5")]
    public async Task AStatusIsSentWhereTheStatementSaysSo(int digit, int status, string condition)
    {
        await using var scp = await StartAsync(false);
        await using var user = new ExplainedUser();
        await user.ConnectAsync(Options(scp));
        var file = new DicomFile(new DicomDataset().Add(DicomTag.SOPClassUID, SopClassUids.CTImageStorage).Add(DicomTag.SOPInstanceUID, "1.2.3." + digit.ToString(CultureInfo.InvariantCulture)));
        Assert.AreEqual((StorageCStoreStatus)status, (await user.CStoreAsync(file)).Status);
        var row = Table(scp.Conformance, "Storage Service Class", DimseOperation.CStore, DicomRole.Scp).Rows.Single(r => r.First == status);
        StringAssert.Contains(row.Text, condition);
    }

    /// <summary>No status that a row calls "Not sent" is one that the handlers answered.</summary>
    [TestMethod]
    public void WhatIsNotExplainedIsNotSent()
    {
        var table = Table(Statement(), "Storage Service Class", DimseOperation.CStore, DicomRole.Scp);
        Assert.AreEqual("Not sent.", table.Rows.Single(static r => r.First == 0xB007).Text);
        Assert.AreEqual("A700-A7FF", table.Rows.First(static r => r.First == 0xA700).Codes);
    }

    [TestMethod]
    public async Task AQueryIsAnsweredAsTheStatementSays()
    {
        await using var scp = await StartAsync(false);
        await using var user = new StudyUser();
        await user.ConnectAsync(Options(scp, new ProposedContext(SopClassUids.StudyRootQueryRetrieveInformationModelFind, TransferSyntaxUids.ImplicitVRLittleEndian)));
        var rows = Table(scp.Conformance, "Query/Retrieve Service Class", DimseOperation.CFind, DicomRole.Scp).Rows;
        foreach (var (level, status) in new[] { ("STUDY", 0x0000), ("", 0xC000) })
        {
            var identifier = new DicomDataset();
            _ = level.Length == 0 ? identifier.Add(DicomTag.PatientID, "1") : identifier.Add(DicomTag.QueryRetrieveLevel, level);
            var query = user.CFindAsync(identifier);
            await foreach (var _ in query)
            {
                Assert.Fail("A match of nothing.");
            }

            Assert.AreEqual((QueryRetrieveCFindStatus)status, query.Result!.Value.Status);
            Assert.IsNotEmpty(rows.Single(r => r.First == status).Text);
        }
    }

    /// <summary>Every row of the tables of PS3.2 that are kept in spec/conformance is in the statement's table of the same service.</summary>
    [TestMethod]
    [DataRow("storage.rst", "SCU", "Storage Service Class", DimseOperation.CStore, DicomRole.Scu)]
    [DataRow("storage.rst", "SCP", "Storage Service Class", DimseOperation.CStore, DicomRole.Scp)]
    [DataRow("storage_commitment.rst", "SCU", "Storage Commitment Service Class", DimseOperation.NAction, DicomRole.Scu)]
    [DataRow("query_retrieve.rst", "SCU", "Query/Retrieve Service Class", DimseOperation.CFind, DicomRole.Scu)]
    [DataRow("basic_worklist_management.rst", "SCU", "Basic Worklist Management Service Class", DimseOperation.CFind, DicomRole.Scu)]
    [DataRow("modality_performed_procedure_step.rst", "SCU", "Modality Performed Procedure Step Service Class", DimseOperation.NCreate, DicomRole.Scu)]
    public void EveryRowOfAnnexN_IsInTheStatement(string page, string role, string serviceClass, DimseOperation operation, DicomRole of)
    {
        var expected = Printed(page, role);
        Assert.IsGreaterThan(5, expected.Count);
        var rows = Table(Statement(), serviceClass, operation, of).Rows;
        foreach (var (category, codes) in expected)
        {
            Assert.IsTrue(rows.Any(r => r.Codes == codes && (r.Category?.ToString() ?? "-") == category), $"{codes} {category}; there are {string.Join(", ", rows.Select(static r => r.Codes))}");
        }
    }

    [TestMethod]
    public void WhereAnnexNPrintsAWrongCode_ThereIsAFootnote()
    {
        var rows = Table(Statement(), "Storage Service Class", DimseOperation.CStore, DicomRole.Scu).Rows;
        StringAssert.Contains(rows.Single(static r => r.First == 0x0122).Misprint, "0112");
        StringAssert.Contains(rows.Single(static r => r.First == 0x0124).Misprint, "0214");
        Assert.IsFalse(rows.Any(static r => r.First is 0x0112 or 0x0214));
    }

    /// <summary>A status that every service may answer with has its name, on a page that does not list it, too.</summary>
    [TestMethod]
    public void WhatTheRuntimeAnswersWith_IsCalledAsPS37DoesIt()
    {
        var lines = File.ReadAllLines(Path.Combine(SampleStatementTests.SpecFolder, "general_statuses.rst"));
        var rows = Table(DicomScpConformance.Of(new DicomScpOptions { AETitle = "TAPES" }, new TapeArchive()), "Acme Archiving Service Class", DimseOperation.NAction, DicomRole.Scp).Rows;
        foreach (var row in new[] { 0x0117, 0x0118, 0x0123 }.Select(code => rows.Single(r => r.First == code)))
        {
            Assert.IsTrue(lines.Any(line => line.Contains("0x" + row.Codes, StringComparison.Ordinal) && line.Contains(row.Meaning, StringComparison.Ordinal)), row.Meaning);
        }

        // Its names are those of that page, all of them.
        var general = File.ReadAllLines(Path.Combine(SampleStatementTests.SpecFolder, "conformance", "annex_n.txt")).Where(static line => line.StartsWith("general|", StringComparison.Ordinal)).Select(static line => line.Split('|')).ToList();
        var printed = lines.Where(static line => line.StartsWith("| 0x", StringComparison.Ordinal)).Select(static line => line.Split('|', StringSplitOptions.TrimEntries)).ToList();
        Assert.IsNotEmpty(printed);
        CollectionAssert.AreEqual(printed.Select(static cells => $"{cells[1][2..]} {cells[3]}").ToList(), general.Select(static parts => $"{parts[1]} {parts[2]}").ToList());
    }

    /// <summary>A user answers notifications: a table of what it sends, in its own role (PS3.2 Table N.7-45).</summary>
    [TestMethod]
    public void NotificationsAreAnsweredByTheUser()
    {
        Assert.IsTrue(Table(Statement(), "Storage Commitment Service Class", DimseOperation.NEventReport, DicomRole.Scu).IsSent);
        Assert.IsFalse(Table(Statement(), "Storage Commitment Service Class", DimseOperation.NAction, DicomRole.Scu).IsSent);
    }

    [TestMethod]
    public void BehaviorsOfAUser_AreInItsTable()
    {
        var rows = Table(Statement(), "Storage Service Class", DimseOperation.CStore, DicomRole.Scu).Rows;
        Assert.AreEqual("Retried every five minutes.", rows.First(static r => r.First == 0xA700).Text);
        Assert.AreEqual("Given up.", rows.Single(static r => r.First == 0xA7F0).Text);
        Assert.AreEqual("As other status codes.", rows.Single(static r => r.First == 0xB007).Text);
        Assert.AreEqual("Logged, and the instance is set aside.", rows[^1].Text);
        Assert.AreEqual("any other", rows[^1].Codes);
    }

    /// <summary>Table, its rows as "category, codes", out of a page of spec/conformance.</summary>
    private static List<(string Category, string Codes)> Printed(string page, string role)
    {
        var spec = typeof(ConformanceTruthTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static a => a.Key == "Spec").Value!;
        var lines = File.ReadAllLines(Path.Combine(spec, "conformance", page));
        var start = Array.FindIndex(lines, line => line.Contains($", {role} of ", StringComparison.Ordinal));
        return [.. lines.Skip(start + 1).TakeWhile(static line => !line.Contains(" of the ", StringComparison.Ordinal) || line.StartsWith("..", StringComparison.Ordinal) || line.StartsWith(' '))
            .Where(static line => line.StartsWith('|')).Skip(1).Select(static line => line.Split('|').Select(static cell => cell.Trim()).ToArray()).Select(static cells => (cells[1], cells[3]))];
    }

    private static ConformanceStatusTable Table(ConformanceStatement statement, string serviceClass, DimseOperation operation, DicomRole role) =>
        statement.Entities.SelectMany(static e => e.Services).Where(s => s.ServiceClass == serviceClass).SelectMany(static s => s.StatusTables).First(t => t.Operation == operation && t.Role == role);

    /// <summary>Of users as well, without a server.</summary>
    internal static ConformanceStatement Statement() => DicomScpConformance.Of(
        new DicomScpOptions { AETitle = "TRUTH" }, new ExplainedStore(), new ExplainedQueries(), new Drawers(), new ExplainedUser(), new CommitmentUser(), new StudyUser(), new WorklistUser(), new PerformedStepUser());

    private static Task<DicomScp> StartAsync(bool hasPreference)
    {
        var options = new DicomScpOptions { Address = "127.0.0.1", Port = 0, AETitle = "TRUTH" };
        if (hasPreference)
        {
            options.TransferSyntaxes = [TransferSyntaxUids.RLELossless, TransferSyntaxUids.ExplicitVRLittleEndian];
        }

        return DicomScp.StartAsync(options, new ExplainedStore(), new ExplainedQueries(), new Drawers());
    }

    private static ScuOptions Options(DicomScp scp, params ProposedContext[] contexts) => new("127.0.0.1", scp.Port) { CalledAE = "TRUTH", PresentationContexts = [.. contexts] };

    /// <summary>The answers of the server, with bytes of our own.</summary>
    private static async Task<List<(string SopClass, string Syntax, byte Result)>> NegotiateAsync(DicomScp scp, List<(string SopClass, string Syntax)> proposed)
    {
        var answers = new List<(string, string, byte)>();
        foreach (var some in proposed.Chunk(ContextsAtATime))
        {
            using var peer = await RoughPeer.ConnectAsync("127.0.0.1", scp.Port);
            await peer.SendAsync(Pdu.RequestAssociation("TRUTH", "RAW", some.Select(static (c, i) => new Proposal((byte)((2 * i) + 1), c.SopClass, c.Syntax))));
            var answer = await peer.TryReadAsync();
            Assert.AreEqual(Pdu.AssociateAccept, answer!.Type);
            var results = answer.Results;
            answers.AddRange(some.Select((c, i) => (c.SopClass, c.Syntax, results[(byte)((2 * i) + 1)])));
        }

        return answers;
    }
}
