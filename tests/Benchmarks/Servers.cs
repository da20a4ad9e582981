using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using FellowOakDicom;
using FellowOakDicom.Network;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Specgen.Standard;

namespace Specgen.Benchmarks;

/// <summary>The servers that are compared, each run in a process of its own until that is told to end. For a line that it is sent it says how many bytes it has allocated.</summary>
internal static class Servers
{
    public static async Task<int> RunAsync(string kind, int port, string folder)
    {
        Directory.CreateDirectory(folder);
        var end = new TaskCompletionSource();
        using var signal = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            end.TrySetResult();
        });
        _ = Task.Run(static () =>
        {
            while (Console.In.ReadLine() is not null)
            {
                Console.Out.WriteLine(GC.GetTotalAllocatedBytes(precise: true));
            }
        });
        if (kind == "bare")
        {
            using var server = new BareServer(port);
            await end.Task;
        }
        else if (kind == "specgen")
        {
            await using var scp = await DicomScp.StartAsync(
                new DicomScpOptions { AETitle = "BENCH", AcceptAnyCalledAETitle = true, Address = "127.0.0.1", Port = port, ReceiveFolder = Path.Combine(folder, ".receive") },
                new Keep(folder),
                new Find(),
                new Get(folder));
            await end.Task;
        }
        else
        {
            var services = new ServiceCollection().AddFellowOakDicom().BuildServiceProvider();
            DicomSetupBuilder.UseServiceProvider(services);
            using var server = services.GetRequiredService<IDicomServerFactory>().Create<UsualServer>("127.0.0.1", port, userState: folder);
            await end.Task;
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
        await context.SaveAsync(Path.Combine(folder, context.SopInstanceUid + ".dcm"), cancellationToken);
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
        for (var i = 0; i < ServiceBenchmark.Matches; i++)
        {
            yield return UsualServer.Match(i);
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
        foreach (var file in Directory.EnumerateFiles(Path.Combine(folder, ServiceBenchmark.ImageFolder)))
        {
            yield return InstanceReference.FromFile(file);
        }
    }
}

/// <summary>The usual kind, as fo-dicom's samples have it: what arrives is decoded and saved in the handler, what is retrieved is opened and sent from it.</summary>
public sealed class UsualServer(INetworkStream stream, Encoding fallbackEncoding, ILogger logger, DicomServiceDependencies dependencies)
    : DicomService(stream, fallbackEncoding, logger, dependencies), IDicomServiceProvider, IDicomCStoreProvider, IDicomCEchoProvider, IDicomCFindProvider, IDicomCGetProvider
{
    public Task OnReceiveAssociationRequestAsync(DicomAssociation association)
    {
        foreach (var context in association.PresentationContexts)
        {
            context.AcceptTransferSyntaxes([.. context.GetTransferSyntaxes()]);
        }

        return SendAssociationAcceptAsync(association);
    }

    public Task OnReceiveAssociationReleaseRequestAsync() => SendAssociationReleaseResponseAsync();

    public void OnReceiveAbort(DicomAbortSource source, DicomAbortReason reason)
    {
    }

    public void OnConnectionClosed(Exception exception)
    {
    }

    public Task<DicomCEchoResponse> OnCEchoRequestAsync(DicomCEchoRequest request) => Task.FromResult(new DicomCEchoResponse(request, DicomStatus.Success));

    public async Task<DicomCStoreResponse> OnCStoreRequestAsync(DicomCStoreRequest request)
    {
        await request.File.SaveAsync(Path.Combine((string)UserState, request.SOPInstanceUID.UID + ".dcm"));
        return new DicomCStoreResponse(request, DicomStatus.Success);
    }

    public async IAsyncEnumerable<DicomCFindResponse> OnCFindRequestAsync(DicomCFindRequest request)
    {
        await Task.CompletedTask;
        for (var i = 0; i < ServiceBenchmark.Matches; i++)
        {
            yield return new DicomCFindResponse(request, DicomStatus.Pending) { Dataset = Match(i) };
        }

        yield return new DicomCFindResponse(request, DicomStatus.Success);
    }

    public async IAsyncEnumerable<DicomCGetResponse> OnCGetRequestAsync(DicomCGetRequest request)
    {
        foreach (var path in Directory.EnumerateFiles(Path.Combine((string)UserState, ServiceBenchmark.ImageFolder)))
        {
            await SendRequestAsync(new DicomCStoreRequest(await DicomFile.OpenAsync(path)));
        }

        yield return new DicomCGetResponse(request, DicomStatus.Success);
    }

    internal static DicomDataset Match(int i) => new()
    {
        { DicomTag.QueryRetrieveLevel, "STUDY" },
        { DicomTag.StudyDate, "20260101" },
        { DicomTag.PatientName, "Bench^Mark" },
        { DicomTag.PatientID, "P1" },
        { DicomTag.StudyInstanceUID, "1.2.826.0.1.99." + i.ToString(System.Globalization.CultureInfo.InvariantCulture) },
    };

    public Task OnCStoreRequestExceptionAsync(string tempFileName, Exception e) => Task.CompletedTask;
}
