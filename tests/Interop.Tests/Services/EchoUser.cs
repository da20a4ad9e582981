using Specgen.Standard;

namespace Specgen.Interop.Tests.Services;

/// <summary>Asks whether somebody is there.</summary>
[Scu<VerificationServiceClass>]
internal sealed partial class EchoUser;
