using System.Diagnostics.Metrics;
using Archive.Storage;

namespace Archive;

/// <summary>What the archive counts, beside what the runtime's meter "Specgen" has.</summary>
internal static class ArchiveMeter
{
    public const string Name = "Archive";

    private static readonly Meter s_meter = new(Name);
    private static readonly Counter<long> s_instances = s_meter.CreateCounter<long>("archive.instances", "{instance}", "Instances of C-STORE, by what became of them");

    public static void Count(Keeping keeping) => s_instances.Add(1, new KeyValuePair<string, object?>("result", keeping.ToString().ToLowerInvariant()));

    /// <summary>Figures that are asked for when somebody looks.</summary>
    public static void Observe(InstanceStore store)
    {
        s_meter.CreateObservableGauge("archive.upkeep.filling", () => store.Upkeep.IsFilling ? 1 : 0, description: "1 while the database is being filled with what is there");
        s_meter.CreateObservableGauge("archive.upkeep.problem", () => store.Upkeep.Problem is null ? 0 : 1, description: "1 while what is done beside serving fails");
    }
}
