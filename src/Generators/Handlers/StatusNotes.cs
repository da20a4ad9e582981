using Specgen.Generators.Standard;

namespace Specgen.Generators.Handlers;

/// <summary>A [Sends], [OnStatus] or [OtherStatuses] as it stands in the source.</summary>
/// <param name="IsSent">[Sends].</param>
/// <param name="Method">The method that it stands on; null for the class.</param>
/// <param name="Enum">Name of the status enum; empty where none can be seen.</param>
/// <param name="Member">The enum's member; null where it is a code, or for all others.</param>
/// <param name="Code">The code, where it is one.</param>
/// <param name="Written">The status as it is written, for messages.</param>
/// <param name="Text">What the author says.</param>
/// <param name="RelatedFields">Of [Sends].</param>
internal sealed record WrittenNote(bool IsSent, string? Method, string Enum, string? Member, ushort? Code, string Written, string Text, string RelatedFields, int Place)
{
    public bool IsForOthers => Member is null && Code is null;
}

/// <summary>A member of a status enum that the body of a handler names.</summary>
internal sealed record NamedStatus(string Member, int Place);
