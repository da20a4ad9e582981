using Specgen.Standard;

namespace Specgen.Tool.Network;

/// <summary>What a C-MOVE, or the C-GETs of a command, ended with.</summary>
/// <param name="Code">The status of the last answer, and <paramref name="Status"/> in words.</param>
internal sealed record Retrieved(int Stored, int Failed, IReadOnlyList<string> FailedUids, ushort Code, string Status, bool IsSuccess)
{
    public static Retrieved Of(RetrieveOutcome<QueryRetrieveCMoveStatus> outcome) =>
        Of(outcome, outcome.Result.Status.Category(), outcome.Result.Status.Description());

    public static Retrieved Of(RetrieveOutcome<QueryRetrieveCGetStatus> outcome) =>
        Of(outcome, outcome.Result.Status.Category(), outcome.Result.Status.Description());

    /// <summary>What failed before was asked for once more, for other SOP classes: what came now has not failed.</summary>
    public Retrieved With(Retrieved next)
    {
        var failed = Math.Max(0, Failed - next.Stored);
        return next with { Stored = Stored + next.Stored, Failed = failed, FailedUids = FailedUids.Intersect(next.FailedUids).ToList(), IsSuccess = failed == 0 };
    }

    public int Print(Terminal terminal, string peer, string what)
    {
        foreach (var uid in FailedUids)
        {
            terminal.Line($"failed: {uid}");
        }

        terminal.Line($"{Words.Count(Stored, "instance")} {what}, {Failed} failed{(IsSuccess && Failed == 0 ? "" : $"; {peer} answered {Status}")}");
        terminal.Json(new { Peer = peer, Status = Words.Code(Code), Stored, Failed, FailedSopInstanceUids = FailedUids });
        return IsSuccess ? ExitCode.Done : ExitCode.Found;
    }

    private static Retrieved Of<TStatus>(RetrieveOutcome<TStatus> outcome, StatusCategory category, string description)
        where TStatus : struct, Enum => new(
            outcome.Completed + outcome.Warning,
            outcome.Failed,
            outcome.FailedSopInstanceUids,
            outcome.Result.Code,
            Words.Status(description, outcome.Result.Code, outcome.Result.ErrorComment),
            category == StatusCategory.Success);
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
