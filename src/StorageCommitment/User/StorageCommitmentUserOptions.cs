using Microsoft.Extensions.Logging;

namespace Specgen.StorageCommitment;

/// <summary>How storage commitment is used.</summary>
public sealed class StorageCommitmentUserOptions
{
    /// <summary>How long the association of a request stays open for the report. Zero where reports come over associations of the provider's only.
    /// Default 10 seconds.</summary>
    public TimeSpan ReportTime { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How often to look whether another process has taken a report that is waited for. Default 1 second.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a request is kept after its last change: a report that comes after that is of an unknown transaction. Default 90 days.</summary>
    public TimeSpan KeepRequests { get; set; } = TimeSpan.FromDays(90);

    /// <summary>The clock.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>Where it logs to.</summary>
    public ILoggerFactory? LoggerFactory { get; set; }
}
