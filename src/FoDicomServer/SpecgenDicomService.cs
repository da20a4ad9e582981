using System.Text;
using FellowOakDicom.Network;
using Microsoft.Extensions.Logging;

namespace Specgen;

/// <summary>
/// A connection of a fo-dicom server, which still does the listening, TLS and counting; the connection itself is read and written by Specgen's own association. So cancels, aborts
/// and releases are seen while a handler runs, which fo-dicom's reading loop cannot do. The user state of the server is <see cref="SpecgenProviders.Of(IDimseHandlers[])"/>.
/// </summary>
/// <param name="stream">The connection.</param>
/// <param name="fallbackEncoding">Not used: data sets reach handlers with the character set that they name (PS3.5 §6.1.2.3).</param>
/// <param name="logger">fo-dicom's; what fo-dicom says there itself becomes Debug.</param>
/// <param name="dependencies">fo-dicom's.</param>
public sealed class SpecgenDicomService(INetworkStream stream, Encoding? fallbackEncoding, ILogger logger, DicomServiceDependencies dependencies)
    : DicomService(stream, fallbackEncoding, new DebugLog(logger), dependencies), IDicomServiceProvider
{
    private static readonly Action<ILogger, Exception?> s_logFailure = LoggerMessage.Define(LogLevel.Error, default, "A connection could not be served");
    private readonly INetworkStream _stream = stream;

    /// <summary>Runs the association to its end. Called by the server.</summary>
    /// <exception cref="InvalidOperationException">The server was created without <see cref="SpecgenProviders"/> as its user state.</exception>
    public override async Task RunAsync()
    {
        try
        {
            if (UserState is not DicomScpConnections connections)
            {
                var found = UserState is null ? "none" : $"a {UserState.GetType().Name}";
                throw new InvalidOperationException($"A server of {nameof(SpecgenDicomService)} needs the user state {nameof(SpecgenProviders)}.Of(…), and has {found}.");
            }

            await connections.RunAsync(_stream.AsStream(), _stream.RemoteHost, _stream.RemotePort).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            // Whoever runs services looks at the end of this task only, not at how it ended.
            s_logFailure((Logger as DebugLog)?.Inner ?? Logger, e);
            throw;
        }
        finally
        {
            _isDisconnectedFlag.TrySetResult(true);
            _stream.Dispose();
        }
    }

    /// <summary>Not called: fo-dicom reads nothing from the connection.</summary>
    Task IDicomServiceProvider.OnReceiveAssociationRequestAsync(DicomAssociation association) => throw NotRead();

    /// <summary>Not called: fo-dicom reads nothing from the connection.</summary>
    Task IDicomServiceProvider.OnReceiveAssociationReleaseRequestAsync() => throw NotRead();

    /// <summary>Not called: fo-dicom reads nothing from the connection.</summary>
    void IDicomService.OnReceiveAbort(DicomAbortSource source, DicomAbortReason reason) => throw NotRead();

    /// <summary>Nothing is left to be done: handlers have been told by their tokens.</summary>
    void IDicomService.OnConnectionClosed(Exception exception)
    {
    }

    private static NotSupportedException NotRead() => new("The association is not fo-dicom's.");
}
