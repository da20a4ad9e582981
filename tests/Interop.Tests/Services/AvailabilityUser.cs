using Specgen.Standard;

namespace Specgen.Interop.Tests.Services;

/// <summary>Tells which instances are there.</summary>
[Scu<InstanceAvailabilityNotificationServiceClass>]
internal sealed partial class AvailabilityUser;
