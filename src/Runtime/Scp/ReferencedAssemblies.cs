using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.Loader;

namespace Specgen.Scp;

/// <summary>Loads what programs refer to, since what fails to load once, for want of a file descriptor, fails for as long as the process lives.</summary>
internal static class ReferencedAssemblies
{
    /// <summary>.NET's own, of which each refers to many others that hardly anybody uses: a hundred of them would cost 40 MB.</summary>
    private static readonly string[] s_frameworks = ["Microsoft.AspNetCore", "Microsoft.Extensions.", "netstandard", "mscorlib"];

    /// <summary>
    /// Loads all that these assemblies refer to, and what that refers to, up to .NET's own. What is not there, or cannot be loaded, is left to who needs it: not every reference is used.
    /// </summary>
    public static void Load(IEnumerable<Assembly> roots)
    {
        var loaded = new HashSet<Assembly>(roots);
        var names = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<Assembly>(loaded);
        while (open.TryPop(out var assembly))
        {
            foreach (var name in ReferencesOf(assembly))
            {
                if (names.Add(name.FullName) && TryLoad(name, assembly) is { } found && loaded.Add(found) && !IsOfFramework(name))
                {
                    open.Push(found);
                }
            }
        }
    }

    private static bool IsOfFramework(AssemblyName name) => Array.Exists(s_frameworks, own => name.FullName.StartsWith(own, StringComparison.Ordinal));

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "A reference that was trimmed away is used by nobody.")]
    private static AssemblyName[] ReferencesOf(Assembly assembly)
    {
        try
        {
            return assembly.GetReferencedAssemblies();
        }
        catch (NotSupportedException)
        {
            // All is in one image, which says nothing of what it was made of.
            return [];
        }
    }

    /// <summary>Where the assembly that refers to it was loaded: a plug-in's may be another than the program's.</summary>
    private static Assembly? TryLoad(AssemblyName name, Assembly assembly)
    {
        try
        {
            return (AssemblyLoadContext.GetLoadContext(assembly) ?? AssemblyLoadContext.Default).LoadFromAssemblyName(name);
        }
        catch (Exception e) when (e is IOException or BadImageFormatException)
        {
            return null;
        }
    }
}
