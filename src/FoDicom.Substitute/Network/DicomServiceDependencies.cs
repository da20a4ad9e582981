using Microsoft.Extensions.Logging;

namespace FellowOakDicom.Network;

/// <summary>Nothing of it can be chosen here.</summary>
public class DicomServerOptions
{
    internal DicomServerOptions()
    {
    }
}

public class DicomServiceDependencies
{
    internal DicomServiceDependencies(ILoggerFactory loggerFactory) => LoggerFactory = loggerFactory;

    internal ILoggerFactory LoggerFactory { get; }
}
