using System.Buffers.Binary;
using FellowOakDicom.Imaging.Codec;
using FellowOakDicom.IO;
using Microsoft.Extensions.Logging;

namespace FellowOakDicom.Network;

/// <summary>The messages of an association: fragments to messages, messages to handlers, messages to fragments.</summary>
public abstract partial class DicomService
{
    private const byte Command = 0x01, Last = 0x02;

    /// <summary>Where a peer sets no limit (PS3.8 §D.1).</summary>
    private const uint UnlimitedPduLength = 1024 * 1024;

    private async Task ProcessPDataAsync(ReadOnlyMemory<byte> pdu)
    {
        try
        {
            while (pdu.Length > 0)
            {
                var length = pdu.Length >= 6 ? BinaryPrimitives.ReadUInt32BigEndian(pdu.Span) : uint.MaxValue;
                if (length < 2 || length > pdu.Length - 4)
                {
                    throw new DicomNetworkException("A PDV is longer than its PDU");
                }

                var (context, control) = (pdu.Span[4], pdu.Span[5]);
                await ProcessFragmentAsync(context, control, pdu.Slice(6, (int)length - 2)).ConfigureAwait(false);
                pdu = pdu[(int)(4 + length)..];
            }
        }
        finally
        {
            await SendNextMessageAsync().ConfigureAwait(false);
        }
    }

    private async Task ProcessFragmentAsync(byte contextId, byte control, ReadOnlyMemory<byte> fragment)
    {
        var context = Association.PresentationContexts.FirstOrDefault(c => c.ID == contextId);
        if (_dimseStream is null)
        {
            if (_dimse?.Type == DicomCommandField.CStoreRequest)
            {
                BeginReceive(context);
            }
            else
            {
                _dimseStream = new MemoryStream();
                _dimseStreamFile = null;
            }
        }

        await _dimseStream.WriteAsync(fragment).ConfigureAwait(false);
        if ((control & Last) == 0)
        {
            return;
        }

        if ((control & Command) != 0)
        {
            var command = new DicomDataset(DicomTransferSyntax.ImplicitVRLittleEndian).NotValidated();
            DataSetReader.Read(((MemoryStream)_dimseStream).ToArray(), DicomTransferSyntax.ImplicitVRLittleEndian, command);
            _dimseStream = null;
            _dimse = Create(command);
            _dimse.PresentationContext = context;
            if (_dimse.HasDataset)
            {
                return;
            }
        }
        else if (!await ReadDatasetAsync(context).ConfigureAwait(false))
        {
            return;
        }

        await PerformAsync(_dimse).ConfigureAwait(false);
        _dimse = null;
    }

    private void BeginReceive(DicomPresentationContext context)
    {
        var file = new DicomFile();
        file.FileMetaInfo.MediaStorageSOPClassUID = context.AbstractSyntax;
        file.FileMetaInfo.MediaStorageSOPInstanceUID = _dimse.Command.GetSingleValue<DicomUID>(DicomTag.AffectedSOPInstanceUID);
        file.FileMetaInfo.TransferSyntax = context.AcceptedTransferSyntax;
        file.FileMetaInfo.ImplementationClassUID = Association.RemoteImplementationClassUID ?? DicomImplementation.ClassUID;
        file.FileMetaInfo.ImplementationVersionName = Association.RemoteImplementationVersion ?? DicomImplementation.Version;
        file.FileMetaInfo.SourceApplicationEntityTitle = Association.CallingAE;
        CreateCStoreReceiveStream(file);
    }

    private async Task<bool> ReadDatasetAsync(DicomPresentationContext context)
    {
        if (_dimse is not DicomCStoreRequest store)
        {
            var bytes = ((MemoryStream)_dimseStream).ToArray();
            var dataset = new DicomDataset(context.AcceptedTransferSyntax).NotValidated();
            DataSetReader.Read(bytes, context.AcceptedTransferSyntax, dataset);
            dataset.Validates = true;
            _dimse.Dataset = dataset;
            _dimseStream = null;
            return true;
        }

        try
        {
            store.File = GetCStoreDicomFile();
            _dimseStream = null;
            _dimseStreamFile = null;
            if (store.File is not null)
            {
                store.Dataset = store.File.Dataset;
            }

            return true;
        }
        catch (Exception e)
        {
            var comment = e.Message.Length > 64 ? e.Message[..62] + ".." : e.Message;
            await SendResponseAsync(new DicomCStoreResponse(store, new DicomStatus(DicomStatus.ProcessingFailure, comment))).ConfigureAwait(false);
            Logger.LogError(e, "Error parsing C-Store dataset");
            await ((IDicomCStoreProvider)this).OnCStoreRequestExceptionAsync(_dimseStreamFile?.Name, e).ConfigureAwait(false);

            // The message is not forgotten: the next one on the association fails, as it does in the library.
            return false;
        }
    }

    private static DicomMessage Create(DicomDataset command) => command.GetSingleValue<DicomCommandField>(DicomTag.CommandField) switch
    {
        DicomCommandField.CStoreRequest => new DicomCStoreRequest(command),
        DicomCommandField.CStoreResponse => new DicomCStoreResponse(command),
        DicomCommandField.CFindRequest => new DicomCFindRequest(command),
        DicomCommandField.CFindResponse => new DicomCFindResponse(command),
        DicomCommandField.CGetRequest => new DicomCGetRequest(command),
        DicomCommandField.CGetResponse => new DicomCGetResponse(command),
        DicomCommandField.CEchoRequest => new DicomCEchoRequest(command),
        DicomCommandField.CEchoResponse => new DicomCEchoResponse(command),
        _ => new DicomMessage(command),
    };

    private async Task PerformAsync(DicomMessage message)
    {
        switch (message)
        {
            case DicomResponse response:
                Answered(response);
                break;
            case DicomCEchoRequest echo:
                await SendResponseAsync(await Provider<IDicomCEchoProvider>("C-Echo").OnCEchoRequestAsync(echo).ConfigureAwait(false)).ConfigureAwait(false);
                break;
            case DicomCStoreRequest store:
                await SendResponseAsync(await Provider<IDicomCStoreProvider>("C-Store").OnCStoreRequestAsync(store).ConfigureAwait(false)).ConfigureAwait(false);
                break;
            case DicomCFindRequest find:
                await SendAllAsync(Provider<IDicomCFindProvider>("C-Find").OnCFindRequestAsync(find)).ConfigureAwait(false);
                break;
            case DicomCGetRequest get:
                await SendAllAsync(Provider<IDicomCGetProvider>("C-GET").OnCGetRequestAsync(get)).ConfigureAwait(false);
                break;
            default:
                throw new DicomNetworkException("Operation not implemented");
        }
    }

    private T Provider<T>(string service)
        where T : class => this as T ?? throw new DicomNetworkException($"{service} SCP not implemented");

    private async Task SendAllAsync(IAsyncEnumerable<DicomResponse> responses)
    {
        await foreach (var response in responses.ConfigureAwait(false))
        {
            await SendResponseAsync(response).ConfigureAwait(false);
        }
    }

    private void Answered(DicomResponse response)
    {
        if (response.Status.State != DicomState.Pending)
        {
            lock (_lock)
            {
                _pending.RemoveAll(request => request.MessageID == response.RequestMessageID);
            }
        }
    }

    private Task SendMessageAsync(DicomMessage message)
    {
        if (message is null)
        {
            return Task.CompletedTask;
        }

        lock (_lock)
        {
            _queue.Enqueue(message);
        }

        return SendNextMessageAsync();
    }

    /// <summary>Sends what is queued. With as many requests of our own unanswered as were negotiated nothing is sent, responses neither.</summary>
    private async Task SendNextMessageAsync()
    {
        while (true)
        {
            DicomMessage message;
            lock (_lock)
            {
                if (_sending || _queue.Count == 0 || Association is null)
                {
                    break;
                }

                var unanswered = _pending.Count(r => r.Type is not DicomCommandField.CGetRequest);
                if (Association.MaxAsyncOpsInvoked > 0 && unanswered >= Association.MaxAsyncOpsInvoked)
                {
                    return;
                }

                _sending = true;
                message = _queue.Dequeue();
                if (message is DicomRequest request)
                {
                    _pending.Add(request);
                }
            }

            try
            {
                await SendAsync(message).ConfigureAwait(false);
            }
            catch
            {
                lock (_lock)
                {
                    _pending.Remove(message as DicomRequest);
                }

                throw;
            }
            finally
            {
                lock (_lock)
                {
                    _sending = false;
                }
            }
        }

    }

    private async Task SendAsync(DicomMessage message)
    {
        var context = ContextFor(message);
        if (context is null)
        {
            Logger.LogError("No accepted presentation context found for abstract syntax: {SopClass}", message.SOPClassUID);
            lock (_lock)
            {
                _pending.Remove(message as DicomRequest);
            }

            return;
        }

        var syntax = context.AcceptedTransferSyntax;
        var limit = Association.MaximumPDULength is 0 or > UnlimitedPduLength ? UnlimitedPduLength : Association.MaximumPDULength;
        using var command = new MemoryStream();
        DataSetWriter.Write(WithGroupLength(message.Command), DicomTransferSyntax.ImplicitVRLittleEndian, command);
        await SendFragmentsAsync(context.ID, Command, command.GetBuffer().AsMemory(0, (int)command.Length), limit).ConfigureAwait(false);
        if (!message.HasDataset)
        {
            return;
        }

        using var dataset = new MemoryStream();
        var source = message.Dataset.InternalTransferSyntax == syntax ? message.Dataset : message.Dataset.Clone(syntax);
        DataSetWriter.Write(source, syntax, dataset);
        await SendFragmentsAsync(context.ID, 0, dataset.GetBuffer().AsMemory(0, (int)dataset.Length), limit).ConfigureAwait(false);
    }

    private DicomPresentationContext ContextFor(DicomMessage message)
    {
        if (message is DicomResponse && message.PresentationContext is { } answered)
        {
            return answered;
        }

        var accepted = Association.PresentationContexts
            .Where(c => c.Result == DicomPresentationContextResult.Accept && c.AbstractSyntax == message.SOPClassUID)
            .ToList();
        return accepted.FirstOrDefault(c => message is DicomCStoreRequest store && c.AcceptedTransferSyntax == store.TransferSyntax)
            ?? accepted.FirstOrDefault()
            ?? (message.PresentationContext?.AcceptedTransferSyntax is null ? null : message.PresentationContext);
    }

    private static DicomDataset WithGroupLength(DicomDataset command)
    {
        command.Remove(DicomTag.CommandGroupLength);
        using var rest = new MemoryStream();
        DataSetWriter.Write(command, DicomTransferSyntax.ImplicitVRLittleEndian, rest);
        return command.AddOrUpdate(DicomTag.CommandGroupLength, (uint)rest.Length);
    }

    private async Task SendFragmentsAsync(byte contextId, byte kind, ReadOnlyMemory<byte> bytes, uint limit)
    {
        const int Headers = 12;
        var size = (int)limit - 6;
        do
        {
            var length = Math.Min(size, bytes.Length);
            var pdu = new byte[Headers + length];
            pdu[0] = PDataTf;
            BinaryPrimitives.WriteInt32BigEndian(pdu.AsSpan(2), length + 6);
            BinaryPrimitives.WriteInt32BigEndian(pdu.AsSpan(6), length + 2);
            pdu[10] = contextId;
            pdu[11] = (byte)(kind | (length == bytes.Length ? Last : 0));
            bytes[..length].CopyTo(pdu.AsMemory(Headers));
            await WriteAsync(pdu).ConfigureAwait(false);
            bytes = bytes[length..];
        }
        while (bytes.Length > 0);
    }
}
