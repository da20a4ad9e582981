using System.Globalization;
using FellowOakDicom.Network;

namespace Specgen;

/// <summary>fo-dicom's statuses out of a service class's own table; what generated code makes them with.</summary>
public static class DicomStatuses
{
    /// <summary>A status with the state and the words of a table. Not an entry of fo-dicom's own list, where a code can mean something else.</summary>
    /// <param name="code">The Status element (0000,0900).</param>
    /// <param name="category">The category in the table.</param>
    /// <param name="description">The table's words.</param>
    public static DicomStatus Create(ushort code, StatusCategory category, string description) =>
        new(code.ToString("x4", CultureInfo.InvariantCulture), category.ToDicomState(), description);

    /// <summary>One status for each code, in their order: those of a table that are sent again and again are made once.</summary>
    /// <param name="find">The table: gives its row for each of the codes.</param>
    /// <param name="codes">Codes that the table has.</param>
    public static DicomStatus[] CreateAll(Func<ushort, StatusInfo?> find, params ushort[] codes) =>
        Array.ConvertAll(codes, code => find(code) is { } row ? Create(code, row.Category, row.Description) : throw new ArgumentException($"The table has no {code:X4}H.", nameof(codes)));
}
