using System.Collections.Concurrent;
using System.Diagnostics;
using FellowOakDicom;
using Specgen;
using Specgen.Standard;
using Spectre.Console;

namespace Archive;

/// <summary>Storage commitment as user: asks, and takes the report.</summary>
[Scu<StorageCommitmentServiceClass>]
[OnStatus(StorageCommitmentNActionStatus.Success, "The report is waited for, a minute unless --wait says otherwise")]
[OtherStatuses<StorageCommitmentNActionStatus>("The command ends with the status and its comment, and with 1")]
internal sealed partial class CommitmentClient
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<StorageCommitmentModule>> _asked = new(StringComparer.Ordinal);

    /// <summary>The report on a transaction, once it comes. Called before the request, which it may overtake.</summary>
    public Task<StorageCommitmentModule> ReportOn(string transactionUid) =>
        _asked.GetOrAdd(transactionUid, static _ => new TaskCompletionSource<StorageCommitmentModule>(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    [Sends(StorageCommitmentNEventReportStatus.Success, "The report is on a transaction that was asked for")]
    [Sends(StorageCommitmentNEventReportStatus.InvalidArgumentValue, "The report is on another transaction, or on one that has had its report", RelatedFields = "Error Comment (0000,0902)")]
    private partial ValueTask<DimseResult<StorageCommitmentNEventReportStatus>> OnNEventReportAsync(NEventReportContext context, CancellationToken cancellationToken)
    {
        var report = new StorageCommitmentModule(context.Dataset ?? new DicomDataset());
        DimseResult<StorageCommitmentNEventReportStatus> answer = _asked.TryRemove(report.TransactionUid ?? "", out var asked) && asked.TrySetResult(report)
            ? StorageCommitmentNEventReportStatus.Success
            : new DimseResult<StorageCommitmentNEventReportStatus>(StorageCommitmentNEventReportStatus.InvalidArgumentValue) { ErrorComment = "Unknown transaction" };
        return ValueTask.FromResult(answer);
    }
}

/// <summary>The command "commit": whether an archive commits itself to keep instances.</summary>
internal static class Commit
{
    public static async Task<int> RunAsync(Peer archive, IEnumerable<string> paths, int? listen, TimeSpan patience, CancellationToken cancellationToken)
    {
        var (files, problems) = InstanceFiles.Find(paths, cancellationToken);
        var instances = files.Select(static f => f.Header).DistinctBy(static h => h.SopInstanceUid).ToList();
        var total = instances.Count + problems.Count;
        var committed = 0;
        try
        {
            await AnsiConsole.Progress().StartAsync(async progress =>
            {
                var bar = progress.AddTask($"{archive} commits".EscapeMarkup(), maxValue: Math.Max(1, instances.Count));
                if (instances.Count > 0)
                {
                    var report = await AskAsync(archive, instances, listen, patience, cancellationToken);
                    committed = report.ReferencedSopSequence.Count;
                    problems.AddRange(report.FailedSopSequence.Select(static item => $"{item.ReferencedSopInstanceUid}: {item.FailureReason?.Description()} (0x{item.FailureReason:X})"));
                    bar.Value = instances.Count;
                }
            });
        }
        catch (Exception e) when (e is AssociationException or DicomConfigurationException or ArgumentException or InvalidOperationException or OperationCanceledException)
        {
            problems.Add(e.Message);
        }
        problems.ForEach(Display.Print);
        Display.Print($"{committed} of {total} instances committed to by {archive}");
        return committed == total ? 0 : 1;
    }

    private static async Task<StorageCommitmentModule> AskAsync(
        Peer archive, IEnumerable<DicomFileHeader> instances, int? listen, TimeSpan patience, CancellationToken cancellationToken)
    {
        await using var client = new CommitmentClient();
        // The report may come over an association of the archive's own (PS3.4 J.3.3.1.3): then somebody has to be at home.
        await using var home = listen is { } port ? await DicomScp.StartAsync(new DicomScpOptions { Port = port, AETitle = archive.Calling }, client) : null;
        var association = await client.ConnectAsync(new ScuOptions(archive.Host, archive.Port) { CallingAE = archive.Calling, CalledAE = archive.Called }, cancellationToken);

        var request = new StorageCommitmentModule(new DicomDataset()) { TransactionUid = DicomUID.Generate().UID };
        foreach (var instance in instances)
        {
            var item = request.ReferencedSopSequence.Add();
            (item.ReferencedSopClassUid, item.ReferencedSopInstanceUid) = (instance.SopClassUid, instance.SopInstanceUid);
        }
        var report = client.ReportOn(request.TransactionUid!);
        var answer = await client.NActionAsync(WellKnownSopInstanceUids.StorageCommitmentPushModelInstance, StorageCommitmentAction.RequestStorageCommitment, request.Dataset, cancellationToken);
        if (answer.Status.Category() is not (StatusCategory.Success or StatusCategory.Warning))
        {
            throw new InvalidOperationException($"{archive} refuses the request: {answer.Status.Description()} {answer}");
        }
        for (var clock = Stopwatch.StartNew(); !report.IsCompleted; await Task.WhenAny(report, Task.Delay(100, cancellationToken)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (clock.Elapsed > patience || (home is null && !association.IsOpen))
            {
                throw new InvalidOperationException($"{archive} took the request, and sent no report{(home is null ? "; if it opens an association of its own for that, --listen has a port for it" : "")}");
            }
        }
        return await report;
    }
}
