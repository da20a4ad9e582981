using FellowOakDicom;

namespace Specgen;

/// <summary>A match: what is answered about an entity, and whether all keys were supported. A handler of C-FIND yields it as it is.</summary>
/// <param name="dataset">The identifier of the answer.</param>
/// <param name="supportsAllKeys">Whether every key of the request was.</param>
public sealed class QueryMatch(DicomDataset dataset, bool supportsAllKeys)
{
    /// <summary>The identifier of the answer (PS3.4 §C.4.1.1.3.2); the handler may add to it.</summary>
    public DicomDataset Dataset { get; } = dataset ?? throw new ArgumentNullException(nameof(dataset));

    /// <summary>Whether it goes out as 0xFF00, or as 0xFF01: one or more optional keys were not supported (PS3.4 §C.4.1.1.4).</summary>
    public bool SupportsAllKeys { get; } = supportsAllKeys;
}
