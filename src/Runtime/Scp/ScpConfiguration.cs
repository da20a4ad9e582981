using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Specgen;

/// <summary>All that the engine needs to run a server.</summary>
internal sealed class ScpConfiguration
{
    /// <summary>A checked copy.</summary>
    public required DicomScpOptions Options { get; init; }

    public required ProviderRegistry Providers { get; init; }

    /// <summary>Has fo-dicom's services (AddFellowOakDicom): DicomServiceDependencies, DicomServerDependencies.</summary>
    public required IServiceProvider Services { get; init; }

    public required ILoggerFactory LoggerFactory { get; init; }

    /// <summary>For the <see cref="PeerLink"/> of each association.</summary>
    public required PeerDirectory Peers { get; init; }

    /// <summary>Told by the engine what happens; logs, counts and passes it on.</summary>
    public required ScpEvents Events { get; init; }

    /// <summary>Null when the server was started without a container: then all providers are shared objects.</summary>
    public IServiceScopeFactory? ScopeFactory { get; init; }

    /// <summary>One for each association.</summary>
    public AssociationScope CreateScope() => new(ScopeFactory);
}
