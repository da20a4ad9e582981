using System.Globalization;
using FellowOakDicom;
using Specgen.Conformance;
using Specgen.Instances;

namespace Specgen;

/// <summary>Makes the conformance statement of a user that need not connect.</summary>
public static class DicomScuConformance
{
    /// <summary>What users with these options would propose and ask for.</summary>
    /// <param name="options">Whom they connect to, and how.</param>
    /// <param name="users">Objects of [Scu] classes.</param>
    /// <exception cref="DicomConfigurationException">Options are wrong.</exception>
    public static ConformanceStatement Of(ScuOptions options, params IDimseHandlers[] users)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(users);
        options.Check();
        var bindings = users.SelectMany(static user => user.Bindings).Where(static b => b.Role == DicomRole.Scu).ToList();
        return new ConformanceStatement([new ConformanceEntity(options.CallingAE, [.. BindingModel.Services(bindings)], [.. BindingModel.Initiated(bindings)], Parameters(options)) { Policies = [.. Policies(bindings)] }]);
    }

    private static ConformanceParameter[] Parameters(ScuOptions options)
    {
        const string Association = "N.7.1.1", Configuration = "N.6.2", Profiles = "N.8.4", Identity = "N.8.5";
        return
        [
            new(Association, "Application Context Name", DicomUID.DICOMApplicationContext.UID),
            new(Association, "Implementation Class UID", Part10Header.ImplementationClassUid),
            new(Association, "Implementation Version Name", Part10Header.ImplementationVersionName),
            new(Association, "Maximum PDU Length", Names.Number(options.MaxPduLength) + " bytes", nameof(options.MaxPduLength)),
            new(Association, "Maximum Number of Asynchronous Operations", options.MaxAsyncOperations == 1 ? "1 (not negotiated)" : Names.Number(options.MaxAsyncOperations), nameof(options.MaxAsyncOperations)),
            new(Association, "Connection Timeout", Names.Time(options.ConnectTimeout), nameof(options.ConnectTimeout)),
            new(Association, "Association Request Timeout", Names.Time(options.AssociationTimeout), nameof(options.AssociationTimeout)),
            new(Association, "DIMSE Response Timeout", Names.Time(options.RequestTimeout), nameof(options.RequestTimeout)),
            new(Association, "Release Timeout", Names.Time(options.ReleaseTimeout), nameof(options.ReleaseTimeout)),
            new(Configuration, "Calling AE Title (SCU)", options.CallingAE, nameof(options.CallingAE)),
            new(Configuration, "Called AE Title, Host and Port", string.Create(CultureInfo.InvariantCulture, $"{options.CalledAE}, {options.Host}:{options.Port}"), nameof(options.CalledAE)),
            new(Profiles, "Secure Transport Connection", options.Tls is null ? "None: plain TCP" : "TLS (PS3.15 §B.9); versions and cipher suites are the operating system's, unless they are set", nameof(options.Tls)),
            new(Identity, "As requestor", options.UserIdentity is null ? "Not said" : $"Said ({options.UserIdentity.Type}, PS3.7 §D.3.3.7)", nameof(options.UserIdentity)),
        ];
    }

    private static IEnumerable<ConformanceParameter> Policies(List<ServiceBinding> bindings)
    {
        yield return new("N.7.2.1.3", "Requests", "An association when the application asks for it, released when it is done");
        if (bindings.Exists(static b => b.Requests.Contains(DimseOperation.CStore)))
        {
            yield return new(
                "N.7.2.1.3",
                "Presentation contexts of instances",
                "Those below; for instances that are named beforehand one for each SOP class and transfer syntax that they are in, and those below only for what is uncompressed",
                nameof(ScuOptions.ProposeFor));
        }
    }
}
