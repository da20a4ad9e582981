using FellowOakDicom;
using Specgen.Wire;

namespace Specgen.Associations;

/// <summary>The sub-operations of a C-MOVE or C-GET, counted (PS3.7 §9.1.3, §9.1.4).</summary>
internal sealed class Suboperations(int total)
{
    /// <summary>Of a value in VR UI where its length has two bytes (PS3.5 §7.1.2).</summary>
    private const int MaxShortLength = 65_534;

    private readonly List<string> _failed = [];

    public int Completed { get; private set; }

    public int Failed => _failed.Count;

    public int Warning { get; private set; }

    public int Remaining => total - Completed - Failed - Warning;

    public void Count(InstanceReference instance, StatusCategory category)
    {
        switch (category)
        {
            case StatusCategory.Success:
                Completed++;
                break;
            case StatusCategory.Warning:
                Warning++;
                break;
            default:
                Fail(instance);
                break;
        }
    }

    public void Fail(InstanceReference instance) => _failed.Add(instance.SopInstanceUid);

    /// <summary>Numbers of sub-operations, in the order of their elements. What remains is told of a request that goes on or was cancelled (PS3.7 §9.3.4.2).</summary>
    public void Write(CommandWriter writer, bool hasRemaining)
    {
        if (hasRemaining)
        {
            writer.UInt16(CommandElement.RemainingSuboperations, Number(Remaining));
        }

        writer.UInt16(CommandElement.CompletedSuboperations, Number(Completed)).UInt16(CommandElement.FailedSuboperations, Number(Failed)).UInt16(CommandElement.WarningSuboperations, Number(Warning));
    }

    /// <summary>Failed SOP Instance UID List (0008,0058) (PS3.4 §C.4.2.1.4.2); null where nothing failed. In explicit VR as many as there is room for.</summary>
    public DicomDataset? FailedList(DicomTransferSyntax syntax)
    {
        if (_failed.Count == 0)
        {
            return null;
        }

        var uids = _failed.AsEnumerable();
        if (syntax != DicomTransferSyntax.ImplicitVRLittleEndian)
        {
            var length = 0;
            uids = _failed.TakeWhile(uid => (length += uid.Length + 1) <= MaxShortLength);
        }

        var identifier = new DicomDataset(syntax).NotValidated();
        identifier.Add(DicomTag.FailedSOPInstanceUIDList, uids.ToArray());
        return identifier;
    }

    /// <summary>VR US: there is no number for more.</summary>
    private static ushort Number(int count) => (ushort)Math.Min(count, ushort.MaxValue);
}
