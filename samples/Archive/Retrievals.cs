using System.Runtime.CompilerServices;
using Archive.Storage;
using FellowOakDicom;
using Specgen;
using Specgen.Standard;

namespace Archive;

/// <summary>Retrievals as provider, with the Patient Root and Study Root information models (PS3.4 Annex C).</summary>
[Scp<QueryRetrieveServiceClass>(SopClasses =
[
    SopClassUids.PatientRootQueryRetrieveInformationModelMove,
    SopClassUids.StudyRootQueryRetrieveInformationModelMove,
    SopClassUids.PatientRootQueryRetrieveInformationModelGet,
    SopClassUids.StudyRootQueryRetrieveInformationModelGet,
])]
internal sealed partial class Retrievals(InstanceStore store)
{
    private const string NotNamed = "The level is none of the model's; or the unique key of the level, or of one above it, is missing or has a wild card; or a Patient ID is of several patients";

    [Sends(QueryRetrieveCMoveStatus.DataSetDoesNotMatchSopClass, NotNamed, RelatedFields = Identifiers.Related)]
    public async partial IAsyncEnumerable<RetrieveResult<QueryRetrieveCMoveStatus>> OnCMoveAsync(CMoveContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (instances, problem) = await RetrievableAsync(context.SopClass, context.Level, context.Identifier, cancellationToken);
        if (problem is var (words, tag))
        {
            yield return Identifiers.Refuse(QueryRetrieveCMoveStatus.DataSetDoesNotMatchSopClass, (words, tag));
        }
        foreach (var instance in instances)
        {
            yield return store.ReferenceTo(instance);
        }
    }

    [Sends(QueryRetrieveCGetStatus.DataSetDoesNotMatchSopClass, NotNamed, RelatedFields = Identifiers.Related)]
    public async partial IAsyncEnumerable<RetrieveResult<QueryRetrieveCGetStatus>> OnCGetAsync(CGetContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (instances, problem) = await RetrievableAsync(context.SopClass, context.Level, context.Identifier, cancellationToken);
        if (problem is var (words, tag))
        {
            yield return Identifiers.Refuse(QueryRetrieveCGetStatus.DataSetDoesNotMatchSopClass, (words, tag));
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
        if (Identifiers.LevelOf(sopClass, name, identifier, out var problem) is not { } level)
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
}
