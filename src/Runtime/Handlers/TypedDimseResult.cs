using FellowOakDicom;

namespace Specgen;

/// <summary>
/// The answer to a DIMSE request whose data set is a module: the reply to an action or event that the page has one for, the attributes of an instance. A status of the service class's own table converts
/// to it, and so does the module, which is then the answer of a Success (0x0000); it converts to a <see cref="DimseResult{TStatus}"/>, whose data set is the module's.
/// </summary>
/// <typeparam name="TStatus">The generated status enum of the service class and DIMSE service; its underlying type is <see cref="ushort"/>.</typeparam>
/// <typeparam name="TReply">The generated view of the module.</typeparam>
public readonly struct DimseResult<TStatus, TReply>
    where TStatus : struct, Enum
    where TReply : ModuleView
{
    private readonly DimseResult<TStatus> _result;
    private readonly TReply? _reply;

    /// <summary>An answer of this status and nothing more.</summary>
    /// <param name="status">The status.</param>
    public DimseResult(TStatus status) => _result = new DimseResult<TStatus>(status);

    /// <summary>An answer of this status with this module.</summary>
    /// <param name="status">The status.</param>
    /// <param name="reply">The module; <see langword="null"/> for none.</param>
    public DimseResult(TStatus status, TReply? reply)
        : this(new DimseResult<TStatus>(status), reply)
    {
    }

    internal DimseResult(DimseResult<TStatus> result, TReply? reply) => (_result, _reply) = (result, reply);

    /// <summary>The status. A code that the table has as a range, or does not have at all, keeps its number.</summary>
    public TStatus Status
    {
        get => _result.Status;
        init => _result = _result with { Status = value };
    }

    /// <summary>
    /// The module that the answer carries; <see langword="null"/> for none. A module over an empty data set is sent as none: an answer has a data set only if there is something in
    /// it (PS3.7 §10.1.4.1.9).
    /// </summary>
    public TReply? Reply
    {
        get => _reply;
        init => (_reply, _result) = (value, _result with { Dataset = null });
    }

    /// <summary>
    /// Error Comment (0000,0902). A value that is set is adapted to its VR LO: at most 64 characters of the default repertoire, no backslash, no control characters.
    /// </summary>
    public string? ErrorComment
    {
        get => _result.ErrorComment;
        init => _result = _result with { ErrorComment = value };
    }

    /// <summary>Error ID (0000,0903), an implementation's own code for what went wrong.</summary>
    public ushort? ErrorId
    {
        get => _result.ErrorId;
        init => _result = _result with { ErrorId = value };
    }

    /// <summary>Offending Element (0000,0901): the attributes that the status is about. Never <see langword="null"/>.</summary>
    public IReadOnlyList<DicomTag> OffendingElements
    {
        get => _result.OffendingElements;
        init => _result = _result with { OffendingElements = value };
    }

    /// <summary>
    /// Attribute Identifier List (0000,1005): the attributes that an Attribute List Error (0x0107, PS3.7 §C.4.2) or a Missing Attribute (0x0120) is about. Never <see langword="null"/>.
    /// </summary>
    public IReadOnlyList<DicomTag> AttributeIdentifiers
    {
        get => _result.AttributeIdentifiers;
        init => _result = _result with { AttributeIdentifiers = value };
    }

    /// <summary>
    /// Affected SOP Instance UID (0000,1000) of an answer that was received: of the instance that an N-CREATE made, where the peer chose its UID. A provider sets it only if it
    /// chooses a UID other than that of <see cref="NCreateContext"/>.
    /// </summary>
    public string? AffectedSopInstanceUid
    {
        get => _result.AffectedSopInstanceUid;
        init => _result = _result with { AffectedSopInstanceUid = value };
    }

    /// <summary>The data set of the answer: that of <see cref="Reply"/>; <see langword="null"/> for none.</summary>
    public DicomDataset? Dataset => _reply is null ? _result.Dataset : _reply.Dataset.Any() ? _reply.Dataset : null;

    /// <summary>The status code as it is on the wire.</summary>
    public ushort Code => _result.Code;

    /// <summary>An answer of this status and nothing more.</summary>
    /// <param name="status">The status.</param>
    public static implicit operator DimseResult<TStatus, TReply>(TStatus status) => new(status);

    /// <summary>Success (0x0000, PS3.7 §C.1.1) with this module.</summary>
    /// <param name="reply">The module; <see langword="null"/> for none.</param>
    public static implicit operator DimseResult<TStatus, TReply>(TReply? reply) => new(DimseResult<TStatus>.From(new DimseResponse(0x0000)), reply);

    /// <summary>An answer without the module: for example a refusal that several operations share. If it has a data set, that is kept.</summary>
    /// <param name="result">The answer.</param>
    public static implicit operator DimseResult<TStatus, TReply>(DimseResult<TStatus> result) => new(result, null);

    /// <summary>The same answer with the module as a data set.</summary>
    /// <param name="result">The answer.</param>
    public static implicit operator DimseResult<TStatus>(DimseResult<TStatus, TReply> result) => result._result with { Dataset = result.Dataset };

    /// <summary>The same answer with its status as a number.</summary>
    public DimseResponse ToResponse() => _result.ToResponse() with { Dataset = Dataset };

    /// <summary>The status's name, or its number, and the comment.</summary>
    public override string ToString() => _result.ToString();
}
