using System.Globalization;
using System.Net;
using FellowOakDicom;
using FellowOakDicom.Imaging.Codec;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Specgen.Associations;
using Specgen.Instances;
using Specgen.Scu;

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
                throw new DicomScpConfigurationException($"Provider {i} is null.");
            }
        }

        return Configure(options, [.. providers.Select(static p => new ProviderSource(p))], null, options.LoggerFactory ?? NullLoggerFactory.Instance, null);
    }

    public static ScpConfiguration Configure(
        DicomScpOptions options, IReadOnlyList<ProviderSource> providers, IServiceProvider? services, ILoggerFactory loggerFactory, IServiceScopeFactory? scopeFactory)
    {
        Check(options);
        var copy = options.Clone();
        foreach (var uid in copy.UnknownTransferSyntaxes.Concat(copy.TransferSyntaxes))
        {
            DicomTransferSyntax.Register(DicomUID.Parse(uid, "Unknown Transfer Syntax", DicomUidType.TransferSyntax));
        }

        var time = copy.TimeProvider ?? services?.GetService<TimeProvider>() ?? TimeProvider.System;
        var memory = MemoryBudget.Of(copy.MaxMemory, copy.MaxMemoryPerAssociation, time);
        var registry = new ProviderRegistry(providers);
        return new ScpConfiguration
        {
            Options = copy,
            Providers = registry,
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

    /// <summary>Says the first thing that is wrong.</summary>
    public static void Check(DicomScpOptions options)
    {
        RequireTitle("AETitle", options.AETitle);
        foreach (var title in options.CallingAETitles)
        {
            RequireTitle("CallingAETitles", title);
        }

        foreach (var (title, peer) in options.Peers)
        {
            RequireTitle("Peers", title);
            Require(peer is not null && !string.IsNullOrWhiteSpace(peer.Host), $"Peers[\"{title}\"] has no host.");
            Require(peer!.Port is >= 1 and <= 65535, $"Peers[\"{title}\"] has port {peer.Port}; a TCP port is 1 to 65535.");
        }

        Require(options.Port is >= 0 and <= 65535, $"Port is {options.Port}; a TCP port is 1 to 65535, or 0 for any that is free.");
        Require(options.Address is null || IPAddress.TryParse(options.Address, out _), $"Address is \"{options.Address}\"; it is the IP address of a local interface, or null for all.");
        Require(
            options.MaxPduLength is >= AssociationLimits.ShortestPduLength and <= AssociationLimits.LongestPduLength,
            string.Create(CultureInfo.InvariantCulture, $"MaxPduLength is {options.MaxPduLength}; it is {AssociationLimits.ShortestPduLength} to {AssociationLimits.LongestPduLength} bytes."));
        Require(
            options.StorageSupport is not { Level: > StorageLevel.Full } and not { SignatureLevel: > 3 },
            "StorageSupport has a level that PS3.4 §B.4.1 does not have: levels are 0 to 2, of digital signatures 0 to 3.");
        Require(
            options.MaxAsyncOperations is >= 1 and <= AssociationLimits.MostAsyncOperations,
            string.Create(CultureInfo.InvariantCulture, $"MaxAsyncOperations is {options.MaxAsyncOperations}; it is 1 to {AssociationLimits.MostAsyncOperations}."));
        Require(options.MaxAssociations >= 0, $"MaxAssociations is {options.MaxAssociations}; it is a number of associations, or 0 for no limit.");
        Require(options.MaxPendingConnections >= 0, $"MaxPendingConnections is {options.MaxPendingConnections}; it is a number of connections, or 0 for no limit.");
        Require(options.MaxMemory is null or >= MemoryBudget.Smallest, string.Create(CultureInfo.InvariantCulture, $"MaxMemory is {options.MaxMemory}; it is at least {MemoryBudget.Smallest} bytes."));
        Require(
            options.MaxMemoryPerAssociation is null || (options.MaxMemoryPerAssociation >= MemoryBudget.SmallestOfOne && options.MaxMemoryPerAssociation <= (options.MaxMemory ?? MemoryBudget.DefaultLimit)),
            string.Create(CultureInfo.InvariantCulture, $"MaxMemoryPerAssociation is {options.MaxMemoryPerAssociation}; it is {MemoryBudget.SmallestOfOne} bytes to MaxMemory."));
        Require(options.MinDataRate >= 0, $"MinDataRate is {options.MinDataRate}; it is a number of bytes a second, or 0 for none.");
        Require(
            options.MinDataRateGracePeriod > TimeSpan.Zero && options.MinDataRateGracePeriod.TotalMilliseconds <= int.MaxValue,
            $"MinDataRateGracePeriod is {options.MinDataRateGracePeriod}; it is more than zero.");
        RequireTime(nameof(options.AssociationTimeout), options.AssociationTimeout);
        RequireTime(nameof(options.IdleTimeout), options.IdleTimeout);
        RequireTime(nameof(options.RequestTimeout), options.RequestTimeout);
        Require(options.StopTimeout >= TimeSpan.Zero && options.StopTimeout.TotalMilliseconds <= int.MaxValue, $"StopTimeout is {options.StopTimeout}; it is zero or more.");
        Require(!string.IsNullOrWhiteSpace(options.ReceiveFolder), "ReceiveFolder is empty; it is a folder that can be written to.");
        Require(options.DataSetLimits is not null, "DataSetLimits is null.");
        Require(options.DataSetLimits!.Problem() is null, $"DataSetLimits: {options.DataSetLimits.Problem()}.");
        foreach (var uid in options.TransferSyntaxes)
        {
            Require(DicomUID.IsValidUid(uid), $"TransferSyntaxes has \"{uid}\", which is no UID (PS3.5 §9).");
        }

        foreach (var uid in options.UnknownTransferSyntaxes)
        {
            Require(DicomUID.IsValidUid(uid), $"UnknownTransferSyntaxes has \"{uid}\", which is no UID (PS3.5 §9).");
        }

        Require(options.TlsCertificate is null || options.TlsCertificate.HasPrivateKey, "TlsCertificate has no private key.");
        Require(!options.TlsRequireClientCertificate || options.TlsCertificate is not null, "TlsRequireClientCertificate needs a TlsCertificate.");
        Require(options.TlsAuthorities.Count == 0 || options.TlsRequireClientCertificate, "TlsAuthorities are for TlsRequireClientCertificate.");
    }

    private static void RequireTitle(string option, string? title)
    {
        if (AETitles.Problem(title) is { } problem)
        {
            throw new DicomScpConfigurationException($"{option}: the AE title \"{title}\" {problem}.");
        }
    }

    private static void RequireTime(string option, TimeSpan value) => Require(
        value == Timeout.InfiniteTimeSpan || (value > TimeSpan.Zero && value.TotalMilliseconds <= int.MaxValue),
        $"{option} is {value}; it is more than zero, or Timeout.InfiniteTimeSpan for ever.");

    private static void Require(bool condition, string message)
    {
        if (!condition)
        {
            throw new DicomScpConfigurationException(message);
        }
    }
}
