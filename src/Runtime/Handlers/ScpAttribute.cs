namespace Specgen;

/// <summary>
/// Makes a partial class a provider (SCP) of a service class: the generator asks for a handler for each DIMSE service that the page marks mandatory for
/// the SCP. A class may carry several.
/// </summary>
/// <typeparam name="T">The generated service class, <c>StorageServiceClass</c>.</typeparam>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class ScpAttribute<T> : Attribute
    where T : IServiceClass
{
    /// <summary>UIDs of the SOP classes that are provided; empty (the default) for all of the page.</summary>
    public string[] SopClasses { get; set; } = [];
}
