namespace Specgen;

/// <summary>
/// Says what is done about a status that a peer answers a request of ours with: the "Behavior" of the status table in the conformance statement (PS3.2 §N.7.3.2). On a class with [Scu], or on a method of it;
/// on a class with [Scp] for the notifications that it sends. Once for each status.
/// </summary>
/// <param name="status">
/// A value of the DIMSE service's status enum, <c>StorageCStoreStatus.OutOfResources</c>, which stands for its whole range; <c>(StorageCStoreStatus)0xA701</c> for one code. A status of a DIMSE service that the
/// class does not request is error SPG1011.
/// </param>
/// <param name="behavior">What is done about it.</param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class OnStatusAttribute(object status, string behavior) : Attribute
{
    /// <summary>A value of the DIMSE service's status enum.</summary>
    public object Status { get; } = status;

    /// <summary>What is done about it.</summary>
    public string Behavior { get; } = behavior;
}
