using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;

namespace Specgen;

/// <summary>Says what a hosted DICOM server provides.</summary>
public interface IDicomScpBuilder
{
    /// <summary>The host's services.</summary>
    IServiceCollection Services { get; }

    /// <summary>The name of the server's options, for <c>services.Configure&lt;DicomScpOptions&gt;(name, …)</c>; empty where none was given.</summary>
    string Name { get; }

    /// <summary>Adds a provider that all associations share: several threads call it at once.</summary>
    /// <typeparam name="T">An [Scp] class, or an [Scu] class that takes notifications.</typeparam>
    /// <param name="instance">The object.</param>
    IDicomScpBuilder AddProvider<T>(T instance)
        where T : class, IDimseHandlers;

    /// <summary>
    /// Adds a provider that the container makes, in a scope that each association has to itself: what is registered as scoped (a database context, for one) is made and disposed of with the association.
    /// The class is registered as scoped unless it is registered already. One is made when the host starts, and disposed of at once, to check that it can be made.
    /// </summary>
    /// <typeparam name="T">An [Scp] class, or an [Scu] class that takes notifications.</typeparam>
    IDicomScpBuilder AddProvider<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>()
        where T : class, IDimseHandlers<T>;

    /// <summary>Adds a filter that all associations share, after those that were added before.</summary>
    /// <param name="instance">The object.</param>
    IDicomScpBuilder AddFilter(IDicomScpFilter instance);

    /// <summary>Adds a filter that the container makes for each association, in the scope that its providers are made in. The class is registered as scoped unless it is registered already.</summary>
    /// <typeparam name="T">The filter.</typeparam>
    IDicomScpBuilder AddFilter<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>()
        where T : class, IDicomScpFilter;
}
