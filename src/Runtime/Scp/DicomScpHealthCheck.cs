using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Specgen.Scp;

namespace Specgen;

/// <summary>
/// Reports whether the DICOM servers of a host can serve their peers: <c>services.AddHealthChecks().AddCheck&lt;DicomScpHealthCheck&gt;("dicom")</c>. Unhealthy if one does not
/// listen; degraded if one has as many associations as it may have, and so rejects the next.
/// </summary>
/// <param name="services">The host's services.</param>
public sealed class DicomScpHealthCheck(IServiceProvider services) : IHealthCheck
{
    /// <summary>Looks at all servers.</summary>
    /// <param name="context">Which status counts as failure.</param>
    /// <param name="cancellationToken">Not used: there is nothing to wait for.</param>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        var data = new Dictionary<string, object>(StringComparer.Ordinal);
        var (silent, full) = (new List<string>(), new List<string>());
        if (services.GetService<HostedServers>() is not { } servers)
        {
            return Task.FromResult(new HealthCheckResult(context.Registration.FailureStatus, "There is no DICOM server: call AddDicomScp."));
        }

        foreach (var name in servers.Names)
        {
            var title = servers.Started.TryGetValue(name, out var scp) ? scp.AETitle : name.Length == 0 ? "The server" : name;
            if (scp is not { IsListening: true })
            {
                silent.Add(title);
                continue;
            }

            data[$"{title}:{scp.Port}"] = scp.AssociationCount;
            if (scp.Options.MaxAssociations > 0 && scp.AssociationCount >= scp.Options.MaxAssociations)
            {
                full.Add(title);
            }
        }

        return Task.FromResult(
            silent.Count > 0 ? new HealthCheckResult(context.Registration.FailureStatus, $"{string.Join(", ", silent)} does not listen.", data: data)
            : full.Count > 0 ? HealthCheckResult.Degraded($"{string.Join(", ", full)} has as many associations as it may have.", data: data)
            : HealthCheckResult.Healthy("Associations that are open, by server, are in the data.", data));
    }
}
