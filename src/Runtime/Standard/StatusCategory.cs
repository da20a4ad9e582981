namespace Specgen;

/// <summary>The class of a DIMSE status code (PS3.7 Annex C). There are no others; "Refused" of older tables is a Failure.</summary>
public enum StatusCategory
{
    /// <summary>The operation was done (0x0000).</summary>
    Success,

    /// <summary>The operation was done, but not quite as asked (0x0001, 0x0107, 0x0116, 0xBxxx).</summary>
    Warning,

    /// <summary>The operation was not done (0x01xx, 0x02xx, 0xAxxx, 0xCxxx).</summary>
    Failure,

    /// <summary>The operation was ended by a C-CANCEL (0xFE00).</summary>
    Cancel,

    /// <summary>More responses to this operation follow (0xFF00, 0xFF01).</summary>
    Pending,
}
