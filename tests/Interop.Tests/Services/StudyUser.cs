using Specgen.Standard;

namespace Specgen.Interop.Tests.Services;

/// <summary>Asks by the Study Root information model.</summary>
[Scu<QueryRetrieveServiceClass>(SopClasses = new[]
{
    SopClassUids.StudyRootQueryRetrieveInformationModelFind, SopClassUids.StudyRootQueryRetrieveInformationModelMove, SopClassUids.StudyRootQueryRetrieveInformationModelGet,
})]
internal sealed partial class StudyUser;
