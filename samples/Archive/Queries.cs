using System.Runtime.CompilerServices;
using Archive.Storage;
using FellowOakDicom;
using Specgen;
using Specgen.Standard;

namespace Archive;

/// <summary>Queries as provider, with the Patient Root and Study Root information models (PS3.4 Annex C).</summary>
[Scp<QueryRetrieveServiceClass>(SopClasses = [SopClassUids.PatientRootQueryRetrieveInformationModelFind, SopClassUids.StudyRootQueryRetrieveInformationModelFind])]
internal sealed partial class Queries(InstanceStore store, string retrieveAETitle)
{
    /// <summary>For the conformance statement: what <see cref="OnCFindAsync"/> matches with.</summary>
    public static IReadOnlyList<SupportedKeys> SupportedKeys => [.. QueryLevel.All.Select(static level => new SupportedKeys(level.Name, level.Keys))];

    [Sends(QueryRetrieveCFindStatus.DataSetDoesNotMatchSopClass, "The level is none of the model's; or the unique key of a level above is not there with one value", RelatedFields = Identifiers.Related)]
    [Sends(QueryRetrieveCFindStatus.MatchesAreContinuingOneOrMoreOptionalKeysWereNotSupported, "A match, where the identifier has keys that are not listed as supported")]
    public async partial IAsyncEnumerable<CFindResult<QueryRetrieveCFindStatus>> OnCFindAsync(CFindContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (Identifiers.LevelOf(context.SopClass, context.Level, context.Identifier, out var problem) is not { } level)
        {
            yield return Identifiers.Refuse(QueryRetrieveCFindStatus.DataSetDoesNotMatchSopClass, problem);
            yield break;
        }

        var query = new QueryMatcher(context.Identifier, level.Keys);
        await foreach (var match in store.Index.FindAsync(level, query, cancellationToken))
        {
            match.Dataset.AddOrUpdate(DicomTag.RetrieveAETitle, retrieveAETitle);
            yield return match;
        }
    }
}
