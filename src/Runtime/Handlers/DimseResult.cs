using System.Runtime.CompilerServices;
using FellowOakDicom;

namespace Specgen;

/// <summary>
/// The answer to a DIMSE request. A status of the service class's own table converts to it; what PS3.7 Annex C lets an answer carry beside the status
/// can be set with an object initializer.
/// </summary>
/// <typeparam name="TStatus">The generated status enum of the service class and DIMSE service; its underlying type is <see cref="ushort"/>.</typeparam>
public readonly struct DimseResult<TStatus>
    where TStatus : struct, Enum
{
    private readonly DimseResponse _response;

    /// <summary>An answer of this status and nothing more.</summary>
    /// <param name="status">The status.</param>
    public DimseResult(TStatus status) => _response = new DimseResponse(ToCode(status));

    private DimseResult(DimseResponse response)
    {
        ThrowIfNotUshort();
        _response = response;
    }

    /// <summary>The status. A code that the table has as a range, or does not have at all, keeps its number.</summary>
    public TStatus Status
    {
        get => FromCode(_response.Status);
        init => _response = _response with { Status = ToCode(value) };
    }

    /// <summary>
    /// Error Comment (0000,0902). A value that is set is adapted to its VR LO: at most 64 characters of the default repertoire, no backslash, no control characters.
    /// </summary>
    public string? ErrorComment
    {
        get => _response.ErrorComment;
        init => _response = _response with { ErrorComment = value };
    }

    /// <summary>Error ID (0000,0903), an implementation's own code for what went wrong.</summary>
    public ushort? ErrorId
    {
        get => _response.ErrorId;
        init => _response = _response with { ErrorId = value };
    }

    /// <summary>Offending Element (0000,0901): the attributes that the status is about. Never <see langword="null"/>.</summary>
    public IReadOnlyList<DicomTag> OffendingElements
    {
        get => _response.OffendingElements;
        init => _response = _response with { OffendingElements = value };
    }

    /// <summary>
    /// Attribute Identifier List (0000,1005): the attributes that an Attribute List Error (0x0107, PS3.7 §C.4.2) or a Missing Attribute (0x0120) is about. Never <see langword="null"/>.
    /// </summary>
    public IReadOnlyList<DicomTag> AttributeIdentifiers
    {
        get => _response.AttributeIdentifiers;
        init => _response = _response with { AttributeIdentifiers = value };
    }

    /// <summary>
    /// Affected SOP Instance UID (0000,1000) of an answer that was received: of the instance that an N-CREATE made, where the peer chose its UID. A provider sets it only if it
    /// chooses a UID other than that of <see cref="NCreateContext"/>.
    /// </summary>
    public string? AffectedSopInstanceUid
    {
        get => _response.AffectedSopInstanceUid;
        init => _response = _response with { AffectedSopInstanceUid = value };
    }

    /// <summary>The data set of the answer (Action Reply, Event Reply, …); <see langword="null"/> for none.</summary>
    public DicomDataset? Dataset
    {
        get => _response.Dataset;
        init => _response = _response with { Dataset = value };
    }

    /// <summary>The status code as it is on the wire.</summary>
    public ushort Code => _response.Status;

    /// <summary>The answer of a filter that answers a request itself.</summary>
    /// <param name="result">The answer.</param>
    public static implicit operator RequestOutcome(DimseResult<TStatus> result) => new(result.ToResponse());

    /// <summary>An answer of this status and nothing more.</summary>
    /// <param name="status">The status.</param>
    public static implicit operator DimseResult<TStatus>(TStatus status) => new(status);

    /// <summary>The same answer with its status as a number.</summary>
    public DimseResponse ToResponse() => _response;

    /// <summary>The same answer with its status as <typeparamref name="TStatus"/>; the number is kept, whether the table has it or not.</summary>
    /// <param name="response">The untyped answer.</param>
    public static DimseResult<TStatus> From(DimseResponse response) => new(response);

    /// <summary>The same answer with its data set as a module.</summary>
    /// <typeparam name="TReply">The generated view of the module.</typeparam>
    /// <param name="view">Makes the view of a data set. Not asked where the answer has none.</param>
    public DimseResult<TStatus, TReply> WithReply<TReply>(Func<DicomDataset, TReply> view)
        where TReply : ModuleView
    {
        ArgumentNullException.ThrowIfNull(view);
        return new DimseResult<TStatus, TReply>(this, Dataset is { } dataset ? view(dataset) : null);
    }

    /// <summary>The status's name, or its number, and the comment.</summary>
    public override string ToString() => ErrorComment is null ? $"{Status} (0x{Code:X4})" : $"{Status} (0x{Code:X4}, {ErrorComment})";

    // The size is a constant to the JIT: the checks and the conversions cost nothing, and need no boxing.
    private static ushort ToCode(TStatus status)
    {
        ThrowIfNotUshort();
        return Unsafe.As<TStatus, ushort>(ref status);
    }

    private static TStatus FromCode(ushort code)
    {
        ThrowIfNotUshort();
        return Unsafe.As<ushort, TStatus>(ref code);
    }

    private static void ThrowIfNotUshort()
    {
        if (Unsafe.SizeOf<TStatus>() != sizeof(ushort))
        {
            throw new InvalidOperationException($"{typeof(TStatus)} is not a status: its underlying type is not ushort.");
        }
    }
}
