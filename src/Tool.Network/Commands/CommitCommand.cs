using System.Collections.Concurrent;
using System.CommandLine;
using System.Diagnostics;
using FellowOakDicom;
using Specgen.Standard;

namespace Specgen.Tool.Network.Commands;

/// <summary>Storage commitment as user: asks, and takes the report.</summary>
[Scu<StorageCommitmentServiceClass>(SopClasses = [SopClassUids.StorageCommitmentPushModel])]
internal sealed partial class CommitmentUser
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<StorageCommitmentModule>> _asked = new(StringComparer.Ordinal);

    /// <summary>The report on a transaction, once it comes. Called before the request, which it may overtake.</summary>
    public Task<StorageCommitmentModule> ReportOn(string transactionUid) =>
        _asked.GetOrAdd(transactionUid, static _ => new TaskCompletionSource<StorageCommitmentModule>(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    private partial ValueTask<DimseResult<StorageCommitmentNEventReportStatus>> OnNEventReportAsync(NEventReportContext context, CancellationToken cancellationToken)
    {
        var report = new StorageCommitmentModule(context.Dataset ?? new DicomDataset());
        return ValueTask.FromResult<DimseResult<StorageCommitmentNEventReportStatus>>(
            _asked.TryGetValue(report.TransactionUid ?? "", out var asked) && (asked.TrySetResult(report) || asked.Task.IsCompleted)
                ? StorageCommitmentNEventReportStatus.Success
                : StorageCommitmentNEventReportStatus.InvalidArgumentValue);
    }
}

/// <summary>`specgen commit &lt;host&gt; &lt;port&gt; &lt;aet&gt; &lt;files or folders&gt;`: Storage Commitment (PS3.4 Annex J).</summary>
internal static class CommitCommand
{
    public static Command Create()
    {
        var paths = new Argument<string[]>("paths") { Description = "The files of the instances, and folders with everything below them", Arity = ArgumentArity.OneOrMore };
        var listen = new Option<int?>("--listen") { Description = "The port on which to receive the report, from peers that open an association of their own for it" };
        var wait = new Option<int>("--wait") { Description = "Seconds to wait for the report", DefaultValueFactory = static _ => 60 };
        wait.Limit(0, 86_400, "--wait is a number of seconds, 0 to 86400.");
        var command = new Command("commit", "Ask a peer to commit to keeping instances, and wait for its report (N-ACTION, N-EVENT-REPORT)");
        var connection = new Connection(command);
        command.Add(paths);
        command.Add(listen);
        command.Add(wait);
        command.SetAction((line, token) => connection.Terminal(line).RunAsync(() =>
            RunAsync(connection, line, line.GetRequiredValue(paths), line.GetValue(listen), TimeSpan.FromSeconds(line.GetValue(wait)), token)));
        return command;
    }

    private static async Task<int> RunAsync(Connection connection, ParseResult line, string[] paths, int? listen, TimeSpan patience, CancellationToken cancellationToken)
    {
        var (terminal, peer) = (connection.Terminal(line), connection.Peer(line));
        var found = DicomFileSearch.Find(paths, cancellationToken);
        var problems = found.Problems.ToList();
        var instances = found.Files.Select(static file => file.Header).DistinctBy(static header => header.SopInstanceUid).ToList();
        var total = instances.Count + problems.Count;
        var committed = new List<string>();
        if (instances.Count > 0)
        {
            var (report, problem) = await terminal.ProgressAsync($"waiting for the report of {peer}", _ => AskAsync(connection, line, instances, listen, patience, cancellationToken)).ConfigureAwait(false);
            if (report is null)
            {
                terminal.Error($"{peer} {problem}");
                return ExitCode.Found;
            }

            committed.AddRange(report.ReferencedSopSequence.Select(static item => item.ReferencedSopInstanceUid ?? ""));
            problems.AddRange(report.FailedSopSequence.Select(static item => $"{item.ReferencedSopInstanceUid}: {item.FailureReason?.Description()} ({Words.Code((ushort)(item.FailureReason ?? 0))})"));
        }

        foreach (var problem in problems)
        {
            terminal.Line(problem);
        }

        terminal.Line($"{peer} commits itself to {committed.Count} of {Words.Count(total, "instance")}");
        terminal.Json(new { Peer = peer, Committed = committed, Problems = problems });
        return total > 0 && committed.Count == total ? ExitCode.Done : ExitCode.Found;
    }

    private static async Task<(StorageCommitmentModule? Report, string Problem)> AskAsync(
        Connection connection, ParseResult line, List<DicomFileHeader> instances, int? listen, TimeSpan patience, CancellationToken cancellationToken)
    {
        await using var user = new CommitmentUser();

        // The report may come over an association of the peer's own (PS3.4 §J.3.3.1.3): then somebody has to be at home.
        await using var home = listen is { } port ? await DicomScp.StartAsync(new DicomScpOptions { Port = port, AETitle = connection.CallingAE(line) }, user).ConfigureAwait(false) : null;
        var association = await Connection.ConnectAsync(user, connection.Options(line), cancellationToken).ConfigureAwait(false);
        var request = new StorageCommitmentModule(new DicomDataset()) { TransactionUid = DicomUID.Generate().UID };
        foreach (var instance in instances)
        {
            var item = request.ReferencedSopSequence.Add();
            (item.ReferencedSopClassUid, item.ReferencedSopInstanceUid) = (instance.SopClassUid, instance.SopInstanceUid);
        }

        var report = user.ReportOn(request.TransactionUid!);
        var answer = await user.NActionAsync(WellKnownSopInstanceUids.StorageCommitmentPushModelInstance, StorageCommitmentAction.RequestStorageCommitment, request.Dataset, cancellationToken).ConfigureAwait(false);
        if (answer.Status.Category() is not (StatusCategory.Success or StatusCategory.Warning))
        {
            return (null, $"refuses the request: {Words.Status(answer.Status.Description(), answer.Code, answer.ErrorComment)}");
        }

        for (var watch = Stopwatch.StartNew(); !report.IsCompleted; await Task.WhenAny(report, Task.Delay(100, cancellationToken)).ConfigureAwait(false))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (watch.Elapsed > patience || (home is null && !association.IsOpen))
            {
                return (null, "took the request, and sent no report" + (home is null ? "; if it opens an association of its own for that, --listen has a port for it" : ""));
            }
        }

        return (await report.ConfigureAwait(false), "");
    }
}
