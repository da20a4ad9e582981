using System.Runtime.CompilerServices;
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
internal sealed partial class Queries(InstanceIndex index, string retrieveAETitle)
{
    public async partial IAsyncEnumerable<CFindResult<QueryRetrieveCFindStatus>> OnCFindAsync(CFindContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (LevelOf(context.SopClass, context.Level, context.Identifier, out var problem) is not { } level)
        {
            yield return Refuse(QueryRetrieveCFindStatus.DataSetDoesNotMatchSopClass, problem);
            yield break;
        }

        // What was stored before this was asked is found.
        await index.SettledAsync().WaitAsync(cancellationToken);
        var pending = IsSupported(level, context.Identifier) ? QueryRetrieveCFindStatus.MatchesAreContinuing : QueryRetrieveCFindStatus.MatchesAreContinuingOneOrMoreOptionalKeysWereNotSupported;
        foreach (var entity in index.Find(level, context.Identifier))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var answer = QueryMatching.Answer(context.Identifier, entity);
            yield return CFindResult<QueryRetrieveCFindStatus>.Match(answer.AddOrUpdate(DicomTag.RetrieveAETitle, retrieveAETitle), pending);
        }
    }

    public async partial IAsyncEnumerable<RetrieveResult<QueryRetrieveCMoveStatus>> OnCMoveAsync(CMoveContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!IsRetrievable(context.SopClass, context.Level, context.Identifier, out var problem))
        {
            yield return Refuse(QueryRetrieveCMoveStatus.DataSetDoesNotMatchSopClass, problem);
            yield break;
        }
        foreach (var instance in await InstancesAsync(context.Identifier, cancellationToken))
        {
            yield return instance;
        }
    }

    public async partial IAsyncEnumerable<RetrieveResult<QueryRetrieveCGetStatus>> OnCGetAsync(CGetContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!IsRetrievable(context.SopClass, context.Level, context.Identifier, out var problem))
        {
            yield return Refuse(QueryRetrieveCGetStatus.DataSetDoesNotMatchSopClass, problem);
            yield break;
        }
        foreach (var instance in await InstancesAsync(context.Identifier, cancellationToken))
        {
            yield return instance;
        }
    }

    /// <summary>The instances below what an identifier names. What was stored before this was asked is among them.</summary>
    private async Task<IReadOnlyList<InstanceReference>> InstancesAsync(DicomDataset identifier, CancellationToken cancellationToken)
    {
        await index.SettledAsync().WaitAsync(cancellationToken);
        return index.Instances(identifier);
    }

    /// <summary>Whether an identifier names entities of its level by their unique key, and the levels above (PS3.4 §C.4.2.2.1).</summary>
    private static bool IsRetrievable(SopClass sopClass, string? name, DicomDataset identifier, out (string Words, DicomTag Tag) problem)
    {
        if (LevelOf(sopClass, name, identifier, out problem) is not { } level)
        {
            return false;
        }
        if (!identifier.TryGetValues<string>(level.Key, out var keys) || keys.Length == 0 || keys.Any(static key => key.Length == 0 || key.AsSpan().IndexOfAny('*', '?') >= 0))
        {
            problem = ($"{level.Key.DictionaryEntry.Name} is needed at level {name}", level.Key);
            return false;
        }
        return true;
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

    /// <summary>Whether the index knows all keys of an identifier, at its level or above.</summary>
    private static bool IsSupported(QueryLevel wanted, DicomDataset identifier)
    {
        var known = QueryLevel.All.TakeWhile(level => level != wanted).Append(wanted).SelectMany(static level => level.Attributes.Prepend(level.Key)).Concat(wanted.Counted.Select(static c => c.Tag))
            .Concat([DicomTag.QueryRetrieveLevel, DicomTag.SpecificCharacterSet, DicomTag.TimezoneOffsetFromUTC, DicomTag.RetrieveAETitle]).ToHashSet();
        return identifier.All(item => known.Contains(item.Tag));
    }

    private static DimseResult<TStatus> Refuse<TStatus>(TStatus status, (string Words, DicomTag Tag) problem)
        where TStatus : struct, Enum =>
        new(status) { ErrorComment = problem.Words, OffendingElements = [problem.Tag] };
}
