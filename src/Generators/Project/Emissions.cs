using Specgen.Generators.Standard;

namespace Specgen.Generators.Project;

/// <summary>A service class, and nothing but what its file depends on.</summary>
/// <param name="Surface">What handlers can be written for, as projects that reference this one read it.</param>
/// <param name="Foreign">Keywords of the page whose constant another page's file already has.</param>
internal sealed record ServiceEmission(ServiceClass Service, ServiceSurface Surface, EmissionSettings Settings, EquatableArray<string> Foreign);

/// <summary>A module with its macros put in, and nothing but what its file depends on.</summary>
/// <param name="Foreign">Names of value sets whose enum another module's file already has.</param>
/// <param name="Imported">Views of items that a reference has, with their namespaces: "Specgen.Standard.CodeSequenceItem".</param>
internal sealed record ModuleEmission(Module Module, EmissionSettings Settings, EquatableArray<string> Foreign, EquatableArray<string> Imported);

/// <summary>The rows of PS3.6 Table A-1 that become constants, and nothing else of it.</summary>
internal sealed record RegistryEmission(EquatableArray<RegistryEntry> Entries, EmissionSettings Settings);

/// <summary>The names of the generated service classes, in a fixed order: all that the catalogue depends on.</summary>
/// <param name="Base">The namespace of a reference whose constants the project's own have as well, or null.</param>
/// <param name="Others">Namespaces of references whose pages are asked after the project's own.</param>
internal sealed record CatalogueEmission(EquatableArray<string> ServiceClasses, EmissionSettings Settings, string? Base, EquatableArray<string> Others);

/// <summary>Names that several namespaces have, and the one that the project means by them.</summary>
internal sealed record AliasEmission(string Namespace);
