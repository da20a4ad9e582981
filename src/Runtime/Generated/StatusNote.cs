using System.ComponentModel;

namespace Specgen.Generated;

/// <summary>What the author of a handler says about a status, in an attribute. Made by generated code.</summary>
/// <param name="Operation">The DIMSE service whose status it is.</param>
/// <param name="IsSent">A condition under which we send it ([Sends]); else what we do when it comes ([OnStatus], [OtherStatuses]).</param>
/// <param name="Status">The code; <see langword="null"/> for all that nothing else is said about.</param>
/// <param name="Text">The author's words.</param>
/// <param name="RelatedFields">Attributes of the response that have more information; empty for none.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record StatusNote(DimseOperation Operation, bool IsSent, ushort? Status, string Text, string RelatedFields = "");
