using FellowOakDicom;

namespace Specgen;

/// <summary>
/// Attribute matching of queries (PS3.4 §C.2.2.2) for one entity and an identifier all of whose keys are supported. For many entities, or a set of
/// supported keys: <see cref="QueryMatcher"/>.
/// </summary>
public static class QueryMatching
{
    /// <summary>Whether an entity matches every key of an identifier, by the rules of <see cref="QueryMatcher"/>.</summary>
    /// <param name="identifier">The identifier of the request.</param>
    /// <param name="entity">Attributes of what may match.</param>
    public static bool Matches(DicomDataset identifier, DicomDataset entity) => new QueryMatcher(identifier).Matches(entity);

    /// <summary>What is answered about an entity that matches: <see cref="QueryMatcher.Answer(DicomDataset)"/>.</summary>
    /// <param name="identifier">The identifier of the request.</param>
    /// <param name="entity">Attributes of what matches.</param>
    public static DicomDataset Answer(DicomDataset identifier, DicomDataset entity) => new QueryMatcher(identifier).Answer(entity);
}
