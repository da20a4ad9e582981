namespace Specgen;

/// <summary>
/// Says when a handler sends a status: the "Condition" of the status table in the conformance statement (PS3.2 §N.7.3.2). On the handler's method, or on its class; once for each status.
/// </summary>
/// <param name="status">
/// A value of the DIMSE service's status enum, <c>StorageCStoreStatus.OutOfResources</c>, which stands for its whole range; <c>(StorageCStoreStatus)0xA701</c> for one code, in the table or not. A status of
/// another DIMSE service is error SPG1011.
/// </param>
/// <param name="condition">When it is sent, as the reader of a conformance statement has to know it.</param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class SendsAttribute(object status, string condition) : Attribute
{
    /// <summary>A value of the DIMSE service's status enum.</summary>
    public object Status { get; } = status;

    /// <summary>When it is sent.</summary>
    public string Condition { get; } = condition;

    /// <summary>The attributes of the response that tell more, as <c>(0000,0902)</c>, Error Comment; empty (the default) where there are none.</summary>
    public string RelatedFields { get; set; } = "";
}
