namespace Specgen;

/// <summary>
/// Makes a partial class a user (SCU) of a service class: it gets a client method for each DIMSE service that the user may invoke, and is asked for a
/// handler for each notification that it must take. A class may carry several.
/// </summary>
/// <typeparam name="T">The generated service class, <c>StorageCommitmentServiceClass</c>.</typeparam>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class ScuAttribute<T> : Attribute
    where T : IServiceClass
{
    /// <summary>UIDs of the SOP classes that are used; empty (the default) for all of the page.</summary>
    public string[] SopClasses { get; set; } = [];
}
