namespace Specgen.Conformance;

/// <summary>What a conformance statement can be written as.</summary>
public enum ConformanceFormat
{
    /// <summary>One HTML file, for reading and printing.</summary>
    Html,

    /// <summary>Markdown, for reviews.</summary>
    Markdown,

    /// <summary>The model as JSON, for programs.</summary>
    Json,

    /// <summary>DocBook, as PS3.2 itself is published.</summary>
    DocBook,
}
