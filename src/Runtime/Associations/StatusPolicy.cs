using FellowOakDicom;
using FellowOakDicom.Network;
using Specgen.Instances;

namespace Specgen.Associations;

/// <summary>Which status of a service class's own table answers what the runtime has to answer itself: codes are tried until the table has one as a failure.</summary>
internal static class StatusPolicy
{
    public const ushort Success = 0x0000, Cancelled = 0xFE00, Pending = 0xFF00;

    public const ushort UnrecognizedOperation = 0x0211, NoSuchActionType = 0x0123, NoSuchEventType = 0x0113, SopClassNotSupported = 0x0122, NoSuchSopClass = 0x0118;

    /// <summary>PS3.7 C.5.12: what is called by no UID.</summary>
    public const ushort InvalidSopInstance = 0x0117;

    private const ushort ProcessingFailure = 0x0110, ResourceLimitation = 0x0213, CannotUnderstand = 0xC000;

    private static readonly ushort[] s_outOfResources = [0xA700, 0xA701, 0xA702, ResourceLimitation];

    /// <summary>Any of the codes; where the table has none of the well-known ones, its first failure of the classes that PS3.4 gives meanings to (PS3.7 Annex C).</summary>
    private static readonly ushort[] s_generic = [ProcessingFailure, CannotUnderstand];

    private static readonly ushort[] s_undecodable = [CannotUnderstand, ProcessingFailure];

    private static readonly (ushort First, ushort Last)[] s_classes = [(0xC000, 0xCFFF), (0xA000, 0xAFFF)];

    /// <summary>PS3.7 C.5.6 for DIMSE-C, C.5.20 for DIMSE-N.</summary>
    public static DimseResponse NotServed(DimseOperation operation, string why) =>
        new(DimseFields.IsComposite(operation) ? SopClassNotSupported : NoSuchSopClass) { ErrorComment = why };

    /// <summary>What a handler threw stays here: its message may have paths and names in it that are not for peers. A comment for them is what a handler returns; but for development they may be told.</summary>
    public static DimseResponse ForException(ServiceBinding binding, DimseOperation operation, Exception exception, bool includeMessage)
    {
        var answer = exception switch
        {
            RefusedDataSetException => Undecodable(binding, operation, exception.Message),
            NoMemoryException => OutOfResources(binding, operation, exception.Message),
            OutOfMemoryException => OutOfResources(binding, operation, "Out of memory"),
            UnauthorizedAccessException or (IOException and not (FileNotFoundException or EndOfStreamException)) => OutOfResources(binding, operation, "It could not be kept"),
            _ when IsBadInput(exception) => Undecodable(binding, operation, "The data set was not understood"),
            _ => Failure(binding, operation, "An error of the server"),
        };
        return includeMessage ? answer with { ErrorComment = $"{exception.GetType().Name}: {exception.Message}" } : answer;
    }

    /// <summary>Whether this is about what the peer sent, and not about us.</summary>
    public static bool IsBadInput(Exception exception) => exception is (DicomException and not DicomNetworkException) or InvalidDataException or EndOfStreamException;

    public static DimseResponse OutOfResources(ServiceBinding binding, DimseOperation operation, string comment) =>
        new(First(binding, operation, s_outOfResources) ?? Generic(binding, operation)) { ErrorComment = comment };

    /// <summary>The data set cannot be decoded.</summary>
    public static DimseResponse Undecodable(ServiceBinding binding, DimseOperation operation, string comment) =>
        new(First(binding, operation, DimseFields.IsComposite(operation) ? s_undecodable : s_generic) ?? Generic(binding, operation)) { ErrorComment = comment };

    public static DimseResponse Failure(ServiceBinding binding, DimseOperation operation, string comment) =>
        new(Generic(binding, operation)) { ErrorComment = comment };

    private static ushort Generic(ServiceBinding binding, DimseOperation operation)
    {
        if (First(binding, operation, s_generic) is { } code)
        {
            return code;
        }

        foreach (var (first, last) in s_classes)
        {
            for (int next = first; next <= last; next++)
            {
                if (IsFailure(binding, operation, (ushort)next))
                {
                    return (ushort)next;
                }
            }
        }

        return ProcessingFailure;
    }

    private static ushort? First(ServiceBinding binding, DimseOperation operation, ushort[] codes)
    {
        foreach (var code in codes)
        {
            if (IsFailure(binding, operation, code))
            {
                return code;
            }
        }

        return null;
    }

    private static bool IsFailure(ServiceBinding binding, DimseOperation operation, ushort code) => binding.FindStatus(operation, code) is { Category: StatusCategory.Failure };
}
