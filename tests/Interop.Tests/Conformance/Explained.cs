using FellowOakDicom;
using Specgen.Standard;

namespace Specgen.Interop.Tests.Conformance;

/// <summary>A store whose author says when it sends what; what an instance's UID ends with decides.</summary>
[Scp<StorageServiceClass>(SopClasses = new[] { SopClassUids.CTImageStorage, SopClassUids.MRImageStorage })]
[Sends(StorageCStoreStatus.CoercionOfDataElements, "The UID ends with 2")]
internal sealed partial class ExplainedStore
{
    [Sends(StorageCStoreStatus.Success, "The UID ends with none of the digits 2 to 5")]
    [Sends(StorageCStoreStatus.OutOfResources, "The UID ends with 3", RelatedFields = "Error Comment (0000,0902)")]
    [Sends((StorageCStoreStatus)0xA7F0, "The UID ends with 4")]
    [Sends((StorageCStoreStatus)0xC123, "The UID ends with 5")]
    public partial ValueTask<DimseResult<StorageCStoreStatus>> OnCStoreAsync(CStoreContext context, CancellationToken cancellationToken) => new(context.SopInstanceUid[^1] switch
    {
        '2' => StorageCStoreStatus.CoercionOfDataElements,
        '3' => StorageCStoreStatus.OutOfResources,
        '4' => (StorageCStoreStatus)0xA7F0,
        '5' => (StorageCStoreStatus)0xC123,
        _ => StorageCStoreStatus.Success,
    });
}

/// <summary>A query that finds nothing.</summary>
[Scp<QueryRetrieveServiceClass>(SopClasses = new[] { SopClassUids.StudyRootQueryRetrieveInformationModelFind })]
internal sealed partial class ExplainedQueries
{
    [Sends(QueryRetrieveCFindStatus.UnableToProcess, "A query without a level")]
    public async partial IAsyncEnumerable<CFindResult<QueryRetrieveCFindStatus>> OnCFindAsync(CFindContext context, CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        if (!context.Identifier.Contains(DicomTag.QueryRetrieveLevel))
        {
            yield return QueryRetrieveCFindStatus.UnableToProcess;
        }
    }
}

/// <summary>A user of storage that says what it does about statuses.</summary>
[Scu<StorageServiceClass>(SopClasses = new[] { SopClassUids.CTImageStorage })]
[OnStatus(StorageCStoreStatus.OutOfResources, "Retried every five minutes")]
[OnStatus((StorageCStoreStatus)0xA7F0, "Given up")]
[OtherStatuses<StorageCStoreStatus>("Logged, and the instance is set aside")]
internal sealed partial class ExplainedUser;
