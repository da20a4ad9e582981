using System.ComponentModel;

namespace Specgen.Generated;

/// <summary>The module that a message carries. Made by generated code.</summary>
/// <param name="Operation">The DIMSE service.</param>
/// <param name="Of">The action or event type, or the SOP class, whose messages carry it; empty for all.</param>
/// <param name="IsReply">It is of the answer; else of the request.</param>
/// <param name="View">The module's view, over an empty data set.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record MessageModule(DimseOperation Operation, string Of, bool IsReply, ModuleView View);
