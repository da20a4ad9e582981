using Specgen.Handlers;

namespace Specgen;

/// <summary>An N-DELETE-RQ (PS3.7 §10.1.6). The Requested SOP Instance is <see cref="DimseContext.SopInstanceUid"/>.</summary>
public sealed class NDeleteContext : DimseContext
{
    internal NDeleteContext(RequestInfo request)
        : base(request)
    {
    }

    /// <summary>Makes the context of an N-DELETE for a test of its handler.</summary>
    /// <param name="sopInstanceUid">The SOP instance that the request is of.</param>
    /// <param name="request">Further details of the request; <see langword="null"/> for the defaults. A SOP class converts to it.</param>
    public static NDeleteContext ForTest(string sopInstanceUid, TestRequest? request = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(sopInstanceUid);
        return TestRequest.Make(request, static info => new NDeleteContext(info), sopInstanceUid);
    }
}
