namespace Specgen;

/// <summary>
/// Says what is done about the statuses of a DIMSE service that no <see cref="OnStatusAttribute"/> names: the row "Other Status Codes", the last one of the status table in the conformance statement
/// (PS3.2 §N.7.3.2).
/// </summary>
/// <typeparam name="TStatus">The DIMSE service's status enum, <c>StorageCStoreStatus</c>.</typeparam>
/// <param name="behavior">What is done about them.</param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class OtherStatusesAttribute<TStatus>(string behavior) : Attribute
    where TStatus : struct, Enum
{
    /// <summary>What is done about them.</summary>
    public string Behavior { get; } = behavior;
}
