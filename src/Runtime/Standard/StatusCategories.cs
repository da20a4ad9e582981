namespace Specgen;

/// <summary>What the number of a status code alone says about it.</summary>
public static class StatusCategories
{
    /// <summary>
    /// The class of a status code by the ranges of PS3.7 Annex C, which hold for every service class. A code outside of every range of
    /// the annex is a <see cref="StatusCategory.Failure"/>: a peer that answers one did not say that the operation was done.
    /// </summary>
    /// <param name="code">The Status element (0000,0900) of a response.</param>
    public static StatusCategory Of(ushort code) => code switch
    {
        0x0000 => StatusCategory.Success,
        0x0001 or 0x0107 or 0x0116 => StatusCategory.Warning,
        >= 0xB000 and <= 0xBFFF => StatusCategory.Warning,
        0xFE00 => StatusCategory.Cancel,
        0xFF00 or 0xFF01 => StatusCategory.Pending,
        _ => StatusCategory.Failure,
    };
}
