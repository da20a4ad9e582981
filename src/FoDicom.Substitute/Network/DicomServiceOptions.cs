using FellowOakDicom.Imaging.Codec;
using FellowOakDicom.Memory;
using Microsoft.Extensions.Logging;

namespace FellowOakDicom.Network;

public class DicomServiceOptions
{
    public bool LogDataPDUs { get; set; }

    public bool LogDimseDatasets { get; set; }

    public bool TcpNoDelay { get; set; } = true;

    public int? TcpReceiveBufferSize { get; set; }

    public int? TcpSendBufferSize { get; set; }

    /// <summary>The longest P-DATA-TF that is offered to be taken, in bytes.</summary>
    public uint MaxPDULength { get; set; } = 262144;

    public bool IgnoreUnsupportedTransferSyntaxChange { get; set; }

    public DicomServiceOptions Clone() => (DicomServiceOptions)MemberwiseClone();
}

public class DicomServerOptions
{
    /// <summary>0 for no limit.</summary>
    public int MaxClientsAllowed { get; set; }

    public DicomServerOptions Clone() => (DicomServerOptions)MemberwiseClone();
}

public class DicomServiceDependencies
{
    public DicomServiceDependencies(ILoggerFactory loggerFactory, INetworkManager networkManager, ITranscoderManager transcoderManager, IMemoryProvider memoryProvider)
    {
        LoggerFactory = loggerFactory;
        NetworkManager = networkManager;
        TranscoderManager = transcoderManager;
        MemoryProvider = memoryProvider;
    }

    public ILoggerFactory LoggerFactory { get; }

    public INetworkManager NetworkManager { get; }

    public ITranscoderManager TranscoderManager { get; }

    public IMemoryProvider MemoryProvider { get; }
}

public class DicomServerDependencies
{
    public DicomServerDependencies(INetworkManager networkManager, ILoggerFactory loggerFactory)
    {
        NetworkManager = networkManager;
        LoggerFactory = loggerFactory;
    }

    public INetworkManager NetworkManager { get; }

    public ILoggerFactory LoggerFactory { get; }
}
