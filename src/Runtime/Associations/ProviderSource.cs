namespace Specgen.Associations;

/// <summary>Where the handlers of a provider come from: one object for the whole server, or one for each association out of its scope.</summary>
internal sealed class ProviderSource
{
    private readonly IDimseHandlers? _instance;
    private readonly Func<IServiceProvider, object>? _factory;

    /// <summary>One object for the whole server.</summary>
    public ProviderSource(IDimseHandlers instance)
    {
        _instance = instance;
        Type = instance.GetType();
        GeneratedFormat.Check(Type);
        Bindings = instance.Bindings;
    }

    /// <summary>One object for each association.</summary>
    public ProviderSource(Type type, IReadOnlyList<ServiceBinding> bindings, Func<IServiceProvider, object> factory)
    {
        Type = type;
        Bindings = bindings;
        _factory = factory;
    }

    /// <summary>For messages only.</summary>
    public Type Type { get; }

    public IReadOnlyList<ServiceBinding> Bindings { get; }

    public bool IsShared => _instance is not null;

    public object Get(Func<IServiceProvider> scope) => _instance ?? _factory!(scope());
}
