using System.Collections.Concurrent;
using System.Threading.Channels;
using FellowOakDicom;
using Specgen.Standard;

namespace Specgen.StorageCommitment.Tests.Provider;

/// <summary>A peer that asks for commitment by the words of the standard, and answers reports as a test tells it to.</summary>
[Scu<StorageCommitmentServiceClass>(SopClasses = [SopClassUids.StorageCommitmentPushModel])]
internal sealed partial class Modality(string aeTitle)
{
    private static int s_transactions;
    private readonly Channel<Report> _reports = Channel.CreateUnbounded<Report>();

    public string AETitle => aeTitle;

    /// <summary>What a report is answered with, by how many came before.</summary>
    public Func<int, StorageCommitmentNEventReportStatus> Answer { get; set; } = static _ => StorageCommitmentNEventReportStatus.Success;

    /// <summary>Is waited for before a report is answered.</summary>
    public Func<Report, Task> BeforeAnswer { get; set; } = static _ => Task.CompletedTask;

    public ConcurrentQueue<Report> All { get; } = [];

    public static string NewTransaction() => $"1.2.826.0.1.3680043.10.1467.7.12.{Environment.ProcessId}.{Interlocked.Increment(ref s_transactions)}";

    /// <summary>A data set as PS3.4 Table J.3-1 has it.</summary>
    public static DicomDataset Information(string transactionUid, params IEnumerable<(string ClassUid, string InstanceUid)> references)
    {
        var items = new DicomSequence(DicomTag.ReferencedSOPSequence);
        foreach (var (classUid, instanceUid) in references)
        {
            items.Items.Add(new DicomDataset().NotValidated().AddOrUpdate(DicomVR.UI, DicomTag.ReferencedSOPClassUID,
                classUid).AddOrUpdate(DicomVR.UI, DicomTag.ReferencedSOPInstanceUID, instanceUid));
        }

        return new DicomDataset().NotValidated().AddOrUpdate(DicomVR.UI, DicomTag.TransactionUID, transactionUid).AddOrUpdate(items);
    }

    public async Task<ScuAssociation> AssociateAsync(Node node) =>
        await ScuAssociation.OpenAsync(this, new ScuOptions("127.0.0.1", node.Port) { CallingAE = aeTitle, CalledAE = Node.AETitle });

    public static async Task<DimseResult<StorageCommitmentNActionStatus>> AskAsync(
        ScuAssociation association, string transactionUid, params IEnumerable<(string, string)> references) =>
        await association.NActionAsync<StorageCommitmentNActionStatus>(
            SopClasses.StorageCommitmentPushModel, WellKnownSopInstanceUids.StorageCommitmentPushModelInstance, 1,
                Information(transactionUid, references));

    /// <summary>Asks over an association that is released before the report can come, or with it.</summary>
    public async Task<DimseResult<StorageCommitmentNActionStatus>> AskAndLeaveAsync(
        Node node, string transactionUid, params IEnumerable<(string, string)> references)
    {
        var association = await AssociateAsync(node);
        try
        {
            return await AskAsync(association, transactionUid, references);
        }
        finally
        {
            await association.AbortAsync();
        }
    }

    public async Task<DicomScp> ListenAsync(int port = 0) =>
        await DicomScp.StartAsync(new DicomScpOptions { Address = "127.0.0.1", Port = port, AETitle = aeTitle }, this);

    public async Task<Report> ReportAsync(int seconds = 20) => await _reports.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(seconds));

    public async Task<bool> HearsNothingAsync(TimeSpan time)
    {
        await Task.Delay(time);
        return !_reports.Reader.TryPeek(out _);
    }

    private async partial ValueTask<DimseResult<StorageCommitmentNEventReportStatus>> OnNEventReportAsync(
        NEventReportContext context, CancellationToken cancellationToken)
    {
        var count = All.Count;
        var report = new Report((StorageCommitmentEvent)context.EventTypeId, new StorageCommitmentModule(context.Dataset!), context.Association.Id,
            context.Association.CallingAE);
        All.Enqueue(report);
        await BeforeAnswer(report);
        await _reports.Writer.WriteAsync(report, cancellationToken);
        return Answer(count);
    }
}

internal sealed record Report(StorageCommitmentEvent Type, StorageCommitmentModule Content, long Association, string CallingAE)
{
    public string? TransactionUid => Content.TransactionUid;

    public IReadOnlyList<string?> Committed => [.. Content.ReferencedSopSequence.Select(static i => i.ReferencedSopInstanceUid)];

    public IReadOnlyList<(string?, FailureReason?)> Failed =>
        [.. Content.FailedSopSequence.Select(static i => (i.ReferencedSopInstanceUid, i.FailureReason))];
}
