using System.CommandLine;
using FellowOakDicom;
using Specgen.Standard;

namespace Specgen.Tool.Network.Commands;

/// <summary>`specgen get &lt;host&gt; &lt;port&gt; &lt;aet&gt; &lt;level&gt; &lt;keys&gt; --into &lt;folder&gt;`: Retrieve (PS3.4 §C.4.3).</summary>
internal static class GetCommand
{
    /// <summary>Presentation contexts are 128 at most (PS3.8 §9.3.2.2), six of them for the queries.</summary>
    private const int MostClasses = 120;

    public static Command Create()
    {
        var command = new Command("get", "Fetch instances from a peer into a folder (C-GET)");
        var connection = new Connection(command);
        var scope = new QueryScope(command);
        var keys = QueryIdentifier.Keys();
        var folder = new Option<string>("--into") { Description = "The folder; each instance is a file named by its UID", DefaultValueFactory = static _ => "." };
        var classes = new Option<string[]>("--sop-class") { Description = "SOP classes to take, by keyword or UID; otherwise those that the peer says the study has, or the usual ones" };
        command.Add(keys);
        command.Add(folder);
        command.Add(classes);
        command.SetAction((line, token) => connection.Terminal(line).RunAsync(() =>
            RunAsync(connection, scope, line, line.GetValue(keys) ?? [], line.GetRequiredValue(folder), line.GetValue(classes) ?? [], token)));
        return command;
    }

    private static async Task<int> RunAsync(Connection connection, QueryScope scope, ParseResult line, string[] keys, string folder, string[] named, CancellationToken cancellationToken)
    {
        var terminal = connection.Terminal(line);
        var identifier = scope.Retrieval(line, keys);
        Directory.CreateDirectory(folder);
        var outcome = await terminal.ProgressAsync($"fetching into {folder}", async progress =>
        {
            var options = connection.Options(line);
            options.ReceiveSopClasses = [.. named.Length > 0 ? named.Select(UidOf) : await ClassesOfAsync(connection, scope, line, identifier, cancellationToken).ConfigureAwait(false)];
            await using var user = new QueryUser();
            await user.ConnectAsync(options, cancellationToken).ConfigureAwait(false);
            return await user.CGetAsync(scope.Get(line), identifier, (context, token) => SaveAsync(context, folder, token), new Counter(progress), cancellationToken).ConfigureAwait(false);
        }).ConfigureAwait(false);
        return Retrieved.Print(terminal, connection.Peer(line), $"fetched into {folder}", outcome.Result.Status.Category(), Words.Status(outcome.Result.Status.Description(), outcome.Result.Code, outcome.Result.ErrorComment), outcome);
    }

    private static async ValueTask<DimseResult<StorageCStoreStatus>> SaveAsync(CStoreContext context, string folder, CancellationToken cancellationToken)
    {
        try
        {
            await context.SaveToAsync(folder, cancellationToken).ConfigureAwait(false);
            return StorageCStoreStatus.Success;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new DimseResult<StorageCStoreStatus>(StorageCStoreStatus.OutOfResources);
        }
    }

    /// <summary>
    /// An association has room for the contexts of 120 SOP classes, and there are more. So the peer is asked which a study has (SOP Classes in Study, which not all peers know); else the
    /// current ones as the page has them, without those that are not sent for presentation.
    /// </summary>
    private static async Task<IEnumerable<string>> ClassesOfAsync(Connection connection, QueryScope scope, ParseResult line, DicomDataset retrieval, CancellationToken cancellationToken)
    {
        var usual = StorageServiceClass.SopClasses
            .Where(static sopClass => !sopClass.IsRetired && !sopClass.Keyword.EndsWith("ForProcessing", StringComparison.Ordinal))
            .OrderByDescending(static sopClass => sopClass.Uid.StartsWith("1.2.840.10008.5.1.4.1.1.481.", StringComparison.Ordinal) || !sopClass.Keyword.Contains("PresentationState", StringComparison.Ordinal))
            .Select(static sopClass => sopClass.Uid).Take(MostClasses);
        if (!retrieval.TryGetString(DicomTag.StudyInstanceUID, out var study) || study.Length == 0)
        {
            return usual;
        }

        var identifier = QueryIdentifier.Of([$"StudyInstanceUID={study}", "SOPClassesInStudy"]).AddOrUpdate(DicomTag.QueryRetrieveLevel, "STUDY");
        if (scope.IsPatientRoot(line) && retrieval.TryGetString(DicomTag.PatientID, out var patient))
        {
            identifier.AddOrUpdate(DicomTag.PatientID, patient);
        }

        var classes = new HashSet<string>(StringComparer.Ordinal);
        await using var user = new QueryUser();
        await user.ConnectAsync(connection.Options(line), cancellationToken).ConfigureAwait(false);
        try
        {
            await foreach (var match in user.CFindAsync(scope.Find(line), identifier, cancellationToken).ConfigureAwait(false))
            {
                classes.UnionWith(match.TryGetValues<string>(DicomTag.SOPClassesInStudy, out var uids) ? uids : []);
            }
        }
        catch (ContextNotAcceptedException)
        {
            // It retrieves, and does not answer queries.
        }

        classes.IntersectWith(StorageServiceClass.SopClasses.Select(static sopClass => sopClass.Uid));
        return classes.Count is > 0 and <= MostClasses ? classes : usual;
    }

    private static string UidOf(string name) =>
        DicomStandard.FindSopClass(name)?.Uid
        ?? StorageServiceClass.SopClasses.FirstOrDefault(sopClass => sopClass.Keyword == name)?.Uid
        ?? throw new ArgumentException($"'{name}' is no SOP class: CTImageStorage or its UID is one.");
}
