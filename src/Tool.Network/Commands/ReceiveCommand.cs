using System.CommandLine;
using Specgen.Standard;

namespace Specgen.Tool.Network.Commands;

/// <summary>Keeps what arrives under names made of UIDs.</summary>
[Scp<StorageServiceClass>]
internal sealed partial class ReceivedFolder(string folder, Action<CStoreContext, string> stored)
{
    public async partial ValueTask<DimseResult<StorageCStoreStatus>> OnCStoreAsync(CStoreContext context, CancellationToken cancellationToken)
    {
        try
        {
            stored(context, await context.SaveToAsync(folder, cancellationToken).ConfigureAwait(false));
            return StorageCStoreStatus.Success;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new DimseResult<StorageCStoreStatus>(StorageCStoreStatus.OutOfResources) { ErrorComment = "The instance could not be written" };
        }
    }
}

/// <summary>`specgen receive &lt;port&gt; &lt;folder&gt;`: Storage as provider (PS3.4 Annex B), until it is interrupted.</summary>
internal static class ReceiveCommand
{
    public static Command Create()
    {
        var port = new Argument<int>("port") { Description = "The port to listen on" };
        var folder = new Argument<string>("folder") { Description = "Where instances are stored, each as a file named after its UID" };
        var address = new Option<string?>("--address") { Description = "The address to listen on; by default all of the machine's" };
        var json = new Option<bool>("--json") { Description = "Print one JSON object per line, for programs" };
        var identity = new Identity();
        var command = new Command("receive", "Store what peers send, until Ctrl+C (C-STORE, C-ECHO)") { port, folder, address, json };
        identity.AddTo(command);
        command.SetAction((line, token) =>
        {
            var terminal = new Terminal(line.GetValue(json));
            return terminal.RunAsync(() =>
            {
                var options = new DicomScpOptions { Port = line.GetRequiredValue(port), Address = line.GetValue(address), AcceptAnyCalledAETitle = true };
                identity.Apply(line, options);
                return RunAsync(terminal, options, line.GetRequiredValue(folder), token);
            });
        });
        return command;
    }

    private static async Task<int> RunAsync(Terminal terminal, DicomScpOptions options, string folder, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var count = 0;
        var writing = new object();
        await using var scp = await DicomScp.StartAsync(options, new ReceivedFolder(folder, (context, path) =>
        {
            lock (writing)
            {
                count++;
                terminal.Line($"{context.CallingAE} ({context.RemoteHost}): {context.SopClass.Keyword} {path}");
                terminal.Json(new { From = context.CallingAE, Host = context.RemoteHost, SopClass = context.SopClass.Keyword, context.SopInstanceUid, Path = path });
            }
        })).ConfigureAwait(false);
        terminal.Line($"{scp.AETitle} listens on port {scp.Port}{(options.TlsCertificate is null ? "" : " for TLS")} and keeps instances in {folder}; Ctrl+C stops.");
        terminal.Json(new { Listening = scp.Port, scp.AETitle, Folder = folder });
        try
        {
            await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // How it ends.
        }

        terminal.Line($"{Words.Count(count, "instance")} received");
        return ExitCode.Done;
    }
}
