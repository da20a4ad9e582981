namespace Specgen.Tool.Network;

/// <summary>What C-MOVE and C-GET end with.</summary>
internal static class Retrieved
{
    public static int Print<TStatus>(Terminal terminal, string peer, string what, StatusCategory category, string status, RetrieveOutcome<TStatus> outcome)
        where TStatus : struct, Enum
    {
        foreach (var uid in outcome.FailedSopInstanceUids)
        {
            terminal.Line($"failed: {uid}");
        }

        var stored = outcome.Completed + outcome.Warning;
        terminal.Line($"{Words.Count(stored, "instance")} {what}, {outcome.Failed} failed; {peer} answered {status}");
        terminal.Json(new { Peer = peer, Status = Words.Code(outcome.Result.Code), Stored = stored, outcome.Failed, outcome.Remaining, outcome.FailedSopInstanceUids });
        return category == StatusCategory.Success ? ExitCode.Done : ExitCode.Found;
    }
}

/// <summary>Tells what the peer says of its sub-operations to whom shows it.</summary>
internal sealed class Counter(Action<int, int> progress) : IProgress<RetrieveProgress>
{
    public void Report(RetrieveProgress value)
    {
        var done = value.Completed + value.Failed + value.Warning;
        progress(done, done + (value.Remaining ?? 0));
    }
}
