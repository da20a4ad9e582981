using FellowOakDicom;
using Specgen.Wire;

namespace Specgen.Associations;

/// <summary>A response to a request of ours. Its data set is decoded when somebody wants it.</summary>
internal sealed record ReceivedResponse(NegotiatedContext Context, CommandSet Command, IDataSetSink? DataSet)
{
    /// <summary>What its data set may cost.</summary>
    public DataSetLimits Limits { get; init; } = DataSetLimits.Default;

    public ushort Status => Command.GetUInt16(CommandElement.Status) ?? 0x0110;

    public bool IsPending => StatusCategories.Of(Status) == StatusCategory.Pending;

    /// <summary>The elements of PS3.7 Annex C as they are on the wire.</summary>
    /// <exception cref="DicomDataException">The data set cannot be decoded.</exception>
    /// <exception cref="IOException">The data set was longer than we keep.</exception>
    public DimseResponse Read() => new(Status)
    {
        ErrorComment = Command.GetText(CommandElement.ErrorComment),
        ErrorId = Command.GetUInt16(CommandElement.ErrorId),
        OffendingElements = Command.GetTags(CommandElement.OffendingElement),
        AttributeIdentifiers = Command.GetTags(CommandElement.AttributeIdentifierList),
        AffectedSopInstanceUid = Command.GetText(CommandElement.AffectedSopInstanceUid) is { } uid && InstanceIdentity.IsUid(uid) ? uid : null,
        Dataset = Invocation.Decode(new ReceivedRequest(Context, Command, DataSet, 0) { Limits = Limits }),
    };
}
