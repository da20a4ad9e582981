using System.CommandLine;
using Specgen.Standard;

namespace Specgen.Tool.Network.Commands;

/// <summary>`specgen move &lt;host&gt; &lt;port&gt; &lt;aet&gt; &lt;level&gt; &lt;keys&gt; --to &lt;aet&gt;`: Retrieve (PS3.4 §C.4.2).</summary>
internal static class MoveCommand
{
    public static Command Create()
    {
        var command = new Command("move", "Have a peer send instances to another application entity (C-MOVE)");
        var connection = new Connection(command);
        var scope = new QueryScope(command);
        var keys = QueryIdentifier.Keys();
        var destination = new Option<string>("--to") { Description = "AE title of the receiver, as the peer knows it", Required = true };
        command.Add(keys);
        command.Add(destination);
        command.SetAction((line, token) => connection.Terminal(line).RunAsync(() => RunAsync(connection, scope, line, line.GetValue(keys) ?? [], line.GetRequiredValue(destination), token)));
        return command;
    }

    private static async Task<int> RunAsync(Connection connection, QueryScope scope, ParseResult line, string[] keys, string destination, CancellationToken cancellationToken)
    {
        var terminal = connection.Terminal(line);
        var identifier = scope.Retrieval(line, keys);
        var retrieved = await terminal.ProgressAsync($"moving to {destination}", async progress =>
        {
            await using var user = new QueryUser();
            await Connection.ConnectAsync(user, connection.Options(line), cancellationToken).ConfigureAwait(false);
            return Retrieved.Of(await user.CMoveAsync(scope.Move(line), identifier, destination, new Counter(progress), cancellationToken).ConfigureAwait(false));
        }).ConfigureAwait(false);
        return retrieved.Print(terminal, connection.Peer(line), $"moved to {destination}");
    }
}
