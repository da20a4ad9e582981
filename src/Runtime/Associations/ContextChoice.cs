namespace Specgen.Associations;

/// <summary>
/// Where the SOP class that a message names is not the one of its presentation context: Unified Procedure Step, whose instances are all of the Push SOP class (PS3.4 §CC.3), and Print Management,
/// whose SOP classes are negotiated as a meta SOP class (PS3.4 §H.3.2.2).
/// </summary>
internal static class ContextChoice
{
    private const string StepPush = "1.2.840.10008.5.1.4.34.6.1";
    private const string PrintArc = "1.2.840.10008.5.1.1.";

    /// <summary>Event first, and then who may have it beside: for notifications. For operations who works on steps before who looks at them.</summary>
    private static readonly string[] s_stepEvents = ["1.2.840.10008.5.1.4.34.6.4", "1.2.840.10008.5.1.4.34.6.2"], s_steps = ["1.2.840.10008.5.1.4.34.6.3", "1.2.840.10008.5.1.4.34.6.2"];

    private static readonly HashSet<string> s_stepClasses = new(StringComparer.Ordinal) { StepPush, "1.2.840.10008.5.1.4.34.6.2", "1.2.840.10008.5.1.4.34.6.3", "1.2.840.10008.5.1.4.34.6.4" };

    /// <summary>PS3.6 Table A-1, Meta SOP Class: basic grayscale and color print, both with referenced images (retired), pull stored print (retired).</summary>
    private static readonly string[] s_printMetaClasses =
        ["1.2.840.10008.5.1.1.9", "1.2.840.10008.5.1.1.18", "1.2.840.10008.5.1.1.9.1", "1.2.840.10008.5.1.1.18.1", "1.2.840.10008.5.1.1.32"];

    /// <summary>The presentation context for a request; null where there is none.</summary>
    /// <param name="contexts">What was accepted, in the role that the request needs.</param>
    /// <param name="sopClassUid">Its SOP class.</param>
    /// <param name="operation">Its DIMSE service.</param>
    public static NegotiatedContext? Find(IReadOnlyList<NegotiatedContext> contexts, string sopClassUid, DimseOperation operation)
    {
        if (contexts.FirstOrDefault(c => c.AbstractSyntax == sopClassUid) is { } own)
        {
            return own;
        }

        var others = !IsNormalized(operation) ? []
            : sopClassUid == StepPush ? operation == DimseOperation.NEventReport ? s_stepEvents : s_steps
            : sopClassUid.StartsWith(PrintArc, StringComparison.Ordinal) ? s_printMetaClasses
            : [];
        return others.Select(uid => contexts.FirstOrDefault(c => c.AbstractSyntax == uid)).FirstOrDefault(static c => c is not null);
    }

    /// <summary>The SOP classes to propose for a notification: of a step they are others than its own (PS3.4 §CC.2.4.3).</summary>
    public static IReadOnlyList<string> ForNotification(string sopClassUid) => s_stepClasses.Contains(sopClassUid) ? s_stepEvents : [sopClassUid];

    /// <summary>The SOP class UID that a message names, in a presentation context or for a SOP class.</summary>
    public static string Named(string sopClassUid, DimseOperation operation) => IsNormalized(operation) && s_stepClasses.Contains(sopClassUid) ? StepPush : sopClassUid;

    /// <summary>Whether a presentation context is for several SOP classes.</summary>
    public static bool IsMeta(string abstractSyntax) => s_printMetaClasses.Contains(abstractSyntax);

    private static bool IsNormalized(DimseOperation operation) => operation
        is DimseOperation.NEventReport or DimseOperation.NGet or DimseOperation.NSet or DimseOperation.NAction or DimseOperation.NCreate or DimseOperation.NDelete;
}
