using System.Diagnostics;
using System.Globalization;
using Specgen;
using Specgen.Standard;
using Spectre.Console;

namespace Archive;

/// <summary>Storage as user.</summary>
[Scu<StorageServiceClass>]
[OnStatus(StorageCStoreStatus.Success, "The instance counts as stored")]
[OnStatus(StorageCStoreStatus.CoercionOfDataElements, "The instance counts as stored")]
[OnStatus(StorageCStoreStatus.ElementsDiscarded, "The instance counts as stored")]
[OnStatus(StorageCStoreStatus.DataSetDoesNotMatchSopClassWarning, "The instance counts as stored")]
[OtherStatuses<StorageCStoreStatus>("The file is named with the status and its comment, and the next one is sent; the command ends with 1")]
internal sealed partial class StorageClient;

/// <summary>The command "send": instances to an archive, each in the transfer syntax that it has.</summary>
internal static class Send
{
    public static async Task<int> RunAsync(Peer archive, IEnumerable<string> paths, CancellationToken cancellationToken)
    {
        var (files, problems) = InstanceFiles.Find(paths, cancellationToken);
        var total = files.Count + problems.Count;
        var sent = 0;
        var clock = Stopwatch.StartNew();
        try
        {
            await AnsiConsole.Progress().StartAsync(async progress =>
            {
                var bar = progress.AddTask($"to {archive}".EscapeMarkup(), maxValue: Math.Max(1, files.Count));
                if (files.Count > 0)
                {
                    foreach (var part in ScuOptions.Divide(files.Select(static f => f.Path)))
                    {
                        await using var client = new StorageClient();
                        var options = new ScuOptions(archive.Host, archive.Port) { CallingAE = archive.Calling, CalledAE = archive.Called };
                        options.ProposeFor(part);
                        await client.ConnectAsync(options, cancellationToken);
                        foreach (var path in part)
                        {
                            if (await SendAsync(client, path, cancellationToken) is { } problem)
                            {
                                problems.Add($"{path}: {problem}");
                            }
                            else
                            {
                                sent++;
                            }
                            bar.Increment(1);
                        }
                    }
                }
            });
        }
        catch (Exception e) when (e is AssociationException or DicomConfigurationException or ArgumentException or OperationCanceledException)
        {
            problems.Add(e.Message);
        }
        problems.ForEach(Display.Print);
        Display.Print(string.Create(CultureInfo.InvariantCulture, $"{sent} of {total} instances stored by {archive} in {clock.Elapsed.TotalSeconds:0.0} s"));
        return sent == total ? 0 : 1;
    }

    // What is wrong with one instance; an association that broke is the caller's to report.
    private static async Task<string?> SendAsync(StorageClient client, string path, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await client.CStoreAsync(path, cancellationToken);
            return answer.Status.Category() is StatusCategory.Success or StatusCategory.Warning ? null : $"{answer.Status.Description()} {answer}";
        }
        catch (ContextNotAcceptedException e)
        {
            return e.Message;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return e.Message;
        }
    }
}
