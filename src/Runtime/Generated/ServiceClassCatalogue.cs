using System.ComponentModel;

namespace Specgen.Generated;

/// <summary>Service classes of several pages, asked as one. For generated code: it adds every page before it asks.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ServiceClassCatalogue
{
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly List<ServiceClassCatalogue> _others = [];
    private UidMap<Entry>? _map;

    private UidMap<Entry> Map => _map ??= new UidMap<Entry>([.. _entries.Select(static entry => (entry.Key, entry.Value))]);

    /// <summary>Adds a page. Of two that have one SOP class, the first is asked first.</summary>
    /// <typeparam name="T">The page's service class.</typeparam>
    /// <returns>This catalogue.</returns>
    public ServiceClassCatalogue Add<T>()
        where T : IServiceClass
    {
        foreach (var sopClass in T.SopClasses)
        {
            var entry = new Entry(sopClass, T.FindStatus);
            if (!_entries.TryAdd(sopClass.Uid, entry))
            {
                var last = _entries[sopClass.Uid];
                while (last.Next is { } next)
                {
                    last = next;
                }

                last.Next = entry;
            }
        }

        return this;
    }

    /// <summary>Adds the pages of another assembly, which are asked after this one's own.</summary>
    /// <param name="other">The other assembly's catalogue.</param>
    /// <returns>This catalogue.</returns>
    public ServiceClassCatalogue Add(ServiceClassCatalogue other)
    {
        ArgumentNullException.ThrowIfNull(other);
        _others.Add(other);
        return this;
    }

    /// <summary>The SOP class that has the UID, or <see langword="null"/> when no page has it.</summary>
    /// <param name="uid">A UID in its dotted form, without padding.</param>
    public SopClass? FindSopClass(string? uid)
    {
        if (Map.Find(uid) is { } own)
        {
            return own.SopClass;
        }

        foreach (var other in _others)
        {
            if (other.FindSopClass(uid) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    /// <summary>What the tables of the SOP class's service class say about a status, or <see langword="null"/>.</summary>
    /// <param name="sopClassUid">A UID in its dotted form, without padding.</param>
    /// <param name="operation">The DIMSE service that the status answers.</param>
    /// <param name="code">The Status element (0000,0900).</param>
    public StatusInfo? FindStatus(string? sopClassUid, DimseOperation operation, ushort code)
    {
        for (var entry = Map.Find(sopClassUid); entry is not null; entry = entry.Next)
        {
            if (entry.FindStatus(operation, code) is { } status)
            {
                return status;
            }
        }

        foreach (var other in _others)
        {
            if (other.FindStatus(sopClassUid, operation, code) is { } status)
            {
                return status;
            }
        }

        return null;
    }

    private sealed class Entry(SopClass sopClass, Func<DimseOperation, ushort, StatusInfo?> findStatus)
    {
        public SopClass SopClass => sopClass;

        public Func<DimseOperation, ushort, StatusInfo?> FindStatus => findStatus;

        public Entry? Next { get; set; }
    }
}
