using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Specgen.Standard;

namespace Specgen.Tool.Network.Commands;

[Scu<StorageServiceClass>]
internal sealed partial class SendingUser;

/// <summary>`specgen send &lt;host&gt; &lt;port&gt; &lt;aet&gt; &lt;files or folders&gt;`: Storage (PS3.4 Annex B).</summary>
internal static class SendCommand
{
    /// <summary>How many kinds of instances go over one association: each needs two presentation contexts at most, of which there are 128 (PS3.8 §9.3.2.2).</summary>
    private const int MostKinds = 60;

    public static Command Create()
    {
        var paths = new Argument<string[]>("paths") { Description = "Files, and folders with everything below them", Arity = ArgumentArity.OneOrMore };
        var command = new Command("send", "Send instances to a peer, each in its own transfer syntax where possible (C-STORE)");
        var connection = new Connection(command);
        command.Add(paths);
        command.SetAction((line, token) => connection.Terminal(line).RunAsync(() => RunAsync(connection, line, line.GetRequiredValue(paths), token)));
        return command;
    }

    private static async Task<int> RunAsync(Connection connection, ParseResult line, string[] paths, CancellationToken cancellationToken)
    {
        var (terminal, peer) = (connection.Terminal(line), connection.Peer(line));
        var watch = Stopwatch.StartNew();
        string? broken = null;
        var (sent, total, problems, warnings, others) = await terminal.ProgressAsync($"sending to {peer}", async progress =>
        {
            var found = DicomFileSearch.Find(paths, cancellationToken);
            var (problems, warnings) = (found.Problems.ToList(), new List<string>());
            var (sent, done) = (0, 0);
            try
            {
                foreach (var kinds in found.Files.GroupBy(static file => (file.Header.SopClassUid, file.Header.TransferSyntaxUid)).Chunk(MostKinds))
                {
                    var files = kinds.SelectMany(static kind => kind).Select(static file => file.Path).ToList();
                    var options = connection.Options(line);
                    options.ProposeFor(files);
                    await using var user = new SendingUser();
                    await Connection.ConnectAsync(user, options, cancellationToken).ConfigureAwait(false);
                    foreach (var file in files)
                    {
                        var (isStored, remark) = await SendAsync(user, file, cancellationToken).ConfigureAwait(false);
                        sent += isStored ? 1 : 0;
                        if (remark is not null)
                        {
                            (isStored ? warnings : problems).Add($"{file}: {remark}");
                        }

                        progress(++done, found.Files.Count);
                    }
                }
            }
            catch (Exception exception) when (done > 0 && exception is (AssociationException or OperationCanceledException))
            {
                // What was stored until then is stored: who sends again has to know.
                broken = exception is AssociationException ? exception.Message : Terminal.Interrupted;
            }

            return (sent, found.Files.Count + found.Problems.Count, problems, warnings, found.Others);
        }).ConfigureAwait(false);

        foreach (var remark in problems.Concat(warnings))
        {
            terminal.Line(remark);
        }

        terminal.Line(string.Create(CultureInfo.InvariantCulture, $"{sent} of {Words.Count(total, "instance")} stored by {peer} in {watch.Elapsed.TotalSeconds:0.0} s")
            + (others > 0 ? $"; {Words.Count(others, "file")} of the folders no DICOM" : ""));
        if (broken is not null)
        {
            Terminal.ErrorLine(broken);
        }

        terminal.Json(new { Peer = peer, Error = broken, Stored = sent, Problems = problems, Warnings = warnings, NoDicom = others, Seconds = Math.Round(watch.Elapsed.TotalSeconds, 3) });
        return broken is not null ? ExitCode.NotDone : problems.Count == 0 && sent > 0 ? ExitCode.Done : ExitCode.Found;
    }

    /// <returns>Whether one instance is stored, and what is to be said about it: a warning, or why it is not. That the association is gone is not one instance's.</returns>
    private static async Task<(bool IsStored, string? Remark)> SendAsync(SendingUser user, string file, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await user.CStoreAsync(file, cancellationToken).ConfigureAwait(false);
            var category = answer.Status.Category();
            return (category is StatusCategory.Success or StatusCategory.Warning, category == StatusCategory.Success ? null : Words.Status(answer.Status.Description(), answer.Code, answer.ErrorComment));
        }
        catch (Exception exception) when (exception is ContextNotAcceptedException or InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return (false, exception.Message);
        }
    }
}
