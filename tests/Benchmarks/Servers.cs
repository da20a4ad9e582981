using System.Runtime.CompilerServices;
using Specgen.Standard;
using Specgen.UsualServer;

namespace Specgen.Benchmarks;

/// <summary>The servers that are compared, each run in a process of its own until that is told to end.</summary>
internal static class Servers
{
    public static async Task<int> RunAsync(string kind, int port, string folder)
    {
        Directory.CreateDirectory(folder);
        if (kind == "bare")
        {
            using var server = new BareServer(port);
            await ServerProcess.UntilEndAsync();
        }
        else if (kind == "specgen")
        {
            await using var scp = await DicomScp.StartAsync(
                new DicomScpOptions { AETitle = "BENCH", AcceptAnyCalledAETitle = true, Address = "127.0.0.1", Port = port, ReceiveFolder = Path.Combine(folder, ".receive") },
                new Keep(folder),
                new Find(),
                new Get(folder));
            await ServerProcess.UntilEndAsync();
        }
        else
        {
            await HandWritten.RunAsync(port, folder);
        }

        return 0;
    }
}

/// <summary>Ours: the bytes are kept as they come.</summary>
[Scp<StorageServiceClass>]
internal sealed partial class Keep(string folder)
{
    private async partial ValueTask<DimseResult<StorageCStoreStatus>> OnCStoreAsync(CStoreContext context, CancellationToken cancellationToken)
    {
        await context.SaveToAsync(folder, cancellationToken);
        return StorageCStoreStatus.Success;
    }
}

/// <summary>As many matches as are wanted.</summary>
[Scp<QueryRetrieveServiceClass>(SopClasses = [SopClassUids.StudyRootQueryRetrieveInformationModelFind])]
internal sealed partial class Find
{
    private async partial IAsyncEnumerable<CFindResult<QueryRetrieveCFindStatus>> OnCFindAsync(CFindContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        for (var i = 0; i < HandWritten.Matches; i++)
        {
            yield return HandWritten.Match(i);
        }
    }
}

/// <summary>All images that there are.</summary>
[Scp<QueryRetrieveServiceClass>(SopClasses = [SopClassUids.StudyRootQueryRetrieveInformationModelGet])]
internal sealed partial class Get(string folder)
{
    private async partial IAsyncEnumerable<RetrieveResult<QueryRetrieveCGetStatus>> OnCGetAsync(CGetContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach (var file in Directory.EnumerateFiles(Path.Combine(folder, HandWritten.ImageFolder)))
        {
            yield return InstanceReference.FromFile(file);
        }
    }
}
