using System.Text;
using Specgen.Wire;

namespace Specgen.Associations;

/// <summary>What a server provides: from SOP class, role and DIMSE service to the handler. Immutable once built.</summary>
internal sealed class ProviderRegistry
{
    private static readonly int s_operations = Enum.GetValues<DimseOperation>().Length;

    private readonly Dictionary<(string Uid, DicomRole Role), Entry> _entries = [];

    /// <summary>Builds the registry; Verification is added where no provider has it (every AE that accepts associations supports it, PS3.4 §A.4).</summary>
    /// <exception cref="DicomConfigurationException">SPG1100: two handlers for one DIMSE service of one SOP class in one role.</exception>
    public ProviderRegistry(IEnumerable<ProviderSource> sources)
    {
        Sources = [.. sources];
        foreach (var source in Sources)
        {
            Add(source);
        }

        if (!_entries.ContainsKey((VerificationProvider.SopClass.Uid, DicomRole.Scp)))
        {
            Add(new ProviderSource(VerificationProvider.Instance));
        }
    }

    /// <summary>The providers, without the built-in one.</summary>
    public IReadOnlyList<ProviderSource> Sources { get; }

    /// <summary>Every SOP class that is served in the SCP role, for what the server says about itself.</summary>
    public IEnumerable<(SopClass SopClass, ServiceBinding Binding)> Provided =>
        _entries.Where(static e => e.Key.Role == DicomRole.Scp).Select(static e => (e.Value.SopClass, e.Value.Bindings[0]));

    /// <summary>Whether a presentation context for this SOP class, with us in this role, is accepted; gives its bindings (at least one).</summary>
    public bool TryFind(string sopClassUid, DicomRole role, out SopClass sopClass, out IReadOnlyList<ServiceBinding> bindings)
    {
        if (_entries.TryGetValue((sopClassUid, role), out var entry))
        {
            (sopClass, bindings) = (entry.SopClass, entry.Bindings);
            return true;
        }

        (sopClass, bindings) = (null!, []);
        return false;
    }

    /// <summary>The handler; null when the SOP class is not served in this role, or nobody handles the DIMSE service (then 0x0211).</summary>
    public BoundService? Find(string sopClassUid, DicomRole role, DimseOperation operation) =>
        _entries.TryGetValue((sopClassUid, role), out var entry) ? entry.Services[(int)operation] : null;

    /// <summary>Whether it is of storage, for a provider of C-GET (PS3.4 §C.5.3): a SOP class that no page has may be.</summary>
    public bool IsSentByCGet(string sopClassUid) =>
        _entries.Values.Select(static entry => entry.Services[(int)DimseOperation.CGet]?.Binding).FirstOrDefault(static binding => binding is not null) is { } binding
        && (binding.FindSopClass?.Invoke(sopClassUid)?.IsStorage ?? true);

    /// <summary>Whether anybody wants a request's data set: who handles the DIMSE service for the SOP class of the presentation context or, where that is a meta SOP class, for the one that the message names.</summary>
    public bool Takes(string abstractSyntax, CommandSet command, DimseOperation operation)
    {
        var role = DimseFields.PerformerOf(operation);
        return Find(abstractSyntax, role, operation) is not null
            || (_entries.TryGetValue((abstractSyntax, role), out var entry) && entry.SopClass.IsMeta && Find(Encoding.Latin1.GetString(command.SopClassUid), role, operation) is not null);
    }

    private void Add(ProviderSource source)
    {
        foreach (var binding in source.Bindings)
        {
            foreach (var sopClass in binding.SopClasses)
            {
                if (!_entries.TryGetValue((sopClass.Uid, binding.Role), out var entry))
                {
                    _entries.Add((sopClass.Uid, binding.Role), entry = new Entry(sopClass));
                }

                entry.Bindings.Add(binding);
                foreach (var operation in binding.Operations)
                {
                    ref var service = ref entry.Services[(int)operation];
                    if (service is not null)
                    {
                        throw TwoProviders(sopClass, binding.Role, operation, service.Source, source);
                    }

                    service = new BoundService(sopClass, binding, source);
                }
            }
        }
    }

    private static DicomConfigurationException TwoProviders(SopClass sopClass, DicomRole role, DimseOperation operation, ProviderSource first, ProviderSource second)
    {
        var who = first.Type == second.Type ? $"{first.Type} handles it twice" : $"both {first.Type} and {second.Type} handle it";
        return new DicomConfigurationException(
            $"{operation} of {sopClass} as {(role == DicomRole.Scp ? "SCP" : "SCU")} has two providers: {who}. Leave one of them out of the server, or narrow its attribute with SopClasses.",
            DiagnosticIds.TwoProviders);
    }

    private sealed class Entry(SopClass sopClass)
    {
        public SopClass SopClass { get; } = sopClass;

        public List<ServiceBinding> Bindings { get; } = [];

        public BoundService?[] Services { get; } = new BoundService?[s_operations];
    }
}
