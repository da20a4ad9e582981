using Specgen.Standard;

namespace Specgen.Interop.Tests.Services;

/// <summary>Provides what a page of the user's own says.</summary>
[Scp<AcmeDrawersServiceClass>]
internal sealed partial class Drawers
{
    /// <summary>The SOP classes that were asked for, in order.</summary>
    public List<string> Asked { get; } = [];

    private partial ValueTask<DimseResult<AcmeDrawersNGetStatus>> OnNGetAsync(NGetContext context, CancellationToken cancellationToken)
    {
        Asked.Add(context.SopClass.Keyword);
        return new(context.SopInstanceUid == "1.2.3" ? AcmeDrawersNGetStatus.Success : AcmeDrawersNGetStatus.NoSuchSopInstance);
    }
}

/// <summary>Asks for it.</summary>
[Scu<AcmeDrawersServiceClass>]
internal sealed partial class DrawerUser;
