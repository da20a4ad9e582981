using FellowOakDicom;

namespace Specgen.Associations;

/// <summary>Answers C-ECHO where no provider of the user's does.</summary>
internal sealed class VerificationProvider : IDimseHandlers
{
    /// <summary>PS3.4 §A.4. The UID is fo-dicom's: the runtime has no page.</summary>
    public static readonly SopClass SopClass = new(DicomUID.Verification.UID, "Verification", "Verification SOP Class", "Verification Service Class", null, false);

    public static readonly VerificationProvider Instance = new();

    private VerificationProvider()
    {
    }

    public IReadOnlyList<ServiceBinding> Bindings { get; } =
    [
        new ServiceBinding
        {
            Role = DicomRole.Scp,
            ServiceClass = SopClass.ServiceClass,
            SopClasses = [SopClass],
            FindStatus = static (_, code) => code == 0 ? new StatusInfo(0, StatusCategory.Success, "Success", SopClass.ServiceClass) : null,
            StatusNotes = [new StatusNote(DimseOperation.CEcho, true, 0, "Every request is answered so")],
            CEcho = static (_, _, _) => ValueTask.FromResult(new DimseResponse(0x0000)),
        },
    ];
}
