using System.Globalization;
using FellowOakDicom;
using Specgen.Associations;
using Specgen.Conformance;
using Specgen.Instances;
using Specgen.Security;

namespace Specgen.Scp;

/// <summary>A configuration → the application entity that it makes.</summary>
internal static class EntityModel
{
    public static ConformanceEntity Of(ScpConfiguration configuration)
    {
        var registry = configuration.Providers;
        var bindings = registry.Sources.SelectMany(static s => s.Bindings).ToList();
        if (!bindings.Exists(static b => b.Role == DicomRole.Scp && b.SopClasses.Any(static s => s.Uid == VerificationProvider.SopClass.Uid)))
        {
            bindings.AddRange(VerificationProvider.Instance.Bindings);
        }

        return new ConformanceEntity(configuration.Options.AETitle, [.. BindingModel.Services(bindings)], [.. Accepted(configuration), .. BindingModel.Initiated(bindings)], Parameters(configuration.Options))
        {
            Policies = Policies(configuration.Options, bindings),
        };
    }

    /// <summary>As <see cref="Negotiation"/> decides.</summary>
    private static IEnumerable<ConformanceContext> Accepted(ScpConfiguration configuration)
    {
        var options = configuration.Options;
        var preferred = Negotiation.Preferred(options.TransferSyntaxes);
        var seen = new HashSet<(string, DicomRole)>();
        foreach (var (role, uid) in configuration.Providers.Sources.SelectMany(static s => s.Bindings).SelectMany(static b => b.SopClasses.Select(s => (b.Role, s.Uid))).Append((DicomRole.Scp, VerificationProvider.SopClass.Uid)))
        {
            if (!seen.Add((uid, role)) || !configuration.Providers.TryFind(uid, role, out var sopClass, out var bindings))
            {
                continue;
            }

            var takesAll = role == DicomRole.Scp && bindings.Any(static b => b.CStore is not null);
            yield return new ConformanceContext(sopClass, role, false, Negotiation.Accepted(preferred, takesAll) ?? [], [.. bindings.SelectMany(static b => b.Operations).Distinct()])
            {
                ExtendedNegotiation = [.. Negotiated(options, sopClass, role, takesAll)],
            };
        }
    }

    private static IEnumerable<string> Negotiated(DicomScpOptions options, SopClass sopClass, DicomRole role, bool stores)
    {
        if (role == DicomRole.Scu)
        {
            yield return "SCP role of the requestor (SCP/SCU role selection)";
        }

        if (role == DicomRole.Scp && options.AcceptRelationalQueries && sopClass.IsRelational)
        {
            yield return "Relational queries and retrievals";
        }

        if (stores && options.StorageSupport is { } support)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"Storage level {(int)support.Level} ({support.Level}), digital signature level {support.SignatureLevel}, element coercion {(support.MayCoerce ? "1 (may coerce)" : "0 (does not coerce)")}");
        }
    }

    private static ConformanceParameter[] Parameters(DicomScpOptions options)
    {
        const string Association = "N.7.1.1", Configuration = "N.6.2", Ports = "N.8.3", Profiles = "N.8.4", Identity = "N.8.5";
        var window = options.MaxAsyncOperations == 1 ? "1 (not negotiated)" : Names.Number(options.MaxAsyncOperations);
        List<ConformanceParameter> parameters =
        [
            new(Association, "Application Context Name", DicomUID.DICOMApplicationContext.UID),
            new(Association, "Implementation Class UID", Part10Header.ImplementationClassUid),
            new(Association, "Implementation Version Name", Part10Header.ImplementationVersionName),
            new(Association, "Maximum PDU Length", Names.Number(options.MaxPduLength) + " bytes", nameof(options.MaxPduLength)),
            new(Association, "Maximum Number of Simultaneous Associations", options.MaxAssociations == 0 ? "No limit" : Names.Number(options.MaxAssociations), nameof(options.MaxAssociations)),
            new(Association, "Maximum Number of Asynchronous Operations", window, nameof(options.MaxAsyncOperations)),
            new(Association, "ARTIM Timeout", Names.Time(options.AssociationTimeout), nameof(options.AssociationTimeout)),
            new(Association, "Association Idle Timeout", Names.Time(options.IdleTimeout), nameof(options.IdleTimeout)),
            new(Association, "Request Timeout", Names.Time(options.RequestTimeout), nameof(options.RequestTimeout)),
            new(Association, "Connections without an association", options.MaxPendingConnections == 0 ? "No limit" : Names.Number(options.MaxPendingConnections) + "; the one that is silent for the longest time is closed for one more", nameof(options.MaxPendingConnections)),
            new(Association, "Least data rate while a message is on its way", LeastRate(options), nameof(options.MinDataRate)),
            new(Association, "Longest data set of a request but C-STORE", Names.Number(KeptDataSet.MaxLength) + " bytes"),
            new(Association, "Deepest nesting of sequences", Names.Number(options.DataSetLimits.MaxDepth), nameof(options.DataSetLimits)),
            new(Association, "Elements, items and fragments of a data set", Names.Number(options.DataSetLimits.MaxElements), nameof(options.DataSetLimits)),
            new(Association, "Memory for what peers send", options.MaxMemory is { } memory ? Names.Number(memory) + " bytes" : "A quarter of what the process may have", nameof(options.MaxMemory)),
            new(Configuration, "Called AE Title (SCP)", options.AETitle, nameof(options.AETitle)),
            new(Configuration, "Port", options.Port == 0 ? "Any that is free" : options.Port.ToString(CultureInfo.InvariantCulture), nameof(options.Port)),
            new(Configuration, "Calling AE Titles that are accepted", options.CallingAETitles.Count == 0 ? "Any" : string.Join(", ", options.CallingAETitles.Order(StringComparer.Ordinal)), nameof(options.CallingAETitles)),
            new(Configuration, "Remote AE titles", options.Peers.Count == 0 ? "None" : string.Join(", ", options.Peers.Keys.Order(StringComparer.Ordinal)), nameof(options.Peers)),
            new(Configuration, "Transfer syntaxes", options.TransferSyntaxes.Count == 0 ? "By SOP class" : string.Join(", ", Negotiation.Preferred(options.TransferSyntaxes)!.Select(Names.SyntaxName)), nameof(options.TransferSyntaxes)),
            new(Ports, options.TlsCertificate is null && options.Tls is null ? "Port" : "TLS-Secured Port", options.Port == 0 ? "Any that is free" : options.Port.ToString(CultureInfo.InvariantCulture), nameof(options.Port)),
        ];
        if (options.TlsCertificate is null && options.Tls is null)
        {
            parameters.Add(new(Profiles, "Secure Transport Connection", "None: plain TCP", nameof(options.TlsCertificate)));
        }
        else
        {
            if (TlsRules.Of(options.TlsProfile) is { } rules)
            {
                parameters.Add(new(Profiles, "Secure Transport Connection", $"{rules.Title}{(rules.IsRetired ? " (retired)" : "")} (PS3.15 §{rules.Section})", nameof(options.TlsProfile)));
                parameters.Add(new(Profiles, "TLS versions", rules.Versions.ToString(), nameof(options.TlsProfile)));
                parameters.Add(new(Profiles, "Cipher suites", string.Join(", ", rules.CipherSuites), nameof(options.TlsProfile)));
            }
            else
            {
                parameters.Add(new(Profiles, "Secure Transport Connection", "TLS, and no profile is claimed; versions and cipher suites are the operating system's, unless Tls says others", nameof(options.TlsProfile)));
            }

            parameters.Add(new(
                Profiles,
                "Certificates of peers",
                options.Tls is { ClientCertificateRequired: true } ? "Required; checked as Tls says"
                    : !options.TlsRequireClientCertificate ? "Not asked for"
                    : options.TlsAuthorities.Count == 0 ? "Required; issued by an authority that the machine trusts"
                    : string.Create(CultureInfo.InvariantCulture, $"Required; issued by one of {options.TlsAuthorities.Count} configured authorities"),
                nameof(options.TlsRequireClientCertificate)));
        }

        parameters.Add(new(Identity, "As acceptor", options.CheckUserIdentity is null ? "Not looked at, and not answered" : "Checked before the association is accepted (PS3.7 §D.3.3.7); what the check does not accept is rejected (result 1, source 1, reason 1)", nameof(options.CheckUserIdentity)));
        return [.. parameters];
    }

    private static string LeastRate(DicomScpOptions options) => options.MinDataRate == 0 ? "None"
        : string.Create(CultureInfo.InvariantCulture, $"{Names.Number(options.MinDataRate)} bytes a second, over {Names.Time(options.MinDataRateGracePeriod)}");

    private static ConformanceParameter[] Policies(DicomScpOptions options, List<ServiceBinding> bindings)
    {
        const string Initiation = "N.7.2.1.3", Acceptance = "N.7.2.1.4";
        List<ConformanceParameter> policies =
        [
            new(Acceptance, "Called AE title", options.AcceptAnyCalledAETitle ? "Any is accepted" : "Another one is rejected (result 1, source 1, reason 7)", nameof(options.AcceptAnyCalledAETitle)),
            new(Acceptance, "Calling AE title", options.CallingAETitles.Count == 0 ? "Any is accepted" : "One that is not configured is rejected (result 1, source 1, reason 3)", nameof(options.CallingAETitles)),
            new(Acceptance, "Number of associations", options.MaxAssociations == 0 ? "Not limited" : "One more is rejected (result 2, source 3, reason 2)", nameof(options.MaxAssociations)),
            new(Acceptance, "Presentation contexts", "Exactly those that are listed are accepted"),
        ];
        if (bindings.Exists(static b => b.CGet is not null))
        {
            policies.Add(new(Acceptance, "Storage contexts for C-GET", "SOP classes of storage are accepted with the SCP role of the requestor where a context of C-GET is proposed (PS3.4 §C.5.3)"));
        }

        if (bindings.Exists(static b => b.Role == DicomRole.Scp && b.Requests.Count > 0))
        {
            policies.Add(new(Initiation, "Notifications", "Go over the association of the request while it lasts, else over a new one to the peer's configured address", nameof(options.Peers)));
        }

        if (bindings.Exists(static b => b.CMove is not null))
        {
            policies.Add(new(Initiation, "C-MOVE", "An association to the destination's configured address, with presentation contexts for the instances that are sent", nameof(options.Peers)));
        }

        if (bindings.Exists(static b => b.Role == DicomRole.Scu && b.Requests.Count > 0))
        {
            policies.Add(new(Initiation, "Requests", "An association when the application asks for it"));
        }

        return [.. policies];
    }
}
