using System.ComponentModel;

namespace Specgen.Generated;

/// <summary>The format of an assembly's generated code: how its tables are written as text, and what it calls. On the runtime, the formats that it reads.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class GeneratedFormatAttribute : Attribute
{
    /// <summary>On an assembly with generated code.</summary>
    /// <param name="version">Its format.</param>
    public GeneratedFormatAttribute(int version) => (Oldest, Newest) = (version, version);

    /// <summary>On the runtime.</summary>
    /// <param name="oldest">The oldest format that it reads.</param>
    /// <param name="newest">The newest format that it reads.</param>
    public GeneratedFormatAttribute(int oldest, int newest) => (Oldest, Newest) = (oldest, newest);

    /// <summary>The oldest format.</summary>
    public int Oldest { get; }

    /// <summary>The newest format.</summary>
    public int Newest { get; }
}
