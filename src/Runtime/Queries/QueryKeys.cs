using FellowOakDicom;

namespace Specgen;

/// <summary>
/// The keys that a provider supports: its unique, required and optional ones. Others in an identifier are ignored and not returned, and the matches
/// say so by 0xFF01 (PS3.4 §C.2.2.1.3, §C.4.1.1.4).
/// </summary>
/// <example><code>
/// new QueryKeys
/// {
///     Matched = [DicomTag.PatientName, DicomTag.PatientID],
///     Returned = [DicomTag.RetrieveAETitle],
///     Sequences = { [DicomTag.ScheduledProcedureStepSequence] = new() { Matched = [DicomTag.Modality] } },
/// }
/// </code></example>
public sealed class QueryKeys
{
    private readonly HashSet<DicomTag> _matched = [];
    private readonly HashSet<DicomTag> _returned = [];

    /// <summary>Attributes that are matched and returned. A sequence that is listed here includes everything in its items.</summary>
    public IReadOnlyCollection<DicomTag> Matched
    {
        get => _matched;
        init => _matched.UnionWith(value);
    }

    /// <summary>Attributes that are returned and not matched: a value of such a key is ignored.</summary>
    public IReadOnlyCollection<DicomTag> Returned
    {
        get => _returned;
        init => _returned.UnionWith(value);
    }

    /// <summary>Sequences, with the keys that are supported in their items.</summary>
    public IDictionary<DicomTag, QueryKeys> Sequences { get; } = new Dictionary<DicomTag, QueryKeys>();

    internal bool IsMatched(DicomTag tag) => _matched.Contains(tag);

    internal bool IsReturned(DicomTag tag) => _matched.Contains(tag) || _returned.Contains(tag) || Sequences.ContainsKey(tag);
}
