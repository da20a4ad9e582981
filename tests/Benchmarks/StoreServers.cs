using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using FellowOakDicom;
using FellowOakDicom.Network;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Specgen.Standard;

namespace Specgen.Benchmarks;

/// <summary>The servers that are compared, each run in a process of its own until that is told to end.</summary>
internal static class StoreServers
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
        if (kind == "specgen")
        {
            await using var scp = await DicomScp.StartAsync(
                new DicomScpOptions { AETitle = "BENCH", AcceptAnyCalledAETitle = true, Address = "127.0.0.1", Port = port, ReceiveFolder = Path.Combine(folder, ".receive") },
                new Keep(folder),
                new Find());
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

/// <summary>The usual kind, as fo-dicom's samples have it: the file is decoded, and saved in the handler.</summary>
public sealed class UsualServer(INetworkStream stream, Encoding fallbackEncoding, ILogger logger, DicomServiceDependencies dependencies)
    : DicomService(stream, fallbackEncoding, logger, dependencies), IDicomServiceProvider, IDicomCStoreProvider, IDicomCEchoProvider, IDicomCFindProvider
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
