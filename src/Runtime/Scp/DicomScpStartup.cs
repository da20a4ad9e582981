using System.Globalization;
using System.Net;
using FellowOakDicom;
using FellowOakDicom.Imaging.Codec;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Specgen.Associations;
using Specgen.Configuration;
using Specgen.Instances;
using Specgen.Scu;
using Specgen.Telemetry;

namespace Specgen.Scp;

/// <summary>From options and providers to a checked <see cref="ScpConfiguration"/>.</summary>
internal static class DicomScpStartup
{
    public static ScpConfiguration Configure(DicomScpOptions options, IReadOnlyList<IDimseHandlers> providers)
    {
        for (var i = 0; i < providers.Count; i++)
        {
            if (providers[i] is null)
            {
                throw new DicomConfigurationException($"Provider {i} is null.");
            }
        }

        return Configure(options, [.. providers.Select(static p => new ProviderSource(p))], [], null, options.LoggerFactory ?? StandardErrorLog.Instance, null);
    }

    /// <param name="options">What the server is and allows; filters among it come first.</param>
    /// <param name="providers">Where handlers come from.</param>
    /// <param name="filters">Where further filters come from.</param>
    /// <param name="services">The container, where there is one.</param>
    /// <param name="loggerFactory">Where to log to.</param>
    /// <param name="scopeFactory">Makes a scope for each association; null where the container makes nothing.</param>
    /// <exception cref="DicomConfigurationException">Something is wrong: all of it is said.</exception>
    public static ScpConfiguration Configure(
        DicomScpOptions options,
        IReadOnlyList<ProviderSource> providers,
        IReadOnlyList<FilterSource> filters,
        IServiceProvider? services,
        ILoggerFactory loggerFactory,
        IServiceScopeFactory? scopeFactory)
    {
        var problems = Check(options);
        problems.Require(
            providers.Count == 0 || providers.Any(static p => p.Bindings.Count == 0 || p.Bindings.Any(static binding => binding.Role == DicomRole.Scp || binding.Operations.Any())),
            $"{string.Join(" and ", providers.Select(static p => p.Type))} {(providers.Count == 1 ? "is a user" : "are users")} ([Scu<…>]): a server has nothing to do for them. A provider has [Scp<…>]; a user connects with ConnectAsync.");
        ProviderRegistry? registry = null;
        try
        {
            registry = new ProviderRegistry(providers);
        }
        catch (DicomConfigurationException e) when (problems.All.Count > 0)
        {
            problems.Add(e.Problems);
        }

        problems.ThrowIfAny();
        var copy = options.Clone();
        foreach (var uid in copy.UnknownTransferSyntaxes.Concat(copy.TransferSyntaxes))
        {
            DicomTransferSyntax.Register(DicomUID.Parse(uid, "Unknown Transfer Syntax", DicomUidType.TransferSyntax));
        }

        var time = copy.TimeProvider ?? services?.GetService<TimeProvider>() ?? TimeProvider.System;
        var memory = MemoryBudget.Of(copy.MaxMemory, copy.MaxMemoryPerAssociation, time);
        return new ScpConfiguration
        {
            Options = copy,
            Providers = registry!,
            Filters = [.. copy.Filters.Select(static f => new FilterSource(f)), .. filters],
            ScopeFactory = scopeFactory,
            Peers = new PeerDirectory(new PeerSettings(copy.AETitle, copy.Peers, copy.AssociationTimeout, copy.RequestTimeout, copy.MaxPduLength)
            { Memory = memory, Time = time, LeastData = (copy.MinDataRate, copy.MinDataRateGracePeriod) }, loggerFactory),
            Memory = memory,
            Time = time,
            Events = new ScpEvents(copy, loggerFactory),

            // fo-dicom's static setup is left alone, with a host and without: it is the process's, not a server's. A host that has chosen another manager has it in its container.
            Transcoders = services?.GetService<ITranscoderManager>() ?? new DefaultTranscoderManager(),
        };
    }

    /// <summary>All that is wrong.</summary>
    public static OptionProblems Check(DicomScpOptions options)
    {
        var problems = new OptionProblems();
        problems.Add(options.BindingProblems);
        problems.RequireTitle("AETitle", options.AETitle);
        foreach (var title in options.CallingAETitles)
        {
            problems.RequireTitle("CallingAETitles", title);
        }

        foreach (var (title, peer) in options.Peers)
        {
            CheckPeer(problems, title, peer);
        }

        problems.Require(options.Port is >= 0 and <= 65535, $"Port is {options.Port}; a TCP port is 1 to 65535, or 0 for any that is free.");
        problems.Require(options.Address is null || IPAddress.TryParse(options.Address, out _), $"Address is \"{options.Address}\"; it must be the IP address of a local interface, or null for all.");
        problems.Require(
            options.MaxPduLength is >= AssociationLimits.ShortestPduLength and <= AssociationLimits.LongestPduLength,
            string.Create(CultureInfo.InvariantCulture, $"MaxPduLength is {options.MaxPduLength}; it must be {AssociationLimits.ShortestPduLength} to {AssociationLimits.LongestPduLength} bytes."));
        problems.Require(
            options.StorageSupport is not { Level: > StorageLevel.Full } and not { SignatureLevel: > 3 },
            "StorageSupport has a level that PS3.4 §B.4.1 does not have: levels are 0 to 2, of digital signatures 0 to 3.");
        problems.Require(
            options.MaxAsyncOperations is >= 1 and <= AssociationLimits.MostAsyncOperations,
            string.Create(CultureInfo.InvariantCulture, $"MaxAsyncOperations is {options.MaxAsyncOperations}; it must be 1 to {AssociationLimits.MostAsyncOperations}."));
        problems.Require(options.MaxAssociations >= 0, $"MaxAssociations is {options.MaxAssociations}; it must be a number of associations, or 0 for no limit.");
        problems.Require(options.MaxPendingConnections >= 0, $"MaxPendingConnections is {options.MaxPendingConnections}; it must be a number of connections, or 0 for no limit.");
        problems.Require(options.MaxMemory is null or >= MemoryBudget.Smallest, string.Create(CultureInfo.InvariantCulture, $"MaxMemory is {options.MaxMemory}; it must be at least {MemoryBudget.Smallest} bytes."));
        problems.Require(
            options.MaxMemoryPerAssociation is null || (options.MaxMemoryPerAssociation >= MemoryBudget.SmallestOfOne && options.MaxMemoryPerAssociation <= (options.MaxMemory ?? MemoryBudget.DefaultLimit)),
            string.Create(CultureInfo.InvariantCulture, $"MaxMemoryPerAssociation is {options.MaxMemoryPerAssociation}; it must be {MemoryBudget.SmallestOfOne} bytes to MaxMemory."));
        problems.Require(options.MinDataRate >= 0, $"MinDataRate is {options.MinDataRate}; it must be a number of bytes a second, or 0 for none.");
        problems.Require(
            options.MinDataRateGracePeriod > TimeSpan.Zero && options.MinDataRateGracePeriod.TotalMilliseconds <= int.MaxValue,
            $"MinDataRateGracePeriod is {options.MinDataRateGracePeriod}; it must be more than zero.");
        problems.RequireTime(nameof(options.AssociationTimeout), options.AssociationTimeout);
        problems.RequireTime(nameof(options.IdleTimeout), options.IdleTimeout);
        problems.RequireTime(nameof(options.RequestTimeout), options.RequestTimeout);
        problems.Require(options.StopTimeout >= TimeSpan.Zero && options.StopTimeout.TotalMilliseconds <= int.MaxValue, $"StopTimeout is {options.StopTimeout}; it must be zero or more.");
        problems.Require(!string.IsNullOrWhiteSpace(options.ReceiveFolder), "ReceiveFolder is empty; it must be a folder that can be written to.");
        problems.RequireLimits(nameof(options.DataSetLimits), options.DataSetLimits);
        foreach (var uid in options.TransferSyntaxes)
        {
            problems.Require(DicomUID.IsValidUid(uid), $"TransferSyntaxes has \"{uid}\", which is not a UID (PS3.5 §9).");
        }

        foreach (var uid in options.UnknownTransferSyntaxes)
        {
            problems.Require(DicomUID.IsValidUid(uid), $"UnknownTransferSyntaxes has \"{uid}\", which is not a UID (PS3.5 §9).");
        }

        problems.Require(!options.Filters.Contains(null!), "Filters has a null.");
        problems.Require(!options.Observers.Contains(null!), "Observers has a null.");
        problems.Add(ServerTls.Problems(options));
        return problems;
    }

    private static void CheckPeer(OptionProblems problems, string title, DicomPeer? peer)
    {
        problems.RequireTitle("Peers", title);
        if (problems.Require(peer is not null, $"Peers[\"{title}\"] is null."))
        {
            problems.Require(!string.IsNullOrWhiteSpace(peer!.Host), $"Peers[\"{title}\"] has no host.");
            problems.Require(peer.Port is >= 1 and <= 65535, $"Peers[\"{title}\"] has port {peer.Port}; a TCP port is 1 to 65535.");
            problems.Require(peer.TlsProfile == TlsProfile.None || peer.Tls is not null, $"Peers[\"{title}\"] has TlsProfile {peer.TlsProfile} and no Tls.");
        }
    }
}
