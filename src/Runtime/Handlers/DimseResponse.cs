using FellowOakDicom;
using Specgen.Handlers;

namespace Specgen;

/// <summary>
/// The answer to a DIMSE request, with its status as a plain number: the untyped form of <see cref="DimseResult{TStatus}"/>, in which answers travel
/// between generated code and the runtime.
/// </summary>
public readonly struct DimseResponse
{
    private readonly string? _errorComment;
    private readonly IReadOnlyList<DicomTag>? _offendingElements;
    private readonly IReadOnlyList<DicomTag>? _attributeIdentifiers;

    /// <summary>An answer of this status and nothing more.</summary>
    /// <param name="status">The Status element (0000,0900).</param>
    public DimseResponse(ushort status) => Status = status;

    /// <summary>The Status element (0000,0900), as it is on the wire (PS3.7 Annex C).</summary>
    public ushort Status { get; init; }

    /// <summary>
    /// Error Comment (0000,0902). A value that is set is adapted to its VR LO: at most 64 characters of the default repertoire, no backslash, no control characters.
    /// </summary>
    public string? ErrorComment
    {
        get => _errorComment;
        init => _errorComment = ErrorComments.Sanitize(value);
    }

    /// <summary>Error ID (0000,0903), an implementation's own code for what went wrong.</summary>
    public ushort? ErrorId { get; init; }

    /// <summary>Offending Element (0000,0901): the attributes that the status is about. Never <see langword="null"/>.</summary>
    public IReadOnlyList<DicomTag> OffendingElements
    {
        get => _offendingElements ?? [];
        init => _offendingElements = value;
    }

    /// <summary>
    /// Attribute Identifier List (0000,1005): the attributes that an Attribute List Error (0x0107, PS3.7 §C.4.2) or a Missing Attribute (0x0120) is about. Never <see langword="null"/>.
    /// </summary>
    public IReadOnlyList<DicomTag> AttributeIdentifiers
    {
        get => _attributeIdentifiers ?? [];
        init => _attributeIdentifiers = value;
    }

    /// <summary>
    /// Affected SOP Instance UID (0000,1000) of an answer that was received: of the instance that an N-CREATE made, where the peer chose its UID. A provider sets it only if it
    /// chooses a UID other than that of <see cref="NCreateContext"/>.
    /// </summary>
    public string? AffectedSopInstanceUid { get; init; }

    /// <summary>The data set of the answer (Action Reply, Event Reply, …); <see langword="null"/> for none.</summary>
    public DicomDataset? Dataset { get; init; }

    /// <summary>The status in four hexadecimal digits, and the comment.</summary>
    public override string ToString() => ErrorComment is null ? $"0x{Status:X4}" : $"0x{Status:X4} ({ErrorComment})";
}
