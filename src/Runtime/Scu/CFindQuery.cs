using FellowOakDicom;
using Specgen.Scu;
using Specgen.Telemetry;

namespace Specgen;

/// <summary>
/// A C-FIND (PS3.7 §9.1.2) and its matches as they arrive. The request is sent when they are asked for. Leaving the loop early, or cancelling, sends a C-CANCEL and waits for the provider to stop.
/// The association takes other requests when the provider has answered for the last time, whether all matches have been looked at or not.
/// </summary>
/// <typeparam name="TStatus">The service class's status enum for C-FIND.</typeparam>
public sealed class CFindQuery<TStatus> : IAsyncEnumerable<DicomDataset>
    where TStatus : struct, Enum
{
    private readonly ScuConnection _connection;
    private readonly SopClass _sopClass;
    private readonly DicomDataset _identifier;
    private readonly CancellationToken _cancellationToken;
    private int _isAsked;

    internal CFindQuery(ScuConnection connection, SopClass sopClass, DicomDataset identifier, CancellationToken cancellationToken)
    {
        _connection = connection;
        _sopClass = sopClass;
        _identifier = identifier;
        _cancellationToken = cancellationToken;
    }

    /// <summary>The last answer; <see langword="null"/> until it has come.</summary>
    public DimseResult<TStatus>? Result { get; private set; }

    /// <summary>Whether a match came with 0xFF01: optional keys are not supported (PS3.4 §C.4.1.1.4).</summary>
    public bool HasUnsupportedKeys { get; private set; }

    /// <summary>Sends the request and enumerates the matches. Can be called once.</summary>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <exception cref="InvalidOperationException">It has been asked already.</exception>
    /// <exception cref="ContextNotAcceptedException">The peer did not accept the SOP class.</exception>
    /// <exception cref="AssociationException">The association ended, or the peer did not answer in time.</exception>
    public IAsyncEnumerator<DicomDataset> GetAsyncEnumerator(CancellationToken cancellationToken = default) => Interlocked.Exchange(ref _isAsked, 1) == 0
        ? AskAsync(cancellationToken)
        : throw new InvalidOperationException("The query has been asked; make another one.");

    private async IAsyncEnumerator<DicomDataset> AskAsync(CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(_cancellationToken, cancellationToken);
        var request = _connection.Request(DimseOperation.CFind, _sopClass, _identifier);
        using var activity = SpecgenTelemetry.StartClientRequest(DimseOperation.CFind, _sopClass, _connection.Info);
        var pending = await _connection.BeginAsync(request, either.Token).ConfigureAwait(false);
        var isOver = false;
        try
        {
            while (true)
            {
                var response = await _connection.NextAsync(request, pending, either.Token).ConfigureAwait(false);
                isOver = !response.IsPending;
                var answer = _connection.Read(request, response);
                if (!response.IsPending)
                {
                    Result = DimseResult<TStatus>.From(answer);
                    SpecgenTelemetry.Answered(activity, response.Status, StatusCategories.Of(response.Status));
                    yield break;
                }

                HasUnsupportedKeys |= response.Status == 0xFF01;
                if (answer.Dataset is { } match)
                {
                    yield return match;
                }
            }
        }
        finally
        {
            if (!isOver && _connection.IsOpen)
            {
                if (await _connection.StopAsync(request, pending).ConfigureAwait(false) is { } last)
                {
                    Result = DimseResult<TStatus>.From(last);
                    SpecgenTelemetry.Answered(activity, last.Status, StatusCategories.Of(last.Status));
                }
            }
        }
    }
}
