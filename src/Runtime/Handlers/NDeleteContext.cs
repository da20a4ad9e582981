using Specgen.Handlers;

namespace Specgen;

/// <summary>An N-DELETE-RQ (PS3.7 §10.1.6). The Requested SOP Instance is <see cref="DimseContext.SopInstanceUid"/>.</summary>
public sealed class NDeleteContext : DimseContext
{
    internal NDeleteContext(RequestInfo request)
        : base(request)
    {
    }
}
