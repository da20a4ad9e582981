namespace Specgen;

/// <summary>The server engine as hosting drives it.</summary>
internal interface IScpEngine : IAsyncDisposable
{
    /// <summary>The port that it listens on.</summary>
    int Port { get; }

    /// <summary>Accepted associations that are open.</summary>
    int AssociationCount { get; }

    /// <summary>Listens. Throws <see cref="DicomScpConfigurationException"/> when it cannot, saying why (port in use, no such address, no right to).</summary>
    Task StartAsync(CancellationToken cancellationToken);

    /// <summary>Stops accepting, lets requests under way end for <see cref="DicomScpOptions.StopTimeout"/> or until cancelled, aborts what is left and closes all connections. May be called twice.</summary>
    Task StopAsync(CancellationToken cancellationToken);
}
