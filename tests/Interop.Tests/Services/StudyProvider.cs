using FellowOakDicom;
using Specgen.Interop.Tests.Data;
using Specgen.Standard;

namespace Specgen.Interop.Tests.Services;

/// <summary>Finds and sends the test's files, by the Study Root information model.</summary>
[Scp<QueryRetrieveServiceClass>(SopClasses = new[]
{
    SopClassUids.StudyRootQueryRetrieveInformationModelFind, SopClassUids.StudyRootQueryRetrieveInformationModelMove, SopClassUids.StudyRootQueryRetrieveInformationModelGet,
})]
internal sealed partial class StudyProvider(IReadOnlyList<TestFile> files)
{
    /// <summary>A Study Instance UID that means all of the files.</summary>
    public const string All = "1.2.3";

    /// <summary>A Patient ID of ten thousand studies.</summary>
    public const string Many = "MANY";

    /// <summary>A Patient ID at whose third study something is wrong.</summary>
    public const string Broken = "BROKEN";

    /// <summary>How many matches the last query made.</summary>
    public int Made { get; private set; }

    public async partial IAsyncEnumerable<CFindResult<QueryRetrieveCFindStatus>> OnCFindAsync(CFindContext context, CancellationToken cancellationToken)
    {
        if (context.Level != "STUDY")
        {
            yield return new DimseResult<QueryRetrieveCFindStatus>(QueryRetrieveCFindStatus.DataSetDoesNotMatchSopClass) { ErrorComment = "Studies only", OffendingElements = [DicomTag.QueryRetrieveLevel] };
            yield break;
        }

        if (context.Identifier.GetSingleValueOrDefault(DicomTag.PatientID, "") == Many)
        {
            for (Made = 1; Made <= 10_000; Made++)
            {
                await Task.Delay(1, cancellationToken);
                yield return QueryMatching.Answer(context.Identifier, new DicomDataset { { DicomTag.PatientID, Many }, { DicomTag.StudyInstanceUID, $"1.2.{Made}" } });
            }
        }

        if (context.Identifier.GetSingleValueOrDefault(DicomTag.PatientID, "") == Broken)
        {
            for (Made = 1; Made <= 2; Made++)
            {
                yield return QueryMatching.Answer(context.Identifier, new DicomDataset { { DicomTag.PatientID, Broken }, { DicomTag.StudyInstanceUID, $"1.2.{Made}" } });
            }

            throw new InvalidOperationException("The index is broken");
        }

        foreach (var file in files)
        {
            var entity = (await DicomFile.OpenAsync(file.Path)).Dataset;
            if (QueryMatching.Matches(context.Identifier, entity))
            {
                yield return QueryMatching.Answer(context.Identifier, entity);
            }
        }
    }

    public partial IAsyncEnumerable<RetrieveResult<QueryRetrieveCMoveStatus>> OnCMoveAsync(CMoveContext context, CancellationToken cancellationToken) => Find<QueryRetrieveCMoveStatus>(context.Identifier);

    public partial IAsyncEnumerable<RetrieveResult<QueryRetrieveCGetStatus>> OnCGetAsync(CGetContext context, CancellationToken cancellationToken) => Find<QueryRetrieveCGetStatus>(context.Identifier);

    private async IAsyncEnumerable<RetrieveResult<TStatus>> Find<TStatus>(DicomDataset identifier)
        where TStatus : struct, Enum
    {
        await Task.Yield();
        var study = identifier.GetString(DicomTag.StudyInstanceUID);
        foreach (var file in files.Where(f => study == All || f.StudyUid == study))
        {
            yield return InstanceReference.FromFile(file.Path);
        }
    }
}
