using Specgen.Handlers;

namespace Specgen;

/// <summary>A C-ECHO-RQ (PS3.7 §9.1.5).</summary>
public sealed class CEchoContext : DimseContext
{
    internal CEchoContext(RequestInfo request)
        : base(request)
    {
    }

    /// <summary>Makes the context of a C-ECHO for a test of its handler.</summary>
    /// <param name="request">Further details of the request; <see langword="null"/> for the defaults. A SOP class converts to it.</param>
    public static CEchoContext ForTest(TestRequest? request = null) =>
        TestRequest.Make(request, static info => new CEchoContext(info));
}
