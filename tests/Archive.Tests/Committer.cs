using System.Collections.Concurrent;
using FellowOakDicom;
using Specgen;
using Specgen.Standard;

namespace Archive.Tests;

/// <summary>A peer that asks for commitment, and takes down what is reported. It is at home on a port, so that it is told also when its association is gone.</summary>
[Scu<StorageCommitmentServiceClass>(SopClasses = [SopClassUids.StorageCommitmentPushModel])]
internal sealed partial class Committer : IAsyncDisposable
{
    public const string AETitle = "COMMITTER";

    private DicomScp? _home;

    /// <summary>By transaction, every report that came.</summary>
    public ConcurrentDictionary<string, ConcurrentQueue<StorageCommitmentModule>> Reports { get; } = new(StringComparer.Ordinal);

    /// <summary>Is waited for before a report is answered.</summary>
    public Func<Task> BeforeAnswer { get; set; } = static () => Task.CompletedTask;

    /// <summary>For the archive's option --peer.</summary>
    public string Address => $"{AETitle}=127.0.0.1:{_home!.Port}";

    public static async Task<Committer> StartAsync()
    {
        var committer = new Committer();
        committer._home = await DicomScp.StartAsync(new DicomScpOptions { Address = "127.0.0.1", Port = 0, AETitle = AETitle }, committer);
        return committer;
    }

    /// <summary>Asks over an association of its own, and stays for a while or not at all.</summary>
    public async Task<StorageCommitmentNActionStatus> AskAsync(int port, string transactionUid, IEnumerable<string> uids, TimeSpan stay, CancellationToken cancellationToken)
    {
        await using var association = await ScuAssociation.OpenAsync(this, new ScuOptions("127.0.0.1", port) { CallingAE = AETitle, CalledAE = "ARCHIVE" }, cancellationToken);
        var items = new DicomSequence(DicomTag.ReferencedSOPSequence);
        foreach (var uid in uids)
        {
            items.Items.Add(new DicomDataset().NotValidated().Add(DicomTag.ReferencedSOPClassUID, Images.SopClassUid).Add(DicomTag.ReferencedSOPInstanceUID, uid));
        }
        var information = new DicomDataset().NotValidated().Add(DicomTag.TransactionUID, transactionUid).Add(items);
        var answer = await association.NActionAsync<StorageCommitmentNActionStatus>(
            SopClasses.StorageCommitmentPushModel, WellKnownSopInstanceUids.StorageCommitmentPushModelInstance, 1, information, cancellationToken);
        await Task.Delay(stay, cancellationToken);
        return answer.Status;
    }

    public async ValueTask DisposeAsync()
    {
        await ReleaseAssociationAsync();
        await _home!.DisposeAsync();
    }

    private async partial ValueTask<DimseResult<StorageCommitmentNEventReportStatus>> OnNEventReportAsync(NEventReportContext context, CancellationToken cancellationToken)
    {
        var report = new StorageCommitmentModule(context.Dataset!);
        Reports.GetOrAdd(report.TransactionUid!, static _ => []).Enqueue(report);
        await BeforeAnswer().WaitAsync(cancellationToken);
        return StorageCommitmentNEventReportStatus.Success;
    }
}
