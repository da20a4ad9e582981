namespace Specgen.Instances;

/// <summary>What one association has of a <see cref="MemoryBudget"/>: the sum of its leases.</summary>
internal sealed class MemoryShare(MemoryBudget budget)
{
    private readonly List<MemoryLease> _owing = [];

    public MemoryBudget Budget => budget;

    /// <summary>Bytes; the budget's to write.</summary>
    public long Held { get; set; }

    /// <summary>What is still returned counts no more.</summary>
    public bool IsClosed { get; set; }

    /// <summary>Something was kept that there was no room for: who reads the network has to see to it before it goes on.</summary>
    public bool Owes => _owing.Count > 0;

    public MemoryLease Lease() => new(this);

    /// <summary>By who reads the network: a lease has kept what there was no room for.</summary>
    public void Owe(MemoryLease lease)
    {
        if (!_owing.Contains(lease))
        {
            _owing.Add(lease);
        }
    }

    /// <summary>Waits until there is room for what is owed; what finds none is refused.</summary>
    public async Task SettleAsync()
    {
        foreach (var lease in _owing)
        {
            await lease.SettleAsync().ConfigureAwait(false);
        }

        _owing.Clear();
    }
}
