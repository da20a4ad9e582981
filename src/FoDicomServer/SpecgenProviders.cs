namespace Specgen;

/// <summary>
/// What a fo-dicom server gets as its user state, for all of its connections: <c>DicomServerFactory.Create&lt;SpecgenDicomService&gt;(11112, userState:
/// SpecgenProviders.Of(…))</c>.
/// </summary>
public static class SpecgenProviders
{
    /// <summary>Providers that are served under any called AE title.</summary>
    /// <param name="providers">Objects of [Scp] classes. They are shared by all associations: several threads call them at once.</param>
    /// <returns>To be disposed of when the server is: its <see cref="DicomScpConnections.StopAsync"/> before that lets requests under way end.</returns>
    /// <exception cref="DicomConfigurationException">Two providers have the same DIMSE service of the same SOP class (SPG1100).</exception>
    public static DicomScpConnections Of(params IDimseHandlers[] providers) => Of(new DicomScpOptions { AcceptAnyCalledAETitle = true }, providers);

    /// <summary>Providers, with what they allow.</summary>
    /// <param name="options">AE title, who may call, peers, limits, time-outs. Where to listen and TLS are the server's, and are not read.</param>
    /// <param name="providers">Objects of [Scp] classes. They are shared by all associations: several threads call them at once.</param>
    /// <returns>To be disposed of when the server is: its <see cref="DicomScpConnections.StopAsync"/> before that lets requests under way end.</returns>
    /// <exception cref="DicomConfigurationException">An option is wrong, or two providers have the same DIMSE service of the same SOP class (SPG1100).</exception>
    public static DicomScpConnections Of(DicomScpOptions options, params IDimseHandlers[] providers) => new(options, providers);
}
