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
        var folder = new Option<string>("--into") { Description = "The folder; each instance becomes a file named after its UID", DefaultValueFactory = static _ => "." };
        var classes = new Option<string[]>("--sop-class") { Description = "SOP classes to take, by keyword or UID; otherwise those that the peer says the study has, or all" };
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
        var retrieved = await terminal.ProgressAsync($"fetching into {folder}", async progress =>
        {
            var classes = named.Length > 0 ? named.Select(UidOf) : await ClassesOfAsync(connection, scope, line, identifier, cancellationToken).ConfigureAwait(false);
            Retrieved? all = null;

            // An association has room for so many; what failed over one may come over the next.
            foreach (var some in classes.Chunk(MostClasses))
            {
                if (all is null or { Failed: > 0 })
                {
                    var options = connection.Options(line);
                    options.ReceiveSopClasses = some;
                    await using var user = new QueryUser();
                    await Connection.ConnectAsync(user, options, cancellationToken).ConfigureAwait(false);
                    var got = Retrieved.Of(await user.CGetAsync(scope.Get(line), identifier, (context, token) => SaveAsync(context, folder, token), new Counter(progress), cancellationToken).ConfigureAwait(false));
                    all = all?.With(got) ?? got;
                }
            }

            return all!;
        }).ConfigureAwait(false);
        return retrieved.Print(terminal, connection.Peer(line), $"fetched into {folder}");
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

    /// <summary>Those that the peer says the study has (SOP Classes in Study, which not all peers know); else all current ones.</summary>
    private static async Task<IEnumerable<string>> ClassesOfAsync(Connection connection, QueryScope scope, ParseResult line, DicomDataset retrieval, CancellationToken cancellationToken)
    {
        var current = StorageServiceClass.SopClasses.Where(static sopClass => !sopClass.IsRetired).Select(static sopClass => sopClass.Uid);
        if (!retrieval.TryGetString(DicomTag.StudyInstanceUID, out var study) || study.Length == 0)
        {
            return current;
        }

        var identifier = QueryIdentifier.Of([$"StudyInstanceUID={study}", "SOPClassesInStudy"]).AddOrUpdate(DicomTag.QueryRetrieveLevel, "STUDY");
        if (scope.IsPatientRoot(line) && retrieval.TryGetString(DicomTag.PatientID, out var patient))
        {
            identifier.AddOrUpdate(DicomTag.PatientID, patient);
        }

        var classes = new HashSet<string>(StringComparer.Ordinal);
        await using var user = new QueryUser();
        await Connection.ConnectAsync(user, connection.Options(line), cancellationToken).ConfigureAwait(false);
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
        return classes.Count > 0 ? classes : current;
    }

    private static string UidOf(string name) =>
        DicomStandard.FindSopClass(name)?.Uid
        ?? StorageServiceClass.SopClasses.FirstOrDefault(sopClass => sopClass.Keyword == name)?.Uid
        ?? throw new ArgumentException($"'{name}' is not a SOP class: write its keyword, such as CTImageStorage, or its UID.");
}
