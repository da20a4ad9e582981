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
        var (sent, total, problems, others) = await terminal.ProgressAsync($"sending to {peer}", async progress =>
        {
            var found = DicomFileSearch.Find(paths, cancellationToken);
            var problems = found.Problems.ToList();
            var (sent, done) = (0, 0);
            try
            {
                foreach (var kinds in found.Files.GroupBy(static file => (file.Header.SopClassUid, file.Header.TransferSyntaxUid)).Chunk(MostKinds))
                {
                    var files = kinds.SelectMany(static kind => kind).Select(static file => file.Path).ToList();
                    var options = connection.Options(line);
                    options.ProposeFor(files);
                    await using var user = new SendingUser();
                    await user.ConnectAsync(options, cancellationToken).ConfigureAwait(false);
                    foreach (var file in files)
                    {
                        if (await SendAsync(user, file, cancellationToken).ConfigureAwait(false) is { } problem)
                        {
                            problems.Add($"{file}: {problem}");
                        }
                        else
                        {
                            sent++;
                        }

                        progress(++done, found.Files.Count);
                    }
                }
            }
            catch (AssociationException exception) when (done > 0)
            {
                // What was stored until then is stored: who sends again has to know.
                broken = exception.Message;
            }

            return (sent, found.Files.Count + found.Problems.Count, problems, found.Others);
        }).ConfigureAwait(false);

        foreach (var problem in problems)
        {
            terminal.Line(problem);
        }

        terminal.Line(string.Create(CultureInfo.InvariantCulture, $"{sent} of {Words.Count(total, "instance")} stored by {peer} in {watch.Elapsed.TotalSeconds:0.0} s")
            + (others > 0 ? $"; {Words.Count(others, "file")} of the folders no DICOM" : ""));
        if (broken is not null)
        {
            Terminal.ErrorLine(broken);
        }

        terminal.Json(new { Peer = peer, Error = broken, Stored = sent, Problems = problems, NoDicom = others, Seconds = Math.Round(watch.Elapsed.TotalSeconds, 3) });
        return broken is not null ? ExitCode.NotDone : problems.Count == 0 && sent > 0 ? ExitCode.Done : ExitCode.Found;
    }

    /// <returns>What is wrong with one instance, or null. That the association is gone is not one instance's.</returns>
    private static async Task<string?> SendAsync(SendingUser user, string file, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await user.CStoreAsync(file, cancellationToken).ConfigureAwait(false);
            return answer.Status.Category() is StatusCategory.Success or StatusCategory.Warning ? null : Words.Status(answer.Status.Description(), answer.Code, answer.ErrorComment);
        }
        catch (Exception exception) when (exception is ContextNotAcceptedException or InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return exception.Message;
        }
    }
}
