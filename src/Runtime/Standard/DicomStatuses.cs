using System.Globalization;
using FellowOakDicom.Network;

namespace Specgen;

/// <summary>fo-dicom's statuses out of a service class's own table.</summary>
public static class DicomStatuses
{
    /// <summary>A status with the state and the words of a table. Not an entry of fo-dicom's own list, where a code can mean something else.</summary>
    /// <param name="code">The Status element (0000,0900).</param>
    /// <param name="category">The category in the table.</param>
    /// <param name="description">The table's words.</param>
    public static DicomStatus Create(ushort code, StatusCategory category, string description) =>
        new(code.ToString("x4", CultureInfo.InvariantCulture), category.ToDicomState(), description);
}
