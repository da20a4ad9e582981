using Microsoft.Extensions.DependencyInjection;

namespace Specgen.Associations;

/// <summary>The handler objects of one association. Container-made ones live in a scope of the association, which is made when the first of them is needed.</summary>
internal sealed class AssociationScope(IServiceScopeFactory? scopeFactory) : IAsyncDisposable
{
    private readonly Dictionary<ProviderSource, object> _handlers = [];
    private readonly object _lock = new();
    private AsyncServiceScope? _scope;
    private IDicomScpFilter[]? _filters;

    /// <summary>The object to call the binding's delegates with.</summary>
    public object Get(ProviderSource source)
    {
        lock (_lock)
        {
            if (!_handlers.TryGetValue(source, out var handler))
            {
                _handlers.Add(source, handler = source.Get(GetServices));
            }

            return handler;
        }
    }

    /// <summary>The filters, in order.</summary>
    public IReadOnlyList<IDicomScpFilter> GetFilters(IReadOnlyList<FilterSource> sources)
    {
        lock (_lock)
        {
            return _filters ??= [.. sources.Select(source => source.Get(GetServices))];
        }
    }

    /// <summary>Ends the scope and everything that it made. The engine calls it when the association is over and its last handler has returned.</summary>
    public ValueTask DisposeAsync()
    {
        var scope = _scope;
        _scope = null;
        return scope?.DisposeAsync() ?? ValueTask.CompletedTask;
    }

    private IServiceProvider GetServices()
    {
        if (scopeFactory is null)
        {
            throw new InvalidOperationException("What the container makes needs a server that is hosted by the container.");
        }

        return (_scope ??= scopeFactory.CreateAsyncScope()).ServiceProvider;
    }
}
