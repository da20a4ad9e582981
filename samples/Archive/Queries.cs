using System.Runtime.CompilerServices;
using Archive.Storage;
using FellowOakDicom;
using Specgen;
using Specgen.Standard;

namespace Archive;

/// <summary>Query/Retrieve as provider, with the Patient Root and Study Root information models (PS3.4 Annex C).</summary>
[Scp<QueryRetrieveServiceClass>(SopClasses =
[
    SopClassUids.PatientRootQueryRetrieveInformationModelFind,
    SopClassUids.StudyRootQueryRetrieveInformationModelFind,
    SopClassUids.PatientRootQueryRetrieveInformationModelMove,
    SopClassUids.StudyRootQueryRetrieveInformationModelMove,
    SopClassUids.PatientRootQueryRetrieveInformationModelGet,
    SopClassUids.StudyRootQueryRetrieveInformationModelGet,
])]
internal sealed partial class Queries(InstanceStore store, string retrieveAETitle)
{
    private const string Related = "Error Comment (0000,0902), Offending Element (0000,0901)";
    private const string NotNamed = "The level is none of the model's; or the unique key of the level, or of one above it, is missing or has a wild card; or a Patient ID is of several patients";

    /// <summary>For the conformance statement: what <see cref="OnCFindAsync"/> matches with.</summary>
    public static IReadOnlyList<SupportedKeys> SupportedKeys => [.. QueryLevel.All.Select(static level => new SupportedKeys(level.Name, level.Keys))];

    [Sends(QueryRetrieveCFindStatus.DataSetDoesNotMatchSopClass, "The level is none of the model's; or the unique key of a level above is not there with one value", RelatedFields = Related)]
    [Sends(QueryRetrieveCFindStatus.MatchesAreContinuingOneOrMoreOptionalKeysWereNotSupported, "A match, where the identifier has keys that are not listed as supported")]
    public async partial IAsyncEnumerable<CFindResult<QueryRetrieveCFindStatus>> OnCFindAsync(CFindContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (LevelOf(context.SopClass, context.Level, context.Identifier, out var problem) is not { } level)
        {
            yield return Refuse(QueryRetrieveCFindStatus.DataSetDoesNotMatchSopClass, problem);
            yield break;
        }

        var query = new QueryMatcher(context.Identifier, level.Keys);
        await foreach (var match in store.Index.FindAsync(level, query, cancellationToken))
        {
            match.Dataset.AddOrUpdate(DicomTag.RetrieveAETitle, retrieveAETitle);
            yield return match;
        }
    }

    [Sends(QueryRetrieveCMoveStatus.DataSetDoesNotMatchSopClass, NotNamed, RelatedFields = Related)]
    public async partial IAsyncEnumerable<RetrieveResult<QueryRetrieveCMoveStatus>> OnCMoveAsync(CMoveContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (instances, problem) = await RetrievableAsync(context.SopClass, context.Level, context.Identifier, cancellationToken);
        if (problem is var (words, tag))
        {
            yield return Refuse(QueryRetrieveCMoveStatus.DataSetDoesNotMatchSopClass, (words, tag));
        }
        foreach (var instance in instances)
        {
            yield return store.ReferenceTo(instance);
        }
    }

    [Sends(QueryRetrieveCGetStatus.DataSetDoesNotMatchSopClass, NotNamed, RelatedFields = Related)]
    public async partial IAsyncEnumerable<RetrieveResult<QueryRetrieveCGetStatus>> OnCGetAsync(CGetContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (instances, problem) = await RetrievableAsync(context.SopClass, context.Level, context.Identifier, cancellationToken);
        if (problem is var (words, tag))
        {
            yield return Refuse(QueryRetrieveCGetStatus.DataSetDoesNotMatchSopClass, (words, tag));
        }
        foreach (var instance in instances)
        {
            yield return store.ReferenceTo(instance);
        }
    }

    /// <summary>The instances below what an identifier names by the unique key of its level, and of the levels above (PS3.4 §C.4.2.2.1).</summary>
    private async Task<(IReadOnlyList<StoredInstance> Instances, (string Words, DicomTag Tag)? Problem)> RetrievableAsync(
        SopClass sopClass, string? name, DicomDataset identifier, CancellationToken cancellationToken)
    {
        if (LevelOf(sopClass, name, identifier, out var problem) is not { } level)
        {
            return ([], problem);
        }
        if (!identifier.TryGetValues<string>(level.Key, out var keys) || keys.Length == 0 || keys.Any(static key => key.Length == 0 || key.AsSpan().IndexOfAny('*', '?') >= 0))
        {
            return ([], ($"{level.Key.DictionaryEntry.Name} is needed at level {name}", level.Key));
        }
        // One ID may have been given by several to different patients: nobody gets what is somebody else's.
        return level == QueryLevel.Patient && await store.Index.PatientCountAsync(identifier, cancellationToken) > keys.Length
            ? ([], ("Patient ID is of several patients: Issuer of Patient ID is needed", DicomTag.IssuerOfPatientID))
            : (await store.Index.InstancesAsync(identifier, cancellationToken), null);
    }

    /// <summary>The level of an identifier, in which each level above is named by one value of its unique key (PS3.4 §C.4.1.2.1, §C.4.2.2.1).</summary>
    private static QueryLevel? LevelOf(SopClass sopClass, string? name, DicomDataset identifier, out (string Words, DicomTag Tag) problem)
    {
        var isPatientRoot = sopClass.Uid is SopClassUids.PatientRootQueryRetrieveInformationModelFind or SopClassUids.PatientRootQueryRetrieveInformationModelMove or SopClassUids.PatientRootQueryRetrieveInformationModelGet;
        var levels = QueryLevel.All.Skip(isPatientRoot ? 0 : 1).ToList();
        if (levels.Find(level => level.Name == name) is not { } wanted)
        {
            problem = ($"Level is one of {string.Join(", ", levels.Select(static l => l.Name))}", DicomTag.QueryRetrieveLevel);
            return null;
        }
        foreach (var above in levels.TakeWhile(level => level != wanted))
        {
            if (!identifier.TryGetValues<string>(above.Key, out var keys) || keys.Length != 1 || keys[0].Length == 0 || keys[0].AsSpan().IndexOfAny('*', '?') >= 0)
            {
                problem = ($"{above.Key.DictionaryEntry.Name} with one value is needed at level {name}", above.Key);
                return null;
            }
        }
        problem = default;
        return wanted;
    }

    private static DimseResult<TStatus> Refuse<TStatus>(TStatus status, (string Words, DicomTag Tag) problem)
        where TStatus : struct, Enum =>
        new(status) { ErrorComment = problem.Words, OffendingElements = [problem.Tag] };
}
