using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Specgen.Standard;

namespace Specgen.Tool.Network.Commands;

[Scu<VerificationServiceClass>]
internal sealed partial class EchoUser;

/// <summary>`specgen echo &lt;host&gt; &lt;port&gt; &lt;aet&gt;`: Verification (PS3.4 Annex A).</summary>
internal static class EchoCommand
{
    public static Command Create()
    {
        var command = new Command("echo", "Check that a peer answers (C-ECHO)");
        var connection = new Connection(command);
        command.SetAction((line, token) => connection.Terminal(line).RunAsync(() => RunAsync(connection, line, token)));
        return command;
    }

    private static async Task<int> RunAsync(Connection connection, ParseResult line, CancellationToken cancellationToken)
    {
        var (terminal, peer, options) = (connection.Terminal(line), connection.Peer(line), connection.Options(line));
        await using var user = new EchoUser();
        await Connection.ConnectAsync(user, options, cancellationToken).ConfigureAwait(false);
        var watch = Stopwatch.StartNew();
        var answer = await user.CEchoAsync(cancellationToken).ConfigureAwait(false);
        var time = watch.Elapsed.TotalMilliseconds;
        terminal.Line(string.Create(CultureInfo.InvariantCulture, $"{peer} answered in {time:0.0} ms: {Words.Status(answer.Status.Description(), answer.Code, answer.ErrorComment)}"));
        terminal.Json(new { Peer = peer, Status = Words.Code(answer.Code), Milliseconds = Math.Round(time, 1) });
        return answer.Status.Category() == StatusCategory.Success ? ExitCode.Done : ExitCode.Found;
    }
}
