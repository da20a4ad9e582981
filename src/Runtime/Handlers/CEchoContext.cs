using Specgen.Handlers;

namespace Specgen;

/// <summary>A C-ECHO-RQ (PS3.7 §9.1.5).</summary>
public sealed class CEchoContext : DimseContext
{
    internal CEchoContext(RequestInfo request)
        : base(request)
    {
    }
}
