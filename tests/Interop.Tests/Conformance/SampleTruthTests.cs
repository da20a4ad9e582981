using System.Reflection;
using FellowOakDicom;
using Specgen.Interop.Tests.Data;
using Specgen.Interop.Tests.Peers;
using Specgen.Interop.Tests.Wire;
using Specgen.Standard;
using Specgen.Testing;

namespace Specgen.Interop.Tests.Conformance;

/// <summary>What the statements of the samples say, the running samples do, and the other way round.</summary>
[TestClass]
public sealed class SampleTruthTests
{
    private const int ContextsAtATime = 100, Others = 50;
    private const string Storage = "Storage Service Class", Query = "Query/Retrieve Service Class", Commitment = "Storage Commitment Service Class";
    private const string Worklist = "Basic Worklist Management Service Class", Performed = "Modality Performed Procedure Step Service Class", Verification = "Verification Service Class";
    private const string CT = SopClassUids.CTImageStorage, MR = SopClassUids.MRImageStorage;
    private const string Find = SopClassUids.StudyRootQueryRetrieveInformationModelFind, Move = SopClassUids.StudyRootQueryRetrieveInformationModelMove, Get = SopClassUids.StudyRootQueryRetrieveInformationModelGet;
    private const string Push = SopClassUids.StorageCommitmentPushModel, Echo = SopClassUids.Verification;
    private const string Modality = SopClassUids.ModalityWorklistInformationModelFind, Step = SopClassUids.ModalityPerformedProcedureStep;

    private static readonly string[] s_known =
    [
        TransferSyntaxUids.ImplicitVRLittleEndian, TransferSyntaxUids.ExplicitVRLittleEndian, TransferSyntaxUids.ExplicitVRBigEndian, TransferSyntaxUids.JPEGBaseline8Bit, TransferSyntaxUids.RLELossless,
    ];

    private static readonly ushort[] s_refusals = [0x0211, 0x0122, 0x0118];

    [TestMethod]
    [DataRow("archive")]
    [DataRow("worklist")]
    public async Task PresentationContexts_AreThoseOfTheStatement(string sample)
    {
        using var folder = new TemporaryFolder();
        var claims = await Claims.OfAsync(sample);
        await using var server = await StartAsync(sample, folder);
        var claimed = claims.Contexts.SelectMany(static c => (c.Syntaxes.Length == 0 ? s_known : c.Syntaxes).Select(syntax => (c.SopClass, Syntax: syntax))).ToList();
        Assert.IsNotEmpty(claimed);
        Assert.AreEqual("", string.Join("\n", (await NegotiateAsync(server, claimed)).Where(static a => a.Result != 0)));

        // Other transfer syntaxes where there is a list of them …
        var syntaxes = claims.Contexts.Where(static c => c.Syntaxes.Length > 0).SelectMany(static c => s_known.Except(c.Syntaxes).Select(syntax => (c.SopClass, syntax))).ToList();
        Assert.IsNotEmpty(syntaxes);
        Assert.AreEqual("", string.Join("\n", (await NegotiateAsync(server, syntaxes)).Where(static a => a.Result != 4)));

        // … or where any that is known is taken, one that nobody knows …
        var unknown = claims.Contexts.Where(static c => c.Syntaxes.Length == 0).Select(static c => (c.SopClass, "1.2.826.0.1.9999.98")).ToList();
        Assert.AreEqual("", string.Join("\n", (await NegotiateAsync(server, unknown)).Where(static a => a.Result != 4)));

        // … and other SOP classes.
        var others = AllSopClasses().Except(claims.Contexts.Select(static c => c.SopClass)).Take(Others).Select(static uid => (uid, TransferSyntaxUids.ImplicitVRLittleEndian)).ToList();
        Assert.HasCount(Others, others);
        Assert.AreEqual("", string.Join("\n", (await NegotiateAsync(server, others)).Where(static a => a.Result != 3)));
    }

    /// <summary>Every DIMSE service in every presentation context: those that are claimed are performed, all others refused.</summary>
    [TestMethod]
    [DataRow("archive")]
    [DataRow("worklist")]
    public async Task Operations_AreThoseOfTheStatement(string sample)
    {
        using var folder = new TemporaryFolder();
        var claims = await Claims.OfAsync(sample);
        await using var server = await StartAsync(sample, folder);
        var dataSet = Talk.Bytes(new DicomDataset { { DicomTag.PatientID, "X" } });
        var wrong = new List<string>();
        foreach (var some in claims.Contexts.Chunk(ContextsAtATime))
        {
            using var talk = await Talk.OpenAsync(server.Port, server.AETitle, [.. some.Select(static c => c.SopClass)]);
            foreach (var (sopClass, _, operations) in some)
            {
                foreach (var operation in Enum.GetValues<DimseOperation>())
                {
                    var hasDataSet = operation is not (DimseOperation.CEcho or DimseOperation.NGet or DimseOperation.NDelete);
                    var answers = await talk.AskAsync(
                        operation, sopClass, hasDataSet ? dataSet : null, "1.2.3.4.5", type: operation is DimseOperation.NAction or DimseOperation.NEventReport ? (ushort)1 : null,
                        destination: operation == DimseOperation.CMove ? "NOBODY" : null);
                    if (operations.Contains(operation) == s_refusals.Contains(answers[^1]))
                    {
                        wrong.Add($"{sopClass} {operation}: {answers[^1]:X4}");
                    }
                }
            }
        }

        Assert.AreEqual("", string.Join("\n", wrong));
    }

    [TestMethod]
    public async Task StatusesOfTheArchive_AreThoseOfTheStatement()
    {
        using var folder = new TemporaryFolder();
        var claims = await Claims.OfAsync("archive");
        await using var receiver = await DicomScp.StartAsync(new DicomScpOptions { Address = "127.0.0.1", Port = 0, AETitle = "WS" }, new ExplainedStore());
        await using var archive = await ArchiveProcess.StartAsync(folder.FullName, "--peer", $"WS=127.0.0.1:{receiver.Port}", "--peer", $"DEAD=127.0.0.1:{Loopback.FreePort()}");
        using var talk = await Talk.OpenAsync(archive.Port, ArchiveProcess.AETitle, [CT, MR, Find, Move, Get, Push, Echo]);

        async Task StoreAsync(ushort expected, string sopClass, string instance, byte[] dataSet, string? named = null) =>
            claims.Saw(Storage, DimseOperation.CStore, expected, await talk.AskAsync(DimseOperation.CStore, sopClass, dataSet, instance, named));

        // One study of one instance; another of two, of which the receiver refuses the second (its UID ends with 3).
        await StoreAsync(0x0000, CT, "1.2.3.1.6", Image(CT, "1.2.3.1.6", "1.2.3.1"));
        await StoreAsync(0x0000, CT, "1.2.3.2.6", Image(CT, "1.2.3.2.6", "1.2.3.2"));
        await StoreAsync(0x0000, MR, "1.2.3.2.3", Image(MR, "1.2.3.2.3", "1.2.3.2"));
        await StoreAsync(0xC000, CT, "1.2.3.1.6", Image(CT, "1.2.3.1.6", "1.2.3.1", patient: "ANOTHER"));
        await StoreAsync(0xC000, CT, "1.2.3.1.7", Talk.Garbage);
        await StoreAsync(0xA900, CT, "1.2.3.1.7", Image(MR, "1.2.3.1.7", "1.2.3.1"));
        await StoreAsync(0x0117, CT, "1.2.x", Image(CT, "1.2.3.1.7", "1.2.3.1"));
        await StoreAsync(0x0122, CT, "1.2.3.1.7", Image(MR, "1.2.3.1.7", "1.2.3.1"), named: MR);
        await File.WriteAllTextAsync(folder["1.2.3.9"], "where a study's folder would be");
        await StoreAsync(0xA700, CT, "1.2.3.9.6", Image(CT, "1.2.3.9.6", "1.2.3.9"));

        foreach (var (operation, sopClass, extra) in new[] { (DimseOperation.CFind, Find, (string?)null), (DimseOperation.CMove, Move, "WS"), (DimseOperation.CGet, Get, null) })
        {
            async Task AskAsync(ushort expected, byte[] identifier, string? named = null, string? destination = null) =>
                claims.Saw(Query, operation, expected, await talk.AskAsync(operation, sopClass, identifier, named: named, destination: destination ?? extra));

            await AskAsync(0xA900, Identifier());
            await AskAsync(0xC000, Talk.Garbage);
            await AskAsync(operation == DimseOperation.CFind ? (ushort)0xA700 : (ushort)0xA701, Talk.TooLong);
            await AskAsync(0x0122, Identifier("STUDY"), named: Find == sopClass ? Move : Find);
            claims.Saw(Query, operation, 0xFE00, await talk.CancelAsync(operation, sopClass, Identifier("STUDY", "1.2.3.1"), extra));
            if (operation == DimseOperation.CFind)
            {
                await AskAsync(0x0000, Identifier("STUDY"));
                claims.Saw(Query, operation, 0x0000, await talk.AskAsync(operation, sopClass, Talk.Bytes(new DicomDataset { { DicomTag.QueryRetrieveLevel, "STUDY" }, { DicomTag.AdmittingDiagnosesDescription, "" } })));
            }
            else if (operation == DimseOperation.CMove)
            {
                await AskAsync(0x0000, Identifier("STUDY", "1.2.3.1"));
                await AskAsync(0xB000, Identifier("STUDY", "1.2.3.2"));
                await AskAsync(0xA702, Identifier("STUDY", "1.2.3.1"), destination: "DEAD");
                await AskAsync(0xA801, Identifier("STUDY", "1.2.3.1"), destination: "NOBODY");
            }
            else
            {
                // Nothing was proposed to send in; then the one kind, and not the other.
                await AskAsync(0xA702, Identifier("STUDY", "1.2.3.1"));
                using var taking = await Talk.OpenAsync(archive.Port, ArchiveProcess.AETitle, [Get], CT);
                claims.Saw(Query, operation, 0x0000, await taking.AskAsync(operation, Get, Identifier("STUDY", "1.2.3.1")));
                claims.Saw(Query, operation, 0xB000, await taking.AskAsync(operation, Get, Identifier("STUDY", "1.2.3.2")));
            }
        }

        async Task CommitAsync(ushort expected, byte[]? dataSet, string? instance = WellKnownSopInstanceUids.StorageCommitmentPushModelInstance, string? named = null, ushort type = 1) =>
            claims.Saw(Commitment, DimseOperation.NAction, expected, await talk.AskAsync(DimseOperation.NAction, Push, dataSet, instance, named, type));

        var request = DataSetText.CommitmentRequest("1.2.3.77", (CT, "1.2.3.1.6"));
        await CommitAsync(0x0000, request);
        await CommitAsync(0x0110, Talk.Garbage);
        await CommitAsync(0x0112, request, "1.2.3.4");
        await CommitAsync(0x0114, null);
        await CommitAsync(0x0115, DataSetText.CommitmentRequest("no UID", (CT, "1.2.3.1.6")));
        await CommitAsync(0x0117, request, "no UID");
        await CommitAsync(0x0118, request, named: CT);
        await CommitAsync(0x0123, request, type: 9);
        await CommitAsync(0x0213, Talk.TooLong);
        claims.Saw(Verification, DimseOperation.CEcho, 0x0000, await talk.AskAsync(DimseOperation.CEcho, Echo));

        claims.AssertAllSeen(new Dictionary<string, string>());
    }

    [TestMethod]
    public async Task StatusesOfTheWorklist_AreThoseOfTheStatement()
    {
        using var folder = new TemporaryFolder();
        var root = folder.Sub("list");
        await File.WriteAllTextAsync(Path.Combine(root, "ct.json"), WorklistTests.Entry("Doe^John", "1.2.3.1", ("S1", "CT", "20260105", "093000")));
        var claims = await Claims.OfAsync("worklist");
        await using var worklist = await WorklistProcess.StartAsync(root);
        using var talk = await Talk.OpenAsync(worklist.Port, WorklistProcess.AETitle, [Modality, Step, Echo]);

        async Task FindAsync(ushort expected, byte[] identifier, string? named = null) =>
            claims.Saw(Worklist, DimseOperation.CFind, expected, await talk.AskAsync(DimseOperation.CFind, Modality, identifier, named: named));

        var all = Talk.Bytes(new DicomDataset { { DicomTag.PatientName, "" } });
        await FindAsync(0x0000, all);
        await FindAsync(0x0000, Talk.Bytes(new DicomDataset { { DicomTag.PatientName, "" }, { DicomTag.InstitutionName, "" } }));
        await FindAsync(0xA900, Talk.Bytes(new DicomDataset().NotValidated().Add(DicomTag.PatientBirthDate, "soon")));
        await FindAsync(0xC000, Talk.Garbage);
        await FindAsync(0xA700, Talk.TooLong);
        await FindAsync(0x0122, all, named: Step);
        claims.Saw(Worklist, DimseOperation.CFind, 0xFE00, await talk.CancelAsync(DimseOperation.CFind, Modality, all));

        async Task TellAsync(DimseOperation operation, ushort expected, byte[] dataSet, string instance, string? named = null) =>
            claims.Saw(Performed, operation, expected, await talk.AskAsync(operation, Step, dataSet, instance, named));

        var begun = Talk.Bytes(WorklistTests.Step(static _ => { }).Dataset);
        await TellAsync(DimseOperation.NCreate, 0x0000, begun, "1.2.3.50");
        await TellAsync(DimseOperation.NCreate, 0x0111, begun, "1.2.3.50");
        await TellAsync(DimseOperation.NCreate, 0x0106, Talk.Bytes(WorklistTests.Step(static s => s.PerformedProcedureStepStatus = "COMPLETED").Dataset), "1.2.3.51");
        await TellAsync(DimseOperation.NCreate, 0x0120, Talk.Bytes(WorklistTests.Step(static s => s.Dataset.Remove(DicomTag.Modality)).Dataset), "1.2.3.51");
        await TellAsync(DimseOperation.NCreate, 0x0121, Talk.Bytes(WorklistTests.Step(static s => s.Modality = "").Dataset), "1.2.3.51");

        static byte[] Status(string status) => Talk.Bytes(new DicomDataset { { DicomTag.PerformedProcedureStepStatus, status } });
        await TellAsync(DimseOperation.NSet, 0x0000, Status("IN PROGRESS"), "1.2.3.50");
        await TellAsync(DimseOperation.NSet, 0x0106, Status("PAUSED"), "1.2.3.50");
        await TellAsync(DimseOperation.NSet, 0x0112, Status("IN PROGRESS"), "1.2.3.99");
        await TellAsync(DimseOperation.NSet, 0x0121, Status("COMPLETED"), "1.2.3.50");
        foreach (var operation in new[] { DimseOperation.NCreate, DimseOperation.NSet })
        {
            await TellAsync(operation, 0x0110, Talk.Garbage, "1.2.3.50");
            await TellAsync(operation, 0x0117, begun, "no UID");
            await TellAsync(operation, 0x0118, begun, "1.2.3.50", named: Modality);
        }

        claims.Saw(Verification, DimseOperation.CEcho, 0x0000, await talk.AskAsync(DimseOperation.CEcho, Echo));

        // Where it keeps its files is gone.
        Directory.Move(root, folder["gone"]);
        await TellAsync(DimseOperation.NCreate, 0x0213, begun, "1.2.3.52");
        await TellAsync(DimseOperation.NSet, 0x0213, Status("IN PROGRESS"), "1.2.3.50");
        await FindAsync(0xA700, all);
        claims.AssertAllSeen(new Dictionary<string, string>());
    }

    private static byte[] Image(string sopClass, string instance, string study, string patient = "P1") => Talk.Bytes(new DicomDataset
    {
        { DicomTag.SOPClassUID, sopClass }, { DicomTag.SOPInstanceUID, instance }, { DicomTag.PatientName, "Doe^John" }, { DicomTag.PatientID, patient },
        { DicomTag.StudyInstanceUID, study }, { DicomTag.SeriesInstanceUID, study + ".1" },
    });

    private static byte[] Identifier(string? level = null, string? study = null)
    {
        var identifier = new DicomDataset { { DicomTag.StudyInstanceUID, study ?? "" } };
        return Talk.Bytes(level is null ? identifier : identifier.Add(DicomTag.QueryRetrieveLevel, level));
    }

    private static IEnumerable<string> AllSopClasses() => typeof(SopClassUids).GetFields(BindingFlags.Public | BindingFlags.Static).Select(static f => (string)f.GetRawConstantValue()!)
        .Concat(Enumerable.Range(1, Others).Select(static i => $"1.2.826.0.1.9999.99.{i}")).Distinct();

    private static async Task<Server> StartAsync(string sample, TemporaryFolder folder)
    {
        if (sample == "archive")
        {
            var archive = await ArchiveProcess.StartAsync(folder.FullName);
            return new Server(archive, archive.Port, ArchiveProcess.AETitle);
        }

        var worklist = await WorklistProcess.StartAsync(folder.FullName);
        return new Server(worklist, worklist.Port, WorklistProcess.AETitle);
    }

    private static async Task<List<(string SopClass, string Syntax, byte Result)>> NegotiateAsync(Server server, List<(string SopClass, string Syntax)> proposed)
    {
        var answers = new List<(string, string, byte)>();
        foreach (var some in proposed.Chunk(ContextsAtATime))
        {
            using var peer = await RoughPeer.ConnectAsync("127.0.0.1", server.Port);
            await peer.SendAsync(Pdu.RequestAssociation(server.AETitle, "ROUGH", some.Select(static (c, i) => new Proposal((byte)((2 * i) + 1), c.SopClass, c.Syntax))));
            var results = (await peer.ReadAsync(Pdu.AssociateAccept)).Results;
            answers.AddRange(some.Select((c, i) => (c.SopClass, c.Syntax, results[(byte)((2 * i) + 1)])));
        }

        return answers;
    }

    private sealed record Server(IAsyncDisposable Process, int Port, string AETitle) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => Process.DisposeAsync();
    }
}
