using FellowOakDicom;
using Specgen.Wire;

namespace Specgen.Associations;

/// <summary>A response to a request of ours. Its data set is decoded when somebody wants it.</summary>
internal sealed record ReceivedResponse(NegotiatedContext Context, CommandSet Command, IDataSetSink? DataSet)
{
    public ushort Status => Command.GetUInt16(CommandElement.Status) ?? 0x0110;

    public bool IsPending => StatusCategories.Of(Status) == StatusCategory.Pending;

    /// <summary>The elements of PS3.7 Annex C as they are on the wire. Called once: the data set is the caller's then.</summary>
    /// <exception cref="DicomDataException">The data set cannot be decoded.</exception>
    /// <exception cref="IOException">The data set takes more memory than there is for it.</exception>
    public DimseResponse Read() => new(Status)
    {
        ErrorComment = Command.GetText(CommandElement.ErrorComment),
        ErrorId = Command.GetUInt16(CommandElement.ErrorId),
        OffendingElements = Command.GetTags(CommandElement.OffendingElement),
        AttributeIdentifiers = Command.GetTags(CommandElement.AttributeIdentifierList),
        AffectedSopInstanceUid = Command.GetText(CommandElement.AffectedSopInstanceUid) is { } uid && InstanceIdentity.IsUid(uid) ? uid : null,
        Dataset = Decode(),
    };

    /// <summary>Nobody wants to know: its data set takes no memory any more.</summary>
    public void Drop() => DataSet?.Dispose();

    private DicomDataset? Decode()
    {
        if (DataSet is not KeptDataSet kept)
        {
            return null;
        }

        using (kept)
        {
            kept.Reserve();
            return kept.Decode();
        }
    }
}
