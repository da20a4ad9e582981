using Specgen.Standard;

namespace Specgen.Interop.Tests.Services;

/// <summary>Sends instances.</summary>
[Scu<StorageServiceClass>(SopClasses = new[] { SopClassUids.CTImageStorage, SopClassUids.MRImageStorage, SopClassUids.MultiFrameTrueColorSecondaryCaptureImageStorage })]
internal sealed partial class StorageUser;
