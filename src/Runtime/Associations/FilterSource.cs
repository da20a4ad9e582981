namespace Specgen.Associations;

/// <summary>Where a filter comes from: one object for the whole server, or one for each association out of its scope.</summary>
internal sealed class FilterSource
{
    private readonly IDicomScpFilter? _instance;
    private readonly Func<IServiceProvider, IDicomScpFilter>? _factory;

    /// <summary>One object for the whole server.</summary>
    public FilterSource(IDicomScpFilter instance)
    {
        _instance = instance;
        Type = instance.GetType();
    }

    /// <summary>One object for each association.</summary>
    public FilterSource(Type type, Func<IServiceProvider, IDicomScpFilter> factory)
    {
        Type = type;
        _factory = factory;
    }

    /// <summary>For messages only.</summary>
    public Type Type { get; }

    public bool IsShared => _instance is not null;

    public IDicomScpFilter Get(Func<IServiceProvider> scope) => _instance ?? _factory!(scope());
}
