using Specgen.Associations;

namespace Specgen.Scp;

/// <summary>What one AddDicomScp says.</summary>
internal sealed record ScpRegistration(IReadOnlyList<ProviderSource> Sources, Action<DicomScpOptions, IServiceProvider> Configure);
