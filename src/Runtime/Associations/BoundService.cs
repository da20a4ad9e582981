namespace Specgen.Associations;

/// <summary>The one handler of a DIMSE service for a SOP class in a role.</summary>
/// <param name="SopClass">The SOP class, out of the binding's page.</param>
/// <param name="Binding">Has the delegate.</param>
/// <param name="Source">Has the object to call it with: <see cref="AssociationScope.Get"/>.</param>
internal sealed record BoundService(SopClass SopClass, ServiceBinding Binding, ProviderSource Source);
