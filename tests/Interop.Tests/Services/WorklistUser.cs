using Specgen.Standard;

namespace Specgen.Interop.Tests.Services;

/// <summary>Asks for scheduled procedure steps.</summary>
[Scu<BasicWorklistManagementServiceClass>(SopClasses = new[] { SopClassUids.ModalityWorklistInformationModelFind })]
internal sealed partial class WorklistUser;
