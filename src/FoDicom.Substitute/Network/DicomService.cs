using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using FellowOakDicom.IO;
using FellowOakDicom.Network.Client;
using Microsoft.Extensions.Logging;

namespace FellowOakDicom.Network;

/// <summary>
/// One association over one connection (PS3.7, PS3.8). A handler is awaited inside of the reading loop, and one that throws ends the connection: as in the
/// library that this stands in for.
/// </summary>
public abstract partial class DicomService : IDisposable
{
    private const byte AssociateRj = 0x03, PDataTf = 0x04, ReleaseRq = 0x05, ReleaseRp = 0x06, AbortPdu = 0x07;
    private const int PduHeader = 6;

    /// <summary>Of any PDU: longer ones are not read but end the connection.</summary>
    private const int MaxPduLength = 64 * 1024 * 1024;

    private readonly INetworkStream _network;
    private readonly Encoding _fallbackEncoding;
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly object _lock = new();
    private readonly Queue<DicomMessage> _queue = new();
    private readonly List<DicomRequest> _pending = [];
    private bool _sending;
    private bool _disposed;
    private DicomMessage _dimse;

    protected readonly TaskCompletionSource<bool> _isDisconnectedFlag = new(TaskCreationOptions.RunContinuationsAsynchronously);
    protected Stream _dimseStream;
    protected IFileReference _dimseStreamFile;

    protected DicomService(INetworkStream stream, Encoding fallbackEncoding, ILogger logger, DicomServiceDependencies dependencies)
    {
        _network = stream ?? throw new ArgumentNullException(nameof(stream));
        _fallbackEncoding = fallbackEncoding;
        Logger = logger ?? dependencies.LoggerFactory.CreateLogger("FellowOakDicom.Network");
        Options = new DicomServiceOptions();
    }

    public ILogger Logger { get; set; }

    public DicomServiceOptions Options { get; set; }

    public object UserState { get; set; }

    public DicomAssociation Association { get; internal set; }

    public bool IsConnected => !_isDisconnectedFlag.Task.IsCompleted;

    public bool IsSendQueueEmpty
    {
        get
        {
            lock (_lock)
            {
                return _queue.Count == 0 && _pending.Count == 0;
            }
        }
    }

    public bool IsSendNextMessageRequired
    {
        get
        {
            lock (_lock)
            {
                return _queue.Count > 0 && !_sending;
            }
        }
    }

    public bool CanStillProcessPDataTF { get; private set; } = true;

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (!_disposed && disposing)
        {
            _disposed = true;
            _isDisconnectedFlag.TrySetResult(true);
            _dimseStream?.Dispose();
            _network.Dispose();
        }
    }

    /// <summary>Reads until the connection ends.</summary>
    public virtual async Task RunAsync()
    {
        try
        {
            await ListenAsync().ConfigureAwait(false);
        }
        finally
        {
            _isDisconnectedFlag.TrySetResult(true);
        }
    }

    /// <summary>Completes when the request is sent or queued, not when it is answered.</summary>
    public virtual Task SendRequestAsync(DicomRequest request) => SendMessageAsync(request);

    protected Task SendResponseAsync(DicomResponse response) => SendMessageAsync(response);

    protected virtual void CreateCStoreReceiveStream(DicomFile file)
    {
        _dimseStreamFile = TemporaryFile.Create();
        var stream = _dimseStreamFile.Open();
        _dimseStream = stream;
        file.Save(stream);
        stream.Seek(0, SeekOrigin.End);
    }

    protected virtual DicomFile GetCStoreDicomFile()
    {
        _dimseStream.Dispose();
        return DicomFile.Open(_dimseStreamFile.Name);
    }

    protected virtual Task OnSendQueueEmptyAsync() => Task.CompletedTask;

    protected Task SendAssociationRequestAsync(DicomAssociation association)
    {
        Association = association;
        association.RemoteHost = _network.RemoteHost;
        association.RemotePort = _network.RemotePort;
        return WriteAsync(AssociatePdu.Write(AssociatePdu.Request, association, Options.MaxPDULength));
    }

    protected Task SendAssociationAcceptAsync(DicomAssociation association)
    {
        Association = association;
        foreach (var context in association.PresentationContexts)
        {
            if (context.Result == DicomPresentationContextResult.Proposed)
            {
                context.SetResult(DicomPresentationContextResult.RejectNoReason);
            }
        }

        return WriteAsync(AssociatePdu.Write(AssociatePdu.Accept, association, Options.MaxPDULength));
    }

    protected Task SendAssociationRejectAsync(DicomRejectResult result, DicomRejectSource source, DicomRejectReason reason) =>
        WriteAsync([AssociateRj, 0, 0, 0, 0, 4, 0, (byte)result, (byte)source, (byte)((int)reason & 0x0F)]);

    protected Task SendAssociationReleaseRequestAsync() => WriteAsync([ReleaseRq, 0, 0, 0, 0, 4, 0, 0, 0, 0]);

    protected Task SendAssociationReleaseResponseAsync() => WriteAsync([ReleaseRp, 0, 0, 0, 0, 4, 0, 0, 0, 0]);

    protected Task SendAbortAsync(DicomAbortSource source, DicomAbortReason reason) => WriteAsync([AbortPdu, 0, 0, 0, 0, 4, 0, 0, (byte)source, (byte)reason]);

    private async Task WriteAsync(byte[] pdu)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        await _writing.WaitAsync().ConfigureAwait(false);
        try
        {
            var stream = _network.AsStream();
            await stream.WriteAsync(pdu, 0, pdu.Length, CancellationToken.None).ConfigureAwait(false);
            await stream.FlushAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            await CloseAsync(e).ConfigureAwait(false);
            throw new DicomNetworkException("An IO exception occurred while sending a PDU", e);
        }
        catch (ObjectDisposedException e)
        {
            throw new DicomNetworkException("This DICOM service was disposed while sending a PDU", e);
        }
        finally
        {
            _writing.Release();
        }
    }

    private async Task ListenAsync()
    {
        var header = new byte[PduHeader];
        while (IsConnected)
        {
            byte[] body = null;
            try
            {
                var stream = _network.AsStream();
                if (!await FillAsync(stream, header, PduHeader).ConfigureAwait(false))
                {
                    await CloseAsync(null).ConfigureAwait(false);
                    return;
                }

                var length = BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(2));
                if (length > MaxPduLength)
                {
                    throw new DicomNetworkException($"A PDU of {length} bytes");
                }

                body = ArrayPool<byte>.Shared.Rent((int)length);
                if (!await FillAsync(stream, body, (int)length).ConfigureAwait(false))
                {
                    await CloseAsync(null).ConfigureAwait(false);
                    return;
                }

                if (!await ProcessAsync(header[0], body.AsMemory(0, (int)length)).ConfigureAwait(false))
                {
                    return;
                }
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException or NullReferenceException)
            {
                Logger.LogDebug(e, "The connection ended");
                await CloseAsync(e is IOException ? e : null).ConfigureAwait(false);
            }
            catch (Exception e)
            {
                Logger.LogError(e, "Exception processing PDU");
                await CloseAsync(e).ConfigureAwait(false);
            }
            finally
            {
                if (body is not null)
                {
                    ArrayPool<byte>.Shared.Return(body);
                }
            }
        }
    }

    private static async Task<bool> FillAsync(Stream stream, byte[] buffer, int count)
    {
        for (var read = 0; read < count;)
        {
            var more = await stream.ReadAsync(buffer, read, count - read).ConfigureAwait(false);
            if (more == 0)
            {
                return false;
            }

            read += more;
        }

        return true;
    }

    /// <summary>False when the connection is over.</summary>
    private async Task<bool> ProcessAsync(byte type, ReadOnlyMemory<byte> body)
    {
        switch (type)
        {
            case AssociatePdu.Request:
                Association = new DicomAssociation { RemoteHost = _network.RemoteHost, RemotePort = _network.RemotePort, Options = Options };
                AssociatePdu.Read(type, body.Span, Association);
                if (this is IDicomServiceProvider provider)
                {
                    await provider.OnReceiveAssociationRequestAsync(Association).ConfigureAwait(false);
                }

                return true;
            case AssociatePdu.Accept:
                AssociatePdu.Read(type, body.Span, Association);
                if (this is IDicomClientConnection accepted)
                {
                    await accepted.OnReceiveAssociationAcceptAsync(Association).ConfigureAwait(false);
                }

                return true;
            case AssociateRj:
                var (result, source, reason) = (body.Span[1], body.Span[2], body.Span[3]);
                if (this is IDicomClientConnection rejected)
                {
                    await rejected.OnReceiveAssociationRejectAsync((DicomRejectResult)result, (DicomRejectSource)source, (DicomRejectReason)((source << 4) | reason)).ConfigureAwait(false);
                }

                await CloseAsync(null).ConfigureAwait(false);
                return false;
            case PDataTf:
                await ProcessPDataAsync(body).ConfigureAwait(false);
                return true;
            case ReleaseRq:
                if (this is IDicomServiceProvider released)
                {
                    await released.OnReceiveAssociationReleaseRequestAsync().ConfigureAwait(false);
                }

                return true;
            case ReleaseRp:
                if (this is IDicomClientConnection responded)
                {
                    await responded.OnReceiveAssociationReleaseResponseAsync().ConfigureAwait(false);
                }

                await CloseAsync(null).ConfigureAwait(false);
                return false;
            case AbortPdu:
                var (by, why) = ((DicomAbortSource)body.Span[2], (DicomAbortReason)body.Span[3]);
                if (this is IDicomService service)
                {
                    service.OnReceiveAbort(by, why);
                }
                else if (this is IDicomClientConnection aborted)
                {
                    await aborted.OnReceiveAbortAsync(by, why).ConfigureAwait(false);
                }

                await CloseAsync(null).ConfigureAwait(false);
                return false;
            default:
                throw new DicomNetworkException("Unknown PDU type: " + type);
        }
    }

    private async Task CloseAsync(Exception exception)
    {
        if (!_isDisconnectedFlag.TrySetResult(true))
        {
            return;
        }

        CanStillProcessPDataTF = false;
        if (this is IDicomService service)
        {
            service.OnConnectionClosed(exception);
        }
        else if (this is IDicomClientConnection connection)
        {
            await connection.OnConnectionClosedAsync(exception).ConfigureAwait(false);
        }

        lock (_lock)
        {
            _queue.Clear();
            _pending.Clear();
        }

        _network.Dispose();
    }
}
