using FellowOakDicom;
using FellowOakDicom.Network;
using Microsoft.Extensions.Logging;

namespace Specgen;

/// <summary>
/// The notifications that a provider sends over an association that we opened: handled one after the other, outside of fo-dicom's read loop, so that a handler may make requests of its own.
/// </summary>
internal sealed partial class ScuNotifications(IDimseHandlers? user, ScuConnection connection, ScuService service, ILoggerFactory loggerFactory, ILogger logger)
{
    private const ushort NoSuchEventType = 0x0113, ProcessingFailure = 0x0110, NoSuchSopClass = 0x0118, UnrecognizedOperation = 0x0211;

    private readonly ILogger _logger = logger;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly CancellationTokenSource _end = new();

    /// <summary>Does not wait.</summary>
    public void Receive(DicomNEventReportRequest request) => _ = Task.Run(() => HandleAsync(request));

    /// <summary>The association is over: handlers that still run are told by their token.</summary>
    public void End() => _end.Cancel();

    private async Task HandleAsync(DicomNEventReportRequest request)
    {
        await _turn.WaitAsync().ConfigureAwait(false);
        NEventReportContext? context = null;
        try
        {
            var answer = default(DimseResponse);
            try
            {
                (answer, context) = await AnswerAsync(request).ConfigureAwait(false);
            }
            catch (Exception e)
            {
                LogHandlerFailed(e, connection.Info);
                answer = new DimseResponse(ProcessingFailure) { ErrorComment = e.Message };
            }

            var response = new DicomNEventReportResponse(DimseMessages.ResponseCommand(request, DicomCommandField.NEventReportResponse)) { PresentationContext = request.PresentationContext };
            await service.RespondAsync(response.With(answer)).ConfigureAwait(false);
            foreach (var work in context?.TakeAfterResponse() ?? [])
            {
                await work(CancellationToken.None).ConfigureAwait(false);
            }
        }
        catch (Exception e)
        {
            LogResponseFailed(e, connection.Info);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async ValueTask<(DimseResponse Answer, NEventReportContext? Context)> AnswerAsync(DicomNEventReportRequest request)
    {
        var uid = request.Command.GetSingleValueOrDefault(DicomTag.AffectedSOPClassUID, "");
        var eventType = request.Command.GetSingleValueOrDefault(DicomTag.EventTypeID, (ushort)0);
        var (binding, sopClass) = Find(uid);
        if (binding is null || sopClass is null)
        {
            return (new DimseResponse(NoSuchSopClass), null);
        }

        if (binding.NEventReport is not { } handler)
        {
            return (new DimseResponse(UnrecognizedOperation), null);
        }

        if (binding.EventTypes is { } types && !types.Contains(eventType))
        {
            return (new DimseResponse(NoSuchEventType) { ErrorComment = $"Event type {eventType} is not one of {sopClass.Keyword}" }, null);
        }

        var info = new RequestInfo
        {
            Association = connection.Info,
            SopClass = sopClass,
            SopInstanceUid = request.Command.GetSingleValueOrDefault(DicomTag.AffectedSOPInstanceUID, ""),
            MessageId = request.MessageID,
            TransferSyntax = request.PresentationContext?.AcceptedTransferSyntax ?? DicomTransferSyntax.ImplicitVRLittleEndian,
            Peer = new PeerLink(connection.Info.CalledAE, connection.Info.RemoteHost, connection, PeerDirectory.For(connection.Info.CallingAE, loggerFactory)),
        };
        var context = new NEventReportContext(info, eventType, request.HasDataset ? request.Dataset : null);
        using var activity = SpecgenTelemetry.StartRequest(DimseOperation.NEventReport, sopClass, connection.Info);
        return (await handler(user!, context, _end.Token).ConfigureAwait(false), context);
    }

    private (ServiceBinding? Binding, SopClass? SopClass) Find(string uid)
    {
        ServiceBinding? found = null;
        SopClass? foundClass = null;
        foreach (var binding in user?.Bindings ?? [])
        {
            if (binding.Role == DicomRole.Scu && binding.SopClasses.FirstOrDefault(s => s.Uid == uid) is { } sopClass)
            {
                // Of two service classes with this SOP class, the one that takes notifications.
                if (found is null || binding.NEventReport is not null)
                {
                    (found, foundClass) = (binding, sopClass);
                }
            }
        }

        return (found, foundClass);
    }

    [LoggerMessage(1110, LogLevel.Error, "{Association}: the handler of an N-EVENT-REPORT threw")]
    private partial void LogHandlerFailed(Exception exception, AssociationInfo association);

    [LoggerMessage(1111, LogLevel.Warning, "{Association}: an N-EVENT-REPORT could not be answered")]
    private partial void LogResponseFailed(Exception exception, AssociationInfo association);
}
