using System.Globalization;

namespace FellowOakDicom.Network;

/// <summary>
/// A status code with a meaning out of one list for all services. The list is no better than the library's that this stands in for: a code that it does not
/// have becomes 0110.
/// </summary>
public class DicomStatus
{
    public static readonly DicomStatus Success = new("0000", DicomState.Success, "Success");
    public static readonly DicomStatus Cancel = new("FE00", DicomState.Cancel, "Cancel");
    public static readonly DicomStatus Pending = new("FF00", DicomState.Pending, "Pending");
    public static readonly DicomStatus AttributeListError = new("0107", DicomState.Warning, "Attribute list error");
    public static readonly DicomStatus AttributeValueOutOfRange = new("0116", DicomState.Warning, "Attribute value out of range");
    public static readonly DicomStatus SOPClassNotSupported = new("0122", DicomState.Failure, "SOP class not supported");
    public static readonly DicomStatus ClassInstanceConflict = new("0119", DicomState.Failure, "Class-instance conflict");
    public static readonly DicomStatus DuplicateSOPInstance = new("0111", DicomState.Failure, "Duplicate SOP instance");
    public static readonly DicomStatus DuplicateInvocation = new("0210", DicomState.Failure, "Duplicate invocation");
    public static readonly DicomStatus InvalidArgumentValue = new("0115", DicomState.Failure, "Invalid argument value");
    public static readonly DicomStatus InvalidAttributeValue = new("0106", DicomState.Failure, "Invalid attribute value");
    public static readonly DicomStatus InvalidObjectInstance = new("0117", DicomState.Failure, "Invalid SOP instance");
    public static readonly DicomStatus MissingAttribute = new("0120", DicomState.Failure, "Missing attribute");
    public static readonly DicomStatus MissingAttributeValue = new("0121", DicomState.Failure, "Missing attribute value");
    public static readonly DicomStatus MistypedArgument = new("0212", DicomState.Failure, "Mistyped argument");
    public static readonly DicomStatus NoSuchArgument = new("0114", DicomState.Failure, "No such argument");
    public static readonly DicomStatus NoSuchEventType = new("0113", DicomState.Failure, "No such event type");
    public static readonly DicomStatus NoSuchObjectInstance = new("0112", DicomState.Failure, "No such SOP instance");
    public static readonly DicomStatus NoSuchSOPClass = new("0118", DicomState.Failure, "No such SOP class");
    public static readonly DicomStatus NoSuchActionType = new("0123", DicomState.Failure, "No such action type");
    public static readonly DicomStatus ProcessingFailure = new("0110", DicomState.Failure, "Processing failure");
    public static readonly DicomStatus ResourceLimitation = new("0213", DicomState.Failure, "Resource limitation");
    public static readonly DicomStatus UnrecognizedOperation = new("0211", DicomState.Failure, "Unrecognized operation");
    public static readonly DicomStatus StorageStorageOutOfResources = new("A7xx", DicomState.Failure, "Out of resources");
    public static readonly DicomStatus StorageDataSetDoesNotMatchSOPClassError = new("A9xx", DicomState.Failure, "Data set does not match SOP class");
    public static readonly DicomStatus StorageCannotUnderstand = new("Cxxx", DicomState.Failure, "Cannot understand");
    public static readonly DicomStatus StorageCoercionOfDataElements = new("B000", DicomState.Warning, "Coercion of data elements");
    public static readonly DicomStatus StorageDataSetDoesNotMatchSOPClassWarning = new("B007", DicomState.Warning, "Data set does not match SOP class");
    public static readonly DicomStatus StorageElementsDiscarded = new("B006", DicomState.Warning, "Elements discarded");
    public static readonly DicomStatus QueryRetrieveOutOfResources = new("A700", DicomState.Failure, "Out of resources");
    public static readonly DicomStatus QueryRetrieveMoveDestinationUnknown = new("A801", DicomState.Failure, "Move destination unknown");

    private static readonly DicomStatus s_warningClass = new("Bxxx", DicomState.Warning, "Warning");
    private static readonly DicomStatus s_optionalKeys = new("FF01", DicomState.Pending, "Optional keys not supported");

    private static readonly List<DicomStatus> s_all =
    [
        Success, Cancel, Pending, s_optionalKeys, AttributeListError, AttributeValueOutOfRange, SOPClassNotSupported, ClassInstanceConflict, DuplicateSOPInstance,
        DuplicateInvocation, InvalidArgumentValue, InvalidAttributeValue, InvalidObjectInstance, MissingAttribute, MissingAttributeValue, MistypedArgument,
        NoSuchArgument, NoSuchEventType, NoSuchObjectInstance, NoSuchSOPClass, NoSuchActionType, ProcessingFailure, ResourceLimitation, UnrecognizedOperation,
        QueryRetrieveOutOfResources, QueryRetrieveMoveDestinationUnknown, StorageCoercionOfDataElements, StorageDataSetDoesNotMatchSOPClassWarning,
        StorageElementsDiscarded, StorageStorageOutOfResources, StorageDataSetDoesNotMatchSOPClassError, StorageCannotUnderstand, s_warningClass,
    ];

    public readonly ushort Code;
    public readonly DicomState State;
    public readonly string Description;
    internal readonly string ErrorComment;

    private readonly ushort _mask;

    /// <param name="code">Four hexadecimal digits; 'x' stands for any.</param>
    public DicomStatus(string code, DicomState status, string desc)
        : this(code, status, desc, null)
    {
    }

    internal DicomStatus(string code, DicomState status, string desc, string comment)
    {
        Code = ushort.Parse(code.Replace('x', '0'), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        _mask = ushort.Parse(string.Concat(code.Select(c => c == 'x' ? '0' : 'F')), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        State = status;
        Description = desc;
        ErrorComment = comment;
    }

    internal DicomStatus(DicomStatus status, string comment)
        : this(status.Code, status._mask, status, comment)
    {
    }

    private DicomStatus(ushort code, ushort mask, DicomStatus status, string comment)
    {
        Code = code;
        _mask = mask;
        State = status.State;
        Description = status.Description;
        ErrorComment = comment;
    }

    public static bool operator ==(DicomStatus s1, DicomStatus s2) =>
        s1 is null || s2 is null ? s1 is null && s2 is null : (s1.Code & s2._mask) == (s2.Code & s1._mask);

    public static bool operator !=(DicomStatus s1, DicomStatus s2) => !(s1 == s2);

    /// <summary>The first entry with the code, the most exact ones first; Processing failure, with its code, for one that is not listed.</summary>
    public static DicomStatus Lookup(ushort code)
    {
        foreach (var status in s_all)
        {
            if ((code & status._mask) == status.Code)
            {
                return new DicomStatus(code, 0xFFFF, status, null);
            }
        }

        return ProcessingFailure;
    }

    public override bool Equals(object obj) => (DicomStatus)obj == this;

    public override int GetHashCode() => Code ^ _mask;

    public override string ToString() => $"{State} [{Code:x4}: {Description}]{(ErrorComment is null ? "" : " -> " + ErrorComment)}";
}
