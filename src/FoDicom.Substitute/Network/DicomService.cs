using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using FellowOakDicom.IO;
using Microsoft.Extensions.Logging;

namespace FellowOakDicom.Network;

/// <summary>
/// One association over one connection (PS3.7, PS3.8). A handler is awaited inside of the reading loop, and one that throws ends the connection: as in the
/// library that this stands in for.
/// </summary>
public abstract partial class DicomService : IDicomServiceRunner, IDisposable
{
    private const byte PDataTf = 0x04, ReleaseRq = 0x05, ReleaseRp = 0x06, AbortPdu = 0x07;
    private const int PduHeader = 6;

    /// <summary>Of any PDU: longer ones are not read but end the connection.</summary>
    private const int MaxPduLength = 64 * 1024 * 1024;

    /// <summary>The longest P-DATA-TF that is offered to be taken, in bytes.</summary>
    private const uint OfferedPduLength = 256 * 1024;

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
    private Stream _dimseStream;
    private IFileReference _dimseStreamFile;

    protected DicomService(INetworkStream stream, Encoding fallbackEncoding, ILogger logger, DicomServiceDependencies dependencies)
    {
        _network = stream ?? throw new ArgumentNullException(nameof(stream));
        _fallbackEncoding = fallbackEncoding;
        Logger = logger ?? dependencies.LoggerFactory.CreateLogger("FellowOakDicom.Network");
    }

    public ILogger Logger { get; }

    public object UserState { get; internal set; }

    private DicomAssociation Association { get; set; }

    private bool IsConnected => !_isDisconnectedFlag.Task.IsCompleted;

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    private void Dispose(bool disposing)
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

    private Task SendResponseAsync(DicomResponse response) => SendMessageAsync(response);

    private void CreateCStoreReceiveStream(DicomFile file)
    {
        _dimseStreamFile = TemporaryFile.Create();
        var stream = _dimseStreamFile.Open();
        _dimseStream = stream;
        file.Save(stream);
        stream.Seek(0, SeekOrigin.End);
    }

    private DicomFile GetCStoreDicomFile()
    {
        _dimseStream.Dispose();
        return DicomFile.Open(_dimseStreamFile.Name);
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

        return WriteAsync(AssociatePdu.Write(association, OfferedPduLength));
    }

    protected Task SendAssociationReleaseResponseAsync() => WriteAsync([ReleaseRp, 0, 0, 0, 0, 4, 0, 0, 0, 0]);

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
                Association = new DicomAssociation();
                AssociatePdu.Read(body.Span, Association);
                if (this is IDicomServiceProvider provider)
                {
                    await provider.OnReceiveAssociationRequestAsync(Association).ConfigureAwait(false);
                }

                return true;
            case PDataTf:
                await ProcessPDataAsync(body).ConfigureAwait(false);
                return true;
            case ReleaseRq:
                if (this is IDicomServiceProvider released)
                {
                    await released.OnReceiveAssociationReleaseRequestAsync().ConfigureAwait(false);
                }

                return true;
            case AbortPdu:
                var (by, why) = ((DicomAbortSource)body.Span[2], (DicomAbortReason)body.Span[3]);
                if (this is IDicomService service)
                {
                    service.OnReceiveAbort(by, why);
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

        if (this is IDicomService service)
        {
            service.OnConnectionClosed(exception);
        }

        lock (_lock)
        {
            _queue.Clear();
            _pending.Clear();
        }

        _network.Dispose();
    }
}
