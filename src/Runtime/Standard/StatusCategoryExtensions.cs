using FellowOakDicom.Network;

namespace Specgen;

/// <summary>A category in fo-dicom's terms.</summary>
public static class StatusCategoryExtensions
{
    /// <summary>fo-dicom's name for the category.</summary>
    /// <param name="category">The category.</param>
    public static DicomState ToDicomState(this StatusCategory category) => category switch
    {
        StatusCategory.Success => DicomState.Success,
        StatusCategory.Warning => DicomState.Warning,
        StatusCategory.Cancel => DicomState.Cancel,
        StatusCategory.Pending => DicomState.Pending,
        _ => DicomState.Failure,
    };
}
