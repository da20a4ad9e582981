using System.CommandLine;
using FellowOakDicom;
using Specgen.Standard;

namespace Specgen.Tool.Network.Commands;

[Scu<BasicWorklistManagementServiceClass>(SopClasses = [SopClassUids.ModalityWorklistInformationModelFind])]
internal sealed partial class WorklistUser;

/// <summary>`specgen find &lt;host&gt; &lt;port&gt; &lt;aet&gt; &lt;level&gt; [keys]`: Query (PS3.4 §C.4.1) and Modality Worklist (Annex K).</summary>
internal static class FindCommand
{
    private const string Worklist = "WORKLIST";

    /// <summary>What is asked for where the command line has no keys without a value of its own: what tells one match from another.</summary>
    private static readonly Dictionary<string, string[]> s_returned = new(StringComparer.Ordinal)
    {
        ["PATIENT"] = ["PatientID", "PatientName", "PatientBirthDate", "PatientSex"],
        ["STUDY"] = ["PatientID", "PatientName", "StudyDate", "StudyDescription", "AccessionNumber", "StudyInstanceUID"],
        ["SERIES"] = ["StudyInstanceUID", "Modality", "SeriesNumber", "SeriesDescription", "SeriesInstanceUID"],
        ["IMAGE"] = ["StudyInstanceUID", "SeriesInstanceUID", "InstanceNumber", "SOPClassUID", "SOPInstanceUID"],
        [Worklist] =
        [
            "PatientID", "PatientName", "AccessionNumber", "RequestedProcedureDescription", "StudyInstanceUID", "ScheduledProcedureStepSequence.Modality",
            "ScheduledProcedureStepSequence.ScheduledStationAETitle", "ScheduledProcedureStepSequence.ScheduledProcedureStepStartDate", "ScheduledProcedureStepSequence.ScheduledProcedureStepStartTime",
        ],
    };

    public static Command Create()
    {
        var command = new Command("find", "Ask a peer what it has, or what is planned (C-FIND)");
        var connection = new Connection(command);
        var scope = new QueryScope(command, Worklist);
        var keys = QueryIdentifier.Keys();
        var limit = new Option<int>("--limit") { Description = "Stop after this many matches; 0 for all", DefaultValueFactory = static _ => 0 };
        limit.Limit(0, int.MaxValue, "--limit is a number of matches, or 0 for all.");
        command.Add(keys);
        command.Add(limit);
        command.SetAction((line, token) => connection.Terminal(line).RunAsync(() => RunAsync(connection, scope, line, line.GetValue(keys) ?? [], line.GetValue(limit), token)));
        return command;
    }

    private static async Task<int> RunAsync(Connection connection, QueryScope scope, ParseResult line, string[] keys, int limit, CancellationToken cancellationToken)
    {
        var (terminal, level) = (connection.Terminal(line), scope.Level(line));
        var identifier = QueryIdentifier.Of(keys.All(static key => key.Contains('=')) ? Union(s_returned[level], keys) : keys);
        var (matches, status, description, comment) = level == Worklist
            ? await WorklistAsync(connection, line, identifier, limit, terminal, cancellationToken).ConfigureAwait(false)
            : await QueryAsync(connection, scope, line, identifier.AddOrUpdate(DicomTag.QueryRetrieveLevel, level), limit, terminal, cancellationToken).ConfigureAwait(false);

        var isDone = status is 0x0000 || (limit > 0 && matches.Count >= limit);
        Print(terminal, identifier, matches);
        terminal.Line(Words.Count(matches.Count, "match").Replace("matchs", "matches", StringComparison.Ordinal) + (isDone ? "" : $"; {connection.Peer(line)} answered {Words.Status(description, status, comment)}"));
        terminal.Json(new { Peer = connection.Peer(line), Level = level, Status = Words.Code(status), Matches = matches.Select(QueryIdentifier.Json) });
        return isDone ? ExitCode.Done : ExitCode.Found;
    }

    /// <summary>The keys of a level, and those of the command line in their places.</summary>
    private static IEnumerable<string> Union(IEnumerable<string> returned, string[] keys) =>
        returned.Where(name => !keys.Any(key => key.StartsWith(name + "=", StringComparison.Ordinal))).Concat(keys);

    private static async Task<(List<DicomDataset> Matches, ushort Status, string Description, string? Comment)> QueryAsync(
        Connection connection, QueryScope scope, ParseResult line, DicomDataset identifier, int limit, Terminal terminal, CancellationToken cancellationToken)
    {
        await using var user = new QueryUser();
        await Connection.ConnectAsync(user, connection.Options(line), cancellationToken).ConfigureAwait(false);
        var query = user.CFindAsync(scope.Find(line), identifier, cancellationToken);
        var matches = await CollectAsync(terminal, query, limit).ConfigureAwait(false);
        return query.Result is { } result ? (matches, result.Code, result.Status.Description(), result.ErrorComment) : (matches, 0xFE00, "", null);
    }

    private static async Task<(List<DicomDataset> Matches, ushort Status, string Description, string? Comment)> WorklistAsync(
        Connection connection, ParseResult line, DicomDataset identifier, int limit, Terminal terminal, CancellationToken cancellationToken)
    {
        await using var user = new WorklistUser();
        await Connection.ConnectAsync(user, connection.Options(line), cancellationToken).ConfigureAwait(false);
        var query = user.CFindAsync(identifier, cancellationToken);
        var matches = await CollectAsync(terminal, query, limit).ConfigureAwait(false);
        return query.Result is { } result ? (matches, result.Code, result.Status.Description(), result.ErrorComment) : (matches, 0xFE00, "", null);
    }

    private static Task<List<DicomDataset>> CollectAsync(Terminal terminal, IAsyncEnumerable<DicomDataset> query, int limit) => terminal.ProgressAsync("asking", async progress =>
    {
        var matches = new List<DicomDataset>();
        await foreach (var match in query.ConfigureAwait(false))
        {
            matches.Add(match);
            progress(0, 0);
            if (matches.Count == limit)
            {
                break;
            }
        }

        return matches;
    });

    /// <summary>A column for each key, and for each key in the items of a sequence.</summary>
    private static void Print(Terminal terminal, DicomDataset identifier, List<DicomDataset> matches)
    {
        var columns = Columns(identifier, []).ToList();
        if (matches.Count > 0)
        {
            terminal.Table(columns.Select(static path => QueryIdentifier.Name(path[^1])).ToList(), matches.Select(match => columns.Select(path => Cell(match, path)).ToList()));
        }
    }

    private static IEnumerable<DicomTag[]> Columns(DicomDataset identifier, DicomTag[] above) => identifier
        .Where(static item => item.Tag != DicomTag.SpecificCharacterSet && item.Tag != DicomTag.QueryRetrieveLevel)
        .SelectMany(item => item is DicomSequence { Items.Count: > 0 } sequence ? Columns(sequence.Items[0], [.. above, item.Tag]) : [[.. above, item.Tag]]);

    private static string Cell(DicomDataset match, DicomTag[] path)
    {
        if (path.Length > 1)
        {
            return match.TryGetSequence(path[0], out var sequence) ? string.Join("; ", sequence.Items.Select(item => Cell(item, path[1..]))) : "";
        }

        return match.GetDicomItem<DicomItem>(path[0]) is { } found ? QueryIdentifier.Text(match, found) : "";
    }
}
