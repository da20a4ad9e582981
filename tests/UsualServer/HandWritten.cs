using System.Text;
using FellowOakDicom;
using FellowOakDicom.Network;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Specgen.UsualServer;

/// <summary>The usual kind, as fo-dicom's samples have it: what arrives is decoded and saved in the handler, what is retrieved is opened and sent from it.</summary>
public sealed class HandWritten(INetworkStream stream, Encoding fallbackEncoding, ILogger logger, DicomServiceDependencies dependencies)
    : DicomService(stream, fallbackEncoding, logger, dependencies), IDicomServiceProvider, IDicomCStoreProvider, IDicomCEchoProvider, IDicomCFindProvider, IDicomCGetProvider
{
    /// <summary>Of each query.</summary>
    public const int Matches = 2000;

    /// <summary>Below the server's folder: the images that it sends.</summary>
    public const string ImageFolder = "images";

    /// <summary>Serves until SIGTERM.</summary>
    public static async Task RunAsync(int port, string folder)
    {
        var services = new ServiceCollection().AddFellowOakDicom().BuildServiceProvider();
        DicomSetupBuilder.UseServiceProvider(services);
        using var server = services.GetRequiredService<IDicomServerFactory>().Create<HandWritten>("127.0.0.1", port, userState: folder);
        await ServerProcess.UntilEndAsync();
    }

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
        for (var i = 0; i < Matches; i++)
        {
            yield return new DicomCFindResponse(request, DicomStatus.Pending) { Dataset = Match(i) };
        }

        yield return new DicomCFindResponse(request, DicomStatus.Success);
    }

    public async IAsyncEnumerable<DicomCGetResponse> OnCGetRequestAsync(DicomCGetRequest request)
    {
        foreach (var path in Directory.EnumerateFiles(Path.Combine((string)UserState, ImageFolder)))
        {
            await SendRequestAsync(new DicomCStoreRequest(await DicomFile.OpenAsync(path)));
        }

        yield return new DicomCGetResponse(request, DicomStatus.Success);
    }

    public static DicomDataset Match(int i) => new()
    {
        { DicomTag.QueryRetrieveLevel, "STUDY" },
        { DicomTag.StudyDate, "20260101" },
        { DicomTag.PatientName, "Bench^Mark" },
        { DicomTag.PatientID, "P1" },
        { DicomTag.StudyInstanceUID, "1.2.826.0.1.99." + i.ToString(System.Globalization.CultureInfo.InvariantCulture) },
    };

    public Task OnCStoreRequestExceptionAsync(string tempFileName, Exception e) => Task.CompletedTask;
}
