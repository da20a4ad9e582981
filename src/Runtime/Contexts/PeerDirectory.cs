using FellowOakDicom;
using Microsoft.Extensions.Logging;

namespace Specgen;

/// <summary>Sends notifications for <see cref="PeerLink"/>: decides which association they go over, and opens one if need be.</summary>
internal sealed class PeerDirectory(DicomScpOptions options, ProviderRegistry providers, ILoggerFactory loggerFactory)
{
    public ValueTask<DimseResponse> NEventReportAsync(
        string aeTitle, IPeerChannel? channel, SopClass sopClass, string sopInstanceUid, ushort eventTypeId, DicomDataset? dataset, CancellationToken cancellationToken) =>
        throw new NotImplementedException(options.AETitle + providers + loggerFactory);
}
